"""The study of who takes the dendritic cells runs, and says what the README says of it."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "analyses" / "dendritic_cell_losses.py"


@pytest.fixture(scope="module")
def study():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        yield _loaded()


def _loaded():
    spec = importlib.util.spec_from_file_location("dendritic_cell_losses", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_each_mechanism_takes_some_and_all_together_most(study, tmp_path):
    runs = study.simulate()
    left = {
        context: {arm: float(run["dc_systemic"].sel(time=study.READ[context], method="nearest"))
                  for arm, run in arms.items()}
        for context, arms in runs.items()
    }  # fmt: skip
    for context, arms in left.items():
        missing = 1 - arms["as it is"]
        regained = {arm: (arms[arm] - arms["as it is"]) / missing for arm in study.SWITCHES}
        assert missing > 0.3
        assert regained.pop("none of the three") > 0.75
        most = max(regained, key=regained.get)
        assert most == {"at3": "IRF8 not repressed", "kpc": "no death by IL-6"}[context]
        assert regained[most] < 0.5
        assert arms["FLT3L from day 14"] > 2 > arms["CD40 agonist on day 23"]
    figure, table = study.write(runs, tmp_path)
    assert figure.stat().st_size > 10_000
    assert len(table.read_text("utf-8").splitlines()) == 1 + 2 * 8 * (10 * study.DAYS + 1)
    assert "KPC, day 30" in study.report(runs)

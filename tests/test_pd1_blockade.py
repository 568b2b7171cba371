"""The study of PD1 blockade runs, and says what the README says of it."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "analyses" / "pd1_blockade.py"


@pytest.fixture(scope="module")
def study():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        spec = importlib.util.spec_from_file_location("pd1_blockade", SCRIPT)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module


def test_what_clears_a_tumour_and_what_does_not(study, tmp_path):
    runs = study.simulate()
    left = {
        context: {arm: float(run["tumour_burden"].sel(time=study.READ[context], method="nearest"))
                  for arm, run in arms.items()}
        for context, arms in runs.items()
    }  # fmt: skip
    mc38, kpc = left["mc38"], left["kpc"]
    assert mc38["anti-PD1"] < 0.05 * mc38["untreated"]
    for lost in ("exit blocked", "node taken out", "CD28 blocked"):
        assert mc38[f"anti-PD1, {lost}"] > 0.5 * mc38["untreated"], lost
    assert kpc["CD40 agonist"] > 0.8 * kpc["untreated"]
    assert kpc["anti-PD1, CD40 agonist"] < 0.3 * kpc["anti-PD1"] < 0.1 * kpc["untreated"]
    for path in study.write(runs, tmp_path):
        assert path.stat().st_size > 1000
    assert "MC38, day 24" in study.report(runs)

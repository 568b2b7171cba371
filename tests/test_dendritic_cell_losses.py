"""The study of who takes the dendritic cells runs, and says what the README says of it."""

import pytest
from scripts import read, script


@pytest.fixture(scope="module")
def study():
    with script("dendritic_cell_losses") as module:
        yield module


@pytest.mark.slow
def test_each_mechanism_takes_some_and_all_together_most(study, tmp_path):
    runs = study.simulate()
    left = read(study, runs, "dc_systemic")
    for context, arms in left.items():
        missing = 1 - arms["as it is"]
        regained = {arm: (arms[arm] - arms["as it is"]) / missing for arm in study.SWITCHES}
        assert missing > 0.3
        # The myeloid fate, which other drivers favour too, takes the rest.
        assert regained.pop("none of the three") > 0.7
        most = max(regained, key=regained.get)
        assert most == {"at3": "IRF8 not repressed", "kpc": "no death by IL-6"}[context]
        assert regained[most] < 0.5
        assert arms["FLT3L from day 14"] > 2 > arms["CD40 agonist on day 23"]
    figure, table = study.write(runs, tmp_path)
    assert figure.stat().st_size > 10_000
    assert len(table.read_text("utf-8").splitlines()) == 1 + 2 * 8 * (10 * study.DAYS + 1)
    assert "KPC, day 30" in study.report(runs)

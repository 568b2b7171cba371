"""The study of natural killer cells runs, and says what the README says of it."""

import pytest
from scripts import read, script


@pytest.fixture(scope="module")
def study():
    with script("natural_killer_cells") as module:
        yield module


def test_what_takes_lysis_and_what_gives_it_back(study, tmp_path):
    runs = study.simulate()
    lysis = read(study, runs, "nk_cytotoxicity")
    for arms in lysis.values():
        assert arms["untreated"] < 0.5
        assert arms["operated on day 21"] > 0.9
    contact, tgfb = "no contact", "no TGF-β of the tumour"
    assert lysis["at3"][contact] == pytest.approx(lysis["at3"][tgfb], rel=0.1)
    assert lysis["kpc"][tgfb] > lysis["kpc"][contact] + 0.2
    for path in study.write(runs, tmp_path):
        assert path.stat().st_size > 1000
    assert "AT3, day 28" in study.report(runs)

"""The study of PD1 blockade runs, and says what the README says of it."""

import pytest
from scripts import read, script


@pytest.fixture(scope="module")
def study():
    with script("pd1_blockade") as module:
        yield module


def test_what_clears_a_tumour_and_what_does_not(study, tmp_path):
    runs = study.simulate()
    left = read(study, runs, "tumour_burden")
    mc38, kpc = left["mc38"], left["kpc"]
    assert mc38["anti-PD1"] < 0.05 * mc38["untreated"]
    for lost in ("exit blocked", "node taken out", "CD28 blocked"):
        assert mc38[f"anti-PD1, {lost}"] > 0.5 * mc38["untreated"], lost
    assert kpc["CD40 agonist"] > 0.8 * kpc["untreated"]
    assert kpc["anti-PD1, CD40 agonist"] < 0.3 * kpc["anti-PD1"] < 0.1 * kpc["untreated"]
    for path in study.write(runs, tmp_path):
        assert path.stat().st_size > 1000
    assert "MC38, day 24" in study.report(runs)

"""The study of a second challenge runs, and says what the README says of it."""

import pytest
from scripts import read, script


@pytest.fixture(scope="module")
def study():
    with script("second_challenge") as module:
        yield module


def test_a_tumour_weakens_the_response_and_resection_gives_it_back(study, tmp_path):
    runs = study.simulate()
    cells = read(study, runs, "challenge_cd8_spleen")
    for context, arms in cells.items():
        assert arms["tumour"] < 0.7 * arms["no tumour"], context
    for context in ("at3", "4t1"):
        assert cells[context]["resected on day 10"] > 0.85 * cells[context]["no tumour"]
    kpc = cells["kpc"]
    assert kpc["tumour"] < kpc["FLT3L before"] < kpc["FLT3L, CD40 agonist"]
    for path in study.write(runs, tmp_path):
        assert path.stat().st_size > 1000
    assert "KPC, day 30" in study.report(runs)

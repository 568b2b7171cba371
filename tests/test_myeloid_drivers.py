"""The study of drivers runs, and says what the README says of it."""

import pytest
from scripts import script


@pytest.fixture(scope="module")
def study():
    with script("myeloid_drivers") as module:
        yield module


def test_which_driver_matters_where(study, tmp_path, monkeypatch):
    some = {"mouse": {"4t1": 28, "b16": 21}, "human": {"melanoma": 360}}
    monkeypatch.setattr(study, "READ", some)
    runs = study.simulate()
    alone, removed = runs.alone, runs.removed
    assert alone["4t1"].idxmax() == removed["4t1"].idxmin() == "gcsf"
    assert alone["b16"].idxmax() == removed["b16"].idxmin() == "exosomes"
    # Neither IL-6 nor VEGF acts on the myeloid lineage here.
    assert alone.loc[["il6", "vegf"]].to_numpy() == pytest.approx(1, abs=0.05)
    # Where many drivers act together, each is missed less than it gives alone.
    fewer = [name for name in study.DRIVERS if name not in ("gcsf", "il6", "vegf")]
    assert (1 / removed.loc[fewer, "4t1"] < alone.loc[fewer, "4t1"]).all()
    for path in study.write(runs, tmp_path):
        assert path.stat().st_size > 500
    assert "GM-CSF" in study.report(runs)

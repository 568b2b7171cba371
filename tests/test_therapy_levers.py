"""The study of therapies: what varies, how its outputs are scaled, and its figure."""

from itertools import chain

import numpy as np
import pytest
from scripts import script

import immacro
from immacro.sensitivity.parsing import parse
from immacro.sensitivity.running import run


@pytest.fixture(scope="module")
def study():
    with script("therapy_levers") as module:
        yield module


@pytest.fixture(scope="module")
def shares(tmp_path_factory):
    """A small study of another model, as quick as it gets."""
    model = immacro.load("gcsf_irf8")
    return run(model, ["gcsf_strength", "irf8_overexpression_fold=1:3"], ["cdc1_blood@10"], seed=1,
               samples=16, days=10, out=tmp_path_factory.mktemp("s") / "r", workers=1,
               progress=False)  # fmt: skip


@pytest.mark.parametrize("context", ["at3", "kpc", "melanoma"])
def test_every_factor_is_one_of_the_model(study, context):
    setting = study.SETTINGS[context]
    levers = setting.factors()
    model = immacro.load("macroenvironment", host=setting.host)
    factors = parse(list(chain(*levers.values())), model, study.groups(levers))
    assert len(factors) == 26
    assert len({factor.group or factor.id for factor in factors}) == len(levers)


def test_indices_on_a_log_scale_come_from_the_logarithms(study, shares):
    with script("cascade_study") as shared:
        logged = shared.on_log_scale(shares, {"cdc1_blood": 1e-3})
    raw = shares.courses["cdc1_blood"].values
    assert np.allclose(logged.courses["cdc1_blood"].values, np.log10(raw + 1e-3))
    assert not np.allclose(logged.indices["ST"], shares.indices["ST"])
    assert not study.pairs(logged, "cdc1_blood@10").empty


def test_the_figure_is_drawn(study, shares, tmp_path, monkeypatch):
    monkeypatch.setattr(study, "burden_on", lambda context: ["cdc1_blood@10"] * 3)
    figure = study.draw({"at3": shares, "kpc": shares})
    assert study.plots.save(figure, tmp_path / "f.png").stat().st_size > 10_000

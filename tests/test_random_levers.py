"""The composed model stands random combinations of all levers; the script finds what does not."""

import numpy as np
import pytest
from scripts import script

import immacro
from immacro.ledger import HOSTS


@pytest.fixture(scope="module")
def study():
    with script("random_levers") as module:
        yield module


@pytest.mark.parametrize("host", HOSTS)
def test_no_run_fails_or_falls_below_zero(study, host):
    done = dict(study.courses(host, runs=4, seed=2, workers=1))
    assert sum(runs.sizes["run"] for runs in done.values()) == 4
    assert not [line for context, runs in done.items() for line in study.faults(context, runs)]


def test_every_lever_is_drawn_and_about_half_are_on(study):
    model = immacro.load("macroenvironment")
    table = study.combinations(model, runs=200, seed=1)
    strong = model.levers[model.levers["field"].isin(study.AMPLITUDES)].drop("tumour_dose")
    assert set(strong.index) <= set(table.columns)
    changed = table[strong.index] != strong["value"]
    assert changed.mean().between(0.3, 0.7).all()


def test_what_fails_is_not_finite_or_is_negative_is_found(study):
    ((context, runs), *_) = study.courses("mouse", runs=4, seed=2, workers=1)
    runs = runs.copy(deep=True)
    runs["tumour_burden"][0, 3] = -0.01 * float(runs["tumour_burden"].max())
    assert len(study.faults(context, runs)) == 1
    runs["tumour_burden"][0, 3] = np.nan
    assert len(study.faults(context, runs)) == 1
    runs["failed"][0] = True
    runs["reason"] = runs["reason"].astype(object)
    runs["reason"][0] = "stopped"
    assert study.faults(context, runs) == [f"{context}, run 0: stopped"]

"""Health is a stable fixed point, at the shipped values and at random ones within their ranges."""

import numpy as np
import pytest
from parity import AMPLITUDES, draw

import immacro
from immacro import catalogue
from immacro.ledger import HOSTS, lever_of

SETS = 20
#: Species below this many items count as zero.
ABSENT = 1e-6


def healthy(values, ledger):
    """Leave the levers of a drawn set off."""
    levers = {i for i, r in ledger.rows.items()
              if r.role == "lever" and lever_of(i)[1] in AMPLITUDES}  # fmt: skip
    return {i: v for i, v in values.items() if i not in levers}


def movement(rr, start, days=100.0):
    """Largest relative change of a species over a hundred days."""
    rr.timeCourseSelections = list(rr.model.getFloatingSpeciesIds())
    course = np.array(rr.simulate(start, start + days, 5))
    assert np.isfinite(course).all()
    present = course[0] > ABSENT
    return float((np.abs(course - course[0]).max(axis=0) / np.maximum(course[0], ABSENT))[
        present].max())  # fmt: skip


@pytest.fixture(scope="module", params=[(n, h) for n in catalogue.models() for h in HOSTS],
                ids=lambda p: "-".join(p))  # fmt: skip
def model(request):
    return immacro.load(request.param[0], host=request.param[1])


def prepared(model):
    rr = model.roadrunner()
    rr.integrator.relative_tolerance = 1e-10
    rr.integrator.absolute_tolerance = [1e-9] * rr.model.getNumFloatingSpecies()
    rr.integrator.maximum_num_steps = 100_000
    rr["onset"] = 1e6
    return rr


def test_no_species_moves_at_the_shipped_values(model):
    rr = prepared(model)
    rr.reset()
    assert movement(rr, 0) < 1e-6


def test_no_species_moves_at_random_values_after_equilibration(model):
    for seed in range(SETS):
        rr = prepared(model)
        for identifier, value in healthy(draw(model.ledger, seed), model.ledger).items():
            rr[identifier] = value
        rr.reset()
        rr.simulate(0, 1000, 2)
        assert movement(rr, 1000) < 1e-6, f"random set {seed}"


def test_the_burn_in_that_simulate_uses_is_long_enough(model):
    for seed in range(SETS):
        values = healthy(draw(model.ledger, seed), model.ledger)
        course = model.simulate(parameters=values, days=100, points=3)
        for name, observable in course.data_vars.items():
            first, last = float(observable[0]), float(observable[-1])
            assert last == pytest.approx(first, rel=2e-6, abs=1e-9), (name, seed)

"""Run one SBML file with the same values in roadrunner and in COPASI, and measure the difference.

The two sides are used as people use them, which are different ways to the same start:

- roadrunner loads the shipped file once, then sets values and resets (what ``simulate`` does);
- COPASI loads a copy of the file in which the values have been written (what ``export`` gives), so
  that it works out initial assignments and volumes for itself.

`Parity.errors` first demands that both start from the same amounts. The error of an observable is
``max|a - b| / max|b|`` over time, b being COPASI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import basico
import COPASI
import libsbml
import numpy as np
import pandas as pd

from immacro.ledger import Ledger, lever_of
from immacro.simulation import engine

OBSERVABLE = 360
#: The lever fields that switch a lever on; the others are its regimen.
AMPLITUDES = ("dose", "strength", "fold", "extent")
RELATIVE_TOLERANCE = 1e-9
ABSOLUTE_TOLERANCE = 1e-12
MAXIMUM_STEPS = 1_000_000
#: COPASI's LSODA begins every stretch after an event as if nothing were stiff. Where an event moves
#: nothing fast, it may not notice what is (an antibody binds G-CSF within a second) and crawl, as
#: rounding has it. It is stopped after so many steps between two output times, and tried again at a
#: tolerance that is a little tighter.
STEPS_OF_LSODA = 50_000
TOLERANCES_OF_LSODA = tuple(RELATIVE_TOLERANCE * 0.9**i for i in range(12))
#: In the units of observables: cells, molecules, pg/mL, ug/mL, per day. What has no unit is a ratio
#: of numbers that are each known to the relative tolerance, or the logarithm of one: a distance
#: from health, which is 0 in health, cannot be known better than these.
ROUNDING = 1e-12
ROUNDING_OF_RATIOS = RELATIVE_TOLERANCE


@dataclass(frozen=True)
class Course:
    """One simulation: the amounts it starts from, and the observables indexed by time."""

    start: pd.Series
    frame: pd.DataFrame


def _floors(sbml: str) -> dict[str, float]:
    """Return id -> what is rounding, of every parameter that is marked as an observable."""
    document = libsbml.readSBMLFromString(sbml)
    marked = (p for p in document.getModel().getListOfParameters() if p.getSBOTerm() == OBSERVABLE)
    return {
        p.getId(): ROUNDING_OF_RATIOS if p.getUnits() == "dimensionless" else ROUNDING
        for p in marked
    }


def with_values(sbml: str, values: Mapping[str, float]) -> str:
    """Return the file with the values of parameters and the sizes of compartments written in it."""
    document = libsbml.readSBMLFromString(sbml)
    model = document.getModel()
    for identifier, value in values.items():
        parameter, compartment = model.getParameter(identifier), model.getCompartment(identifier)
        if parameter is not None:
            parameter.setValue(value)
        elif compartment is not None:
            compartment.setSize(value)
        else:
            raise KeyError(identifier)
    return str(libsbml.writeSBMLToString(document))


def draw(ledger: Ledger, seed: int) -> dict[str, float]:
    """Draw every sampled row within its range, and switch about half of the levers on.

    Regimens stay standard, because a random start would put most doses after the end. Levers are
    drawn uniformly over their range also when studies do not sample them.
    """
    generator = np.random.default_rng(seed)
    values = {}
    for row in ledger.rows.values():
        if row.role == "lever":
            if lever_of(row.id)[1] in AMPLITUDES and generator.random() < 0.5:
                values[row.id] = generator.uniform(row.low, row.high)
        elif row.distribution == "loguniform":
            values[row.id] = float(np.exp(generator.uniform(np.log(row.low), np.log(row.high))))
        elif row.distribution == "uniform":
            values[row.id] = generator.uniform(row.low, row.high)
    # Files hold 15 digits: both simulators shall get the same ones.
    return {identifier: float(f"{value:.12g}") for identifier, value in values.items()}


def error(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Return ``max|a - b| / max|b|``; what is not finite, or not zero beside zeros, is infinite."""
    difference, scale = np.abs(ours - theirs).max(), np.abs(theirs).max()
    if not np.isfinite([difference, scale]).all():
        return np.inf
    return float(difference / scale) if scale > 0 else (np.inf if difference > 0 else 0.0)


class Parity:
    """One SBML file in both simulators.

    Args:
        sbml: the file's text.
        days: how long to simulate.
        points: how many output times.
    """

    def __init__(self, sbml: str, days: float = 60, points: int = 241) -> None:
        self.sbml, self.days, self.points = sbml, days, points
        self._floors = _floors(sbml)
        self.observables = list(self._floors)
        document = libsbml.readSBMLFromString(sbml)
        model = document.getModel()
        self._species = [species.getId() for species in model.getListOfSpecies()]
        moves = (event.getListOfEventAssignments() for event in model.getListOfEvents())
        self._moved = {move.getVariable() for assignments in moves for move in assignments}
        self._runner = engine.load(sbml)
        self._runner.timeCourseSelections = ["time", *self.observables]
        self._runner.integrator.relative_tolerance = RELATIVE_TOLERANCE
        self._runner.integrator.absolute_tolerance = ABSOLUTE_TOLERANCE
        self._runner.integrator.maximum_num_steps = MAXIMUM_STEPS

    def roadrunner(self, values: Mapping[str, float]) -> Course:
        """Set, reset and simulate the one instance."""
        runner = self._runner
        runner.resetAll()
        for identifier, value in values.items():
            runner[identifier] = value
        runner.reset()
        # A reset fires the events of time 0 at once: what they move is asked for as it was before.
        start = {s: runner[f"init({s})" if s in self._moved else s] for s in self._species}
        return Course(pd.Series(start), self._frame(runner.simulate(0, self.days, self.points)))

    def copasi(self, values: Mapping[str, float]) -> Course:
        """Load a copy of the file with the values in it and simulate it by LSODA."""
        document = basico.load_model_from_string(with_values(self.sbml, values))
        try:
            model = document.getModel()
            factor = model.getNumber2QuantityFactor()
            start = pd.Series(
                {s.getSBMLId(): s.getInitialValue() * factor for s in model.getMetabolites()},
                dtype=float,
            )
            quantities = {q.getSBMLId(): q for q in model.getModelValues()}
            names = [_name(quantities[o]) for o in self.observables]
            for tolerance in TOLERANCES_OF_LSODA:
                table = self._lsoda(document, names, tolerance)
                if len(table) == self.points:
                    break
            return Course(start, self._frame(table.to_numpy(float)))
        finally:
            basico.remove_datamodel(document)

    def _lsoda(
        self, document: COPASI.CDataModel, names: list[str], tolerance: float
    ) -> pd.DataFrame:
        return basico.run_time_course_with_output(
            ["Time", *names],
            model=document,
            method="deterministic",
            start_time=0,
            duration=self.days,
            intervals=self.points - 1,
            use_initial_values=True,
            r_tol=tolerance,
            a_tol=ABSOLUTE_TOLERANCE,
            max_steps=STEPS_OF_LSODA,
        )

    def errors(self, values: Mapping[str, float]) -> pd.Series:
        """Return the error of every observable at these values.

        An observable that stays below its rounding in both simulators has none: a drug that nobody
        gives, a distance from health in health.

        Raises:
            AssertionError: the two simulators do not start from the same amounts, or one of them
                did not get to the end.
        """
        ours, theirs = self.roadrunner(values), self.copasi(values)
        pd.testing.assert_series_equal(
            ours.start.sort_index(), theirs.start.sort_index(), rtol=1e-12, atol=0, obj="start"
        )
        assert len(ours.frame) == len(theirs.frame) == self.points, "a run stopped before the end"
        np.testing.assert_allclose(ours.frame.index, theirs.frame.index, rtol=1e-12, atol=1e-12)
        pairs = {o: (ours.frame[o].to_numpy(), theirs.frame[o].to_numpy()) for o in ours.frame}
        # Written so that NaN, which is below nothing, is an error.
        return pd.Series({
            o: 0.0 if np.abs(pair).max() < self._floors[o] else error(*pair)
            for o, pair in pairs.items()
        })  # fmt: skip

    def _frame(self, table: Sequence[Sequence[float]] | np.ndarray) -> pd.DataFrame:
        table = np.array(table, dtype=float)
        return pd.DataFrame(table[:, 1:], index=table[:, 0], columns=self.observables)


def _name(quantity: COPASI.CModelValue) -> str:
    """Return what basico takes for the value of a quantity, whatever its display name."""
    return str(quantity.getValueReference().getCN().getString())

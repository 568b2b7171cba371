"""One SBML file in roadrunner: loaded once, run many times, each run independent of the others.

A run restores what events of the last run changed, applies its settings, resets, and integrates
once from time zero; then it puts every setting back. This order matters: a reset re-evaluates the
species' initial assignments with the current parameters and fires the events of time zero, but it
undoes neither parameters nor what events did to them. Settings that roadrunner reads only while
loading (``Contents.needs_reload``) get a freshly loaded instance of their own.

**Tolerances.** ``RELATIVE_TOLERANCE`` and ``ABSOLUTE_TOLERANCE`` keep every reported value within
1e-4 of the exact course (a test compares with much tighter ones). The absolute tolerance is handed
over as one number per state: given a single number, roadrunner multiplies it by each state at the
last event, or by the compartment's size where the state is zero, and the accuracy of a run would
then depend on its doses. It is in the file's own unit of amount, and scaled down in a file whose
amounts are all small, as in moles.

**Equilibration.** With a burn-in, the parameter ``onset`` is set to it, so that nothing of the
story happens before. The same integration runs through the burn-in and on; times are reported from
the onset, where an event of day zero has already fired, as in a run without burn-in. No species may
change by more than ``SETTLED`` (relative) within the last ``SETTLING_WINDOW`` days before.

Two threads in one roadrunner instance crash the process, so a lock lets one in at a time; more
speed takes more processes.

**Compiler.** roadrunner turns a file into machine code while it loads. Of its two compilers LLJIT,
which later releases take by default (sys-bio/roadrunner, pull request 1215), loads a large file in
a quarter of the time and gives the same numbers; runs take a few percent longer.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence

import libsbml
import numpy as np
import numpy.typing as npt
import roadrunner

from immacro.errors import SbmlError, SimulationError
from immacro.simulation.contents import ONSET, Contents, Output, set_values

RELATIVE_TOLERANCE = 1e-8
ABSOLUTE_TOLERANCE = 1e-10
#: Internal steps that the integrator may take between two reported times.
MAXIMUM_STEPS = 100_000
#: Days of integration before the onset when biology was changed.
BURN_IN_DAYS = 1000.0
#: Days before the onset within which healthy must not move ...
SETTLING_WINDOW = 100.0
#: ... by more than this, relative to each species ...
SETTLED = 1e-6
#: ... or, for species near zero, by more than this many absolute tolerances.
SETTLED_FLOOR = 100.0

#: The choice of a compiler is one for the whole process.
_ONE_LOADS = threading.Lock()

Array = npt.NDArray[np.float64]

# What SUNDIALS prints by itself, past roadrunner's logger; it reads these when a solver is made.
os.environ.setdefault("SUNLOGGER_WARNING_FILENAME", os.devnull)
os.environ.setdefault("SUNLOGGER_ERROR_FILENAME", os.devnull)

_REASONS = {
    "CV_CONV_FAILURE": "an amount grows without bound or a rate is not defined",
    "CV_ERR_FAILURE": "the course changes too abruptly to be followed",
    "CV_TOO_MUCH_WORK": f"the integrator needs more than {MAXIMUM_STEPS:,} steps between two times",
    "CV_FIRST_RHSFUNC_ERR": "a rate is not defined at the start",
}


class Engine:
    """One loaded file.

    Args:
        text: the SBML text.
        contents: what it offers.

    Raises:
        SbmlError: roadrunner cannot load the file.
    """

    def __init__(self, text: str, contents: Contents) -> None:
        self._text = text
        self._contents = contents
        self._lock = threading.Lock()
        self._instance = load(text)
        self._floating: list[str] = list(self._instance.model.getFloatingSpeciesIds())
        self._floor = SETTLED_FLOOR * set_tolerances(self._instance)

    def run(
        self,
        values: Mapping[str, float],
        times: Array,
        outputs: Sequence[Output],
        burn_in: float = 0.0,
    ) -> Array:
        """Simulate once.

        Args:
            values: checked settings.
            times: ascending times in days from the onset, starting at 0.
            outputs: what to report.
            burn_in: days of equilibration before, 0 for none.

        Returns:
            One row per time, one column per output.

        Raises:
            SimulationError: the integration fails, a value is not finite, or healthy does not
                settle.
        """
        selections = [o.selection for o in outputs]
        if not burn_in:
            result = self._integrate(values, times, selections)
        else:
            before = _checkpoints(burn_in)
            rows = self._integrate(
                {**values, ONSET: burn_in},
                np.concatenate([before, burn_in + times]),
                [*selections, *self._floating],
            )
            self._refuse_unsettled(rows[1 : len(before), len(selections) :], burn_in)
            result = rows[len(before) :, : len(selections)]
        if not np.isfinite(result).all():
            row, column = np.argwhere(~np.isfinite(result))[0]
            raise SimulationError(
                f"{outputs[column].id} is not a finite number at time {times[row]:g}",
                "Choose less extreme values",
            )
        return result

    def healthy(self, values: Mapping[str, float], burn_in: float) -> dict[str, float]:
        """Return the settled amount of every floating species under changed biology.

        Raises:
            SimulationError: healthy does not settle.
        """
        rows = self._integrate({**values, ONSET: burn_in}, _checkpoints(burn_in), self._floating)
        self._refuse_unsettled(rows[1:], burn_in)
        return dict(zip(self._floating, rows[-1].tolist(), strict=True))

    def _integrate(self, values: Mapping[str, float], times: Array, columns: list[str]) -> Array:
        reload = self._contents.needs_reload(values)
        with self._lock:
            instance = self._loaded_with(values) if reload else self._instance
            try:
                if not reload:
                    self._set({i: self._contents.defaults[i].value for i in self._contents.altered})
                    self._set(values)
                    instance.reset()
                instance.timeCourseSelections = columns
                return np.array(instance.simulate(times=times.tolist()), dtype=np.float64)
            except RuntimeError as error:
                onset = values.get(ONSET, 0.0) if self._contents.has_clock else 0.0
                raise _failure(str(error), instance.getCurrentTime() - onset) from None
            finally:
                if not reload:
                    self._set({i: self._contents.defaults[i].value for i in values})

    def _set(self, values: Mapping[str, float]) -> None:
        model = self._instance.model
        for identifier, value in values.items():
            symbol = self._contents.defaults[identifier]
            if symbol.kind != "species":
                self._instance[identifier] = value
            elif identifier in self._floating:
                index = self._floating.index(identifier)
                model.setFloatingSpeciesInitAmounts([index], [value * symbol.amount])
            else:
                self._instance[self._contents.outputs[identifier].selection] = value

    def _loaded_with(self, values: Mapping[str, float]) -> roadrunner.RoadRunner:
        document = libsbml.readSBMLFromString(self._text)
        set_values(document.getModel(), values)
        try:
            instance = load(libsbml.writeSBMLToString(document))
        except SbmlError as error:
            raise SimulationError(error.problem, "Choose less extreme values") from None
        set_tolerances(instance)
        return instance

    def _refuse_unsettled(self, amounts: Array, burn_in: float) -> None:
        """Refuse a healthy state that still moves: ``amounts`` are its last days, row by row."""
        if not np.isfinite(amounts).all():
            raise SimulationError(
                "No stable healthy state: an amount is not a finite number before the onset",
                "Choose values nearer to the shipped ones",
            )
        low, high = amounts.min(axis=0), amounts.max(axis=0)
        change = high - low
        scale = np.maximum(np.abs(low), np.abs(high))
        moving = ~(change <= np.maximum(SETTLED * scale, self._floor))
        if not moving.any():
            return
        relative = np.where(moving, change / np.where(scale > 0, scale, 1.0), -1.0)
        worst = int(np.argmax(relative))
        raise SimulationError(
            f"No stable healthy state within {burn_in:g} days: {self._floating[worst]} still "
            f"changes by {relative[worst]:.2g} of itself in {_window(burn_in):g} days",
            "Choose values nearer to the shipped ones, or change fewer of them at once",
        )


def load(text: str) -> roadrunner.RoadRunner:
    """Load SBML text into a new roadrunner instance.

    Raises:
        SbmlError: roadrunner refuses it.
    """
    roadrunner.Logger.setLevel(roadrunner.Logger.LOG_FATAL)
    config = roadrunner.Config
    with _ONE_LOADS:
        usual = config.getValue(config.LLVM_BACKEND)
        config.setValue(config.LLVM_BACKEND, config.LLJIT)
        try:
            return roadrunner.RoadRunner(text)
        except RuntimeError as error:
            raise SbmlError(
                f"roadrunner cannot load the file: {_shorten(str(error))}",
                "Correct the SBML; `immacro check FILE` lists what is wrong",
            ) from None
        finally:
            config.setValue(config.LLVM_BACKEND, usual)


def set_tolerances(instance: roadrunner.RoadRunner) -> float:
    """Set the integrator's tolerances and limits; return the absolute tolerance."""
    integrator = instance.integrator
    amounts = np.abs(instance.model.getFloatingSpeciesInitAmounts())
    largest = float(amounts.max(initial=0.0))
    absolute = ABSOLUTE_TOLERANCE * (min(1.0, largest) or 1.0)
    integrator.relative_tolerance = RELATIVE_TOLERANCE
    integrator.absolute_tolerance = [absolute] * len(integrator.getAbsoluteToleranceVector())
    integrator.maximum_num_steps = MAXIMUM_STEPS
    return absolute


def _failure(said: str, time: float) -> SimulationError:
    """Return what roadrunner said in plain words; ``time`` counts from the onset."""
    code = next((code for code in _REASONS if code in said), "")
    reason = f"{_REASONS[code]} ({code})" if code else _shorten(said)
    if time < 0:
        return SimulationError(
            f"No stable healthy state: {-time:.3g} days before the onset, {reason}",
            "Choose values nearer to the shipped ones",
        )
    return SimulationError(
        f"The simulation failed at time {time:.4g}: {reason}", "Choose less extreme values"
    )


def _window(burn_in: float) -> float:
    return min(SETTLING_WINDOW, burn_in / 2)


def _checkpoints(burn_in: float) -> Array:
    """Return time zero and the times before the onset at which healthy is compared."""
    return np.concatenate([[0.0], np.linspace(burn_in - _window(burn_in), burn_in, 6)[:-1]])


def _shorten(text: str, length: int = 160) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= length else line[: length - 1] + "…"

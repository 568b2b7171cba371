"""What is read in the arms of a case: values on days, over windows, and counted from references.

``arm_a`` and references are read on ``day`` or over the window; ``arm_b`` on ``day_b`` if it has
one, else as ``arm_a``. A reference that belongs to ``arm_b`` alone is read as ``arm_b``. Burdens
below the undetectable are read as that.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from immacro.errors import SimulationError
from immacro.findings import derived
from immacro.findings.arms import Arm
from immacro.findings.bindings import Binding
from immacro.findings.cases import Case
from immacro.findings.conditions import Window
from immacro.findings.derived import Array
from immacro.findings.jobs import Course, Job

#: Values and changes below this, in the unit of the observable, are rounding.
NOISE = 1e-9
#: A share that two runs differ by, up to this, is the error of the simulations.
ACCURACY = 1e-4


@dataclass(frozen=True)
class Reading:
    """One arm and how it is read.

    Attributes:
        role: ``a``, ``b``, ``reference`` (of both), ``reference_a`` or ``reference_b``.
        arm: its settings.
        observable: what is read.
        day: when.
        window: instead of ``day``, None for the value on it.
        job: the run.
    """

    role: str
    arm: Arm
    observable: str
    day: float
    window: Window | None
    job: Job


@dataclass(frozen=True)
class Values:
    """What was read; a missing reference is None."""

    a: float
    b: float
    reference_a: float | None = None
    reference_b: float | None = None
    half_times: tuple[float, float] | None = None
    peak_day: float | None = None


def readings_of(case: Case) -> list[Reading]:
    """Return what is read in a case that compares arms."""
    binding, window = case.binding, case.window
    second = binding.observable if binding.test == "rank" else binding.observable_b
    reading = _Maker(case)
    found = [reading.make("a", case.arm_a, binding.observable, case.day, window)]
    if case.arm_b is not None:
        found.append(
            reading.make("b", case.arm_b, second or binding.observable, case.day_b, case.window_b)
        )
    observable = binding.observable
    if case.paired and case.reference_a and case.reference_b:
        found += [
            reading.make("reference_a", case.reference_a, observable, case.day, window),
            reading.make("reference_b", case.reference_b, observable, case.day_b, case.window_b),
        ]
    elif case.reference_a is not None:
        found.append(reading.make("reference", case.reference_a, observable, case.day, window))
    return found


def outputs_of(reading: Reading, binding: Binding, known: set[str]) -> set[str]:
    """Return what a reading's run must report; what is only shown, if the model has it."""
    names = {reading.observable}
    if reading.role == "a" and binding.test == "rank":
        names.add(binding.observable_b)
    needed = {derived.NEEDS.get(name, name) for name in names}
    also = binding.also_observable
    return needed | ({derived.NEEDS.get(also, also)} & known if also else set())


def values_of(case: Case, found: list[Reading], course: Callable[[Job], Course]) -> Values:
    """Read a case.

    Raises:
        SimulationError: a run has failed, or a value is not defined.
    """
    by_role = {reading.role: reading for reading in found}
    read = {role: value(reading, course, case) for role, reading in by_role.items()}
    both = read.get("reference")
    reference_a, reference_b = read.get("reference_a", both), read.get("reference_b", both)
    if case.binding.observable == derived.ICI_RESPONSE:
        assert reference_a is not None  # a row without is refused
        assert reference_b is not None
        responses = (
            derived.response(read["a"], reference_a),
            derived.response(read["b"], reference_b),
        )
        a, b = (r if abs(r) > ACCURACY else 0.0 for r in responses)
        return Values(a, b)
    first = by_role["a"]
    half_times = peak_day = None
    if case.binding.test == "rank":
        pair = (first.observable, case.binding.observable_b)
        one, two = (_half_time(first, name, course(first.job), case) for name in pair)
        half_times = one, two
    elif first.window is not None and first.window.kind == "max":
        times, seen = _over(first.window, first.observable, course(first.job), case.host)
        peak_day = float(times[int(np.argmax(seen))])
    return Values(read["a"], read["b"], reference_a, reference_b, half_times, peak_day)


def value(
    reading: Reading,
    course: Callable[[Job], Course],
    case: Case,
    observable: str | None = None,
) -> float:
    """Return what is read, or another observable in its place.

    Raises:
        SimulationError: the run has failed, or the value is not finite.
    """
    name = observable or reading.observable
    seen = course(reading.job)
    if seen.failure:
        raise SimulationError(seen.failure.rstrip("."))
    result = _value(reading, name, seen, case)
    if not math.isfinite(result):
        raise SimulationError(f"{name} is not finite")
    return 0.0 if abs(result) <= NOISE else result


def _value(reading: Reading, name: str, course: Course, case: Case) -> float:
    host, day = case.host, reading.day
    if name in derived.TIMES:
        burden = course.values[derived.BURDEN]
        return derived.time_above(name, course.times, burden, host, day, reading.arm)
    output = derived.NEEDS.get(name, name)
    if reading.window is not None and reading.window.kind != "half_time":
        times, seen = _over(reading.window, output, course, host)
        if reading.window.kind == "max":
            return float(seen.max())
        return float(np.trapezoid(seen, times) / (times[-1] - times[0]))
    result = float(derived.detectable(np.array(course.on(day, output)), output, host))
    if name == derived.CONTROL:
        then = course.on(case.standard_day or 0.0, output)
        before = float(derived.detectable(np.array(then), output, host))
        return math.log(before / result)
    return result


def _over(window: Window, output: str, course: Course, host: str) -> tuple[Array, Array]:
    kept = (course.times >= window.first) & (course.times <= window.last)
    output = derived.NEEDS.get(output, output)
    return course.times[kept], derived.detectable(course.values[output][kept], output, host)


def _half_time(reading: Reading, name: str, course: Course, case: Case) -> float:
    """Return the first day on which half of the change over the window is reached."""
    assert reading.window is not None  # a rank has one
    times, seen = _over(reading.window, name, course, case.host)
    change = seen[-1] - seen[0]
    if abs(change) <= NOISE:
        return math.nan
    share = (seen - seen[0]) / change
    i = int(np.flatnonzero(share >= 0.5)[0])
    step = (0.5 - share[i - 1]) / (share[i] - share[i - 1])
    return float(times[i - 1] + step * (times[i] - times[i - 1]))


class _Maker:
    """Makes the readings of a case, each with its run."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def make(
        self, role: str, arm: Arm, observable: str, day: float, window: Window | None
    ) -> Reading:
        case = self._case
        days = {day}
        if derived.CONTROL in (observable, case.binding.also_observable):
            days.add(case.standard_day or 0.0)
        windows = ((window.first, window.last),) if window else ()
        job = Job(case.binding.model, case.host, arm, tuple(sorted(days)), windows)
        return Reading(role, arm, observable, day, window, job)

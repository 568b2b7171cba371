"""The two kinds of experiment: arms compared in one host, and a cohort of hosts.

Each names its runs, reads them, judges what was read, and compares it with its control.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from immacro.findings import cohort, controls, derived, judging, readings
from immacro.findings.arms import Arm, field_of, lever_name
from immacro.findings.cases import Case
from immacro.findings.cohort import Ranked
from immacro.findings.controls import Control
from immacro.findings.derived import Array
from immacro.findings.jobs import Course, Job
from immacro.findings.judging import Judgement
from immacro.findings.readings import Reading, Values
from immacro.simulation.model import Model

Courses = Callable[[Job], Course]


@dataclass(frozen=True)
class Curve:
    """An arm as it is drawn: what it was read as, and its course.

    Attributes:
        role: ``a``, ``b`` or one of the references.
        times: days.
        values: of the observable, as it is read.
        day: on which it was read.
        value: what was read there.
    """

    role: str
    times: Array
    values: Array
    day: float
    value: float


@dataclass(frozen=True)
class Seen:
    """What came of an experiment.

    Attributes:
        judgement: the verdict.
        value_a: what is told of ``arm_a``, or rho.
        value_b: of ``arm_b``, None where there is none.
        references: of the references, as far as there are any.
        also: what is shown beside: the value in ``arm_a`` and in ``arm_b``.
        read: role -> what was read in that arm itself.
        curves: what can be drawn along time.
        values: what controls are compared by.
        ranked: of a cohort.
    """

    judgement: Judgement
    value_a: float
    value_b: float | None
    references: tuple[float, ...] = ()
    also: tuple[float, float | None] | None = None
    read: tuple[tuple[Reading, float], ...] = ()
    curves: tuple[Curve, ...] = ()
    values: Values | None = None
    ranked: Ranked | None = None


class Comparison:
    """Arms compared in one host.

    Args:
        case: the case.
        model: its model.
    """

    def __init__(self, case: Case, model: Model) -> None:
        self.case = case
        self._known = set(model.allowed.contents.observables)
        self._readings = readings.readings_of(case)

    def jobs(self) -> dict[Job, set[str]]:
        """Return the runs and what they report."""
        wanted: dict[Job, set[str]] = {}
        for reading in self._readings:
            outputs = readings.outputs_of(reading, self.case.binding, self._known)
            wanted.setdefault(reading.job, set()).update(outputs)
        return wanted

    def see(self, course: Courses) -> Seen:
        """Read and judge.

        Raises:
            SimulationError: a run has failed, or a value is not defined.
        """
        case = self.case
        values = readings.values_of(case, self._readings, course)
        read = tuple((r, readings.value(r, course, case)) for r in self._readings)
        return Seen(
            judging.judge(case, values),
            values.a,
            values.b,
            tuple(value for reading, value in read if reading.role.startswith("reference")),
            self._also(course),
            read,
            tuple(self._curve(reading, value, course) for reading, value in read),
            values,
        )

    def compare(self, before: Seen, after: Seen) -> Control:
        """Compare with what came of the same experiment under its control."""
        assert before.values is not None
        assert after.values is not None
        return controls.compare(self.case, before.values, after.values)

    def _also(self, course: Courses) -> tuple[float, float | None] | None:
        name = self.case.binding.also_observable
        if not name or derived.NEEDS.get(name, name) not in self._known:
            return None
        shown = {
            r.role: readings.value(r, course, self.case, name)
            for r in self._readings
            if r.role in ("a", "b")
        }
        return shown["a"], shown.get("b")

    def _curve(self, reading: Reading, value: float, course: Courses) -> Curve:
        found = course(reading.job)
        output = derived.NEEDS.get(reading.observable, reading.observable)
        drawn = derived.detectable(found.values[output], output, self.case.host)
        if reading.observable in derived.TIMES:  # the day is the value
            value = found.on(reading.day, output)
        return Curve(reading.role, found.times, drawn, reading.day, value)


class Survey:
    """A cohort of hosts.

    Args:
        case: the case.
        model: its model.
    """

    def __init__(self, case: Case, model: Model) -> None:
        assert case.cohort is not None
        assert model.ledger is not None
        self.case = case
        self._cohort = case.cohort
        self._known = set(model.allowed.contents.observables)
        self._jobs = cohort.jobs_of(case, cohort.hosts_of(model.ledger, case.cohort.hosts))

    def jobs(self) -> dict[Job, set[str]]:
        """Return the runs and what they report."""
        outputs = cohort.outputs_of(self._cohort, self._known)
        return {job: set(outputs) for jobs in self._jobs.values() for job in jobs}

    def see(self, course: Courses) -> Seen:
        """Read and judge.

        Raises:
            SimulationError: too few hosts are left.
        """
        ranked = cohort.ranked(self.case, self._jobs, course, derived.BURDEN in self._known)
        judgement = cohort.judge(self.case, ranked)
        if self._cohort.kind == "groups":
            high, low = cohort.medians(ranked)
            return Seen(judgement, high, low, ranked=ranked)
        if self._cohort.kind == "share":
            return Seen(judgement, cohort.share(self.case, ranked), None, ranked=ranked)
        return Seen(judgement, ranked.correlation.rho, None, ranked=ranked)

    def compare(self, before: Seen, after: Seen) -> Control:
        """Compare with what came of the same cohort under its control."""
        assert before.ranked is not None
        assert after.ranked is not None
        return controls.compare_cohorts(self.case, before.ranked, after.ranked)


Experiment = Comparison | Survey


def experiment(case: Case, model: Model) -> Experiment:
    """Return the experiment of a case that can be represented."""
    case = replace(
        case,
        arm_a=_from_onset(case.arm_a, model),
        arm_b=case.arm_b and _from_onset(case.arm_b, model),
        reference_a=case.reference_a and _from_onset(case.reference_a, model),
        reference_b=case.reference_b and _from_onset(case.reference_b, model),
    )
    return Comparison(case, model) if case.cohort is None else Survey(case, model)


def _from_onset(arm: Arm, model: Model) -> Arm:
    """Let every strength and fold that has no start act from the onset, whatever the default."""
    given = dict(arm.settings)
    symbols = model.allowed.contents.symbols
    starts = {
        f"{lever_name(name)}_start" for name in given if field_of(name) in ("strength", "fold")
    }
    late = [s for s in sorted(starts) if s not in given and s in symbols and symbols[s].value != 0]
    return arm.with_settings((start, 0.0) for start in late)

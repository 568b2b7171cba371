"""Cohorts: hosts drawn from the ledger, all given the same arms, and ranked.

A host is a value for every rate row of the ledger that may vary, drawn log-uniformly between its
low and high (uniformly where low is not positive). The seed is fixed, so that all arms, controls
and findings see the same hosts; a rate that a context sets is drawn too, since it differs between
patients. Every host first settles into a healthy state of its own. Hosts that fail in an arm are
left out and counted, and if more than half of them fail there is no verdict.

Each rank correlation is also given at fixed burden: partial, for the burden on the day on which
``x`` is read.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from immacro.errors import SimulationError
from immacro.findings import derived
from immacro.findings.arms import Arm
from immacro.findings.cases import Case
from immacro.findings.cohort_text import Cohort, Point, Side
from immacro.findings.conditions import Observed
from immacro.findings.correlation import Correlation, correlation
from immacro.findings.derived import Array
from immacro.findings.jobs import INTERVALS, Course, Job
from immacro.findings.judging import (
    CONTRADICTED,
    REPRODUCED,
    Judgement,
    compared,
    percent,
)
from immacro.findings.readings import ACCURACY
from immacro.ledger import Ledger

SEED = 20210412
#: Of the hosts that must be left for a verdict.
COMPLETE = 0.5

Draws = list[tuple[tuple[str, float], ...]]


@dataclass(frozen=True)
class Ranked:
    """What a cohort gave.

    Attributes:
        x: of each host that is left.
        y: of the same hosts.
        hosts: how many were drawn.
        failed: how many of them failed, by reason.
        at_fixed_burden: the partial correlation, None where burden itself is ranked.
        correlation: of ``x`` and ``y``.
    """

    x: Array
    y: Array
    hosts: int
    failed: dict[str, int]
    correlation: Correlation
    at_fixed_burden: Correlation | None


def hosts_of(ledger: Ledger, count: int, seed: int = SEED) -> Draws:
    """Draw hosts: a value of every rate row that may vary."""
    rows = [row for row in ledger.rows.values() if row.role == "rate" and row.sampled]
    unit = np.random.default_rng(seed).random((count, len(rows)))
    columns = []
    for share, row in zip(unit.T, rows, strict=True):
        if row.low > 0:
            columns.append(row.low * (row.high / row.low) ** share)
        else:
            columns.append(row.low + (row.high - row.low) * share)
    names = [row.id for row in rows]
    return [tuple(zip(names, map(float, host), strict=True)) for host in zip(*columns, strict=True)]


def jobs_of(case: Case, draws: Draws) -> dict[str, list[Job]]:
    """Return the runs of each arm that is read, host by host."""
    assert case.cohort is not None  # that is what makes it one
    names = {point.name for point in case.cohort.points}
    days = {point.day for point in case.cohort.points if point.day is not None}
    if derived.CONTROL in names:
        days.add(case.standard_day or 0.0)
    fine = names & set(derived.TIMES)
    arms = {"a": case.arm_a}
    if derived.LOG_RESPONSE in names and case.arm_b is not None:
        arms["b"] = case.arm_b
    return {
        role: [
            Job(case.binding.model, case.host, _in_host(arm, host), tuple(sorted(days)), (),
                INTERVALS if fine else 1)
            for host in draws
        ]
        for role, arm in arms.items()
    }  # fmt: skip


def outputs_of(cohort: Cohort, known: set[str]) -> set[str]:
    """Return what the runs must report; burden always, for the correlation at fixed burden."""
    names = {derived.NEEDS.get(point.name, point.name) for point in cohort.points}
    return names | ({derived.BURDEN} & known)


def ranked(
    case: Case, jobs: dict[str, list[Job]], course: Callable[[Job], Course], fixed: bool
) -> Ranked:
    """Read a cohort.

    Args:
        case: the case.
        jobs: its runs.
        course: what came of them.
        fixed: whether the model has a burden to be held fixed.

    Raises:
        SimulationError: too few hosts are left.
    """
    cohort = case.cohort
    assert cohort is not None  # that is what makes it one
    rows: list[tuple[float, float, float]] = []
    failed: dict[str, int] = {}
    count = len(jobs["a"])
    for i in range(count):
        courses = {role: course(found[i]) for role, found in jobs.items()}
        reason = next((c.failure for c in courses.values() if c.failure), "")
        if not reason:
            arm = jobs["a"][i].arm
            sides = [_side(side, courses, case, arm) for side in (cohort.x, cohort.y)]
            day = Point(derived.BURDEN, cohort.x.day)
            burden = _point(day, courses, case, arm) if fixed else 0.0
            if all(map(math.isfinite, (*sides, burden))):
                rows.append((sides[0], sides[1], burden))
                continue
            reason = "a value is not finite"
        failed[reason] = failed.get(reason, 0) + 1
    if len(rows) < COMPLETE * count:
        worst = max(failed, key=lambda reason: failed[reason])
        raise SimulationError(
            f"{count - len(rows)} of {count} hosts failed, most because: {worst.rstrip('.')}"
        )
    x, y, burden_of = (_without_noise(np.array(c)) for c in zip(*rows, strict=True))
    ranks_burden = any(p.name in (derived.BURDEN, derived.LOG_RESPONSE) for p in cohort.x.points)
    partial = None if ranks_burden or not fixed else correlation(x, y, burden_of)
    return Ranked(x, y, count, failed, correlation(x, y), partial)


def judge(case: Case, seen: Ranked) -> Judgement:
    """Judge a cohort."""
    cohort = case.cohort
    assert cohort is not None  # that is what makes it one
    if cohort.kind == "groups":
        high, low = medians(seen)
        found = compared(case.binding.direction, high, low)
        return Judgement(
            found.verdict, found.effect, found.measure, f"{found.reason}; {left(seen)}"
        )
    if cohort.kind == "share":
        return _share(case, seen)
    rho = seen.correlation
    alike = [str(side) for side, values in ((cohort.x, seen.x), (cohort.y, seen.y))
             if np.ptp(values) == 0]  # fmt: skip
    if alike:
        reason = f"{alike[0]} is the same in all hosts; {left(seen)}"
        return Judgement(REPRODUCED if cohort.sign == "0" else CONTRADICTED, None, "rho", reason)
    holds = {"+": rho.low > 0, "-": rho.high < 0, "0": not (rho.low > 0 or rho.high < 0)}
    reason = f"{rho}; {left(seen)}"
    if seen.at_fixed_burden is not None:
        reason += f"; at fixed burden {seen.at_fixed_burden}"
    verdict = REPRODUCED if holds[cohort.sign] else CONTRADICTED
    return Judgement(verdict, rho.rho, "rho", reason)


def medians(seen: Ranked) -> tuple[float, float]:
    """Return the median of ``y`` in hosts above the median of ``x``, and in the others."""
    upper = seen.x > np.median(seen.x)
    if not upper.any():
        return float(np.median(seen.y)), float(np.median(seen.y))
    return float(np.median(seen.y[upper])), float(np.median(seen.y[~upper]))


def share(case: Case, seen: Ranked) -> float:
    """Return the share of hosts for which the relation holds."""
    cohort = case.cohort
    assert cohort is not None  # that is what makes it one
    limit = cohort.limit * seen.y
    holds = seen.x <= limit if cohort.relation == "<=" else seen.x >= limit
    return float(np.mean(holds))


def left(seen: Ranked) -> str:
    """Return how many hosts count."""
    return f"{len(seen.x)} of {seen.hosts} hosts"


def _share(case: Case, seen: Ranked) -> Judgement:
    assert case.threshold is not None  # a row without one is refused
    value = share(case, seen)
    verdict = REPRODUCED if case.threshold.holds(Observed(value)) else CONTRADICTED
    return Judgement(verdict, value, "value", f"{percent(value)} of {left(seen)}")


def _without_noise(values: Array) -> Array:
    """Make values equal that differ by no more than simulations err, lest errors be ranked."""
    if np.ptp(values) <= ACCURACY * np.abs(values).max():
        return np.full_like(values, np.median(values))
    return values


def _in_host(arm: Arm, host: tuple[tuple[str, float], ...]) -> Arm:
    """Return an arm in a host; what the arm itself sets goes first."""
    return Arm(arm.context, host).with_settings(arm.settings)


def _side(side: Side, courses: dict[str, Course], case: Case, arm: Arm) -> float:
    values = [_point(point, courses, case, arm) for point in side.points]
    return values[0] - values[1] if len(values) > 1 else values[0]


def _point(point: Point, courses: dict[str, Course], case: Case, arm: Arm) -> float:
    """Return what is read in one host."""
    assert point.day is not None  # factors are not represented
    seen = courses["a"]
    output = derived.NEEDS.get(point.name, point.name)
    if point.name in derived.TIMES:
        return derived.time_above(
            point.name, seen.times, seen.values[output], case.host, point.day, arm
        )

    def on(course: Course, day: float) -> float:
        return float(derived.detectable(np.array(course.on(day, output)), output, case.host))

    if point.name == derived.LOG_RESPONSE:
        return derived.log_response(on(seen, point.day), on(courses["b"], point.day))
    if point.name == derived.CONTROL:
        return math.log(on(seen, case.standard_day or 0.0) / on(seen, point.day))
    return on(seen, point.day)

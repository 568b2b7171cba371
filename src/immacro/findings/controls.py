"""Controls: with the mechanism off, or what a row names in all arms, half of the effect must go.

The effect is the difference of the arms, each from its own reference where it has one. For a cohort
it is rho, the share of hosts, or the difference of the medians. Where a control changes the
comparator too, half of the difference can go while the ratio stays; the reason then gives what is
left of the relative change as well. A control is asked only where the finding itself holds:
otherwise there is no effect that could go.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from immacro.findings import cohort, judging
from immacro.findings.arms import Arm
from immacro.findings.cases import Case
from immacro.findings.cohort import Ranked
from immacro.findings.conditions import SLACK
from immacro.findings.readings import Values

HOLDS, FAILS, NOT_COVERED, NONE = (
    "control holds", "control fails", "control not covered", "none"
)  # fmt: skip


@dataclass(frozen=True)
class Control:
    """What came of a control.

    Attributes:
        outcome: ``control holds``, ``control fails``, ``control not covered`` or ``none``.
        reason: how much of the effect went, or what is missing.
        left: the share of the effect that is left, None where it was not asked.
    """

    outcome: str
    reason: str = ""
    left: float | None = None


def with_control(case: Case) -> Case:
    """Return the case with its control in all arms."""
    settings = case.binding.control
    return replace(
        case,
        arm_a=case.arm_a.with_settings(settings),
        arm_b=case.arm_b and case.arm_b.with_settings(settings),
        reference_a=case.reference_a and case.reference_a.with_settings(settings),
        reference_b=case.reference_b and case.reference_b.with_settings(settings),
    )


def compare(case: Case, before: Values, after: Values) -> Control:
    """Compare the effects without and with the control."""
    found = _judged(judging.contrast(case, before), judging.contrast(case, after))
    notes = []
    off = with_control(case)
    if off.arm_b is not None and _known(off.arm_a) == _known(off.arm_b) and _alike(case):
        notes.append("both arms become the same")
    relative = [judging.relative(seen.a, seen.b) for seen in (before, after)]
    if case.binding.test in ("ratio", "rank") and relative[0] and relative[1] is not None:
        left = relative[1] / relative[0]
        if found.outcome == HOLDS and left > judging.HALF:
            notes.append(f"of the relative change {judging.percent(left)}")
    return replace(found, reason=", ".join([found.reason, *notes]))


def compare_cohorts(case: Case, before: Ranked, after: Ranked) -> Control:
    """Compare the effects of a cohort without and with the control."""
    found = [_of_cohort(case, seen) for seen in (before, after)]
    return _judged(found[0], 0.0 if math.isnan(found[1]) else found[1])


def combined(controls: list[tuple[str, Control]]) -> Control:
    """Return the outcome for a row from those of its cases, each with its label."""
    for outcome in (FAILS, NOT_COVERED, HOLDS):
        chosen = [(label, c) for label, c in controls if c.outcome == outcome]
        if chosen:
            told: dict[str, list[str]] = {}
            for label, control in chosen:
                told.setdefault(control.reason, []).append(label)
            alike = len(told) == 1 and len(chosen) == len(controls)
            texts = [r if alike else f"{', '.join(labels)}: {r}" for r, labels in told.items()]
            shares = [c.left for _, c in chosen if c.left is not None]
            return Control(outcome, "; ".join(texts), max(shares, default=None))
    return Control(NONE)


def _alike(case: Case) -> bool:
    """Tell whether the arms differ in nothing but their settings."""
    return case.day == case.day_b and not case.binding.observable_b


def _known(arm: Arm) -> Arm:
    """Return an arm by which equal ones are known."""
    return Arm(arm.context, tuple(sorted(arm.settings)))


def _of_cohort(case: Case, seen: Ranked) -> float:
    kind = case.cohort.kind if case.cohort else ""
    if kind == "groups":
        high, low = cohort.medians(seen)
        return high - low
    return cohort.share(case, seen) if kind == "share" else seen.correlation.rho


def _judged(effect: float, remaining: float) -> Control:
    if effect == 0 or not math.isfinite(effect):
        return Control(NOT_COVERED, "there is no effect that could go")
    left = remaining / effect
    outcome = HOLDS if left <= judging.HALF * (1 + SLACK) else FAILS
    return Control(outcome, f"{judging.percent(left)} of the effect is left", left)

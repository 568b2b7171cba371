"""The thresholds, one set for all findings, and the verdict of a case.

=========== ==================================================================================
up, down    ``arm_a`` at least 20 % of ``arm_b`` above or below it
unchanged   neither
not_up      not up
restored    ``arm_a`` at least half of the way from ``arm_b`` to the reference
required    at least half of the effect of ``arm_b``, counted from the reference, is lost
abrogated   at least 80 % of it is lost
threshold   as the row states it
rank        the order of half-times that the row states, and the direction
=========== ==================================================================================

For restored, required and abrogated the deficit or effect itself must be 20 % of the reference.
Exactly 20 % is apart, and a value on a bound stays there through rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from immacro.findings import derived
from immacro.findings.cases import Case
from immacro.findings.conditions import SLACK, Observed, Within
from immacro.findings.readings import Values

APART = 0.2
HALF = 0.5
ABROGATED = 0.8
LOST = {"required": HALF, "abrogated": ABROGATED}

REPRODUCED, CONTRADICTED, NOT_COVERED = "reproduced", "contradicted", "not covered"
VERDICTS = (REPRODUCED, CONTRADICTED, NOT_COVERED)


@dataclass(frozen=True)
class Judgement:
    """A verdict with its numbers.

    Attributes:
        verdict: ``reproduced`` or ``contradicted``.
        effect: what was held against the threshold, None where it is not defined.
        measure: what the effect is: ``change``, ``restored``, ``lost``, ``value``, ``days`` (by
            which the first half-time is ahead) or ``rho``.
        reason: what was found.
    """

    verdict: str
    effect: float | None
    measure: str
    reason: str


def rule(case: Case) -> str:
    """Return what must hold, in a few words."""
    binding = case.binding
    if case.threshold is not None:
        up = f"; {_DIRECTIONS[binding.direction]}" if binding.test == "rank" else ""
        return case.threshold.text + up
    if binding.test == "association":
        return (
            "95 % interval of rho "
            + {
                "positive_association": "above 0",
                "negative_association": "below 0",
                "no_association": "includes 0",
            }[binding.direction]
        )
    return _DIRECTIONS[binding.direction]


_DIRECTIONS = {
    "up": "20 % up or more",
    "down": "20 % down or more",
    "unchanged": "within 20 %",
    "not_up": "less than 20 % up",
    "restored": "50 % restored or more",
    "required": "50 % lost or more",
    "abrogated": "80 % lost or more",
}


def judge(case: Case, seen: Values) -> Judgement:
    """Judge a case that compares arms."""
    test = case.binding.test
    if test == "restored":
        return _restored(seen)
    if test in LOST:
        return _lost(case, seen)
    if test == "threshold":
        return _threshold(case, seen)
    if test == "rank":
        return _rank(case, seen)
    return compared(case.binding.direction, seen.a, seen.b)


def compared(direction: str, a: float, b: float) -> Judgement:
    """Judge a ratio."""
    holds = {
        "up": above(a, b),
        "down": above(b, a, of=b),
        "unchanged": not apart(a, b),
        "not_up": not above(a, b),
    }[direction]
    change = relative(a, b)
    return _judgement(holds, change, "change", _change(a, b))


def above(high: float, low: float, of: float | None = None) -> bool:
    """Tell whether one value is at least 20 % above another, by default of the lower."""
    scale = abs(low if of is None else of)
    return high > low and high - low >= APART * scale * (1 - SLACK)


def apart(a: float, b: float) -> bool:
    """Tell whether two values are at least 20 % of the second apart."""
    return above(a, b, of=b) or above(b, a, of=b)


def relative(a: float, b: float) -> float | None:
    """Return the change from ``b`` to ``a`` as a share of ``b``, None if that is zero."""
    if b == 0:
        return 0.0 if a == 0 else None
    return (a - b) / abs(b)


def contrast(case: Case, seen: Values) -> float:
    """Return the effect that a control must halve.

    It is the difference of the arms, each counted from its own reference where it has one.
    """
    if case.paired and seen.reference_a is not None and seen.reference_b is not None:
        return (seen.a - seen.reference_a) - (seen.b - seen.reference_b)
    return seen.a - seen.b


def percent(share: float) -> str:
    """Return a share as per cent."""
    if abs(share) < 5e-4:  # also no minus before zero
        return "0 %"
    return f"{100 * share:.3g} %" if abs(share) < 10 else f"{100 * share:.0f} %"


def _restored(seen: Values) -> Judgement:
    reference = seen.reference_a or 0.0
    if not apart(seen.b, reference):
        return _too_small("deficit", seen.b, reference)
    share = (seen.a - seen.b) / (reference - seen.b)
    found = f"{percent(share)} restored"
    if share > 1 + HALF:
        found += ", far beyond the reference"
    return _judgement(_reaches(share, HALF), share, "restored", found)


def _lost(case: Case, seen: Values) -> Judgement:
    test = case.binding.test
    reference_a, reference_b = seen.reference_a or 0.0, seen.reference_b or 0.0
    if case.binding.observable == derived.ICI_RESPONSE:  # a share already, and positive
        if not _reaches(seen.b, APART):
            found = f"the response itself is only {percent(seen.b)}, 20 % is needed"
            return _judgement(False, None, "lost", found)
    elif not apart(seen.b, reference_b):
        return _too_small("effect", seen.b, reference_b)
    share = 1 - (seen.a - reference_a) / (seen.b - reference_b)
    return _judgement(_reaches(share, LOST[test]), share, "lost", f"{percent(share)} lost")


def _threshold(case: Case, seen: Values) -> Judgement:
    assert case.threshold is not None  # a row without one is refused
    observed = Observed(seen.a, seen.b, seen.peak_day, seen.half_times)
    found = f"{seen.a:.4g}"
    if seen.peak_day is not None:
        found += f", largest on day {seen.peak_day:.4g}"
    for term in case.threshold.terms:
        if isinstance(term, Within):
            found += f", {_change(seen.a, term.target)} from {term.target:g}"
    return _judgement(case.threshold.holds(observed), seen.a, "value", found)


def _rank(case: Case, seen: Values) -> Judgement:
    assert case.threshold is not None  # a row without one is refused
    direction = compared(case.binding.direction, seen.a, seen.b)
    first, second = seen.half_times or (math.nan, math.nan)
    names = case.binding.observable, case.binding.observable_b
    order = case.threshold.holds(Observed(seen.a, half_times=(first, second)))
    found = f"half-times {_day(first)} ({names[0]}) and {_day(second)} ({names[1]})"
    ahead = second - first
    return _judgement(
        order and direction.verdict == REPRODUCED,
        ahead if math.isfinite(ahead) else None,
        "days",
        f"{found}; {direction.reason}",
    )


def _judgement(holds: bool, effect: float | None, measure: str, found: str) -> Judgement:
    return Judgement(REPRODUCED if holds else CONTRADICTED, effect, measure, found)


def _too_small(what: str, b: float, reference: float) -> Judgement:
    size = relative(b, reference)
    shown = "nothing" if not size else percent(abs(size))
    measure = "restored" if what == "deficit" else "lost"
    found = f"the {what} itself is only {shown}, 20 % is needed"
    return _judgement(False, None, measure, found)


def _reaches(share: float, limit: float) -> bool:
    return share >= limit * (1 - SLACK)


def _change(a: float, b: float) -> str:
    change = relative(a, b)
    if change is None:
        return "from nothing to something"
    if a == b == 0:
        return "nothing in both arms"
    sign = "+" if change > 0 else ""
    return f"{sign}{percent(change)}"


def _day(day: float) -> str:
    return f"day {day:.3g}" if math.isfinite(day) else "never"

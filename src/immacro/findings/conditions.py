"""Windows and thresholds as a row states them.

A window is ``max 360-388``, ``mean 21-28`` or ``half_time 0-30``. A threshold is one or more of the
following, joined by `` and ``; all must hold for what is read in ``arm_a``:

================================================ ===========================================
``>= 0.2``                                       also ``>``, ``<=``, ``<``
``max >= 1.2 of arm_b``                          times the value of ``arm_b``; ``max`` is what
                                                 the window gives anyway
``within 20% of 0.68``                           at most 20 % of 0.68 away from it
``argmax in 374-409``                            the largest value of the window is on such a day
``half_time(observable) < half_time(observable_b)`` or the other way round
================================================ ===========================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from immacro.errors import InvalidValueError
from immacro.findings.arms import moved_day

#: Equality on a bound survives rounding.
SLACK = 1e-9

_NUMBER = r"(\d+(?:\.\d+)?(?:e[-+]?\d+)?)"
_WINDOW = re.compile(rf"(max|mean|half_time) {_NUMBER}-{_NUMBER}")
_BOUND = re.compile(rf"(?:max )?(>=|>|<=|<) {_NUMBER}( of arm_b)?")
_WITHIN = re.compile(rf"within {_NUMBER}% of {_NUMBER}")
_PEAK = re.compile(rf"argmax in {_NUMBER}-{_NUMBER}")
_ORDER = re.compile(
    r"half_time\((observable|observable_b)\) < half_time\((observable|observable_b)\)"
)


@dataclass(frozen=True)
class Window:
    """What is read over some days instead of on one."""

    kind: str
    first: float
    last: float

    def moved(self, days: float) -> Window:
        """Return the window in another context."""
        return replace(self, first=moved_day(self.first, days), last=moved_day(self.last, days))

    def __str__(self) -> str:
        return f"{self.kind} {self.first:g}-{self.last:g}"


@dataclass(frozen=True)
class Observed:
    """What a threshold is held against.

    Attributes:
        value: what is read in ``arm_a``.
        value_b: what is read in ``arm_b``, None without it.
        peak_day: the day of the largest value in ``arm_a``.
        half_times: of ``observable`` and ``observable_b`` in ``arm_a``, NaN where nothing changes.
    """

    value: float
    value_b: float | None = None
    peak_day: float | None = None
    half_times: tuple[float, float] | None = None


@dataclass(frozen=True)
class Bound:
    """The value is above or below a limit."""

    sign: str
    limit: float
    of_arm_b: bool

    def holds(self, seen: Observed) -> bool:
        """Tell whether it does."""
        limit = self.limit
        if self.of_arm_b:
            if seen.value_b is None:
                return False
            limit *= seen.value_b
        slack = SLACK * abs(limit)
        return {
            ">=": seen.value >= limit - slack,
            ">": seen.value > limit + slack,
            "<=": seen.value <= limit + slack,
            "<": seen.value < limit - slack,
        }[self.sign]


@dataclass(frozen=True)
class Within:
    """The value is near a number."""

    share: float
    target: float

    def holds(self, seen: Observed) -> bool:
        """Tell whether it is."""
        return abs(seen.value - self.target) <= self.share * self.target * (1 + SLACK)


@dataclass(frozen=True)
class Peak:
    """The largest value falls on some days."""

    first: float
    last: float

    def holds(self, seen: Observed) -> bool:
        """Tell whether it does."""
        return seen.peak_day is not None and self.first <= seen.peak_day <= self.last


@dataclass(frozen=True)
class Order:
    """One of the two observables has changed by half before the other; ``swapped``: the second."""

    swapped: bool

    def holds(self, seen: Observed) -> bool:
        """Tell whether it has; NaN, which nothing changes gives, is before nothing."""
        if seen.half_times is None:
            return False
        first, second = reversed(seen.half_times) if self.swapped else seen.half_times
        return first < second


@dataclass(frozen=True)
class Threshold:
    """All terms must hold."""

    terms: tuple[Bound | Within | Peak | Order, ...]
    text: str

    def holds(self, seen: Observed) -> bool:
        """Tell whether all do."""
        return all(term.holds(seen) for term in self.terms)

    def moved(self, days: float) -> Threshold:
        """Return the threshold in another context."""
        terms = tuple(_moved(term, days) for term in self.terms)
        text = self.text
        for old, new in zip(self.terms, terms, strict=True):
            if isinstance(old, Peak) and isinstance(new, Peak):
                text = text.replace(f"{old.first:g}-{old.last:g}", f"{new.first:g}-{new.last:g}")
        return Threshold(terms, text)

    def uses(self, kind: type) -> bool:
        """Tell whether a term is of this kind."""
        return any(isinstance(term, kind) for term in self.terms)


def parse_window(text: str) -> Window | None:
    """Read a window; no text, no window.

    Raises:
        InvalidValueError: the text is malformed.
    """
    if not text:
        return None
    match = _WINDOW.fullmatch(text)
    if match is None or not float(match[2]) < float(match[3]):
        raise InvalidValueError(
            f"'{text}' is not a window", "Write max, mean or half_time and days, as max 20-28"
        )
    return Window(match[1], float(match[2]), float(match[3]))


def parse_threshold(text: str) -> Threshold | None:
    """Read a threshold; no text, no threshold.

    Raises:
        InvalidValueError: the text is malformed.
    """
    return Threshold(tuple(map(_term, text.split(" and "))), text) if text else None


def _term(text: str) -> Bound | Within | Peak | Order:
    if match := _BOUND.fullmatch(text):
        return Bound(match[1], float(match[2]), bool(match[3]))
    if match := _WITHIN.fullmatch(text):
        return Within(float(match[1]) / 100, float(match[2]))
    if match := _PEAK.fullmatch(text):
        return Peak(float(match[1]), float(match[2]))
    match = _ORDER.fullmatch(text)
    if match and match[1] != match[2]:
        return Order(swapped=match[1] == "observable_b")
    raise InvalidValueError(
        f"'{text}' is not a threshold",
        "Write a bound as >= 1.2, within 20% of 0.68, argmax in 374-409 or an order of half-times",
    )


def _moved(term: Bound | Within | Peak | Order, days: float) -> Bound | Within | Peak | Order:
    if isinstance(term, Peak):
        return Peak(moved_day(term.first, days), moved_day(term.last, days))
    return term

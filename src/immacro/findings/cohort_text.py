"""What a row asks of a cohort of hosts, as its column ``cohort`` says it.

Either two rankings, ``x=nlr_blood@360; y=survival@1460; sign=-; n=300``; a side may be a difference
(``il4_blood@402 - il4_blood@360``), may have no day (a factor of the cohort, as ``age``), and the
first may be ``split at its median``. Or a share: ``share of hosts with tumour_burden@416 <= 0.343
of tumour_burden@360; n=300``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from immacro.errors import InvalidValueError
from immacro.findings.arms import moved_day

_NUMBER = r"\d+(?:\.\d+)?"
_POINT = re.compile(rf"([A-Za-z]\w*)(?:@({_NUMBER}))?")
_RANKS = re.compile(r"x=(.+?)( split at its median)?; y=(.+?); sign=([-+0]); n=(\d+)")
_SHARE = re.compile(rf"share of hosts with (\S+) (<=|>=) ({_NUMBER}) of (\S+); n=(\d+)")
_MOST = 100_000


@dataclass(frozen=True)
class Point:
    """An observable on a day; a factor of the cohort has no day."""

    name: str
    day: float | None

    def __str__(self) -> str:
        return self.name if self.day is None else f"{self.name}@{self.day:g}"


@dataclass(frozen=True)
class Side:
    """What hosts are ranked by: a point, less another if there are two."""

    points: tuple[Point, ...]

    @property
    def day(self) -> float | None:
        """The first day on which it is read."""
        days = [point.day for point in self.points if point.day is not None]
        return min(days, default=None)

    def __str__(self) -> str:
        return " - ".join(map(str, self.points))


@dataclass(frozen=True)
class Cohort:
    """A cohort's question.

    Attributes:
        kind: ``ranks``, ``groups`` (``x`` split at its median) or ``share``.
        x: what is ranked first, or the numerator of the share.
        y: what is ranked second, or the denominator of the share.
        hosts: how many.
        sign: the expected sign of the correlation, ``+``, ``-`` or ``0``.
        relation: of a share, ``<=`` or ``>=``.
        limit: of a share.
    """

    kind: str
    x: Side
    y: Side
    hosts: int
    sign: str = ""
    relation: str = ""
    limit: float = 0.0

    @property
    def points(self) -> tuple[Point, ...]:
        """All that is read."""
        return (*self.x.points, *self.y.points)

    def moved(self, days: float) -> Cohort:
        """Return the question in another context."""
        sides = [
            Side(tuple(Point(p.name, p.day and moved_day(p.day, days)) for p in side.points))
            for side in (self.x, self.y)
        ]
        return Cohort(
            self.kind, sides[0], sides[1], self.hosts, self.sign, self.relation, self.limit
        )


def parse_cohort(text: str) -> Cohort | None:
    """Read a cohort; no text, no cohort.

    Raises:
        InvalidValueError: the text is malformed.
    """
    if not text:
        return None
    if match := _RANKS.fullmatch(text):
        kind = "groups" if match[2] else "ranks"
        return Cohort(kind, _side(match[1]), _side(match[3]), _hosts(match[5]), sign=match[4])
    if match := _SHARE.fullmatch(text):
        x, y = _side(match[1]), _side(match[4])
        return Cohort("share", x, y, _hosts(match[5]), relation=match[2], limit=float(match[3]))
    raise InvalidValueError(
        f"'{text}' is not a cohort", "Write x=NAME@DAY; y=NAME@DAY; sign=+; n=300"
    )


def _side(text: str) -> Side:
    matches = [_POINT.fullmatch(part) for part in text.split(" - ")]
    points = tuple(Point(m[1], float(m[2]) if m[2] else None) for m in matches if m)
    if len(points) < len(matches) or len(points) > 2:
        raise InvalidValueError(f"'{text}' cannot be ranked", "Write NAME@DAY")
    return Side(points)


def _hosts(text: str) -> int:
    if not 10 <= int(text) <= _MOST:
        raise InvalidValueError(
            f"n={text} makes no cohort", f"Give a number of hosts from 10 to {_MOST}"
        )
    return int(text)

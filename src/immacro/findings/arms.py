"""Arms of an experiment: a context and what is set in it, as ``context=at3; surgery_extent=1``.

Alternatives are joined by `` | ``. Days of an arm move with it into another context, except the
onset: day 0 is the start of the story in every context.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from immacro.errors import InvalidValueError
from immacro.ledger import LEVER_FIELDS

#: The fields of a lever that hold a day of the story.
DAY_FIELDS = ("start", "stop", "day")
#: The comparator ``zero``: an effect is counted from nothing.
ZERO = "zero"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CONTEXT = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True)
class Arm:
    """One arm.

    Attributes:
        context: the tumour, or ``healthy``.
        settings: id and value, in the order given.
    """

    context: str
    settings: tuple[tuple[str, float], ...] = ()

    def with_settings(self, settings: Iterable[tuple[str, float]]) -> Arm:
        """Return the arm with these settings on top of its own."""
        return replace(self, settings=tuple({**dict(self.settings), **dict(settings)}.items()))

    def moved(self, contexts: Mapping[str, str], days: float) -> Arm:
        """Return the arm in another context, its days moved.

        Args:
            contexts: old context -> new context; others stay.
            days: by how much days move.

        Raises:
            InvalidValueError: a day would fall before the onset.
        """
        settings = tuple(
            (name, moved_day(value, days) if field_of(name) in DAY_FIELDS else value)
            for name, value in self.settings
        )
        return Arm(contexts.get(self.context, self.context), settings)

    def __str__(self) -> str:
        parts = [f"context={self.context}", *(f"{n}={v:.10g}" for n, v in self.settings)]
        return "; ".join(parts)


def parse(text: str) -> tuple[Arm, ...]:
    """Read the alternatives of an arm; no text, no arm.

    Raises:
        InvalidValueError: the text is malformed.
    """
    return tuple(_arm(part) for part in text.split(" | ")) if text else ()


def parse_control(text: str) -> tuple[tuple[str, float], ...]:
    """Read a control: bare names are switches set to 0, the others settings.

    Raises:
        InvalidValueError: the text is malformed.
    """
    words = text.split("; ") if text else []
    settings = dict(_setting(w if "=" in w else f"{w}=0", "name or id=value") for w in words)
    if len(settings) < len(words):
        raise InvalidValueError(f"'{text}' sets something twice", "Set it once")
    return tuple(settings.items())


def field_of(name: str) -> str:
    """Return what a lever parameter sets, ``""`` if the id is not one's."""
    lever, _, word = name.rpartition("_")
    return word if lever and word in LEVER_FIELDS else ""


def lever_name(name: str) -> str:
    """Return the lever of a lever parameter, ``""`` if the id is not one's."""
    return name.rpartition("_")[0] if field_of(name) else ""


def moved_day(day: float, by: float) -> float:
    """Return a day in another context: the onset stays, every other day moves.

    Raises:
        InvalidValueError: it would fall before the onset.
    """
    if day == 0:
        return day
    if day + by < 0:
        raise InvalidValueError(
            f"day {day:g} would fall before the onset", "Bind this context in a row of its own"
        )
    return day + by


def number(text: str) -> float:
    """Read a finite number.

    Raises:
        InvalidValueError: it is none.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InvalidValueError(f"'{text}' is not a finite number", "Give a plain number")
    return value


def _arm(text: str) -> Arm:
    context = ""
    settings: dict[str, float] = {}
    for word in text.split("; "):
        name, equals, value = word.partition("=")
        if name == "context" and equals:
            if context or not _CONTEXT.fullmatch(value):
                raise InvalidValueError(f"'{word}' is not one context", "Name one context per arm")
            context = value
            continue
        identifier, amount = _setting(word, "id=value")
        if identifier in settings:
            raise InvalidValueError(f"'{identifier}' is set twice", "Set it once")
        settings[identifier] = amount
    if not context:
        raise InvalidValueError(f"'{text}' names no context", "Write context=NAME in every arm")
    return Arm(context, tuple(settings.items()))


def _setting(word: str, form: str) -> tuple[str, float]:
    name, equals, value = word.partition("=")
    if not equals or not _NAME.fullmatch(name):
        raise InvalidValueError(f"'{word}' is not a setting", f"Write {form}, joined by '; '")
    return name, number(value)

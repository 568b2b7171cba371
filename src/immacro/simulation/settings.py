"""The one place where what a user sets is checked: levers, parameters, context, days and points.

Values are numbers in model units. They are applied in this order, later over earlier: the context,
then the levers, then the parameters. An id may be set once by the user: in the levers or in the
parameters. A lever's id is welcome among the parameters, so that the columns of a table or the
assignments of a command line need not be sorted.

Refused are an unknown id, a value that is not a finite number, a value outside the ledger's range,
a count that is not whole, and a regimen that stops before it starts. A file without a ledger has
no ranges: there an id must exist and be settable, and its value be finite. Times later than
``MAX_DAYS`` are refused where the file says what its unit of time is.

A setting that changes biology (anything but a lever) moves the healthy state; ``changed_biology``
names those settings, and the simulation then equilibrates first. A context belongs to the tumour
and does not count.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Real
from typing import SupportsIndex

from immacro import units
from immacro.errors import ImmacroError, InvalidValueError, LedgerError, UnknownNameError
from immacro.ledger import lever_of
from immacro.simulation.contents import BURN_IN, ONSET, Contents, Output, Symbol

MAX_POINTS = 1_000_000
#: A hundred years: a later day is a slip of the keyboard, and runs to it would take for ever.
MAX_DAYS = 36_525.0
_SLACK = 1e-9  # of a bound: unit conversion may leave a value on a bound one rounding beyond it


@dataclass(frozen=True)
class Settings:
    """Checked settings: every value that differs from, or repeats, the file's own.

    Attributes:
        values: id -> value of the context, the levers and the parameters, merged.
        context: the context's name, ``""`` for none.
        changed_biology: the ids among them that move the healthy state, sorted.
    """

    values: dict[str, float]
    context: str = ""
    changed_biology: tuple[str, ...] = ()


@dataclass(frozen=True)
class Allowed:
    """What is allowed for one model.

    Attributes:
        model: its name, for messages.
        contents: what its file offers, ranges included.
        contexts: its tumours, id -> value for each.
        listing: where a user finds all names.
    """

    model: str
    contents: Contents
    contexts: Mapping[str, Mapping[str, float]]
    listing: str = "the model's `.parameters`"

    def resolve(
        self,
        levers: Mapping[str, float] | None = None,
        parameters: Mapping[str, float] | None = None,
        context: str | None = None,
    ) -> Settings:
        """Check and merge what a user sets.

        Raises:
            UnknownNameError: an id or the context does not exist.
            InvalidValueError: a value is not allowed.
        """
        levers = _mapping(levers, "levers")
        parameters = _mapping(parameters, "parameters")
        twice = sorted(set(levers) & set(parameters))
        if twice:
            raise InvalidValueError(
                f"'{twice[0]}' is set both as a lever and as a parameter", "Set it once"
            )
        for identifier in levers:
            self._refuse_non_lever(identifier)
        chosen = {
            i: self._value(self._symbol(i), value) for i, value in {**levers, **parameters}.items()
        }
        values = {**self.context(context), **chosen}
        self._refuse_empty_schedules(values)
        biology = [i for i in chosen if self._moves_health(i, chosen[i])]
        return Settings(values, context or "", tuple(sorted(biology)))

    def context(self, name: str | None) -> dict[str, float]:
        """Return what a context sets, nothing for None.

        Raises:
            UnknownNameError: it does not exist.
        """
        if name is None:
            return {}
        if name not in self.contexts:
            raise UnknownNameError.of(f"context of {self.model}", str(name), self.contexts)
        return dict(self.contexts[name])

    def outputs(self, names: str | Iterable[str] | None) -> list[Output]:
        """Return the asked-for outputs, all observables for None.

        Raises:
            UnknownNameError: the file has no such output.
            InvalidValueError: nothing is asked for.
        """
        if names is None:
            names = self.contents.observables
        names = [names] if isinstance(names, str) else list(dict.fromkeys(names))
        if not names:
            raise InvalidValueError(
                f"{self.model} is asked for no observable", "Name at least one species or parameter"
            )
        known = self.contents.outputs
        for name in names:
            if name not in known:
                raise UnknownNameError.of(
                    "observable", str(name), self.contents.observables, self.listing
                )
        return [known[name] for name in names]

    @cached_property
    def _schedules(self) -> list[tuple[str, str]]:
        """The pairs of parameters between which a lever is on."""
        symbols = self.contents.symbols
        pairs = [(f"{i.removesuffix('_stop')}_start", i) for i in symbols if i.endswith("_stop")]
        return [p for p in pairs if p[0] in symbols and symbols[p[1]].is_lever]

    def _moves_health(self, identifier: str, value: float) -> bool:
        if not self.contents.has_clock:
            return False
        symbol = self.contents.symbols[identifier]
        return not symbol.is_lever and value != symbol.value

    def _symbol(self, identifier: str) -> Symbol:
        symbols = self.contents.symbols
        if identifier in symbols:
            return symbols[identifier]
        if identifier in (ONSET, BURN_IN) and self.contents.has_clock:
            raise InvalidValueError(
                f"'{identifier}' cannot be set: it is the clock of the simulation",
                "Times are counted from the onset; move a lever's start instead",
            )
        fields = [s.id for s in symbols.values() if s.is_lever and _lever(s) == identifier]
        if fields:
            raise UnknownNameError(
                f"'{identifier}' is a lever, not a parameter", "Set " + " or ".join(fields)
            )
        if identifier in self.contents.computed:
            raise InvalidValueError(
                f"'{identifier}' cannot be set: {self.model} computes it",
                "Set a parameter on which it depends",
            )
        raise UnknownNameError.of("parameter", str(identifier), symbols, self.listing)

    def _refuse_non_lever(self, identifier: str) -> None:
        symbols = self.contents.symbols
        if identifier not in symbols:
            known = [s.id for s in symbols.values() if s.is_lever]
            if identifier in self.contents.computed or identifier in map(_lever, symbols.values()):
                self._symbol(identifier)
            raise UnknownNameError.of("lever", str(identifier), known, self.listing)
        if not symbols[identifier].is_lever:
            raise UnknownNameError(f"'{identifier}' is not a lever", "Pass it in parameters")

    def _value(self, symbol: Symbol, given: object) -> float:
        value = number(given, symbol.id, symbol.unit)
        unit = "" if symbol.unit in ("", "dimensionless") else f" {symbol.unit}"
        shown = f"{symbol.id} = {value:.10g}{unit}"
        if value < 0 <= symbol.low:
            raise InvalidValueError(
                f"{shown} is negative", f"Give a value from {symbol.low:g} to {symbol.high:g}"
            )
        slack = _SLACK * max(abs(symbol.low), abs(symbol.high)) if symbol.high < math.inf else 0.0
        if not symbol.low - slack <= value <= symbol.high + slack:
            raise self._out_of_range(symbol, shown)
        if symbol.is_lever and symbol.id.endswith("_count") and value != round(value):
            raise InvalidValueError(
                f"{shown} is not a whole number", f"Give a count from 0 to {symbol.high:g}"
            )
        return value

    def _out_of_range(self, symbol: Symbol, shown: str) -> InvalidValueError:
        if symbol.low == symbol.high:
            return InvalidValueError(
                f"{shown}, but {self.model} fixes it at {symbol.value:g}",
                "Leave it, or give its ledger row a range",
            )
        return InvalidValueError(
            f"{shown} is outside its range", f"Give a value from {symbol.low:g} to {symbol.high:g}"
        )

    def _refuse_empty_schedules(self, values: Mapping[str, float]) -> None:
        """Refuse a lever whose stop is not after its start."""
        symbols = self.contents.symbols
        for start, stop in self._schedules:
            if start not in values and stop not in values:
                continue
            begins = values.get(start, symbols[start].value)
            ends = values.get(stop, symbols[stop].value)
            if ends <= begins:
                raise InvalidValueError(
                    f"{stop} = {ends:g} is not after {start} = {begins:g}",
                    "Let the lever stop after it starts",
                )


def number(given: object, name: str, unit: str = "") -> float:
    """Return a finite float.

    Raises:
        InvalidValueError: it is not one.
    """
    remedy = f"Give a finite number in {unit}" if unit else "Give a finite number"
    if not isinstance(given, Real):
        raise InvalidValueError(f"{name} = {given!r} is not a number", remedy)
    value = float(given)
    if not math.isfinite(value):
        raise InvalidValueError(f"{name} = {value:g} is not finite", remedy)
    return value


def time_grid(days: float, points: SupportsIndex, unit: str = "") -> tuple[float, int]:
    """Check the length of a simulation and its number of time points.

    Args:
        days: the length.
        points: the number of times, both ends included.
        unit: the file's unit of time, ``""`` if unknown.

    Raises:
        InvalidValueError: they make no grid.
    """
    length = number(days, "days")
    if length <= 0:
        raise InvalidValueError(f"days = {length:g} is not positive", "Simulate for some time")
    refuse_too_late(length, unit, f"days = {length:g}")
    try:
        count = operator.index(points)
    except TypeError:
        raise InvalidValueError(
            f"points = {points!r} is not a whole number", "Give a whole number of time points"
        ) from None
    if not 2 <= count <= MAX_POINTS:
        raise InvalidValueError(
            f"points = {count} makes no time grid", f"Give a number from 2 to {MAX_POINTS}"
        )
    return length, count


def refuse_too_late(time: float, unit: str, shown: str) -> None:
    """Refuse a time beyond ``MAX_DAYS``.

    Args:
        time: the time.
        unit: the file's unit of time; without a known one nothing is refused.
        shown: what the user wrote.

    Raises:
        InvalidValueError: it is later.
    """
    try:
        latest = units.convert(MAX_DAYS, "day", unit)
    except LedgerError:
        return
    if time > latest:
        raise InvalidValueError(
            f"{shown} is more than a hundred years", f"Give at most {latest:.10g} {unit}s"
        )


def parse_assignments(items: Sequence[str]) -> dict[str, float]:
    """Read ``ID=VALUE`` words, as the command line's ``--set`` takes them.

    Raises:
        InvalidValueError: a word is malformed, or an id is given twice.
    """
    values: dict[str, float] = {}
    for item in items:
        name, equals, text = (part.strip() for part in item.partition("="))
        if not equals or not name or not text:
            raise InvalidValueError(f"'{item}' is not an assignment", "Write ID=VALUE")
        if name in values:
            raise InvalidValueError(f"'{name}' is set twice", "Set it once")
        try:
            value = float(text)
        except ValueError:
            raise InvalidValueError(
                f"'{text}' in '{item}' is not a number",
                "Write ID=VALUE with a plain number, decimal point and no unit; "
                "`immacro show MODEL` gives the units",
            ) from None
        values[name] = number(value, name)
    return values


def _mapping(given: Mapping[str, float] | None, what: str) -> dict[str, float]:
    """Return settings as a dict; a row of a table (a pandas Series) will do as well."""
    if given is None:
        return {}
    if not hasattr(given, "keys"):
        raise InvalidValueError(
            f"{what} is a {type(given).__name__}", f"Give {what} as a dict of id and value"
        )
    return dict(given)


def _lever(symbol: Symbol) -> str:
    try:
        return lever_of(symbol.id)[0] if symbol.is_lever else ""
    except ImmacroError:
        return ""

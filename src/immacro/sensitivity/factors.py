"""Factors: what a study varies, between which bounds and how it is distributed.

Every design is drawn in the unit cube and carried to the factors' units by the inverse of their
distribution, so that all methods mean the same by a distribution:

=========== ================================================================
uniform     evenly between ``low`` and ``high``
loguniform  the logarithm evenly; ``low`` must be positive
integer     every whole number from ``low`` to ``high`` equally often (counts)
=========== ================================================================

`parse` reads what a user writes. Bounds and distribution come from the model's tables:

- ``ID``: the range and the distribution of the ledger;
- ``ID=low:high``: another range, which must lie within the ledger's;
- ``ID=low:high:distribution``: another distribution as well;
- ``levers``: the amplitude (dose, strength, fold, extent) of every lever.

The *dummy* is one more factor, uniform in 0..1, that no model ever sees. Whatever index it gets is
what the method gives to a factor without any effect: the noise floor of the study.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from immacro.errors import InvalidValueError, UnknownNameError

#: The id that is kept for the factor without effect.
DUMMY_ID = "dummy"
#: The word that stands for the amplitude of every lever.
LEVERS = "levers"
AMPLITUDES = ("dose", "strength", "fold", "extent")

FloatArray = NDArray[np.float64]
_Row = Mapping[str, Any]


def _uniform(unit: FloatArray, low: float, high: float) -> FloatArray:
    return low + unit * (high - low)


def _loguniform(unit: FloatArray, low: float, high: float) -> FloatArray:
    return np.exp(math.log(low) + unit * (math.log(high) - math.log(low)))


def _integer(unit: FloatArray, low: float, high: float) -> FloatArray:
    return low + np.floor(unit * (high - low + 1))


#: Inverse cumulative distribution functions; a further distribution is one more entry.
DISTRIBUTIONS: dict[str, Callable[[FloatArray, float, float], FloatArray]] = {
    "uniform": _uniform,
    "loguniform": _loguniform,
    "integer": _integer,
}


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies.

    Args:
        id: the SBML id.
        low: the lower bound, in the model's unit.
        high: the upper bound, in the model's unit.
        distribution: a key of `DISTRIBUTIONS`.
        group: the group that moves together with this factor, for methods that know groups.
        name: the display name.
        unit: the model's unit, for axes.

    Raises:
        UnknownNameError: the distribution does not exist.
        InvalidValueError: the bounds are not finite, not in order, or not of the distribution.
    """

    id: str
    low: float
    high: float
    distribution: str = "uniform"
    group: str | None = None
    name: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if self.distribution not in DISTRIBUTIONS:
            raise UnknownNameError.of("distribution", self.distribution, DISTRIBUTIONS)
        object.__setattr__(self, "low", float(self.low))
        object.__setattr__(self, "high", float(self.high))
        span = f"{self.low:g} to {self.high:g}"
        uniform = f"{self.id}={self.low:g}:{self.high:g}:uniform"
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise InvalidValueError(
                f"The range of the factor '{self.id}' is {span}", "Give two finite numbers"
            )
        if not self.low < self.high:
            raise InvalidValueError(
                f"The range of the factor '{self.id}' is {span}",
                "Give a lower bound that is less than the upper one",
            )
        if self.distribution == "loguniform" and self.low <= 0:
            raise InvalidValueError(
                f"The factor '{self.id}' is loguniform but its range starts at {self.low:g}",
                f"Give a positive lower bound or write {uniform}",
            )
        if self.distribution == "integer" and not (
            float(self.low).is_integer() and float(self.high).is_integer()
        ):
            raise InvalidValueError(
                f"The factor '{self.id}' counts, but its range is {span}", "Give two whole numbers"
            )

    def from_unit(self, unit: FloatArray) -> FloatArray:
        """Carry coordinates in 0..1 to the factor's unit; rounding never leaves the range."""
        values = DISTRIBUTIONS[self.distribution](
            np.asarray(unit, dtype=float), self.low, self.high
        )
        return np.clip(values, self.low, self.high)


DUMMY = Factor(DUMMY_ID, 0.0, 1.0, name="dummy (no effect)")


class HasTables(Protocol):
    """What `parse` needs of a model."""

    @property
    def parameters(self) -> pd.DataFrame:
        """Parameters by id, with low, high, distribution, unit, name where the ledger has them."""

    @property
    def levers(self) -> pd.DataFrame:
        """Lever parameters by id, with lever, field, low, high, unit and name."""


def parse(
    specifications: Iterable[str], model: HasTables, groups: Iterable[str] = ()
) -> list[Factor]:
    """Read factors as a user writes them.

    Args:
        specifications: ``ID``, ``ID=low:high``, ``ID=low:high:distribution`` or ``levers``.
        model: whose tables give ranges, distributions, names and units.
        groups: ``NAME=ID,ID``.

    Raises:
        UnknownNameError: no such parameter or distribution.
        InvalidValueError: a range is missing, malformed or outside the ledger's; a factor or a
            group member is given twice.
    """
    table = _table(model)
    factors: dict[str, Factor] = {}
    for text in specifications:
        for factor in _read(text.strip(), table):
            if factor.id in factors:
                raise InvalidValueError(
                    f"The factor '{factor.id}' is given twice",
                    f"Give it once; '{LEVERS}' already holds the amplitude of every lever",
                )
            factors[factor.id] = factor
    if not factors:
        raise InvalidValueError("No factor is given", f"Name at least one, or '{LEVERS}'")
    return _group(factors, groups)


def _table(model: HasTables) -> dict[str, _Row]:
    """Return the rows of parameters and levers; what both hold comes from the parameters."""
    levers = model.levers
    table = model.parameters
    table = pd.concat([table, levers.loc[levers.index.difference(table.index)]])
    columns = ["low", "high", "distribution", "name", "unit"]
    table = table.reindex(columns=columns)
    table["field"] = levers["field"].reindex(table.index) if len(levers) else None
    rows = zip(table.index, table.to_dict("records"), strict=True)
    return {str(identifier): cast("_Row", row) for identifier, row in rows}


def _read(text: str, table: Mapping[str, _Row]) -> list[Factor]:
    if text == LEVERS:
        return _amplitudes(table)
    identifier, given, words = text.partition("=")
    identifier = identifier.strip()
    if identifier == DUMMY_ID:
        raise InvalidValueError(
            f"'{DUMMY_ID}' is kept for the factor without effect",
            "It is part of every study and need not be named",
        )
    if identifier not in table:
        raise UnknownNameError.of("factor", identifier, table, "the table of parameters")
    row = table[identifier]
    if not given:
        return [_from_ledger(identifier, row)]
    return [_from_words(identifier, words.split(":"), row)]


def _amplitudes(table: Mapping[str, _Row]) -> list[Factor]:
    rows = {
        identifier: row
        for identifier, row in table.items()
        if row["field"] in AMPLITUDES and row["distribution"] != "fixed"
    }
    if not rows:
        raise InvalidValueError(
            "The model has no lever whose amplitude can vary", "Name factors as ID=low:high"
        )
    return [_from_ledger(identifier, row) for identifier, row in rows.items()]


def _from_ledger(identifier: str, row: _Row) -> Factor:
    low, high = _ledger_range(row)
    if row["distribution"] == "fixed" or math.isnan(low) or math.isnan(high):
        raise InvalidValueError(
            f"'{identifier}' has no range to vary in", f"Give one, as {identifier}=low:high"
        )
    return _factor(identifier, low, high, _distribution(row), row)


def _from_words(identifier: str, words: Sequence[str], row: _Row) -> Factor:
    try:
        low, high = (float(word) for word in words[:2])
        (named,) = words[2:] or [""]
    except ValueError:
        raise InvalidValueError(
            f"'{identifier}={':'.join(words)}' is not a range",
            f"Write {identifier}=low:high with two numbers",
        ) from None
    allowed_low, allowed_high = _ledger_range(row)
    if row["distribution"] != "fixed" and (low < allowed_low or high > allowed_high):
        raise InvalidValueError(
            f"The range {low:g} to {high:g} of '{identifier}' leaves the ledger's range"
            f" {allowed_low:g} to {allowed_high:g}",
            "Choose bounds within it",
        )
    return _factor(identifier, low, high, named.strip() or _distribution(row), row)


def _ledger_range(row: _Row) -> tuple[float, float]:
    return float(row["low"]), float(row["high"])


def _distribution(row: _Row) -> str:
    if row["field"] == "count":
        return "integer"
    return str(row["distribution"]) if row["distribution"] in DISTRIBUTIONS else "uniform"


def _factor(identifier: str, low: float, high: float, distribution: str, row: _Row) -> Factor:
    words = {key: "" if pd.isna(row[key]) else str(row[key]) for key in ("name", "unit")}
    return Factor(identifier, low, high, distribution, **words)


def _group(factors: dict[str, Factor], groups: Iterable[str]) -> list[Factor]:
    """Put the members of ``NAME=ID,ID`` into their groups."""
    names: set[str] = set()
    for text in groups:
        name, _, words = (part.strip() for part in text.partition("="))
        members = [word.strip() for word in words.split(",") if word.strip()]
        if not name or not members:
            raise InvalidValueError(f"'{text}' is not a group", "Write NAME=ID,ID")
        if name in names or name in factors or name == DUMMY_ID:
            raise InvalidValueError(
                f"The group name '{name}' is already taken", "Give each group a name of its own"
            )
        names.add(name)
        for member in members:
            if member not in factors:
                raise UnknownNameError.of(f"member of the group '{name}'", member, factors)
            if factors[member].group is not None:
                raise InvalidValueError(
                    f"'{member}' is in the groups '{factors[member].group}' and '{name}'",
                    "Put each factor in one group",
                )
            factors[member] = replace(factors[member], group=name)
    return list(factors.values())

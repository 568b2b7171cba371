"""Reading factors as a user writes them, with what the model's tables say of them.

- ``ID``: the range and the distribution of the ledger;
- ``ID=low:high``: another range, which must lie within the ledger's;
- ``ID=low:high:distribution``: another distribution as well;
- ``levers``: the amplitude (dose, strength, fold, extent) of every lever.

The id of a lever, as ``anti_gcsf``, is none of a parameter: its parameters are, as
``anti_gcsf_dose``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, cast

import pandas as pd

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity.factors import DISTRIBUTIONS, DUMMY_ID, Factor

#: The word that stands for the amplitude of every lever.
LEVERS = "levers"
AMPLITUDES = ("dose", "strength", "fold", "extent")

_Row = Mapping[str, Any]


class HasTables(Protocol):
    """What `parse` needs of a model."""

    @property
    def parameters(self) -> pd.DataFrame:
        """Parameters by id, with low, high, distribution, unit, name where the ledger has them."""

    @property
    def levers(self) -> pd.DataFrame:
        """Lever parameters by id, with lever, field, low, high, unit and name."""

    @property
    def observables(self) -> pd.DataFrame:
        """What the model computes, by id."""


def parse(
    specifications: Iterable[str],
    model: HasTables,
    groups: Iterable[str] = (),
    listing: str = "the table of parameters",
) -> list[Factor]:
    """Read factors as a user writes them.

    Args:
        specifications: ``ID``, ``ID=low:high``, ``ID=low:high:distribution`` or ``levers``.
        model: whose tables give ranges, distributions, names and units.
        groups: ``NAME=ID,ID``.
        listing: where the user finds all parameters.

    Raises:
        UnknownNameError: no such parameter or distribution.
        InvalidValueError: a name or a range is missing, a range is malformed or outside the
            ledger's; a factor or a group member is given twice.
    """
    table = _table(model)
    factors: dict[str, Factor] = {}
    for text in specifications:
        identifier = text.partition("=")[0].strip()
        if identifier not in (LEVERS, DUMMY_ID, *table):
            raise _unknown(text, identifier, table, model, listing)
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
    for column in ("lever", "field"):
        table[column] = levers[column].reindex(table.index) if len(levers) else None
    rows = zip(table.index, table.to_dict("records"), strict=True)
    return {str(identifier): cast("_Row", row) for identifier, row in rows}


def _unknown(
    text: str, identifier: str, table: Mapping[str, _Row], model: HasTables, listing: str
) -> InvalidValueError | UnknownNameError:
    """Say what a word is that is no parameter."""
    if not identifier:
        return InvalidValueError(
            f"The factor '{text}' has no name", f"Write ID, ID=low:high or '{LEVERS}'"
        )
    parts = [i for i, row in table.items() if row["lever"] == identifier]
    if parts:
        return UnknownNameError(
            f"'{identifier}' is a lever, not a parameter",
            f"Vary one of its parameters: {', '.join(parts)}",
        )
    if identifier in model.observables.index:
        return InvalidValueError(
            f"'{identifier}' is computed by the model and cannot vary by itself",
            f"Vary what it depends on; {listing} lists all parameters",
        )
    return UnknownNameError.of("factor", identifier, table, listing)


def _read(text: str, table: Mapping[str, _Row]) -> list[Factor]:
    identifier, given, words = text.partition("=")
    identifier = identifier.strip()
    if identifier == LEVERS:
        if given:
            raise InvalidValueError(
                f"'{text}' gives one range to all levers", "Name each lever with its own range"
            )
        return _amplitudes(table)
    if identifier == DUMMY_ID:
        raise InvalidValueError(
            f"'{DUMMY_ID}' is kept for the factor without effect",
            "It is part of every study and need not be named",
        )
    row = table[identifier]
    if row["low"] == row["high"]:
        raise InvalidValueError(
            f"'{identifier}' is fixed at {row['low']:g}",
            "Leave it out, or give its row in the ledger a range",
        )
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
    if low < allowed_low or high > allowed_high:  # never true without a ledger
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
            if factors[member].group == name:
                raise InvalidValueError(
                    f"'{member}' is named twice in the group '{name}'", "Name it once"
                )
            if factors[member].group is not None:
                raise InvalidValueError(
                    f"'{member}' is in the groups '{factors[member].group}' and '{name}'",
                    "Put each factor in one group",
                )
            factors[member] = replace(factors[member], group=name)
    return list(factors.values())

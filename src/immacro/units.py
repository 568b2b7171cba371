"""Units: one pint registry, and the way between pint units and SBML unit definitions.

The models count in `item` (a cell or a molecule), `day` and `litre`, masses in `picogram` unless a
ledger row asks for another unit. Since one mole is 6.02214076e23 items, molar literature values
convert to items without a molecular weight; `cell` and `molecule` are other words for `item`.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, cast

import libsbml
import pint

from immacro.errors import LedgerError, SbmlError

REGISTRY: pint.UnitRegistry[Any] = pint.UnitRegistry(cache_folder=None)
REGISTRY.define("item = mole / 6.02214076e23")
REGISTRY.define("cell = item")
REGISTRY.define("molecule = item")

#: What each physical dimension is counted in, inside a model.
_CANONICAL = {
    "[substance]": "item",
    "[time]": "day",
    "[mass]": "picogram",
    "[length]": "litre",  # volumes only: an exponent of 3 is one litre
}

#: pint unit name -> (SBML unit kind, scale, multiplier).
_SBML_KIND = {
    "item": (libsbml.UNIT_KIND_ITEM, 0, 1.0),
    "mole": (libsbml.UNIT_KIND_MOLE, 0, 1.0),
    "litre": (libsbml.UNIT_KIND_LITRE, 0, 1.0),
    "millilitre": (libsbml.UNIT_KIND_LITRE, -3, 1.0),
    "microlitre": (libsbml.UNIT_KIND_LITRE, -6, 1.0),
    "second": (libsbml.UNIT_KIND_SECOND, 0, 1.0),
    "day": (libsbml.UNIT_KIND_SECOND, 0, 86400.0),
    "kilogram": (libsbml.UNIT_KIND_KILOGRAM, 0, 1.0),
    "gram": (libsbml.UNIT_KIND_GRAM, 0, 1.0),
    "milligram": (libsbml.UNIT_KIND_GRAM, -3, 1.0),
    "microgram": (libsbml.UNIT_KIND_GRAM, -6, 1.0),
    "nanogram": (libsbml.UNIT_KIND_GRAM, -9, 1.0),
    "picogram": (libsbml.UNIT_KIND_GRAM, -12, 1.0),
}
_SPELLING = {
    "liter": "litre",
    "milliliter": "millilitre",
    "microliter": "microlitre",
    "cell": "item",
    "molecule": "item",
}
_FROM_SBML_KIND = {
    libsbml.UNIT_KIND_ITEM: "item",
    libsbml.UNIT_KIND_MOLE: "mole",
    libsbml.UNIT_KIND_LITRE: "litre",
    libsbml.UNIT_KIND_LITER: "litre",
    libsbml.UNIT_KIND_SECOND: "second",
    libsbml.UNIT_KIND_KILOGRAM: "kilogram",
    libsbml.UNIT_KIND_GRAM: "gram",
    libsbml.UNIT_KIND_METRE: "metre",
    libsbml.UNIT_KIND_METER: "metre",
    libsbml.UNIT_KIND_DIMENSIONLESS: "dimensionless",
    libsbml.UNIT_KIND_AVOGADRO: "mole/item",
}


@cache
def parse(text: str) -> pint.Unit:
    """Read a pint unit expression, as ``1/(nM*s)`` or ``cell/uL``.

    Raises:
        LedgerError: the expression is not a unit.
    """
    try:
        return REGISTRY.parse_units(f"dimensionless{text[1:]}" if text[:2] == "1/" else text)
    except Exception as error:
        raise LedgerError(
            f"'{text}' is not a unit ({error})",
            "Write a pint expression such as 1/day, nM, pg/mL or cell/uL",
        ) from None


def convert(value: float, source: str, target: str) -> float:
    """Convert ``value`` from one unit expression to another.

    Raises:
        LedgerError: the two units have different dimensions.
    """
    try:
        magnitude: float = REGISTRY.Quantity(value, parse(source)).m_as(parse(target))
        return float(magnitude)
    except pint.DimensionalityError as error:
        raise LedgerError(
            f"A value in {source} cannot be expressed in {target} ({error})",
            "Correct the unit, or give a derived row that brings in the missing mass or volume",
        ) from None


def canonical(text: str) -> str:
    """Return the unit in which a model holds a quantity given in ``text``.

    ``canonical("1/(nM*s)")`` is ``"litre/day/item"``.
    """
    result = parse("dimensionless")
    for dimension, exponent in parse(text).dimensionality.items():
        name = _CANONICAL.get(dimension)
        if name is None:
            raise LedgerError(
                f"'{text}' has the dimension {dimension}, which the models do not use",
                "Use amounts, volumes, masses and times",
            )
        power = exponent / 3 if dimension == "[length]" else exponent
        result = result * parse(name) ** power
    return spell(result)


def spell(unit: pint.Unit) -> str:
    """Write a unit the way the models do, as ``item/litre``; ``parse`` reads it back."""
    factors = [
        (name if abs(power) == 1 else f"{name}**{abs(power):g}", power > 0)
        for name, power in _factors(unit)
    ]
    over = "*".join(word for word, above in factors if above)
    under = "".join(f"/{word}" for word, above in factors if not above)
    return (over or "1") + under if over or under else "dimensionless"


def _factors(unit: pint.Unit) -> list[tuple[str, float]]:
    """Return the named factors of a unit, alphabetical, powers positive first."""
    container = unit._units
    named = [
        (_SPELLING.get(name, name), float(cast("float", power)))
        for name, power in container.items()
    ]
    return sorted(named, key=lambda f: (f[1] < 0, f[0]))


def sbml_id(text: str) -> str:
    """Return the id of the SBML unit definition for a unit, as ``item_per_day``."""
    over: list[str] = []
    under: list[str] = []
    for name, power in _factors(parse(text)):
        exponent = abs(power)
        word = name if exponent == 1 else f"{name}_{exponent:g}".replace(".", "p")
        (over if power > 0 else under).append(word)
    if not over and not under:
        return "dimensionless"
    return "_".join(["_".join(over) or "one", *(f"per_{word}" for word in under)])


def write_definition(model: libsbml.Model, text: str) -> str:
    """Make sure that the SBML model has a unit definition for ``text``; return its id."""
    identifier = sbml_id(text)
    if libsbml.UnitKind_forName(identifier) != libsbml.UNIT_KIND_INVALID:
        return identifier
    if model.getUnitDefinition(identifier) is not None:
        return identifier
    definition = model.createUnitDefinition()
    definition.setId(identifier)
    for name, power in _factors(parse(text)):
        if name not in _SBML_KIND:
            raise LedgerError(
                f"The unit '{name}' in '{text}' has no SBML equivalent here",
                "Use one of " + ", ".join(sorted(_SBML_KIND)),
            )
        kind, scale, multiplier = _SBML_KIND[name]
        unit = definition.createUnit()
        unit.setKind(kind)
        unit.setExponent(power)
        unit.setScale(scale)
        unit.setMultiplier(multiplier)
    return identifier


def from_definition(definition: libsbml.UnitDefinition) -> pint.Quantity[float]:
    """Return an SBML unit definition as a pint quantity (its magnitude carries the scale)."""
    result = REGISTRY.Quantity(1.0, "dimensionless")
    for index in range(definition.getNumUnits()):
        unit = definition.getUnit(index)
        name = _FROM_SBML_KIND.get(unit.getKind())
        if name is None:
            kind = libsbml.UnitKind_toString(unit.getKind())
            raise SbmlError(
                f"The unit kind '{kind}' in '{definition.getId()}' cannot be checked",
                "Use item, mole, litre, metre, second, gram, kilogram or dimensionless",
            )
        factor = unit.getMultiplier() * 10.0 ** unit.getScale()
        power = unit.getExponentAsDouble()
        result = result * (REGISTRY.Quantity(factor, name) ** power)
    return result


def from_id(model: libsbml.Model, identifier: str) -> pint.Quantity[float] | None:
    """Return the unit that an SBML ``units`` attribute names, or None when there is none."""
    if not identifier:
        return None
    definition = model.getUnitDefinition(identifier)
    if definition is not None:
        return from_definition(definition)
    kind = libsbml.UnitKind_forName(identifier)
    name = _FROM_SBML_KIND.get(kind)
    return REGISTRY.Quantity(1.0, name) if name else None


def same(a: pint.Quantity[float], b: pint.Quantity[float]) -> bool:
    """Tell whether two units agree in dimension and in scale."""
    ratio = (a / b).to_base_units()
    return bool(ratio.dimensionless and math.isclose(ratio.magnitude, 1.0, rel_tol=1e-9))

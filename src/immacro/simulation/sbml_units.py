"""The units of an SBML file in words, as ``item/litre`` or ``day``; ``""`` where it gives none.

A unit that pint can name is spelled the way ``immacro.units`` spells it. One that it cannot is
written with its factor, as ``86.4 second``.
"""

from __future__ import annotations

import re

import libsbml
import pint

from immacro import units
from immacro.errors import ImmacroError

_PLAIN = ("day", "hour", "minute", "year", "microlitre", "millilitre", "dimensionless")
_FACTOR = re.compile(r"([A-Za-z]+)(?:_(\d+(?:p\d+)?))?(?:_|$)")


def unit_of(model: libsbml.Model, identifier: str) -> str:
    """Return what a ``units`` attribute of a model means, ``""`` for none or an unknown kind."""
    try:
        quantity = units.from_id(model, identifier)
    except ImmacroError:
        return ""
    return "" if quantity is None else _spell(quantity, identifier)


def amount_unit(model: libsbml.Model, species: libsbml.Species) -> str:
    """Return the unit in which the file counts a species."""
    own = species.getSubstanceUnits() or model.getSubstanceUnits()
    return unit_of(model, own) or _level_2(model, "substance", "mole")


def size_unit(model: libsbml.Model, compartment: libsbml.Compartment) -> str:
    """Return the unit of a compartment's size."""
    given = compartment.getUnits()
    if not given and compartment.getSpatialDimensionsAsDouble() == 3:
        return unit_of(model, model.getVolumeUnits()) or _level_2(model, "volume", "litre")
    return unit_of(model, given)


def time_unit(model: libsbml.Model) -> str:
    """Return the unit of time."""
    return unit_of(model, model.getTimeUnits()) or _level_2(model, "time", "second")


def ratio(over: str, under: str) -> str:
    """Return the unit of a concentration, ``""`` when one of its parts is not known."""
    if not over or not under:
        return ""
    try:
        return units.spell(units.parse(f"({over})/({under})"))
    except ImmacroError:
        return f"{over}/({under})"


def _level_2(model: libsbml.Model, name: str, default: str) -> str:
    """Return a unit that Level 2 defines without being told."""
    if model.getLevel() > 2:
        return ""
    return unit_of(model, name) or default


def _spell(quantity: pint.Quantity[float], identifier: str) -> str:
    for words in (identifier, _expression(identifier), *_PLAIN):
        try:
            unit = units.parse(words)
            if units.same(quantity, units.REGISTRY.Quantity(1.0, unit)):
                return units.spell(unit)
        except (ImmacroError, pint.PintError):
            continue
    factor = "" if quantity.magnitude == 1 else f"{quantity.magnitude:.6g} "
    return factor + units.spell(units.parse(str(quantity.units)))


def _expression(identifier: str) -> str:
    """Turn an id such as ``item_per_litre_2`` or ``per_day`` into a unit expression."""
    over, *under = re.split(r"(?:^|_)per_", identifier)
    return "/".join([_product(over), *(f"({_product(word)})" for word in under)])


def _product(words: str) -> str:
    factors = [
        name + (f"**{power.replace('p', '.')}" if power else "")
        for name, power in _FACTOR.findall(words)
        if name != "one"
    ]
    return "*".join(factors) or "1"

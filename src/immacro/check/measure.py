"""Units small enough to compute with often: a factor on pint base units.

pint says what a unit is made of, but its quantities are slow to multiply and compare, and a model
of 2,000 reactions needs that 100,000 times. So a unit is reduced to base units once, and pint
multiplies only base units that it has not multiplied before. The factor is kept as a logarithm,
because that of `item` (1.7e-24 mol) leaves the range of floats in high powers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pint
from pint.util import UnitsContainer

from immacro import units
from immacro.errors import ImmacroError

#: Relative difference up to which two factors are the same.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit: the natural logarithm of its factor, and its pint base unit."""

    log: float
    base: pint.Unit

    def __mul__(self, other: Measure) -> Measure:
        return Measure(self.log + other.log, _product(self.base, other.base))

    def __truediv__(self, other: Measure) -> Measure:
        return self * other**-1

    def __pow__(self, exponent: float) -> Measure:
        return Measure(self.log * exponent, _power(self.base, exponent))

    def factor_to(self, other: Measure) -> float | None:
        """Return how many of ``other`` make one of this, or None if the dimensions differ."""
        if self.base != other.base:
            return None
        difference = self.log - other.log
        if abs(difference) < TOLERANCE:
            return 1.0
        return _exp(difference)

    def __str__(self) -> str:
        # The wording whose factor is nearest to one: item/day here, mole/second elsewhere.
        factor, name = min(
            ((abs(self.log - log), _exp(self.log - log), name) for log, name in _words(self.base)),
        )[1:]
        return name if abs(factor - 1) < TOLERANCE else f"{factor:.6g} {name}"


def measure(quantity: pint.Quantity[float]) -> Measure:
    """Reduce a pint quantity to base units.

    Raises:
        ValueError: its magnitude is not a positive number.
    """
    reduced = quantity.to_base_units()
    if not 0 < reduced.magnitude < math.inf:
        raise ValueError(f"its multiplier makes it {reduced.magnitude:g} times its base units")
    return Measure(math.log(reduced.magnitude), _unit(reduced._units))


@cache
def _product(a: pint.Unit, b: pint.Unit) -> pint.Unit:
    return _unit(a._units * b._units)


@cache
def _power(a: pint.Unit, exponent: float) -> pint.Unit:
    return _unit(a._units**exponent)


def _unit(exponents: Mapping[str, Any]) -> pint.Unit:
    """Return a unit; its exponents are rounded, so that three times a third is one."""
    rounded = {name: round(float(power), 9) for name, power in exponents.items()}
    return units.REGISTRY.Unit(UnitsContainer({n: power for n, power in rounded.items() if power}))


def _exp(log: float) -> float:
    return math.exp(max(-700.0, min(700.0, log)))


@cache
def _words(base: pint.Unit) -> list[tuple[float, str]]:
    """Return wordings of a base unit, each with the logarithm of its factor."""
    plain = [(0.0, str(base))]
    try:
        names = [units.canonical(str(base))]
        for word, other in (("item", "mole"), ("day", "second"), ("picogram", "gram")):
            names += [name.replace(word, other) for name in names if word in name]
        known = [(measure(units.REGISTRY.Quantity(1.0, units.parse(n))), n) for n in names]
    except (ImmacroError, ArithmeticError, ValueError, pint.PintError):
        return plain  # nothing that the models have words for, or an absurd power of it
    return [(m.log, n) for m, n in known if m.base == base] or plain


DIMENSIONLESS = measure(units.REGISTRY.Quantity(1.0, "dimensionless"))

"""The units of everything that a formula of an SBML model can name.

A species stands for its substance (``hasOnlySubstanceUnits``) or its concentration, a compartment
for its size, a reaction for extent per time, a species reference for a pure number. Level 2 has
default units where Level 3 has none; what is not declared stays None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

import libsbml
import pint

from immacro import units
from immacro.check.measure import DIMENSIONLESS, Measure, measure
from immacro.errors import ImmacroError

_LEVEL_2 = {"substance": "mole", "volume": "litre", "area": "metre**2", "length": "metre",
            "time": "second"}  # fmt: skip
_SIZE = {3: "volume", 2: "area", 1: "length"}


class Term(NamedTuple):
    """What is known about a formula or a part of it.

    Attributes:
        measure: its unit; None if undeclared.
        number: its value, where that is fixed: exponents need it.
        literal: a number without a unit. It is a pure number in a product, and takes any unit in a
            sum or comparison; so it can hide an offset, but never a factor.
    """

    measure: Measure | None = None
    number: float | None = None
    literal: bool = False


class Symbols:
    """The units of one model.

    Args:
        model: the SBML model.
        report: called with the id and the fault of each unit that cannot be used, once per id.
    """

    def __init__(self, model: libsbml.Model, report: Callable[[str, str], None]) -> None:
        self._model = model
        self._report = report
        self._units: dict[str, Measure | None] = {}
        self.time = self._model_unit("time")
        self.substance = self._model_unit("substance")
        self.extent = self._model_unit("extent") if model.getLevel() > 2 else self.substance
        self.flow = over(self.extent, self.time)

    def unit(self, identifier: str) -> Measure | None:
        """Return the unit that a ``units`` attribute names."""
        if identifier not in self._units:
            self._units[identifier] = self._read(identifier)
        return self._units[identifier]

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The term of each id that formulas may use."""
        return dict(self._terms())

    def species_substance(self, species: libsbml.Species) -> Measure | None:
        """Return the unit in which the amount of a species is counted."""
        return self.unit(species.getSubstanceUnits()) or self.substance

    def _terms(self) -> Iterator[tuple[str, Term]]:
        model = self._model
        sizes = {c.getId(): self._size(c) for c in model.getListOfCompartments()}
        dotted = {c.getId() for c in model.getListOfCompartments() if _has_no_size(c)}
        assigned = {a.getSymbol() for a in model.getListOfInitialAssignments()}
        for identifier, size in sizes.items():
            yield identifier, Term(size)
        for species in model.getListOfSpecies():
            substance, home = self.species_substance(species), species.getCompartment()
            amount = species.getHasOnlySubstanceUnits() or home in dotted
            yield species.getId(), Term(substance if amount else over(substance, sizes.get(home)))
        for parameter in model.getListOfParameters():
            identifier = parameter.getId()
            fixed = parameter.getConstant() and identifier not in assigned
            number = parameter.getValue() if fixed and parameter.isSetValue() else None
            yield identifier, Term(self.unit(parameter.getUnits()), number)
        for reaction in model.getListOfReactions():
            yield reaction.getId(), Term(self.flow)
            for reference in (*reaction.getListOfReactants(), *reaction.getListOfProducts()):
                if reference.isSetId():
                    yield reference.getId(), Term(DIMENSIONLESS)

    def _size(self, compartment: libsbml.Compartment) -> Measure | None:
        if compartment.isSetUnits():
            return self.unit(compartment.getUnits())
        if compartment.getLevel() > 2 and not compartment.isSetSpatialDimensions():
            return None
        kind = _SIZE.get(compartment.getSpatialDimensions())
        return self._model_unit(kind) if kind else None

    def _model_unit(self, kind: str) -> Measure | None:
        if self._model.getLevel() > 2:
            return self.unit(getattr(self._model, f"get{kind.title()}Units")())
        return self.unit(kind)

    def _read(self, identifier: str) -> Measure | None:
        try:
            quantity = units.from_id(self._model, identifier)
            if quantity is None and self._model.getLevel() == 2 and identifier in _LEVEL_2:
                quantity = units.REGISTRY.Quantity(1.0, _LEVEL_2[identifier])
            return None if quantity is None else measure(quantity)
        except ImmacroError as error:
            self._report(identifier, error.problem)
        except (ValueError, ArithmeticError, pint.PintError) as error:
            self._report(identifier, f"The unit '{identifier}' is no unit: {error}")
        return None


def over(a: Measure | None, b: Measure | None) -> Measure | None:
    """Divide two units, either of which may be undeclared."""
    return a / b if a is not None and b is not None else None


def _has_no_size(compartment: libsbml.Compartment) -> bool:
    return bool(
        compartment.isSetSpatialDimensions() and compartment.getSpatialDimensionsAsDouble() == 0
    )

"""Every formula of an SBML model, with the unit that it must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import libsbml

from immacro.check.measure import DIMENSIONLESS, Measure
from immacro.check.symbols import Symbols, Term, over


@dataclass(frozen=True)
class Formula:
    """One formula.

    Attributes:
        element: the SBML element that holds it.
        name: as ``kinetic law of 'binding'``.
        math: the formula.
        target: the unit that it must have; None if undeclared or if any unit will do.
        demand: where that unit comes from, as ``'cdc1_blood' is declared item_per_litre``.
        local: terms of the local parameters of a kinetic law.
    """

    element: libsbml.SBase
    name: str
    math: libsbml.ASTNode
    target: Measure | None = None
    demand: str = ""
    local: Mapping[str, Term] = field(default_factory=dict)


def formulas(model: libsbml.Model, symbols: Symbols) -> Iterator[Formula]:
    """Yield every formula of a model except the bodies of function definitions."""
    finder = _Finder(model, symbols)
    for formula in (*finder.rules(), *finder.reactions(), *finder.events()):
        if formula.math is not None:
            yield formula


class _Finder:
    def __init__(self, model: libsbml.Model, symbols: Symbols) -> None:
        self.model, self.symbols = model, symbols
        self.declared = {p.getId(): p.getUnits() for p in model.getListOfParameters()}

    def assignment(self, element: libsbml.SBase, kind: str, identifier: str) -> Formula:
        """An assignment of any kind must have the unit of what it assigns to."""
        target = self.symbols.terms.get(identifier, Term()).measure
        declared = self.declared.get(identifier, "")
        unit = f"declared {declared} ({target})" if declared else f"in {target}"
        demand = f"'{identifier}' is {unit}"
        return Formula(element, f"{kind} of '{identifier}'", element.getMath(), target, demand)

    def rules(self) -> Iterator[Formula]:
        for assignment in self.model.getListOfInitialAssignments():
            yield self.assignment(assignment, "initial assignment", assignment.getSymbol())
        for rule in self.model.getListOfRules():
            identifier = rule.getVariable()
            if rule.isAssignment():
                yield self.assignment(rule, "assignment rule", identifier)
            elif rule.isRate():
                of = self.symbols.terms.get(identifier, Term()).measure
                target = over(of, self.symbols.time)
                demand = f"'{identifier}' changes in {target}"
                yield Formula(rule, f"rate rule of '{identifier}'", rule.getMath(), target, demand)
            else:
                yield Formula(rule, "algebraic rule", rule.getMath())
        for constraint in self.model.getListOfConstraints():
            yield Formula(constraint, "constraint", constraint.getMath())

    def reactions(self) -> Iterator[Formula]:
        demand = f"extent per time is {self.symbols.flow}"
        for reaction in self.model.getListOfReactions():
            law = reaction.getKineticLaw()
            if law is not None:
                name = f"kinetic law of '{reaction.getId()}'"
                local = self._local(law)
                yield Formula(law, name, law.getMath(), self.symbols.flow, demand, local)
            for reference in (*reaction.getListOfReactants(), *reaction.getListOfProducts()):
                stoichiometry = reference.getStoichiometryMath()
                if stoichiometry is not None:
                    name = f"stoichiometry of '{reference.getSpecies()}' in '{reaction.getId()}'"
                    math, demand_ = stoichiometry.getMath(), "a stoichiometry is dimensionless"
                    yield Formula(stoichiometry, name, math, DIMENSIONLESS, demand_)

    def events(self) -> Iterator[Formula]:
        for number, event in enumerate(self.model.getListOfEvents(), start=1):
            name = f"event '{event.getId()}'" if event.isSetId() else f"event number {number}"
            if event.isSetTrigger():
                yield Formula(event, f"trigger of {name}", event.getTrigger().getMath())
            if event.isSetDelay():
                math, demand = event.getDelay().getMath(), f"time is {self.symbols.time}"
                yield Formula(event, f"delay of {name}", math, self.symbols.time, demand)
            if event.isSetPriority():
                math, demand = event.getPriority().getMath(), "a priority is dimensionless"
                yield Formula(event, f"priority of {name}", math, DIMENSIONLESS, demand)
            for assignment in event.getListOfEventAssignments():
                kind = f"assignment by {name}"
                yield self.assignment(assignment, kind, assignment.getVariable())

    def _local(self, law: libsbml.KineticLaw) -> dict[str, Term]:
        local = law.getListOfLocalParameters() if law.getLevel() > 2 else law.getListOfParameters()
        return {
            p.getId(): Term(
                self.symbols.unit(p.getUnits()), p.getValue() if p.isSetValue() else None
            )
            for p in local
        }

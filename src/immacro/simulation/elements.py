"""Read from an SBML document what it offers a simulation.

``contents`` says what counts as settable and observable; here is how a file shows it.
"""

from __future__ import annotations

import math
from dataclasses import replace

import libsbml

from immacro.errors import SbmlError
from immacro.ledger import LEVER_FIELDS
from immacro.simulation import sbml_units
from immacro.simulation.contents import BURN_IN, ONSET, Contents, Output, Symbol

_OBSERVABLE_SBO = 360


def read_contents(document: libsbml.SBMLDocument) -> Contents:
    """List what a readable SBML document offers.

    Raises:
        SbmlError: the file has algebraic rules.
    """
    model = document.getModel()
    if any(rule.isAlgebraic() for rule in model.getListOfRules()):
        raise SbmlError(
            "The file has algebraic rules, which roadrunner does not solve",
            "Rewrite them as assignment rules",
        )
    elements = _Elements(model)
    has_clock = elements.has_clock
    symbols = defaults = {s.id: s for s in elements.symbols()}
    burn_in = symbols[BURN_IN].value if has_clock and BURN_IN in symbols else None
    if has_clock:
        symbols = {
            i: replace(s, role="lever") if _names_lever(i) else s
            for i, s in symbols.items()
            if i not in (ONSET, BURN_IN)
        }
    outputs = {o.id: o for o in elements.outputs()}
    altered = elements.altered_by_events()
    reload = elements.read_only_at_load()
    reload |= {i for i, s in defaults.items() if math.isnan(s.value * s.amount)}
    reactions = {r.getId() for r in model.getListOfReactions()}
    return Contents(
        model_id=model.getId(),
        time_unit=sbml_units.time_unit(model),
        symbols=symbols,
        computed=frozenset((elements.ids | reactions) - set(symbols)),
        observables={i: outputs[i] for i in elements.observables() if i in outputs},
        outputs=outputs,
        defaults=defaults,
        altered=tuple(sorted(altered)),
        reload=frozenset(reload),
        always_reload=any(i not in defaults or i in reload for i in altered),
        has_clock=has_clock,
        burn_in=burn_in,
    )


class _Elements:
    """The elements of a libsbml model, sorted by how they get their values."""

    def __init__(self, model: libsbml.Model) -> None:
        self.model = model
        self.parameters = list(model.getListOfParameters())
        self.compartments = list(model.getListOfCompartments())
        self.species = list(model.getListOfSpecies())
        self.ids = {e.getId() for e in (*self.compartments, *self.parameters, *self.species)}
        rules = list(model.getListOfRules())
        self.assigned = {r.getVariable(): r.getMath() for r in rules if r.isAssignment()}
        self.rates = {r.getVariable() for r in rules if r.isRate()}
        self.initial = {a.getSymbol(): a.getMath() for a in model.getListOfInitialAssignments()}
        self.targets = {
            a.getVariable() for e in model.getListOfEvents() for a in e.getListOfEventAssignments()
        }
        self.marked = [p.getId() for p in self.parameters if p.getSBOTerm() == _OBSERVABLE_SBO]
        onset = model.getParameter(ONSET)
        self.has_clock = bool(self.marked) and onset is not None and onset.getConstant()

    def symbols(self) -> list[Symbol]:
        """Return what a user may set, in file order."""
        found = [self._symbol(e) for e in (*self.compartments, *self.parameters, *self.species)]
        return [s for s in found if s is not None]

    def altered_by_events(self) -> set[str]:
        """Return what events change and a reset does not restore."""
        floating = {s.getId() for s in self.species if not s.getBoundaryCondition()}
        return self.targets - self.rates - floating

    def outputs(self) -> list[Output]:
        """Return all that a run may report: species and whatever a rule or event changes."""
        model = self.model
        changing = {*self.assigned, *self.rates, *self.targets}
        found = [
            Output(p.getId(), p.getId(), sbml_units.unit_of(model, p.getUnits()), _name(p))
            for p in self.parameters
            if p.getId() in changing
        ]
        found += [
            Output(c.getId(), c.getId(), sbml_units.size_unit(model, c), _name(c))
            for c in self.compartments
            if c.getId() in changing
        ]
        for s in self.species:
            amount = s.getHasOnlySubstanceUnits()
            selection = s.getId() if amount else f"[{s.getId()}]"
            found.append(Output(s.getId(), selection, self._species_unit(s), _name(s)))
        return found

    def observables(self) -> list[str]:
        """Return the ids that a run reports unless told otherwise."""
        if self.has_clock:
            return self.marked
        changing = {*self.assigned, *self.rates}
        return [p.getId() for p in self.parameters if p.getId() in changing] + [
            s.getId()
            for s in self.species
            if not s.getConstant()
            and (not s.getBoundaryCondition() or s.getId() in changing | self.targets)
        ]

    def read_only_at_load(self) -> set[str]:
        """Return the ids whose values roadrunner uses only while it loads the file."""
        concentrations = [s for s in self.species if not s.getHasOnlySubstanceUnits()]
        species = {s.getId() for s in self.species}
        floating = {s.getId() for s in self.species if not s.getBoundaryCondition()}
        result = self.rates | {s.getCompartment() for s in concentrations}
        for symbol in self.initial:
            used = self._used_by(symbol)
            result |= used & species if symbol in floating else used
        return result

    def _used_by(self, symbol: str) -> set[str]:
        """Return every id on which a computed value depends."""
        seen: set[str] = set()
        todo = [symbol]
        while todo:
            current = todo.pop()
            for math_ in (self.initial.get(current), self.assigned.get(current)):
                new = _names(math_) - seen
                seen |= new
                todo.extend(new)
        return seen

    def _symbol(self, element: libsbml.SBase) -> Symbol | None:
        """Return an element with its value in the file, None when the file computes it."""
        identifier = element.getId()
        if identifier in self.assigned or identifier in self.initial:
            return None
        if isinstance(element, libsbml.Parameter):
            unit = sbml_units.unit_of(self.model, element.getUnits())
            return Symbol(identifier, "parameter", element.getValue(), unit, _name(element))
        if isinstance(element, libsbml.Compartment):
            unit = sbml_units.size_unit(self.model, element)
            return Symbol(identifier, "compartment", element.getSize(), unit, _name(element))
        unit = self._species_unit(element)
        value, amount = self._initial_value(element)
        return Symbol(identifier, "species", value, unit, _name(element), amount=amount)

    def _species_unit(self, species: libsbml.Species) -> str:
        amount = sbml_units.amount_unit(self.model, species)
        if species.getHasOnlySubstanceUnits():
            return amount
        compartment = self.model.getCompartment(species.getCompartment())
        return sbml_units.ratio(amount, sbml_units.size_unit(self.model, compartment))

    def _initial_value(self, species: libsbml.Species) -> tuple[float, float]:
        """Return what the species' id means at time zero, and its amount at a value of 1."""
        compartment = species.getCompartment()
        computed = compartment in self.assigned or compartment in self.initial
        size = self.model.getCompartment(compartment).getSize()
        if computed or not size:
            size = math.nan
        given, concentration = species.getInitialAmount(), species.getInitialConcentration()
        if species.getHasOnlySubstanceUnits():
            return (given if species.isSetInitialAmount() else concentration * size), 1.0
        return (given / size if species.isSetInitialAmount() else concentration), size


def _names_lever(identifier: str) -> bool:
    lever, _, word = identifier.rpartition("_")
    return bool(lever) and word in LEVER_FIELDS


def _names(node: libsbml.ASTNode | None) -> set[str]:
    if node is None:
        return set()
    children = [_names(node.getChild(i)) for i in range(node.getNumChildren())]
    return set().union(*children, {node.getName()} if node.isName() else set())


def _name(element: libsbml.SBase) -> str:
    return str(element.getName() or element.getId())

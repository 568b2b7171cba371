"""What an SBML file offers a simulation: what can be set, and what can be observed.

**Settable** are constant parameters, compartment sizes and initial values of species, unless the
file computes them (by a rule or an initial assignment) or they are the clock (``onset``,
``burn_in``). A species' value means what its id means in the file's mathematics: an amount when
``hasOnlySubstanceUnits``, else a concentration.

**Observable** in a file of ours are the parameters that the builder marks as observables; in any
other file, the parameters and species that change. Every other species or computed parameter may
still be asked for by id.

Some values that the file computes at time zero are computed by roadrunner only while it loads:
initial assignments of anything but a floating species, and amounts that follow from a
concentration and a changed compartment. ``needs_reload`` tells which settings reach them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import libsbml

from immacro.errors import SbmlError
from immacro.ledger import LEVER_FIELDS, Ledger
from immacro.simulation import sbml_units

#: The parameter that holds the day on which the story starts.
ONSET = "onset"
#: The parameter by which a file may ask for a longer or shorter burn-in.
BURN_IN = "burn_in"
_OBSERVABLE_SBO = 360


@dataclass(frozen=True)
class Symbol:
    """A number that a user may set.

    ``role``, ``low`` and ``high`` come from the ledger; without one, the role is ``""`` and the
    range is open. ``kind`` is ``parameter``, ``compartment`` or ``species``; ``amount`` is a species'
    amount at a value of 1.
    """

    id: str
    kind: str
    value: float
    unit: str
    name: str
    role: str = ""
    low: float = -math.inf
    high: float = math.inf
    amount: float = 1.0

    @property
    def is_lever(self) -> bool:
        """Whether this is part of a therapy, a driver or a challenge."""
        return self.role == "lever"


@dataclass(frozen=True)
class Output:
    """A quantity that a run can report; ``selection`` is what roadrunner calls it."""

    id: str
    selection: str
    unit: str
    name: str


@dataclass(frozen=True)
class Contents:
    """The settable and observable things of one file.

    Attributes:
        model_id: the SBML id of the model.
        title: its name.
        time_unit: the unit of time, ``""`` if unknown.
        symbols: what can be set.
        computed: ids that exist but cannot be set.
        observables: what a run reports unless told otherwise.
        outputs: all that a run can report.
        defaults: what the file says, of the settable symbols and of the clock.
        altered: ids among them that events change for good: a reset does not restore them.
        reload: settings that take effect only in a freshly loaded file.
        always_reload: whether no run can follow another without loading again.
        has_clock: whether the file has our ``onset``.
        burn_in: the file's own burn-in, or None.
    """

    model_id: str
    title: str
    time_unit: str
    symbols: dict[str, Symbol]
    computed: frozenset[str]
    observables: dict[str, Output]
    outputs: dict[str, Output]
    defaults: dict[str, Symbol]
    altered: tuple[str, ...]
    reload: frozenset[str]
    always_reload: bool
    has_clock: bool
    burn_in: float | None

    def needs_reload(self, settings: Iterable[str]) -> bool:
        """Tell whether these settings take effect only when the file is loaded with them."""
        return self.always_reload or not self.reload.isdisjoint(settings)

    def with_ledger(self, ledger: Ledger) -> Contents:
        """Restrict what can be set to the rows of a ledger, and add their roles and ranges.

        Raises:
            SbmlError: a row is not in the file.
        """
        rows = {i: row for i, row in ledger.rows.items() if i not in (ONSET, BURN_IN)}
        missing = sorted(set(rows) - set(self.symbols))
        if missing:
            raise SbmlError(
                f"The SBML file of {self.model_id} lacks {', '.join(missing[:5])} of its ledger",
                "Run `immacro build` to bring the file up to date",
            )
        symbols = {
            i: replace(
                self.symbols[i],
                unit=row.model_unit,
                name=row.name,
                role=row.role,
                low=row.low,
                high=row.high,
            )
            for i, row in rows.items()
        }
        return replace(
            self, symbols=symbols, computed=self.computed | (set(self.symbols) - set(symbols))
        )


def read_contents(document: libsbml.SBMLDocument) -> Contents:
    """List what a readable SBML document offers.

    Raises:
        SbmlError: the file uses something that roadrunner would misread.
    """
    _refuse_unsupported(document)
    model = document.getModel()
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
    known = {e.getId() for e in model.getListOfAllElements() if e.isSetIdAttribute()}
    return Contents(
        model_id=model.getId(),
        title=model.getName() or model.getId(),
        time_unit=sbml_units.time_unit(model),
        symbols=symbols,
        computed=frozenset(known - set(symbols)),
        observables={i: outputs[i] for i in elements.observables() if i in outputs},
        outputs=outputs,
        defaults=defaults,
        altered=tuple(sorted(altered)),
        reload=frozenset(reload),
        always_reload=any(i not in defaults or i in reload for i in altered),
        has_clock=has_clock,
        burn_in=burn_in,
    )


def _refuse_unsupported(document: libsbml.SBMLDocument) -> None:
    for index in range(document.getNumPlugins()):
        package = document.getPlugin(index).getPackageName()
        if package != "l3v2extendedmath" and document.getPackageRequired(package):
            raise SbmlError(
                f"The file needs the SBML package '{package}', which is not simulated here",
                "Flatten the model to SBML core first, for example with COPASI or tellurium",
            )
    model = document.getModel()
    if any(model.getRule(i).isAlgebraic() for i in range(model.getNumRules())):
        raise SbmlError(
            "The file has algebraic rules, which roadrunner does not solve",
            "Rewrite them as assignment rules",
        )


class _Elements:
    """The elements of a libsbml model, sorted by how they get their values."""

    def __init__(self, model: libsbml.Model) -> None:
        self.model = model
        self.parameters = list(model.getListOfParameters())
        self.compartments = list(model.getListOfCompartments())
        self.species = list(model.getListOfSpecies())
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
        return [s for s in found if s is not None and s.id not in self.rates]

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
        result = {s.getCompartment() for s in concentrations}
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
        size = (
            math.nan if computed else self.model.getCompartment(compartment).getSize() or math.nan
        )
        given, concentration = species.getInitialAmount(), species.getInitialConcentration()
        if species.getHasOnlySubstanceUnits():
            return (given if species.isSetInitialAmount() else concentration * size), 1.0
        return (given / size if species.isSetInitialAmount() else concentration), size


def set_values(model: libsbml.Model, values: Mapping[str, float]) -> None:
    """Write values into an SBML model, each the way its file means it."""
    for identifier, value in values.items():
        parameter = model.getParameter(identifier)
        compartment = model.getCompartment(identifier)
        species = model.getSpecies(identifier)
        if parameter is not None:
            parameter.setValue(value)
        elif compartment is not None:
            compartment.setSize(value)
        elif species.getHasOnlySubstanceUnits():
            species.unsetInitialConcentration()
            species.setInitialAmount(value)
        else:
            species.unsetInitialAmount()
            species.setInitialConcentration(value)


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

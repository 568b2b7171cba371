"""What a model is written into: PySB components plus all that SBML wants and PySB does not keep.

Every number comes from the ledger by its id, so a rule never holds a literal. Declaring the same
name twice with a different meaning raises, so that motifs can be composed safely.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pysb
import sympy
from pysb.core import RuleExpression

from immacro.errors import BuildError
from immacro.ledger import Ledger, Row

#: What a rule does -> SBO terms of its forward and reverse reaction.
KINDS = {
    "binding": ("SBO:0000177", "SBO:0000180"),
    "phosphorylation": ("SBO:0000216", "SBO:0000330"),
    "dephosphorylation": ("SBO:0000330", "SBO:0000216"),
    "transport": ("SBO:0000185", "SBO:0000185"),
    "degradation": ("SBO:0000179", "SBO:0000393"),
    "production": ("SBO:0000393", "SBO:0000179"),
    "transcription": ("SBO:0000183", "SBO:0000179"),
    "translation": ("SBO:0000184", "SBO:0000179"),
    "cell transition": ("SBO:0000182", "SBO:0000182"),
    "cell death": ("SBO:0000179", "SBO:0000393"),
}


@dataclass(frozen=True)
class Definition:
    """Unit and words of an expression that becomes an SBML parameter with an assignment rule."""

    unit: str
    name: str
    observable: bool


@dataclass(frozen=True)
class Bolus:
    """A dosed lever: at each dose ``amount`` is added to the species ``target``."""

    lever: str
    target: Any
    amount: Any
    maximum: int


@dataclass(frozen=True)
class Switch:
    """A lever with a start and a stop: the helper species ``target`` is one between them."""

    lever: str
    target: Any


@dataclass(frozen=True)
class Seed:
    """At the onset ``amount`` is added to the species ``target``."""

    name: str
    target: Any
    amount: Any


@dataclass(frozen=True)
class Surgery:
    """A lever that once takes the share ``<lever>_extent`` of all that is in a compartment.

    ``opened`` (item) is added to the species ``wound``; either may be missing.
    """

    lever: str
    compartment: str | None
    wound: Any
    opened: Any


@dataclass
class Assembly:
    """A model in the making for one host.

    Args:
        name: the model's name; its SBML id is ``<name>_<host>``.
        ledger: the numbers; every row must end up used.
    """

    name: str
    ledger: Ledger
    model: pysb.Model = field(init=False)
    sizes: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    boluses: list[Bolus] = field(default_factory=list)
    switches: list[Switch] = field(default_factory=list)
    seeds: list[Seed] = field(default_factory=list)
    surgeries: list[Surgery] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.model = pysb.Model(self.name, _export=False)

    # -- names -----------------------------------------------------------------------------

    def _add(self, component: Any) -> Any:
        if self.model.components.get(component.name) is not None:
            raise BuildError(
                f"'{component.name}' is declared twice in {self.name}",
                "Declare it once and pass it on, or rename one of the two",
            )
        self.model.add_component(component)
        return component

    def row(self, identifier: str) -> Row:
        """Return a ledger row and mark it as used."""
        self.used.add(identifier)
        return self.ledger[identifier]

    def p(self, identifier: str) -> pysb.Parameter:
        """Return the parameter of a ledger row, declaring it at first use."""
        known = self.model.parameters.get(identifier)
        if known is not None:
            return known
        row = self.row(identifier)
        if row.role == "compartment":
            raise BuildError(f"'{identifier}' is a compartment", "Use volume() for its size")
        return self._add(pysb.Parameter(identifier, row.value, _export=False))

    # -- declarations ----------------------------------------------------------------------

    def compartment(self, identifier: str) -> pysb.Compartment:
        """Declare a 3-D compartment whose size is the ledger row of the same id."""
        known = self.model.compartments.get(identifier)
        if known is not None:
            return known
        size = pysb.Parameter(f"{identifier}_size", self.row(identifier).value, _export=False)
        self.sizes[size.name] = identifier
        self._add(size)
        return self._add(pysb.Compartment(identifier, None, 3, size, _export=False))

    def volume(self, identifier: str) -> pysb.Parameter:
        """Return the size of a compartment as a symbol for expressions."""
        return self.compartment(identifier).size

    def monomer(
        self, name: str, sites: tuple[str, ...] = (), states: dict[str, list[str]] | None = None
    ) -> pysb.Monomer:
        """Declare a monomer; declaring it again with the same sites returns the first.

        Raises:
            BuildError: it exists with other sites or states.
        """
        known = self.model.monomers.get(name)
        if known is None:
            return self._add(pysb.Monomer(name, list(sites), states or {}, _export=False))
        if tuple(known.sites) != tuple(sites) or known.site_states != (states or {}):
            raise BuildError(
                f"Two parts of {self.name} declare '{name}' with different sites",
                "Give both the same sites and states",
            )
        return known

    def known(self, name: str) -> pysb.Monomer:
        """Return a monomer that another part has declared.

        Raises:
            BuildError: none has.
        """
        monomer = self.model.monomers.get(name)
        if monomer is None:
            raise BuildError(f"No part of {self.name} declares '{name}'", "Declare it first")
        return monomer

    def rule(
        self, name: str, reaction: RuleExpression, forward: Any, reverse: Any = None, *,
        kind: str, note: str, delete_molecules: bool = False,
    ) -> pysb.Rule:  # fmt: skip
        """Declare a rule.

        Args:
            name: the biology as a verb phrase, the id of its reactions.
            reaction: a PySB rule expression.
            forward: rate constant, a parameter or a defined expression.
            reverse: rate constant of the reverse direction of a ``|`` rule.
            kind: a key of ``KINDS``.
            note: what happens and why it is believed, for the SBML notes.
            delete_molecules: keep the partners of what is deleted.
        """
        if kind not in KINDS:
            raise BuildError(f"Rule '{name}' is of unknown kind '{kind}'", "Use one of KINDS")
        self.kinds[name] = KINDS[kind]
        self.notes[name] = note
        return self._add(
            pysb.Rule(
                name, reaction, forward, reverse, delete_molecules=delete_molecules, _export=False
            )
        )

    def amount(self, identifier: str, pattern: Any, name: str) -> pysb.Observable:
        """Declare the amount (item) of everything that matches a pattern."""
        self.amounts[identifier] = name
        return self._add(pysb.Observable(identifier, pattern, _export=False))

    def define(self, identifier: str, expression: Any, unit: str, name: str) -> pysb.Expression:
        """Declare an expression of parameters and amounts; ``unit`` is checked after the build."""
        self.definitions[identifier] = Definition(unit, name, observable=False)
        return self._add(pysb.Expression(identifier, sympy.sympify(expression), _export=False))

    def observe(self, identifier: str, expression: Any, unit: str, name: str) -> pysb.Expression:
        """Declare a readout in the unit an immunologist reads."""
        self.definitions[identifier] = Definition(unit, name, observable=True)
        return self._add(pysb.Expression(identifier, sympy.sympify(expression), _export=False))

    def initial(self, pattern: Any, value: Any) -> None:
        """Set a starting amount: a parameter, a defined expression or a compartment size.

        The build moves every species to the healthy fixed point; species whose starting amount is
        already exact keep their formula as an initial assignment.
        """
        self.model.add_initial(pysb.Initial(pattern, value, _export=False))

    # -- levers ----------------------------------------------------------------------------

    def bolus(self, lever: str, target: Any, amount: Any) -> None:
        """Make ``<lever>_dose`` a dosed lever.

        Args:
            lever: its name; the ledger has ``_dose``, ``_start``, ``_interval`` and ``_count``,
                and the upper bound of the count is the number of doses that the file can give.
            target: the pattern of the species that receives the dose.
            amount: items per dose, an expression that contains the dose.
        """
        for word in ("start", "interval", "count"):
            self.p(f"{lever}_{word}")
        maximum = int(self.ledger[f"{lever}_count"].high)
        self.boluses.append(Bolus(lever, target, sympy.sympify(amount), maximum))

    def switch(self, lever: str, compartment: pysb.Compartment) -> pysb.Observable:
        """Return the amount of a helper species that is one item from start to stop, else zero."""
        for word in ("start", "stop"):
            self.p(f"{lever}_{word}")
        helper = self.monomer(f"{lever}_on")
        target = helper() ** compartment
        self.switches.append(Switch(lever, target))
        self.absent(target)
        return self.amount(f"{lever}_active", target, f"{lever} switched on")

    def seed(self, name: str, target: Any, amount: Any) -> None:
        """Add ``amount`` (item) to the species ``target`` when the story starts."""
        self.absent(target)
        self.seeds.append(Seed(name, target, sympy.sympify(amount)))

    def surgery(
        self, lever: str, compartment: pysb.Compartment | None, wound: Any = None, opened: Any = 0
    ) -> None:
        """Make ``<lever>_day`` and ``<lever>_extent`` an operation.

        Args:
            lever: its name.
            compartment: of whose contents it takes the extent; none if it takes nothing.
            wound: the pattern of the species to which it adds, if any.
            opened: items that it adds, an expression that contains the extent.
        """
        for word in ("day", "extent"):
            self.p(f"{lever}_{word}")
        place = compartment and compartment.name
        self.surgeries.append(Surgery(lever, place, wound, sympy.sympify(opened)))

    def absent(self, pattern: Any) -> None:
        """Declare a species that health does not contain, such as a drug."""
        self.initial(pattern, self._zero())

    def _zero(self) -> pysb.Parameter:
        known = self.model.parameters.get("zero_")
        return known or self._add(pysb.Parameter("zero_", 0.0, _export=False))

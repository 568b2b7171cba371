"""The SBML document: everything that a reader of the file needs, none of it left to defaults.

Flat Level 3 Version 1 (or 2), substance and extent in item, time in day, volume in litre, species
as amounts, a unit on every parameter and literal, SBO and MIRIAM terms, notes with rule and source.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import libsbml
import pysb

from immacro import units
from immacro.build import events, identifiers, miriam, notes
from immacro.build.assembly import Assembly
from immacro.build.formula import to_math
from immacro.build.network import Network, species_symbol
from immacro.errors import BuildError
from immacro.ledger import Row

OBSERVABLE = "SBO:0000360"  # quantity of an entity pool
EXPRESSION = "SBO:0000002"  # quantitative systems description parameter
_RATE_SBO = {"1/day": "SBO:0000035", "litre/day/item": "SBO:0000036"}


class Document:
    """Writes one assembly and its network as SBML.

    Args:
        assembly: the filled assembly.
        network: its reactions.
        terms: its annotations.
        title, methods: name and notes of the model.
        level: SBML level and version.
    """

    def __init__(
        self, assembly: Assembly, network: Network, terms: miriam.Terms, title: str,
        methods: str, level: tuple[int, int] = (3, 1),
    ) -> None:  # fmt: skip
        self.assembly, self.network, self.terms = assembly, network, terms
        self.species = identifiers.species_ids(network)
        self.ids = {f"__s{i}": name for i, name in enumerate(self.species)} | assembly.sizes
        self.document = libsbml.SBMLDocument(*level)
        self.model = self.document.createModel()
        self._write_model(title, methods)
        self._write_compartments()
        self._write_parameters()
        self._write_definitions()
        self._write_species()
        self._write_reactions()
        self._write_events()

    def text(self) -> str:
        """Return the document as XML."""
        return str(libsbml.writeSBMLToString(self.document))

    def set_amounts(self, start: Mapping[str, float], rest: Mapping[str, float]) -> None:
        """Ship the amounts at rest.

        A species whose own formula already gives its amount at rest keeps the formula as an
        initial assignment; any other gets the number.
        """
        for identifier, amount in rest.items():
            if not math.isclose(start[identifier], amount, rel_tol=1e-9, abs_tol=1e-12):
                self.model.removeInitialAssignment(identifier)
            self.model.getSpecies(identifier).setInitialAmount(float(f"{amount:.9g}"))

    # -- parts -----------------------------------------------------------------------------

    def _write_model(self, title: str, methods: str) -> None:
        model, host = self.model, self.assembly.ledger.host
        self._identify(model, f"{self.assembly.name}_{host}", f"{title} ({host})", "SBO:0000293")
        for kind, unit in (("Substance", "item"), ("Extent", "item"), ("Volume", "litre"),
                           ("Time", "day")):  # fmt: skip
            getattr(model, f"set{kind}Units")(units.write_definition(model, unit))
        notes.add(model, *methods.split("\n\n"))
        notes.add_history(model)
        for qualifier, resource in self.terms.of("model"):
            if qualifier == "isDescribedBy":
                miriam.describe_model(model, resource)
            else:
                miriam.add(model, qualifier, resource)

    def _write_compartments(self) -> None:
        for compartment in self.assembly.model.compartments:
            row = self.assembly.ledger[compartment.name]
            element = self.model.createCompartment()
            self._identify(element, row.id, row.name, "SBO:0000290")
            element.setSpatialDimensions(3)
            element.setConstant(True)
            element.setSize(row.value)
            element.setUnits(units.write_definition(self.model, row.model_unit))
            self._annotate(element, row.id)
            notes.add(element, _provenance(row))

    def _write_parameters(self) -> None:
        self._parameter("onset", "onset of the story", 0.0, "day", EXPRESSION)
        notes.add(
            self.model.getParameter("onset"),
            "Clock zero of tumour and therapies: simulators set it to a burn-in when they change "
            "the biology, so that the story starts from the new healthy state.",
        )
        for parameter in self.assembly.model.parameters:
            if parameter.name in self.assembly.sizes or parameter.name == "zero_":
                continue
            row = self.assembly.ledger[parameter.name]
            term = _RATE_SBO.get(row.model_unit, "SBO:0000009")
            element = self._parameter(
                row.id, row.name, row.value, row.model_unit,
                term if row.role == "rate" else EXPRESSION,
            )  # fmt: skip
            notes.add(element, _provenance(row), self._lever_note(row))
            for source in filter(None, row.source.split("; ")):
                miriam.add(element, "isDescribedBy", source)

    def _write_definitions(self) -> None:
        """Write amounts and expressions as parameters with assignment rules."""
        for observable in self.assembly.model.observables:
            name = self.assembly.amounts[observable.name]
            self._parameter(observable.name, name, None, "item", EXPRESSION)
            total = sum(
                factor * species_symbol(index)
                for index, factor in zip(observable.species, observable.coefficients, strict=True)
            )
            if not observable.species:
                raise BuildError(f"No species matches the amount '{observable.name}'", "")
            self._assign(observable.name, total)
        for expression in self.assembly.model.expressions:
            definition = self.assembly.definitions[expression.name]
            sbo = OBSERVABLE if definition.observable else EXPRESSION
            element = self._parameter(expression.name, definition.name, None, definition.unit, sbo)
            if definition.observable and expression.name in self.terms.terms:
                self._annotate(element, expression.name)
            self._assign(expression.name, expression.expr)

    def _write_species(self) -> None:
        names = identifiers.species_names(self.network)
        initials = {str(i.pattern): i.value for i in self.assembly.model.initials}
        for index, species in enumerate(self.network.species):
            element = self.model.createSpecies()
            self._identify(element, self.species[index], names[index], self._species_sbo(species))
            element.setCompartment(identifiers.compartment_of(species))
            element.setHasOnlySubstanceUnits(True)
            element.setSubstanceUnits("item")
            element.setBoundaryCondition(False)
            element.setConstant(False)
            element.setInitialAmount(0.0)
            self._annotate_species(element, species)
            notes.add(element, f"Pattern: {species}")
            formula = initials.pop(str(species), None)
            if formula is not None and formula.name != "zero_":
                assignment = self.model.createInitialAssignment()
                assignment.setSymbol(self.species[index])
                assignment.setMath(to_math(formula, self.ids))
        if initials:
            raise BuildError(f"No species matches the initial {next(iter(initials))}", "")

    def _write_reactions(self) -> None:
        names = identifiers.reaction_ids(self.network.reactions)
        for identifier, reaction in zip(names, self.network.reactions, strict=True):
            element = self.model.createReaction()
            kind = self.assembly.kinds[reaction.rule][reaction.reverse]
            name = reaction.rule.replace("_", " ") + (" (reverse)" if reaction.reverse else "")
            self._identify(element, identifier, name, kind)
            element.setReversible(False)
            if self.document.getVersion() == 1:
                element.setFast(False)
            self._write_participants(element, reaction)
            law = element.createKineticLaw()
            law.setMath(to_math(reaction.law, self.ids))
            notes.add(element, self.assembly.notes[reaction.rule], f"Rule: {reaction.rule}")

    def _write_participants(self, element: libsbml.Reaction, reaction: Any) -> None:
        for side, create in (
            (reaction.reactants, element.createReactant),
            (reaction.products, element.createProduct),
        ):
            for index in dict.fromkeys(side):
                reference = create()
                reference.setSpecies(self.species[index])
                reference.setStoichiometry(float(side.count(index)))
                reference.setConstant(True)
        mentioned = {s.name for s in reaction.law.free_symbols if s.name.startswith("__s")}
        modifiers = sorted({self.ids[m] for m in mentioned} - {
            self.species[i] for i in reaction.reactants})  # fmt: skip
        for modifier in modifiers:
            element.createModifier().setSpecies(modifier)

    def _write_events(self) -> None:
        for switch in self.assembly.switches:
            events.add_switch(self.model, switch, self._find(switch.target))
        for bolus in self.assembly.boluses:
            target = self._find(bolus.target)
            events.add_bolus(self.model, bolus, target, self.ids, f"{bolus.lever}_doses")
        for seed in self.assembly.seeds:
            events.add_seed(self.model, seed, self._find(seed.target), self.ids)
        for surgery in self.assembly.surgeries:
            targets = self._inside(surgery.compartment) if surgery.compartment else []
            wound = self._find(surgery.wound) if surgery.wound is not None else None
            events.add_surgery(self.model, surgery, targets, wound, self.ids)

    # -- helpers ---------------------------------------------------------------------------

    def _find(self, pattern: Any) -> str:
        index = self.assembly.model.get_species_index(pysb.as_complex_pattern(pattern))
        if index is None:
            raise BuildError(f"No species matches the dose target {pattern}", "")
        return str(self.species[index])

    def _inside(self, compartment: str) -> list[str]:
        """Return the species of a compartment."""
        places = map(identifiers.compartment_of, self.network.species)
        inside = [s for s, place in zip(self.species, places, strict=True) if place == compartment]
        if not inside:
            raise BuildError(f"No species is in '{compartment}', where surgery would act", "")
        return inside

    def _identify(self, element: libsbml.SBase, identifier: str, name: str, sbo: str) -> None:
        element.setId(identifier)
        element.setMetaId(f"meta_{identifier}")
        element.setName(name)
        if element.setSBOTerm(sbo) != libsbml.LIBSBML_OPERATION_SUCCESS:
            raise BuildError(f"'{sbo}' is not an SBO term", "")

    def _parameter(
        self, identifier: str, name: str, value: float | None, unit: str, sbo: str
    ) -> libsbml.Parameter:
        element = self.model.createParameter()
        self._identify(element, identifier, name, sbo)
        element.setConstant(value is not None)
        if value is not None:
            element.setValue(value)
        element.setUnits(units.write_definition(self.model, unit))
        return element

    def _assign(self, identifier: str, expression: Any) -> None:
        rule = self.model.createAssignmentRule()
        rule.setVariable(identifier)
        rule.setMath(to_math(expression, self.ids))

    def _annotate(self, element: libsbml.SBase, key: str) -> None:
        if self.terms.technical(key):
            element.appendAnnotation(miriam.TECHNICAL)
            return
        for qualifier, resource in self.terms.of(key):
            miriam.add(element, qualifier, resource)

    def _species_sbo(self, species: Any) -> str:
        kinds = [m.monomer.name for m in species.monomer_patterns]
        if len(kinds) > 1:
            return "SBO:0000253"  # non-covalent complex
        if kinds[0] not in self.terms.sbo:
            raise BuildError(f"'{kinds[0]}' has no SBO term in {self.terms.path}", "Add one")
        return self.terms.sbo[kinds[0]]

    def _annotate_species(self, element: libsbml.SBase, species: Any) -> None:
        monomers = list(dict.fromkeys(m.monomer for m in species.monomer_patterns))
        if len(species.monomer_patterns) == 1:
            self._annotate(element, monomers[0].name)
            return
        for monomer in monomers:
            for qualifier, resource in self.terms.of(monomer.name):
                if qualifier in ("is", "isVersionOf"):
                    miriam.add(element, "hasPart", resource)

    def _lever_note(self, row: Row) -> str:
        if row.role != "lever":
            return ""
        if row.id.endswith("_count"):
            return f"At most {row.high:g} doses: the file holds one event per dose."
        return f"Accepted range {row.low:g} to {row.high:g} {row.model_unit}."


def _provenance(row: Row) -> str:
    parts = [f"{row.status}: {row.literature_value:g} {row.unit}"]
    if row.sampled:
        parts.append(f"range {row.low:g} to {row.high:g} {row.model_unit}")
    parts += [row.derivation, row.source]
    return ". ".join(p.rstrip(".") for p in parts if p) + "."

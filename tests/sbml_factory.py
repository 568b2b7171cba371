"""A tiny SBML model that has nothing to complain about, for tests to damage in one way each.

``tiny()`` has two compartments, neutrophils that are made in one and leave for the other, a drug
that speeds this up, one dose of it by an event, an initial assignment, and an observable in
cells/µL. It is complete: units, SBO terms, identifiers.

    document = tiny()
    set_law(document, "death", "death_rate * neutrophil_blood")   # item/microlitre/day
    report = check(save(document, tmp_path))
"""

from __future__ import annotations

from pathlib import Path

import libsbml

from immacro import units

TECHNICAL = '<immacro:technical xmlns:immacro="https://immacro.readthedocs.io/ns"/>'
_MATERIAL, _PARAMETER = "SBO:0000240", "SBO:0000002"


def tiny(level: int = 3, version: int = 1) -> libsbml.SBMLDocument:
    """Return a complete, valid, fully annotated model."""
    document = libsbml.SBMLDocument(level, version)
    model = document.createModel()
    _describe(model, "tiny_mouse", "SBO:0000293")
    for setter, unit in (
        (model.setSubstanceUnits, "item"),
        (model.setExtentUnits, "item"),
        (model.setVolumeUnits, "litre"),
        (model.setTimeUnits, "day"),
    ):
        setter(units.write_definition(model, unit))
    units.write_definition(model, "litre/microlitre")

    add_compartment(model, "bone_marrow", 2e-4, "UBERON:0002371")
    add_compartment(model, "blood", 1.5e-3, "UBERON:0000178")
    add_species(model, "neutrophil__bone_marrow", "bone_marrow", 1e7, "CL:0000775")
    add_species(model, "neutrophil__blood", "blood", 1e6, "CL:0000775")
    add_species(model, "drug__blood", "blood", 0.0, None)

    add_parameter(model, "production", 1e7, "item/day")
    add_parameter(model, "egress_rate", 1.0, "1/day")
    add_parameter(model, "death_rate", 2.0, "1/day")
    add_parameter(model, "drug_half", 1e9, "item/litre")
    add_parameter(model, "drug_fold", 5.0, "dimensionless")
    add_parameter(model, "drug_dose", 0.0, "item")
    add_parameter(model, "drug_start", 0.0, "day")
    add_parameter(model, "stimulation", None, "dimensionless")
    add_parameter(model, "neutrophil_blood", None, "item/microlitre")

    set_initial(document, "neutrophil__blood", "production / death_rate")
    set_rule(
        document,
        "stimulation",
        "1 dimensionless + drug_fold * (drug__blood / blood) / (drug__blood / blood + drug_half)",
    )
    set_rule(document, "neutrophil_blood", "neutrophil__blood / blood * 1e-6 litre_per_microlitre")
    marrow, blood = "neutrophil__bone_marrow", "neutrophil__blood"
    add_reaction(model, "birth", [], [marrow], "production * stimulation")
    add_reaction(model, "egress", [marrow], [blood], f"egress_rate * {marrow}")
    add_reaction(model, "death", [blood], [], f"death_rate * {blood}")
    add_event(model, "dose", "time >= drug_start", "drug__blood", "drug__blood + drug_dose")
    return document


def formula(text: str) -> libsbml.ASTNode:
    """Parse a formula in which literals may carry units, as ``2 item_per_day * x``."""
    settings = libsbml.L3ParserSettings()
    settings.setParseUnits(True)
    node = libsbml.parseL3FormulaWithSettings(text, settings)
    assert node is not None, libsbml.getLastParseL3Error()
    return node


def save(document: libsbml.SBMLDocument, folder: Path, name: str = "model.xml") -> Path:
    """Write a document to a file and return its path."""
    path = folder / name
    path.write_text(libsbml.writeSBMLToString(document), encoding="utf-8")
    return path


def set_rule(document: libsbml.SBMLDocument, variable: str, text: str) -> None:
    """Give a variable this assignment rule, instead of the one it had."""
    model = document.getModel()
    model.removeRuleByVariable(variable)
    rule = model.createAssignmentRule()
    rule.setVariable(variable)
    rule.setMath(formula(text))


def set_initial(document: libsbml.SBMLDocument, symbol: str, text: str) -> None:
    """Give a symbol this initial assignment, instead of the one it had."""
    model = document.getModel()
    model.removeInitialAssignment(symbol)
    assignment = model.createInitialAssignment()
    assignment.setSymbol(symbol)
    assignment.setMath(formula(text))


def set_law(document: libsbml.SBMLDocument, reaction: str, text: str) -> None:
    """Give a reaction this kinetic law."""
    document.getModel().getReaction(reaction).getKineticLaw().setMath(formula(text))


def add_function(document: libsbml.SBMLDocument, identifier: str, text: str) -> None:
    """Define a function, as ``lambda(x, y, x + y)``."""
    function = document.getModel().createFunctionDefinition()
    function.setId(identifier)
    function.setMath(formula(text))


def add_compartment(model: libsbml.Model, identifier: str, size: float, term: str) -> None:
    """Add a compartment in litre."""
    compartment = model.createCompartment()
    _describe(compartment, identifier, "SBO:0000290")
    compartment.setSpatialDimensions(3)
    compartment.setSize(size)
    compartment.setUnits("litre")
    compartment.setConstant(True)
    annotate(compartment, term)


def add_species(
    model: libsbml.Model, identifier: str, compartment: str, amount: float, term: str | None
) -> None:
    """Add a species in item; without a term it is marked as technical."""
    species = model.createSpecies()
    _describe(species, identifier, _MATERIAL)
    species.setCompartment(compartment)
    species.setSubstanceUnits("item")
    species.setHasOnlySubstanceUnits(True)
    species.setBoundaryCondition(False)
    species.setConstant(False)
    species.setInitialAmount(amount)
    if term is None:
        species.setAnnotation(TECHNICAL)
    else:
        annotate(species, term)


def add_parameter(model: libsbml.Model, identifier: str, value: float | None, unit: str) -> None:
    """Add a parameter; one without a value is not constant."""
    parameter = model.createParameter()
    _describe(parameter, identifier, _PARAMETER)
    parameter.setConstant(value is not None)
    if value is not None:
        parameter.setValue(value)
    parameter.setUnits(units.write_definition(model, unit))


def add_reaction(
    model: libsbml.Model, identifier: str, reactants: list[str], products: list[str], law: str
) -> None:
    """Add an irreversible reaction; species in the law that do not react become modifiers."""
    reaction = model.createReaction()
    _describe(reaction, identifier, "SBO:0000176")
    reaction.setReversible(False)
    if reaction.getLevel() == 3 and reaction.getVersion() == 1:
        reaction.setFast(False)
    for create, species in (
        (reaction.createReactant, reactants),
        (reaction.createProduct, products),
    ):
        for name in species:
            reference = create()
            reference.setSpecies(name)
            reference.setStoichiometry(1.0)
            reference.setConstant(True)
    math = formula(law)
    used = {word for word in law.split() if model.getSpecies(word) is not None}
    for name in sorted(used - {*reactants, *products}):
        reaction.createModifier().setSpecies(name)
    reaction.createKineticLaw().setMath(math)


def add_event(model: libsbml.Model, identifier: str, when: str, target: str, value: str) -> None:
    """Add an event with one assignment."""
    event = model.createEvent()
    _describe(event, identifier, "SBO:0000231")
    event.setUseValuesFromTriggerTime(False)
    trigger = event.createTrigger()
    trigger.setInitialValue(False)
    trigger.setPersistent(True)
    trigger.setMath(formula(when))
    assignment = event.createEventAssignment()
    assignment.setVariable(target)
    assignment.setMath(formula(value))


def annotate(
    element: libsbml.SBase,
    term: str,
    qualifier: int = libsbml.BQB_IS,
    root: str = "https://identifiers.org/",
) -> None:
    """Add a MIRIAM term, as ``CL:0000775``, to an element that has a metaid."""
    cv_term = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
    cv_term.setBiologicalQualifierType(qualifier)
    cv_term.addResource(f"{root}{term}")
    assert element.addCVTerm(cv_term) == libsbml.LIBSBML_OPERATION_SUCCESS


def _describe(element: libsbml.SBase, identifier: str, sbo: str) -> None:
    element.setId(identifier)
    element.setMetaId(f"meta_{identifier}")
    element.setName(identifier.replace("_", " ").strip())
    element.setSBOTerm(sbo)

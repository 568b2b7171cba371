from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import libsbml
import pytest
from sbml_factory import TECHNICAL, annotate, formula, save, tiny

from immacro.check import Report, check
from immacro.check.identifiers import fault


def report_on(document: libsbml.SBMLDocument, folder: Path, **options: bool) -> Report:
    return check(save(document, folder), **options)


def ours(report: Report) -> list[tuple[str, str]]:
    """Return (element, code) of the coverage messages."""
    return [(m.element, m.code) for m in report.messages if m.source == "coverage"]


def share(report: Report, what: str) -> tuple[int, int]:
    (row,) = [row for row in report.coverage if row.what == what]
    return row.covered, row.total


Damage = Callable[[libsbml.Model], object]
GAPS: dict[str, tuple[Damage, str, str, str]] = {
    "a parameter without unit": (
        lambda m: m.getParameter("death_rate").unsetUnits(),
        "parameter 'death_rate'", "units", "units of parameters",
    ),
    "a parameter without SBO": (
        lambda m: m.getParameter("death_rate").unsetSBOTerm(),
        "parameter 'death_rate'", "sbo", "SBO of parameters",
    ),
    "a species without SBO": (
        lambda m: m.getSpecies("neutrophil__blood").unsetSBOTerm(),
        "species 'neutrophil__blood'", "sbo", "SBO of species",
    ),
    "a reaction without SBO": (
        lambda m: m.getReaction("death").unsetSBOTerm(),
        "reaction 'death'", "sbo", "SBO of reactions",
    ),
    "a species without identifier": (
        lambda m: m.getSpecies("neutrophil__blood").unsetCVTerms(),
        "species 'neutrophil__blood'", "miriam", "MIRIAM of species",
    ),
    "a compartment without identifier": (
        lambda m: m.getCompartment("blood").unsetCVTerms(),
        "compartment 'blood'", "miriam", "MIRIAM of compartments",
    ),
    "a helper that is not marked": (
        lambda m: m.getSpecies("drug__blood").unsetAnnotation(),
        "species 'drug__blood'", "miriam", "MIRIAM of species",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "element", "code", "what"), GAPS.values(), ids=GAPS.keys())
def test_a_gap_is_a_message_in_our_files_and_a_number_in_others(
    tmp_path: Path, damage: Damage, element: str, code: str, what: str
) -> None:
    document = tiny()
    damage(document.getModel())
    report = report_on(document, tmp_path)
    assert ours(report) == [(element, code)]
    covered, total = share(report, what)
    assert covered == total - 1
    foreign = report_on(document, tmp_path, require_coverage=False)
    assert ours(foreign) == []
    assert foreign.coverage == report.coverage


@pytest.mark.parametrize("kind", ["compartments", "events", "model"])
def test_other_sbo_terms_are_counted_but_not_required(tmp_path: Path, kind: str) -> None:
    document = tiny()
    model = document.getModel()
    {"compartments": model.getCompartment(0), "events": model.getEvent(0), "model": model}[
        kind
    ].unsetSBOTerm()
    report = report_on(document, tmp_path)
    assert report.clean
    covered, total = share(report, f"SBO of {kind}")
    assert covered == total - 1


def test_the_defaults_of_the_model_count_as_units(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    model.getSpecies("neutrophil__blood").unsetSubstanceUnits()
    model.getCompartment("blood").unsetUnits()
    report = report_on(document, tmp_path)
    assert ours(report) == []
    assert share(report, "units of species") == (3, 3)
    model.unsetSubstanceUnits()
    model.unsetVolumeUnits()
    assert set(ours(report_on(document, tmp_path))) == {
        ("species 'neutrophil__blood'", "units"),
        ("compartment 'blood'", "units"),
    }


def test_local_parameters_need_units_and_sbo_too(tmp_path: Path) -> None:
    document = tiny()
    local = document.getModel().getReaction("death").getKineticLaw().createLocalParameter()
    local.setId("k")
    local.setValue(1.0)
    name = "local parameter 'k' of 'death'"
    assert set(ours(report_on(document, tmp_path))) == {(name, "units"), (name, "sbo")}


def test_technical_species_are_not_counted(tmp_path: Path) -> None:
    report = report_on(tiny(), tmp_path)
    assert share(report, "MIRIAM of species") == (2, 2)


def test_technical_of_another_namespace_does_not_exempt(tmp_path: Path) -> None:
    document = tiny()
    other = TECHNICAL.replace("immacro.readthedocs.io", "example.org")
    document.getModel().getSpecies("drug__blood").setAnnotation(other)
    assert ours(report_on(document, tmp_path)) == [("species 'drug__blood'", "miriam")]


def test_a_taxon_or_a_paper_does_not_identify_a_species(tmp_path: Path) -> None:
    document = tiny()
    species = document.getModel().getSpecies("neutrophil__blood")
    species.unsetCVTerms()
    annotate(species, "taxonomy:10090", libsbml.BQB_HAS_TAXON)
    annotate(species, "pubmed:12345", libsbml.BQB_IS_DESCRIBED_BY)
    assert ours(report_on(document, tmp_path)) == [("species 'neutrophil__blood'", "miriam")]
    annotate(species, "uniprot:P09920", libsbml.BQB_HAS_PART)
    assert report_on(document, tmp_path).clean


@pytest.mark.parametrize(
    ("term", "root"),
    [
        ("CL:775", "https://identifiers.org/"),
        ("CL:0000775", "http://identifiers.org/"),
        ("CL:0000775", "urn:miriam:cl:"),
        ("cl/CL:0000775", "https://identifiers.org/"),
        ("CELL:0000775", "https://identifiers.org/"),
    ],
)
def test_a_malformed_identifier_is_reported_and_does_not_count(
    tmp_path: Path, term: str, root: str
) -> None:
    document = tiny()
    species = document.getModel().getSpecies("neutrophil__blood")
    species.unsetCVTerms()
    annotate(species, term, root=root)
    name = "species 'neutrophil__blood'"
    assert set(ours(report_on(document, tmp_path))) == {(name, "miriam"), (name, "identifier")}
    assert ours(report_on(document, tmp_path, require_coverage=False)) == []


def test_malformed_identifiers_are_found_on_parameters_and_reactions(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    for element in (model, model.getParameter("death_rate"), model.getReaction("death")):
        annotate(element, "doi:not-a-doi", libsbml.BQB_IS_DESCRIBED_BY)
    assert ours(report_on(document, tmp_path)) == [
        ("parameter 'death_rate'", "identifier"),
        ("reaction 'death'", "identifier"),
        ("model 'tiny_mouse'", "identifier"),
    ]


@pytest.mark.parametrize("require", [True, False])
def test_a_missing_stoichiometry_is_always_an_error(tmp_path: Path, require: bool) -> None:
    document = tiny()
    reference = document.getModel().getReaction("death").getReactant(0)
    reference.unsetStoichiometry()
    reference.setConstant(True)
    if not require:  # a rule without a variable computes no stoichiometry
        document.getModel().createAlgebraicRule().setMath(formula("drug_fold - stimulation"))
    report = report_on(document, tmp_path, require_coverage=require)
    assert report.counts["errors"] == 0  # libsbml says nothing
    assert ours(report) == [("reaction 'death'", "stoichiometry")]
    assert "neutrophil__blood" in report.messages[-1].text


def test_a_computed_stoichiometry_is_not_missing(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    reference = model.getReaction("death").getReactant(0)
    reference.unsetStoichiometry()
    reference.setId("dying")
    assignment = model.createInitialAssignment()
    assignment.setSymbol("dying")
    assignment.setMath(formula("2 dimensionless"))
    assert ours(report_on(document, tmp_path)) == []


@pytest.mark.parametrize(
    "term",
    [
        "CL:0000451", "cl:0000451", "UBERON:0000178", "hgnc:2439", "hgnc:HGNC:2439", "HGNC:2439",
        "CHEBI:17234", "chebi:17234", "uniprot:P09920", "uniprot:A0A024R161", "taxonomy:10090",
        "NCBITaxon:9606", "ncbitaxon:9606", "pubmed:33024295", "doi:10.1038/s41577-020-00490-y",
        "doi:10.1016/0092-8674(94)90034-5", "MGI:1339751", "GO:0006915", "pmc:PMC1234567",
        "ncit:C12345", "complexportal:CPX-123", "reactome:R-HSA-449836",
    ],
)  # fmt: skip
def test_a_well_formed_identifier_has_no_fault(term: str) -> None:
    assert fault(f"https://identifiers.org/{term}") == ""


@pytest.mark.parametrize(
    "resource",
    [
        "", "CL:0000451", "https://identifiers.org/", "https://identifiers.org/CL",
        "https://identifiers.org/CL:", "https://identifiers.org/CL:00004511",
        "https://identifiers.org/CL:0000451 ", "https://identifiers.org/CL:0000451\n",
        "https://identifiers.org/uniprot/P09920",
        "https://identifiers.org/uniprot:09920", "https://identifiers.org/hgnc:CSF3",
        "https://identifiers.org/doi:https://doi.org/10.1038/x", "https://identifiers.org/pubmed:x",
        "https://identifiers.org/CL:\u0661\u0662\u0663\u0664\u0665\u0666\u0667",
        "http://identifiers.org/CL:0000451", "https://evil.example/CL:0000451",
    ],
)  # fmt: skip
def test_a_malformed_identifier_has_a_fault_that_quotes_it(resource: str) -> None:
    assert resource in fault(resource)
    assert fault(resource)

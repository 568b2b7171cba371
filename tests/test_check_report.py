from __future__ import annotations

import time
from pathlib import Path

import libsbml
import pytest
from sbml_factory import (
    add_parameter,
    add_reaction,
    add_species,
    save,
    set_law,
    set_rule,
    tiny,
)

import immacro
from immacro.check import Coverage, check, read_sbml
from immacro.check.coverage import check_coverage
from immacro.check.scale import check_scale

SHIPPED = sorted((Path(immacro.__file__).parents[2] / "sbml").glob("*/*.xml"))


@pytest.mark.parametrize("version", [1, 2])
def test_a_complete_model_has_no_message_in_either_version(tmp_path: Path, version: int) -> None:
    report = check(save(tiny(3, version), tmp_path))
    assert report.messages == ()
    assert report.clean
    assert report.counts == {"errors": 0, "warnings": 0, "scale": 0, "coverage": 0}
    assert all(row.share == 1 for row in report.coverage)


@pytest.mark.skipif(not SHIPPED, reason="no SBML is built yet")
@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_shipped_file_has_no_message(path: Path) -> None:
    assert [str(message) for message in check(path).messages] == []


@pytest.mark.skipif(not SHIPPED, reason="no SBML is built yet")
@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_wrong_scale_in_any_unit_of_a_shipped_file_is_seen(path: Path) -> None:
    """Every unit that a formula depends on, made a million times larger, must be noticed."""
    document = read_sbml(path)
    definitions = document.getModel().getListOfUnitDefinitions()
    used = {p.getUnits() for p in document.getModel().getListOfParameters()}
    unseen = []
    for definition in definitions:
        if definition.getId() not in used or not definition.getNumUnits():
            continue
        unit = definition.getUnit(0)
        unit.setScale(unit.getScale() + 6)
        if not check_scale(document):
            unseen.append(definition.getId())
        unit.setScale(unit.getScale() - 6)
    assert unseen == []


def test_libsbml_errors_and_warnings_are_counted_apart(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    model.getParameter("death_rate").unsetUnits()
    set_law(document, "birth", "production * missing")
    report = check(save(document, tmp_path))
    assert report.counts["errors"] >= 1
    assert report.counts["coverage"] == 1
    assert not report.clean
    (error,) = [m for m in report.messages if m.source == "libsbml" and m.severity == "error"]
    assert error.code == "10215"  # a <ci> that names nothing
    assert "missing" in error.text
    assert error.line > 0


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("units", "10541"), ("sbo", "10707"), ("practice", "80701"), ("overdetermined", "10601"),
        ("identifiers", "10301"),
    ],
)  # fmt: skip
def test_every_category_of_libsbml_is_on(tmp_path: Path, name: str, code: str) -> None:
    document = tiny()
    model = document.getModel()
    if name == "units":
        set_law(document, "death", "death_rate * blood")
    elif name == "sbo":
        model.getReaction("death").setSBOTerm("SBO:0000240")
    elif name == "practice":
        model.getParameter("death_rate").unsetUnits()
    elif name == "overdetermined":
        rule = model.createAlgebraicRule()
        rule.setMath(libsbml.parseL3Formula("production - production"))
    else:
        model.getParameter("death_rate").setId("blood")
    codes = {m.code for m in check(save(document, tmp_path)).messages if m.source == "libsbml"}
    assert code in codes


def test_the_report_prints_a_line_and_a_table(tmp_path: Path) -> None:
    document = tiny()
    set_rule(document, "neutrophil_blood", "neutrophil__blood / blood")
    document.getModel().getParameter("death_rate").unsetSBOTerm()
    path = save(document, tmp_path)
    report = check(path)
    assert report.summary() == f"{path}: not clean (0 errors, 0 warnings, 1 scale, 1 coverage)"
    rows = dict(report.rows())
    assert rows["scale messages"] == "1"
    assert rows["SBO of parameters"] == "8/9 (88 %)"
    assert [str(m).partition(": ")[0] for m in report.messages] == [
        f"line {m.line}" for m in report.messages
    ]


def test_one_gap_in_a_thousand_never_reads_as_complete() -> None:
    assert "(99 %)" in str(Coverage("units of parameters", 999, 1000, ("k",)))
    assert Coverage("SBO of events", 0, 0).share == 1


@pytest.mark.slow
def test_300_species_and_2000_reactions_are_checked_in_seconds(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    for i in range(300):
        add_species(model, f"s{i}", "blood", 1.0, "CL:0000775")
    for i in range(2000):
        a, b, c = f"s{i % 300}", f"s{(7 * i + 1) % 300}", f"s{(11 * i + 5) % 300}"
        add_parameter(model, f"k{i}", 1.0, "litre/day/item")
        law = f"k{i} * {a} * {b} / blood * ( 1 dimensionless + {c} / ( {c} + drug_half * blood ) )"
        add_reaction(model, f"r{i}", [a], [b], law)
    path = save(document, tmp_path)
    start = time.process_time()
    read = read_sbml(path)
    assert check_scale(read) == []
    check_coverage(read)
    assert time.process_time() - start < 10
    assert [str(m) for m in check(path).messages] == []
    assert time.process_time() - start < 30

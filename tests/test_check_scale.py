from __future__ import annotations

from pathlib import Path

import libsbml
import pytest
from sbml_factory import (
    add_event,
    add_function,
    add_parameter,
    add_reaction,
    add_species,
    formula,
    save,
    set_initial,
    set_law,
    set_rule,
    tiny,
)

from immacro import units
from immacro.check import Message, check, read_sbml
from immacro.check.consistency import check_consistency
from immacro.check.scale import check_scale


def found(
    document: libsbml.SBMLDocument, folder: Path, *, strict: bool = True
) -> list[tuple[str, str]]:
    """Return (element, code) of the scale messages of a file."""
    return [(m.element, m.code) for m in messages(document, folder, strict=strict)]


def messages(document: libsbml.SBMLDocument, folder: Path, *, strict: bool = True) -> list[Message]:
    return check_scale(read_sbml(save(document, folder)), strict=strict)


def test_a_count_per_litre_declared_per_microlitre_is_reported_with_its_factor(
    tmp_path: Path,
) -> None:
    document = tiny()
    set_rule(document, "neutrophil_blood", "neutrophil__blood / blood")
    path = save(document, tmp_path)
    assert check_consistency(read_sbml(path)) == []  # libsbml sees nothing: dimensions agree
    (message,) = check(path).messages
    assert message.element == "assignment rule of 'neutrophil_blood'"
    assert message.code == "factor"
    assert message.severity == "error"
    assert path.read_text("utf-8").splitlines()[message.line - 1].count("<assignmentRule") == 1
    for words in ("is item/litre", "declared item_per_microlitre", "factor of 1e+06"):
        assert words in message.text


def test_a_small_factor_is_reported_and_one_of_rounding_is_not(tmp_path: Path) -> None:
    document = tiny()
    unit = document.getModel().getUnitDefinition("one_per_day").getUnit(0)
    unit.setMultiplier(86400 * (1 + 1e-12))
    assert found(document, tmp_path) == []
    unit.setMultiplier(86400 * 1.001)
    elements = [element for element, _ in found(document, tmp_path)]
    assert "kinetic law of 'egress'" in elements


WRONG = {
    "a kinetic law per volume": ("law", "death", "death_rate * neutrophil_blood", "dimension"),
    "a kinetic law without time": ("law", "death", "neutrophil__blood", "dimension"),
    "a kinetic law times a time": (
        "law",
        "death",
        "death_rate * neutrophil__blood * 3 day",
        "dimension",
    ),
    "a sum of unequal scales": (
        "law",
        "death",
        "death_rate * blood * (neutrophil__blood / blood + neutrophil_blood)",
        "factor",
    ),
    "a sum of unequal dimensions": (
        "law",
        "death",
        "death_rate * (neutrophil__blood + blood)",
        "dimension",
    ),
    "an exponential of a concentration": (
        "rule",
        "stimulation",
        "exp(drug__blood / blood)",
        "dimension",
    ),
    "an exponential of a ratio of scales": (
        "rule",
        "stimulation",
        "exp(drug__blood / blood / neutrophil_blood)",
        "factor",
    ),
    "a logarithm of a unit": ("rule", "stimulation", "ln(drug__blood)", "dimension"),
    "a sine of a time": ("rule", "stimulation", "sin(time)", "dimension"),
    "an exponent with a unit": ("rule", "stimulation", "drug_fold ^ blood", "dimension"),
    "a power that is no number": (
        "rule",
        "stimulation",
        "(drug__blood / blood / drug_half * drug__blood) ^ stimulation / drug__blood",
        "exponent",
    ),
    "a wrong power": (
        "rule",
        "stimulation",
        "(drug__blood / blood)^2 / drug_half",
        "dimension",
    ),
    "a wrong root": ("rule", "stimulation", "sqrt(drug__blood) / drug__blood", "dimension"),
    "a piecewise of two units": (
        "rule",
        "stimulation",
        "piecewise(drug_fold, time > drug_start, neutrophil__blood)",
        "dimension",
    ),
    "a comparison of two units": (
        "rule",
        "stimulation",
        "piecewise(drug_fold, time > drug_dose, 1 dimensionless)",
        "dimension",
    ),
    "a comparison of two scales": (
        "rule",
        "stimulation",
        "piecewise(drug_fold, drug__blood / blood > neutrophil_blood, 1 dimensionless)",
        "factor",
    ),
    "an initial assignment per litre": (
        "initial",
        "neutrophil__blood",
        "production / death_rate / blood",
        "dimension",
    ),
    "a literal in the wrong unit": (
        "law",
        "birth",
        "production * (stimulation + 1 item)",
        "dimension",
    ),
}


@pytest.mark.parametrize(("place", "name", "text", "code"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_formula_is_reported_where_it_stands(
    tmp_path: Path, place: str, name: str, text: str, code: str
) -> None:
    document = tiny()
    setter = {"law": set_law, "rule": set_rule, "initial": set_initial}[place]
    kind = {"law": "kinetic law", "rule": "assignment rule", "initial": "initial assignment"}[place]
    setter(document, name, text)
    found_here = found(document, tmp_path)
    assert (f"{kind} of '{name}'", code) in found_here
    assert {element for element, _ in found_here} == {f"{kind} of '{name}'"}


RIGHT = {
    "a Hill function of a constant exponent": (
        "stimulation",
        "(drug__blood/blood)^drug_fold / ((drug__blood/blood)^drug_fold + drug_half^drug_fold)",
    ),
    "a variable power of a pure ratio": (
        "stimulation",
        "(drug__blood / blood / drug_half) ^ stimulation_2",
    ),
    "an exponential of a pure ratio": ("stimulation", "exp(-drug__blood / (blood * drug_half))"),
    "a root of a square": ("stimulation", "sqrt(drug__blood^2) / drug__blood"),
    "a cube root of a product": ("stimulation", "root(3, blood^2 * blood) / blood"),
    "a power of two thirds and back": ("stimulation", "(blood^(2/3))^1.5 / blood"),
    "a rate times a time": ("stimulation", "death_rate * time"),
    "three tenths": ("stimulation", "blood^0.1 * blood^0.1 * blood^0.1 / blood^0.3"),
    "a computed exponent": ("stimulation", "blood^(drug_fold - 3 dimensionless) / blood^2"),
    "a base of logarithms": ("stimulation", "log10(drug_fold) + log(2, drug_fold)"),
    "floor and abs": ("neutrophil_blood", "floor(abs(-neutrophil_blood_2))"),
    "booleans": (
        "stimulation",
        "piecewise(drug_fold, (time > drug_start) && !(blood < bone_marrow), 0 dimensionless)",
    ),
    "the unit of a reaction": ("stimulation", "death / production"),
    "pi and e": ("stimulation", "pi * exponentiale"),
}


@pytest.mark.parametrize(("name", "text"), RIGHT.values(), ids=RIGHT.keys())
def test_a_right_formula_gives_no_message(tmp_path: Path, name: str, text: str) -> None:
    document = tiny()
    add_parameter(document.getModel(), "stimulation_2", None, "dimensionless")
    add_parameter(document.getModel(), "neutrophil_blood_2", None, "item/microlitre")
    set_rule(document, name, text)
    assert found(document, tmp_path) == []


def test_min_and_max_of_level_3_version_2_are_understood(tmp_path: Path) -> None:
    document = tiny(3, 2)
    set_rule(
        document, "stimulation", "max(1 dimensionless, min(drug_fold, drug__blood / drug_dose))"
    )
    assert check(save(document, tmp_path)).clean
    set_rule(document, "stimulation", "max(1 dimensionless, min(drug_fold, drug__blood))")
    assert found(document, tmp_path) == [("assignment rule of 'stimulation'", "dimension")]


def test_rem_quotient_and_rate_of_of_level_3_version_2_are_understood(tmp_path: Path) -> None:
    document = tiny(3, 2)
    set_rule(
        document, "stimulation", "quotient(time, drug_start) + rem(drug_fold, 2 dimensionless)"
    )
    assert found(document, tmp_path) == []
    set_rule(document, "stimulation", "rateOf(neutrophil__blood) / production")
    assert found(document, tmp_path) == []
    set_rule(document, "stimulation", "rateOf(neutrophil__blood)")
    assert found(document, tmp_path) == [("assignment rule of 'stimulation'", "dimension")]


def test_a_rate_rule_must_be_its_target_per_time(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    add_parameter(model, "volume", 1.0, "litre")
    model.getParameter("volume").setConstant(False)
    rule = model.createRateRule()
    rule.setVariable("volume")
    rule.setMath(formula("death_rate * volume"))
    assert found(document, tmp_path) == []
    rule.setMath(formula("volume"))
    assert found(document, tmp_path) == [("rate rule of 'volume'", "dimension")]


def test_every_formula_of_an_event_is_checked(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    add_event(model, "bad", "time >= drug_dose", "drug__blood", "drug__blood + drug_half")
    event = model.getEvent("bad")
    event.setUseValuesFromTriggerTime(True)
    event.createDelay().setMath(formula("drug_dose"))
    event.createPriority().setMath(formula("drug_dose"))
    assert set(found(document, tmp_path)) == {
        ("trigger of event 'bad'", "dimension"),
        ("delay of event 'bad'", "dimension"),
        ("priority of event 'bad'", "dimension"),
        ("assignment by event 'bad' of 'drug__blood'", "dimension"),
    }


def test_a_species_means_its_concentration_unless_it_has_only_substance_units(
    tmp_path: Path,
) -> None:
    document = tiny()
    document.getModel().getSpecies("neutrophil__blood").setHasOnlySubstanceUnits(False)
    elements = {element for element, _ in found(document, tmp_path)}
    assert elements == {
        "kinetic law of 'death'",
        "assignment rule of 'neutrophil_blood'",
        "initial assignment of 'neutrophil__blood'",
    }
    set_law(document, "death", "death_rate * neutrophil__blood * blood")
    set_rule(document, "neutrophil_blood", "neutrophil__blood * 1e-6 litre_per_microlitre")
    set_initial(document, "neutrophil__blood", "production / death_rate / blood")
    assert found(document, tmp_path) == []


def test_a_species_counted_otherwise_than_its_reactions_is_reported_with_the_factor(
    tmp_path: Path,
) -> None:
    document = tiny()
    model = document.getModel()
    thousand = model.createUnitDefinition()
    thousand.setId("kilo_item")
    unit = thousand.createUnit()
    unit.setKind(libsbml.UNIT_KIND_ITEM)
    unit.setExponent(1)
    unit.setScale(3)
    unit.setMultiplier(1)
    add_species(model, "other__blood", "blood", 0.0, None)
    model.getSpecies("other__blood").setSubstanceUnits("kilo_item")
    add_reaction(model, "making", [], ["other__blood"], "production")
    (message,) = messages(document, tmp_path)
    assert message.element == "species 'other__blood'"
    assert "factor of 1000" in message.text
    add_parameter(model, "per_item", 1e-3, "dimensionless")
    units.write_definition(model, "1/item")
    model.getParameter("per_item").setUnits("kilo_item")
    model.getSpecies("other__blood").setConversionFactor("per_item")
    assert [code for _, code in found(document, tmp_path)] == ["dimension"]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("rule", "1 + drug_fold * 2"),
        ("rule", "piecewise(1, time > drug_start, 2 dimensionless)"),
        ("law", "1e6 * death_rate * neutrophil__blood"),
        ("law", "production * (stimulation > 0)"),
    ],
)
def test_a_literal_without_a_unit_is_reported_in_our_files(
    tmp_path: Path, place: str, text: str
) -> None:
    document = tiny()
    if place == "rule":
        set_rule(document, "stimulation", text)
    else:
        set_law(document, "death", text)
    codes = {code for _, code in found(document, tmp_path)}
    assert codes == {"literal"}


def test_exponents_roots_and_bases_of_logarithms_need_no_unit(tmp_path: Path) -> None:
    document = tiny()
    set_rule(document, "stimulation", "drug_fold^2 + root(3, drug_fold) + log(7, drug_fold^(-1/2))")
    assert found(document, tmp_path) == []


def test_a_literal_without_a_unit_hides_no_factor_in_foreign_files(tmp_path: Path) -> None:
    document = tiny()
    set_rule(document, "neutrophil_blood", "1e-6 * neutrophil__blood / blood")
    (message,) = messages(document, tmp_path, strict=False)
    assert message.code == "factor"
    assert message.severity == "warning"  # the literal may have meant litre per microlitre
    assert "numbers without units" in message.text
    set_rule(document, "stimulation", "drug_fold + 1")
    assert len(messages(document, tmp_path, strict=False)) == 1


def test_what_has_no_unit_gives_no_scale_message(tmp_path: Path) -> None:
    document = tiny()
    document.getModel().getParameter("death_rate").unsetUnits()
    assert found(document, tmp_path) == []
    set_law(document, "death", "death_rate * (neutrophil__blood + blood)")
    assert found(document, tmp_path) == [("kinetic law of 'death'", "dimension")]


def test_functions_are_followed_with_the_units_of_their_arguments(tmp_path: Path) -> None:
    document = tiny()
    add_function(document, "hill", "lambda(x, k, n, x^n / (k^n + x^n))")
    add_function(document, "twice_hill", "lambda(x, k, hill(x, k, 2) + hill(x, k, 3))")
    set_rule(document, "stimulation", "twice_hill(drug__blood / blood, drug_half)")
    # The exponents are arguments, so their literals stand outside of any exponent.
    assert set(found(document, tmp_path)) == {("function 'twice_hill'", "literal")}
    set_rule(document, "stimulation", "hill(drug__blood / blood, neutrophil_blood, drug_fold)")
    found_here = messages(document, tmp_path, strict=False)
    assert {m.element for m in found_here} == {"assignment rule of 'stimulation'"}
    assert "calls 'hill'" in found_here[0].text
    assert "factor of" in found_here[0].text


def test_avogadro_takes_moles_to_items(tmp_path: Path) -> None:
    document = tiny()
    units.write_definition(document.getModel(), "mole/day")
    add_parameter(document.getModel(), "production_mole", 1e-16, "mole/day")
    set_law(document, "birth", "production_mole * avogadro")
    assert found(document, tmp_path) == []
    set_law(document, "birth", "production_mole")
    (message,) = messages(document, tmp_path)
    assert message.code == "factor"
    assert "1.66054e-24" in message.text


def test_local_parameters_shadow_global_ones(tmp_path: Path) -> None:
    document = tiny()
    law = document.getModel().getReaction("death").getKineticLaw()
    local = law.createLocalParameter()
    local.setId("death_rate")
    local.setValue(1.0)
    local.setUnits("item")
    assert found(document, tmp_path) == [("kinetic law of 'death'", "dimension")]


@pytest.mark.parametrize(
    ("attribute", "value"), [("Multiplier", 0.0), ("Exponent", float("nan")), ("Exponent", 1e6)]
)
def test_an_absurd_unit_is_reported_once(tmp_path: Path, attribute: str, value: float) -> None:
    document = tiny()
    unit = document.getModel().getUnitDefinition("one_per_day").getUnit(0)
    getattr(unit, f"set{attribute}")(value)
    text = libsbml.writeSBMLToString(document)
    path = tmp_path / "absurd.xml"
    path.write_text(text)
    report = check(path)
    assert [m.code for m in report.messages if "one_per_day" in m.element] == ["unchecked"]


def test_a_kind_of_unit_that_cannot_be_checked_is_said_once(tmp_path: Path) -> None:
    document = tiny()
    model = document.getModel()
    definition = model.createUnitDefinition()
    definition.setId("strange")
    unit = definition.createUnit()
    unit.setKind(libsbml.UNIT_KIND_KATAL)
    unit.setExponent(1)
    unit.setScale(0)
    unit.setMultiplier(1)
    for name in ("production", "death_rate"):
        model.getParameter(name).setUnits("strange")
    codes = [(m.element, m.code) for m in messages(document, tmp_path, strict=False)]
    assert codes.count(("unit 'strange'", "unchecked")) <= 1
    assert codes


LEVEL_2 = """<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4">
<model id="old"><listOfUnitDefinitions>{substance}<unitDefinition id="per_second"><listOfUnits>
<unit kind="second" exponent="-1"/></listOfUnits></unitDefinition></listOfUnitDefinitions>
<listOfCompartments><compartment id="c" size="1"/></listOfCompartments>
<listOfSpecies><species id="s" compartment="c" initialConcentration="1"/></listOfSpecies>
<listOfParameters><parameter id="k" value="1" units="per_second"/>
<parameter id="n" value="1" units="mole"/></listOfParameters>
<listOfReactions><reaction id="r"><listOfReactants><speciesReference species="s">
{stoichiometry}</speciesReference></listOfReactants><kineticLaw>
<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>k</ci>{amount}</apply></math>
</kineticLaw></reaction></listOfReactions></model></sbml>"""
MILLIMOLE = """<unitDefinition id="substance"><listOfUnits><unit kind="mole" scale="-3"/>
</listOfUnits></unitDefinition>"""
STOICHIOMETRY = """<stoichiometryMath><math xmlns="http://www.w3.org/1998/Math/MathML">
<ci>n</ci></math></stoichiometryMath>"""


def level_2(folder: Path, amount: str, substance: str = "", stoichiometry: str = "") -> list[str]:
    path = folder / "old.xml"
    path.write_text(LEVEL_2.format(amount=amount, substance=substance, stoichiometry=stoichiometry))
    return [m.text for m in check_scale(read_sbml(path), strict=False)]


def test_the_default_units_of_level_2_are_known(tmp_path: Path) -> None:
    assert level_2(tmp_path, "<ci>s</ci><ci>c</ci>") == []
    assert level_2(tmp_path, "<ci>n</ci>") == []
    (text,) = level_2(tmp_path, "<ci>s</ci>")
    assert "is mole/second/litre, but extent per time is mole/second" in text


def test_the_default_units_of_level_2_can_be_redefined(tmp_path: Path) -> None:
    assert level_2(tmp_path, "<ci>s</ci><ci>c</ci>", MILLIMOLE) == []
    (text,) = level_2(tmp_path, "<ci>n</ci>", MILLIMOLE)
    assert "off by a factor of 0.001" in text


def test_a_stoichiometry_of_level_2_is_dimensionless(tmp_path: Path) -> None:
    (text,) = level_2(tmp_path, "<ci>s</ci><ci>c</ci>", stoichiometry=STOICHIOMETRY)
    assert "stoichiometry of 's' in 'r'" in text

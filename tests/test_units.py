"""Units: what a literature unit becomes inside a model and in SBML."""

import libsbml
import pytest

from immacro import units
from immacro.errors import LedgerError


@pytest.mark.parametrize(
    ("literature", "model"),
    [
        ("1/(nM*s)", "litre/day/item"),
        ("cell/mL", "item/litre"),
        ("kDa/molecule", "picogram/item"),
        ("1/h", "1/day"),
        ("dimensionless", "dimensionless"),
        ("pL", "litre"),
        ("nM/s", "item/litre/day"),
    ],
)
def test_a_literature_unit_has_one_canonical_model_unit(literature, model):
    assert units.parse(units.canonical(literature)) == units.parse(model)


def test_a_molar_concentration_becomes_items_through_avogadro():
    assert units.convert(1, "nM", "item/litre") == pytest.approx(6.02214076e14, rel=1e-12)


def test_a_molecular_mass_in_dalton_becomes_picograms_per_molecule():
    assert units.convert(18.8, "kDa/molecule", "picogram/item") == pytest.approx(
        3.1218e-8, rel=1e-4
    )


def test_a_second_order_rate_constant_converts_by_avogadro_and_time():
    expected = 0.02 * 86400 / 6.02214076e14
    assert units.convert(0.02, "1/(nM*s)", "litre/day/item") == pytest.approx(expected, rel=1e-12)


def test_a_mass_concentration_does_not_silently_become_a_molar_one():
    with pytest.raises(LedgerError, match="cannot be expressed"):
        units.convert(1, "pg/mL", "nM")


@pytest.mark.parametrize("text", ["furlong*", "nMol//s", "bananas"])
def test_nonsense_is_not_a_unit(text):
    with pytest.raises(LedgerError, match="not a unit"):
        units.parse(text)


def test_a_temperature_is_refused_as_foreign_to_the_models():
    with pytest.raises(LedgerError, match="dimension"):
        units.canonical("kelvin")


@pytest.mark.parametrize(
    "text",
    ["item/litre", "litre/item/day", "1/day", "picogram/millilitre", "item/microlitre",
     "milligram/kilogram", "litre/microlitre", "item"],
)  # fmt: skip
def test_an_sbml_unit_definition_reads_back_as_the_same_unit(text):
    document = libsbml.SBMLDocument(3, 1)
    model = document.createModel()
    identifier = units.write_definition(model, text)
    assert units.same(units.from_id(model, identifier), units.REGISTRY.Quantity(1.0, text))


def test_scale_matters_when_units_are_compared():
    a, b = (units.REGISTRY.Quantity(1.0, u) for u in ("item/litre", "item/microlitre"))
    assert not units.same(a, b)

"""The builder: symbolic volumes, complete SBML, refusals, and the same bytes every time."""

import os
import subprocess
import sys
from pathlib import Path

import libsbml
import pytest

from immacro import catalogue, ledger
from immacro.build import Assembly, build_model, miriam, network
from immacro.build.document import Document
from immacro.build.formula import to_math
from immacro.check.scale import check_scale
from immacro.errors import BuildError, LedgerError

HEADER = "id,role,value,unit,model_unit,low,high,distribution,host,status,source,derivation,name\n"
ROWS = (
    "pot,compartment,2,L,,1,4,loguniform,any,assumed,,test,pot\n"
    "kon,rate,3,litre/item/day,,1,9,loguniform,any,assumed,,test,association\n"
    "koff,rate,0.5,1/day,,0.1,1,loguniform,any,assumed,,test,dissociation\n"
    "made,rate,7,item/litre/day,,1,9,loguniform,any,assumed,,test,production\n"
    "start,initial,100,item,,10,1000,loguniform,any,assumed,,test,start\n"
)


@pytest.fixture
def numbers(tmp_path):
    (tmp_path / "parameters.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return ledger.read(tmp_path, "mouse")


def binding(numbers):
    """A + A <-> A:A in a pot, A made and lost."""
    a = Assembly("toy", numbers)
    pot = a.compartment("pot")
    monomer = a.monomer("A", ("d",))
    single = monomer(d=None) ** pot
    pair = monomer(d=1) ** pot % monomer(d=1) ** pot
    a.rule("pairs", single + single | pair, a.p("kon"), a.p("koff"), kind="binding", note="binds")
    a.rule("made_anew", None >> single, a.p("made"), kind="production", note="made")
    a.rule("lost", single >> None, a.p("koff"), kind="degradation", note="lost")
    a.initial(single, a.p("start"))
    a.observe("total", 1 * a.amount("a_total", single, "A"), "item", "free A")
    return a


def document(assembly):
    terms = miriam.Terms({"model": [], "pot": [("", "technical")], "A": [("", "technical")]},
                         {"A": "SBO:0000252"})  # fmt: skip
    net = network.generate(assembly.model)
    return Document(assembly, net, terms, "A toy", "A toy.")


def test_a_bimolecular_law_divides_by_the_compartment_by_name(numbers):
    laws = {r.rule: r.law for r in network.generate(binding(numbers).model).reactions
            if not r.reverse}  # fmt: skip
    a, kon, size = laws["pairs"].as_coefficients_dict(), "kon", "pot_size"
    ((term, factor),) = a.items()
    assert float(factor) == 0.5, "a pair of equal molecules meets half as often"
    assert {s.name for s in term.free_symbols} == {kon, size, "__s0"}


def test_a_synthesis_multiplies_by_the_compartment_by_name(numbers):
    built = document(binding(numbers))  # the model lives as long as its document
    law = libsbml.formulaToL3String(built.model.getReaction("made_anew").getKineticLaw().getMath())
    assert law.replace(" ", "") in ("made*pot", "pot*made")


def test_every_species_reference_has_a_stoichiometry(numbers):
    built = document(binding(numbers))
    pairs = built.model.getReaction("pairs")
    assert pairs.getNumReactants() == 1
    assert pairs.getReactant(0).getStoichiometry() == 2


def test_every_literal_carries_a_unit(numbers):
    assert check_scale(document(binding(numbers)).document) == []


def test_a_definition_in_the_wrong_scale_is_found(numbers):
    a = binding(numbers)
    amount = a.model.observables["a_total"]
    a.observe("density", amount / a.volume("pot"), "item/microlitre", "A per volume")
    (message,) = check_scale(document(a).document)
    assert "density" in str(message)


def test_a_definition_of_the_wrong_dimension_is_found(numbers):
    a = binding(numbers)
    a.define("nonsense", a.p("koff") + a.p("made"), "1/day", "a rate plus a flux")
    assert check_scale(document(a).document)


def test_declaring_a_monomer_twice_alike_is_composition(numbers):
    a = binding(numbers)
    assert a.monomer("A", ("d",)) is a.monomer("A", ("d",))


def test_declaring_a_monomer_twice_differently_is_refused(numbers):
    with pytest.raises(BuildError, match="declare 'A' with different sites"):
        binding(numbers).monomer("A", ("d", "e"))


def test_declaring_an_expression_twice_is_refused(numbers):
    a = binding(numbers)
    a.define("twice", a.p("koff"), "1/day", "a rate")
    with pytest.raises(BuildError, match="declared twice"):
        a.define("twice", a.p("kon"), "1/day", "another")


def test_a_rule_may_not_use_a_number_without_a_row(numbers):
    with pytest.raises(LedgerError, match="no row for mouse"):
        binding(numbers).p("kcat")


def test_mathematics_that_level_3_version_1_lacks_is_refused():
    import sympy

    x = sympy.Symbol("a")
    with pytest.raises(BuildError, match="Level 3 Version 1"):
        to_math(sympy.Max(x, 1), {})


def test_a_division_keeps_its_shape():
    import sympy

    a, b, c = sympy.symbols("a b c")
    text = libsbml.formulaToL3String(to_math(a / (b + c) ** 2, {"a": "alpha"}))
    assert text.replace(" ", "") == "alpha/(b+c)^2"


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "4242"])
@pytest.mark.parametrize("host", ledger.HOSTS)
@pytest.mark.parametrize("name", catalogue.models())
def test_a_build_gives_the_committed_bytes_under_any_hash_seed(name, host, seed):
    script = (
        "import sys; from immacro.build import build_model\n"
        f"b = build_model({name!r}, {host!r})\n"
        "sys.stdout.buffer.write(b.sbml.encode() + b'\\0' + b.net.encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True, check=True,
    )  # fmt: skip
    sbml, net = done.stdout.split(b"\0")
    path = catalogue.sbml_path(name, host)
    assert sbml == path.read_bytes()
    assert net == path.with_suffix(".net").read_bytes()


@pytest.mark.slow
def test_level_3_version_2_comes_from_the_same_builder(tmp_path):
    from immacro.check import check

    path = Path(tmp_path / "l3v2.xml")
    path.write_text(build_model("gcsf_irf8", "mouse", level=(3, 2)).sbml, encoding="utf-8")
    assert 'version="2"' in path.read_text(encoding="utf-8").split(">")[1]
    report = check(path)
    assert report.clean, report.summary()

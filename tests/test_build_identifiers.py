"""Ids are readable, stable and tell apart complexes of the same parts."""

import re

import libsbml
import pytest
from pysb import ANY, Compartment, Initial, Model, Monomer, Parameter, Rule

from immacro import catalogue
from immacro.build import identifiers, network
from immacro.errors import BuildError


def small_model(sites):
    """A scaffold whose tyrosine a kinase modifies; the kinase binds at the given sites."""
    m = Model("m", _export=False)

    def add(component):
        m.add_component(component)
        return component

    size = add(Parameter("size", 1.0, _export=False))
    cell = add(Compartment("cyto", None, 3, size, _export=False))
    k = add(Parameter("rate", 1.0, _export=False))
    scaffold = add(Monomer("S", ["a", "b", "y"], {"y": ["u", "p"]}, _export=False))
    kinase = add(Monomer("K", ["s"], _export=False))
    for site in sites:
        free, bound = {site: None}, {site: 1}
        add(Rule(f"bind_{site}", scaffold(**free) ** cell + kinase(s=None) ** cell
                 | scaffold(**bound) ** cell % kinase(s=1) ** cell,
                 k, k, _export=False))  # fmt: skip
    add(Rule("modify", scaffold(a=ANY, y="u") >> scaffold(a=ANY, y="p"), k, _export=False))
    m.add_initial(Initial(scaffold(a=None, b=None, y="u") ** cell, k, _export=False))
    m.add_initial(Initial(kinase(s=None) ** cell, k, _export=False))
    return m


def test_a_species_id_spells_states_and_compartment():
    free = network.generate(small_model(sites="a"))
    assert set(identifiers.species_ids(free)) == {
        "S_y_u__cyto",
        "S_y_p__cyto",
        "K__cyto",
        "K__S_y_u__cyto",
        "K__S_y_p__cyto",
    }


def test_two_complexes_that_would_share_an_id_are_refused():
    with pytest.raises(BuildError, match="'K__S_y_u__cyto'"):
        identifiers.species_ids(network.generate(small_model(sites="ab")))


def test_a_reserved_word_is_refused():
    with pytest.raises(BuildError, match="'time' is reserved"):
        identifiers._unique(["time"])


@pytest.mark.parametrize("host", ["mouse", "human"])
@pytest.mark.parametrize("name", catalogue.models())
def test_no_element_is_named_like_the_model_or_a_reserved_word(name, host):
    document = libsbml.readSBML(str(catalogue.sbml_path(name, host)))
    model = document.getModel()
    lists = (model.getListOfCompartments(), model.getListOfSpecies(), model.getListOfParameters(),
             model.getListOfReactions(), model.getListOfEvents())  # fmt: skip
    ids = [element.getId() for elements in lists for element in elements]
    assert len(ids) == len(set(ids))
    assert model.getId() not in ids
    assert not identifiers.RESERVED.intersection(i.lower() for i in ids)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", i) for i in ids)

"""The model as a table of contents."""

from immacro.models.cd40_pd1_priming import (
    antigen,
    b7,
    cd40,
    drugs,
    expression,
    innate,
    pd1,
    priming,
    readouts,
)
from immacro.models.shared.nfkb import nfkb_core

from immacro.build import Assembly


def write(a: Assembly) -> None:
    """Write a dendritic cell, its contact with a T cell, and the T cells that it primes."""
    blood, node, dendritic, contact = map(
        a.compartment, ("blood", "dln", "dendritic_cell", "contact")
    )
    drug = drugs.given(a, blood)

    routes = (*cd40.clustered(a, node, dendritic, drug["cd40_agonist"]),
              innate.toll_like_receptor(a, node, dendritic))  # fmt: skip
    nfkb = nfkb_core(a, dendritic, innate.signal_to_ikk(a, dendritic, routes))
    made = expression.by_nfkb(a, node, dendritic, nfkb.nuclear)

    tcr = antigen.recognised(a, node, contact)
    b7.costimulation(a, node, contact, made, tcr.engaged, drug["anti_ctla4"])
    shp2 = pd1.inhibition(a, contact, made, tcr.engaged, drug)
    pd1.dephosphorylates(a, contact, shp2)

    active = priming.coincidence(a, contact, tcr.signalling)
    priming.cells(a, node, active)
    readouts.observe(a, contact, nfkb.nuclear)

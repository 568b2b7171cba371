"""The places of the body."""

from typing import Any, NamedTuple

from immacro.build import Assembly


class Body(NamedTuple):
    """The compartments."""

    blood: Any
    bone_marrow: Any
    spleen: Any
    dln: Any
    tumour: Any
    pre_dc: Any
    dendritic_cell: Any
    nk_cell: Any


def compartments(a: Assembly) -> Body:
    """Blood, marrow, spleen, draining node, tumour, an average pre-DC, dendritic and NK cell."""
    return Body(*map(a.compartment, Body._fields))

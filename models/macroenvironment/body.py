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


def compartments(a: Assembly) -> Body:
    """Blood, marrow, spleen, the tumour's draining node, the tumour and an average pre-DC."""
    return Body(*map(a.compartment, Body._fields))

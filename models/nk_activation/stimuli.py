"""What reaches the cell by a lever: contact with tumour cells, cytokines, assays."""

from typing import Any, NamedTuple

from immacro.models.shared.knock_out import left_by
from immacro.models.shared.levers import acting

from immacro.build import Assembly


class Given(NamedTuple):
    """Strengths now, none in health unless it says otherwise."""

    #: contact with tumour cells in the body, and in a dish
    contact: Any
    #: shedding of B7-H6 over that of the reference tumour
    shedding: Any
    #: chronic cytokines that prime
    priming: Any
    #: NKp30 cross-linked, IL-2 given, dendritic cells added
    crosslink: Any
    il2: Any
    dendritic: Any
    #: share of NKG2A that an antibody leaves, one in health
    nkg2a_left: Any


def given(a: Assembly, blood) -> Given:
    """All levers but TGF-beta, each off unless its strength is set."""
    level = {
        lever: acting(a, lever, blood)
        for lever in ("tumour_contact", "tumour_cell_coculture", "b7h6", "chronic_priming",
                      "nkp30_crosslink", "il2_stimulation", "dc_coculture")
    }  # fmt: skip
    contact = a.define("contact_now", level["tumour_contact"] + a.p("coculture_contact")
                       * level["tumour_cell_coculture"], "dimensionless",
                       "contact with tumour cells over that in the reference tumour")  # fmt: skip
    return Given(
        contact, level["b7h6"], a.p("nk_cytokine_priming") * level["chronic_priming"],
        level["nkp30_crosslink"], level["il2_stimulation"], level["dc_coculture"],
        left_by(a, "anti_nkg2a", blood, "anti_nkg2a_max"),
    )  # fmt: skip

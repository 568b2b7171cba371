"""Antibodies to PD1, PDL1 and CTLA4, and what of PD1 and PDL1 they and knock-outs leave open.

Node and tumour see a share of what is in plasma; what cells bind does not empty it.
"""

from typing import Any, NamedTuple

from immacro.models.shared.knock_out import left_by
from immacro.models.shared.plasma import dosed_level, observe_drug

from immacro.build import Assembly

WORDS = {"anti_pd1": "anti-PD1", "anti_pdl1": "anti-PDL1", "anti_ctla4": "anti-CTLA4"}


class Checkpoint(NamedTuple):
    """By place, ``dln`` or ``tumour``: PD1 and PDL1 that are open (shares, 1 without a drug)."""

    pd1: dict[str, Any]
    pdl1: dict[str, Any]
    #: antibody to CTLA4 in the node (item/litre)
    anti_ctla4_node: Any


def given(a: Assembly, body) -> Checkpoint:
    """The antibodies, and the knock-outs of PD1 and PDL1."""
    p = a.p
    level = {}
    for drug, words in WORDS.items():
        level[drug] = dosed_level(a, drug, body.blood)
        observe_drug(a, drug, level[drug], words)
    reach = {"dln": p("antibody_node_share"), "tumour": p("antibody_tumour_share")}
    late = p("pd1_blockade_late")
    kept = {name: left_by(a, f"{name}_ko_host", body.blood) for name in ("pd1", "pdl1")}
    own = p("pdl1_tumour_share")
    left = {
        "dln": kept["pdl1"] * left_by(a, "pdl1_ko_cdc", body.blood),
        "tumour": own * left_by(a, "pdl1_ko_tumour", body.blood) + (1 - own) * kept["pdl1"],
    }
    pd1, pdl1 = {}, {}
    for place, share in reach.items():
        drug = share * level["anti_pd1"]
        pd1[place] = a.define(
            f"pd1_open_{place}",
            kept["pd1"] * ((1 - late) / (1 + drug / p("pd1_blockade_half"))
                           + late / (1 + drug / p("pd1_blockade_half_late"))),
            "dimensionless", f"PD1 that is there and that no antibody holds, {place}",
        )  # fmt: skip
        pdl1[place] = a.define(
            f"pdl1_open_{place}",
            left[place] / (1 + share * level["anti_pdl1"] / p("pdl1_blockade_half")),
            "dimensionless", f"PDL1 that is there and that no antibody holds, {place}",
        )  # fmt: skip
    return Checkpoint(pd1, pdl1, reach["dln"] * level["anti_ctla4"])

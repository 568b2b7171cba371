"""The contact of a dendritic cell with a naive CD8 T cell, cd40_pd1_priming, reduced to a map.

What the cascade has in 91 species follows here at once: the drive that TCR and CD28 together give
to MAPK, for a semi-mature and a mature dendritic cell. SHP2 on PD1 holds it down as far as PD1 and
PDL1 are open, an antibody to CTLA4 gives B7 back, a blockade of CD28 takes it. MAPK is
phosphorylated twice, as in the cascade. The constants are fitted by `analyses/contact_map_fit.py`.
"""

from typing import Any

from immacro.models.macroenvironment.checkpoint_antibodies import Checkpoint
from immacro.models.shared.knock_out import left_by

from immacro.build import Assembly

STATES = {"semi": "semi-mature", "mat": "mature"}


def contact(a: Assembly, body, checkpoint: Checkpoint) -> dict[str, Any]:
    """Drive of MAPK in a contact, by state of the dendritic cell."""
    p = a.p
    cd28 = left_by(a, "cd28_block", body.blood)
    pd1, pdl1, antibody = checkpoint.pd1["dln"], checkpoint.pdl1["dln"], checkpoint.anti_ctla4_node
    drive = {}
    for mat, words in STATES.items():
        excess, share = p(f"pdl1_excess_{mat}"), p(f"pdl1_share_{mat}")
        shp2 = a.define(
            f"contact_shp2_{mat}",
            p("checkpoint_signal") * pd1
            * (share * pdl1 * (1 + excess) / (pdl1 + excess) + 1 - share),
            "dimensionless", f"SHP2 on PD1 relative to no drug, {words} dendritic cell",
        )  # fmt: skip
        reserve, gain = p(f"cd28_reserve_{mat}"), p(f"shp2_gain_{mat}")
        freed = antibody / (antibody + p(f"ctla4_blockade_half_{mat}"))
        drive[mat] = a.define(
            f"contact_drive_{mat}_now",
            p(f"contact_drive_{mat}") * (1 + gain) / (1 + gain * shp2)
            * (1 + p(f"ctla4_gain_{mat}") * freed)
            * cd28 * (1 + reserve) / (1 + reserve * cd28),
            "dimensionless", f"drive of MAPK by TCR and CD28, {words} dendritic cell",
        )  # fmt: skip
    return drive


def active_share(drive):
    """Share of MAPK that is phosphorylated twice."""
    return drive**2 / (1 + drive + drive**2)

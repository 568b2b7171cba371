"""The cascade tcell_exhaustion, reduced from 67 species to rates of the CD8 T cells of the tumour.

NFAT with AP-1, in stem-like and in differentiated cells, follows what SHP2 on PD1 leaves of it. TOX
takes hold of the loci of differentiated cells the faster the more of a clone are held already:
that stands for the days in which TOX is made and for its feedback. Locked chromatin goes with the
square of the share that is held. The constants are fitted by `analyses/exhaustion_map_fit.py`;
mitochondria, and cells that leave the tumour, stay with the cascade.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.checkpoint_antibodies import Checkpoint

from immacro.build import Assembly


class Exhaustion(NamedTuple):
    """What the cells of the tumour do (1/day), and how well differentiated ones work."""

    renewal: Any
    output: Any
    loss: Any
    #: TOX takes hold, in a clone with no held cell, and the same for held ones
    hold: Any
    #: killing and cytokines per cell relative to no drug
    function: Any


def held(a: Assembly, stem: str, words: str, effector, dysfunctional):
    """Share of differentiated cells that TOX holds, by their numbers (item)."""
    return a.define(f"{stem}_held", dysfunctional / (effector + dysfunctional + a.p("one_item")),
                    "dimensionless", f"{words} that TOX holds")  # fmt: skip


def exhaustion(a: Assembly, burden, checkpoint: Checkpoint) -> Exhaustion:
    """Rates under the antigen that ``burden`` gives and the SHP2 that antibodies leave."""
    p = a.p
    antigen = a.define("antigen_tumour", burden / (burden + p("antigen_half")), "dimensionless",
                       "antigen that CD8 of the tumour see")  # fmt: skip
    shp2 = a.define(
        "tumour_shp2",
        p("checkpoint_signal") * checkpoint.pd1["tumour"] * checkpoint.pdl1["tumour"],
        "dimensionless", "SHP2 on PD1 of CD8 of the tumour relative to no drug",
    )  # fmt: skip

    def paired(cell: str):
        return p(f"{cell}_signal") / (1 + p(f"{cell}_signal_shp2") * shp2) * antigen

    early = a.define("stem_paired", paired("stem"), "dimensionless",
                     "NFAT with AP-1 of stem-like cells")  # fmt: skip
    late = a.define("effector_paired", paired("effector"), "dimensionless",
                    "NFAT with AP-1 of differentiated cells")  # fmt: skip
    free = p("hold_shp2_free")
    gain = p("effector_signal_shp2")
    return Exhaustion(
        a.define("stem_renewal", p("stem_division") * early, "1/day",
                 "division of stem-like cells"),
        a.define("stem_output", p("effector_output") * early, "1/day",
                 "differentiated cells made per stem-like cell"),
        a.define("differentiated_loss", p("effector_loss") + p("overstimulation_death") * late,
                 "1/day", "death of differentiated cells"),
        a.define("tox_hold", p("hold_rate") * (free + (1 - free) * shp2) * antigen, "1/day",
                 "TOX takes hold of differentiated cells"),
        a.define("checkpoint_function", (1 + gain) / (1 + gain * shp2), "dimensionless",
                 "function of a differentiated cell over that without a drug"),
    )  # fmt: skip

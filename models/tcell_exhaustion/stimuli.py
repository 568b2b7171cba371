"""What reaches the cells: antigen, metabolic stress, PD-L1, the therapies.

Stem-like cells sit in niches with antigen-presenting cells: they see less tumour antigen and less
hypoxia, and more costimulation. Their network is the same, only what it meets differs.
"""

from typing import Any, NamedTuple

from immacro.models.shared.knock_out import left_by
from immacro.models.shared.levers import acting
from immacro.models.shared.plasma import dosed_level

from immacro.build import Assembly


class Stimuli(NamedTuple):
    """Levels relative to the reference tumour, PD-L1 and drug per volume, and factors."""

    antigen: Any
    stress: Any
    #: PD-L1 in the cleft between two cells (item/litre)
    pdl1: Any
    #: antibody to PD-1 around the cells (item/litre)
    antibody: Any
    #: share of TOX that the knock-out leaves
    tox_left: Any
    #: mitochondria damaged by a lever (1/day)
    imposed_damage: Any
    #: factor on the production of PGC1A
    biogenesis: Any


def given(a: Assembly, blood) -> Stimuli:
    """All levers, each off unless its strength or dose is set."""
    p = a.p

    def share(name: str, expression, words: str):
        return a.define(name, expression, "dimensionless", words)

    antigen = share(
        "antigen_level", acting(a, "antigen", blood), "tumour antigen over the reference tumour"
    )
    stress = share("stress_level", acting(a, "metabolic_stress", blood),
                   "metabolic stress over the reference tumour")  # fmt: skip
    pdl1 = a.define(
        "pdl1_density",
        p("pdl1_per_tumour_cell") * (p("pdl1_share_health") + acting(a, "pdl1", blood))
        / p("cleft_volume"),
        "item/litre", "PD-L1 in the cleft",
    )  # fmt: skip
    antibody = a.define("anti_pd1_in_tumour", p("anti_pd1_tumour_share")
                        * dosed_level(a, "anti_pd1", blood), "item/litre",
                        "antibody to PD-1 around the cells")  # fmt: skip
    tox_left = left_by(a, "tox_ko", blood)
    imposed = a.define("mito_damage_imposed",
                       p("mito_damage_rate") * acting(a, "mito_damage", blood), "1/day",
                       "mitochondria damaged by the lever")  # fmt: skip
    biogenesis = share("pgc1a_drive",
                       1 + p("mito_activation_gain") * acting(a, "mito_activation", blood),
                       "production of PGC1A by the lever over that without")  # fmt: skip
    return Stimuli(antigen, stress, pdl1, antibody, tox_left, imposed, biogenesis)

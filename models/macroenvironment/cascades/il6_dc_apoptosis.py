"""The cascade il6_dc_apoptosis of an average dendritic cell, reduced from 73 species to two.

IL-6 of plasma and free active caspase-3 are left. The level to which caspase-3 goes is a Hill
function of free IL-6; its constants are fitted to the steady states of the cascade from health to
three times the reference tumour, which it meets within three percent. It goes there as slowly as
BIM, the slowest link, turns over. A dendritic cell dies at the same additional rate wherever it is.
IL-6 also makes immature cells semi-mature, which the cascade does not contain.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.soluble import Level
from immacro.models.shared.regulation import saturated, speeded

from immacro.build import Assembly


class Il6Effects(NamedTuple):
    """Death of dendritic cells beyond that of health (1/day), semi-maturation over health."""

    excess_death: Any
    semi_maturation: Any


def il6_dc_apoptosis(a: Assembly, cell, il6: Level) -> Il6Effects:
    """What free IL-6 does to dendritic cells."""
    p = a.p

    def caspase(level):
        return saturated(level, p("il6_apoptosis_half"), p("il6_apoptosis_hill"))

    active = a.monomer("CASP3")() ** cell
    a.initial(active, p("caspase3_reference"))
    made = a.define(
        "caspase3_activation",
        p("bim_decay") * p("caspase3_reference") / a.volume(cell.name)
        * speeded(a, "il6_apoptosis_gain", caspase(il6.now), caspase(il6.health),
                  p("il6_dc_death")),
        "item/litre/day", "caspase-3 activated per cell volume",
    )  # fmt: skip
    a.rule("caspase3_activated", None >> active, made, kind="production",
           note="IL-6, by STAT3 and BIM, activates caspase-3.")  # fmt: skip
    a.rule("caspase3_lost", active >> None, p("bim_decay"), kind="degradation",
           note="Active caspase-3 follows BIM.")  # fmt: skip
    relative = a.define(
        "dc_apoptosis_relative",
        a.amount("caspase3_free", active, "free active caspase-3 per cell")
        / p("caspase3_reference"),
        "dimensionless", "apoptosis of dendritic cells, relative to health",
    )  # fmt: skip
    healthy = p("dc_organ_loss") * p("dc_apoptosis_share")
    a.observe("dc_apoptosis_systemic", healthy * relative, "1/day",
              "dendritic cells that turn apoptotic, per living cell")  # fmt: skip

    def inflamed(level):
        return saturated(level, p("il6_semi_half"))

    return Il6Effects(
        a.define("dc_excess_death", healthy * (relative - 1), "1/day",
                 "apoptosis of dendritic cells beyond that of health"),
        a.define("semi_maturation_relative",
                 speeded(a, "il6_gain_semi", inflamed(il6.now), inflamed(il6.health),
                         p("semi_maturation")),
                 "dimensionless", "immature cells that become semi-mature, relative to health"),
    )  # fmt: skip

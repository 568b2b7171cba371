"""The cascade vegf_dc_maturation of an average pre-DC, reduced from 44 species to a map.

Receptors and NF-kB settle within hours. The drive that NF-kB gives to maturation is a falling Hill
function of free VEGF in plasma; its constants are fitted to the steady states of the cascade from
health to three times the reference tumour, which it meets within one percent. The drive multiplies
the odds that a leaving pre-DC becomes a dendritic cell, and that an immature cell matures.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.soluble import Level
from immacro.models.shared.regulation import saturated, slowed

from immacro.build import Assembly


class VegfEffects(NamedTuple):
    """All relative to health: NF-kB, pre-DC that become dendritic cells, immature that mature."""

    nfkb: Any
    output: Any
    maturation: Any


def vegf_dc_maturation(a: Assembly, vegf: Level) -> VegfEffects:
    """What free VEGF leaves of the making and the maturation of dendritic cells."""
    p = a.p

    def block(level):
        return saturated(level, p("vegf_nfkb_half"), p("vegf_nfkb_hill"))

    drive = a.define(
        "nfkb_drive",
        slowed(a, "vegf_gain_nfkb", block(vegf.now), block(vegf.health), p("vegf_nfkb_block")),
        "dimensionless", "NF-kB drive to maturation, relative to health",
    )  # fmt: skip

    def share(name, health, words):
        return a.define(name, drive / (p(health) * drive + 1 - p(health)), "dimensionless", words)

    return VegfEffects(
        drive,
        share("dc_output_relative", "dc_commitment_health",
              "pre-DC that become dendritic cells, relative to health"),
        share("dc_maturation_relative", "dc_maturation_health",
              "immature cells that mature, relative to health"),
    )  # fmt: skip

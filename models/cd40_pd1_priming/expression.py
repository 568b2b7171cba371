"""What NF-kB makes: CD80, CD86 and PDL1 of the membrane, CD83, and IL-12.

Two NF-kB dimers occupy a promoter. Genes differ in the level at which they do so: that of PDL1 is
reached first, those of CD80, CD86 and CD83 later. IL-12 has two chains from two genes and needs
both. A semi-mature cell, with much PDL1, some B7 and hardly any IL-12, is one with little more
NF-kB than in health; nothing names it.
"""

from typing import Any, NamedTuple

from immacro.models.cd40_pd1_priming.surface import turns_over
from immacro.models.shared.knock_out import left_by
from immacro.models.shared.regulation import saturated, speeded

from immacro.build import Assembly

SITES = 2


class Made(NamedTuple):
    """Molecules of the contact that the dendritic cell's production keeps (item)."""

    cd80: Any
    cd86: Any
    pdl1: Any


def by_nfkb(a: Assembly, node, cell, nuclear) -> Made:
    """Production relative to health; `nfkb_expression` at 0 holds it there."""
    p = a.p
    density = a.define("nfkb_density", nuclear / a.volume(cell.name), "item/litre",
                       "nuclear NF-kB per cell volume")  # fmt: skip
    b7 = _fold(a, "b7", density)
    pdl1 = _fold(a, "pdl1", density)
    left = left_by(a, "pdl1_ko_cdc", node, "pdl1_ko_max")
    cd83 = a.monomer("CD83")() ** cell
    turns_over(a, cell, "cd83", cd83, cd83, p("cd83_per_dc") * b7, p("cd83_turnover"))
    il12 = a.monomer("IL12")() ** cell
    turns_over(a, cell, "il12", il12, il12, p("il12_per_dc") * _fold(a, "il12", density, chains=2),
               p("il12_secretion"))  # fmt: skip
    share = p("contact_share_dc")
    kept = {
        name: a.define(f"{name}_kept", share * p(f"{name}_per_dc") * fold, "item",
                       f"{name.upper()} that production keeps in the contact")
        for name, fold in (("cd80", b7), ("cd86", b7), ("pdl1", pdl1 * left))
    }  # fmt: skip
    return Made(**kept)


def _fold(a: Assembly, gene: str, density, chains: int = 1):
    p, half = a.p, a.p(f"{gene}_half")
    effect = a.define(f"{gene}_effect", saturated(density, half, SITES) ** chains,
                      "dimensionless", f"occupied promoters of {gene.upper()}")  # fmt: skip
    health = a.define(f"{gene}_effect_health",
                      saturated(p("nfkb_reference"), half, SITES) ** chains,
                      "dimensionless", f"the same in health, {gene.upper()}")  # fmt: skip
    fold = speeded(a, f"{gene}_gain", effect, health, p("nfkb_expression"))
    return a.define(f"{gene}_fold", fold, "dimensionless",
                    f"production of {gene.upper()} relative to health")  # fmt: skip

"""Pre-DC, immature and mature dendritic cells of the marrow, steered by NF-kB.

A leaving pre-DC becomes an immature dendritic cell or is lost to the lineage; an immature cell
matures in the marrow or leaves it immature. The odds of both steps are their healthy odds times
the response to nuclear NF-kB relative to health, so that no rate turns negative.
"""

from typing import Any, NamedTuple

from immacro.models.shared.regulation import saturated

from immacro.build import Assembly


class Dendritic(NamedTuple):
    """Amounts (item), and flows (item/day)."""

    pre_dc: Any
    immature: Any
    mature: Any
    maturing: Any
    output: Any


def nfkb_drive(a: Assembly, density):
    """Response to nuclear NF-kB per cell volume over that in health."""
    p = a.p

    def response(level):
        return saturated(level, p("nfkb_half_maturation"), p("nfkb_maturation_hill"))

    return a.define(
        "nfkb_drive", response(density) / response(p("nfkb_reference")), "dimensionless",
        "NF-kB drive to maturation, relative to health",
    )  # fmt: skip


def dendritic_cells(a: Assembly, marrow, density) -> Dendritic:
    """The three populations and their flows."""
    p = a.p
    drive = nfkb_drive(a, density)

    def share(health, words, name):
        return a.define(
            name, p(health) * drive / (p(health) * drive + 1 - p(health)), "dimensionless", words
        )

    committed = share("dc_commitment_health", "share of leaving pre-DC that become immature DC",
                      "dc_commitment")  # fmt: skip
    matured = share("dc_maturation_health", "share of leaving immature DC that mature",
                    "dc_maturation_share")  # fmt: skip
    names = ("PreDC", "ImmatureDC", "MatureDC")
    pre_dc, immature, mature = (a.monomer(name)() ** marrow for name in names)
    flow = p("pre_dc_exit") * p("pre_dc_baseline")
    a.initial(pre_dc, p("pre_dc_baseline"))
    a.initial(immature, a.define(
        "immature_dc_health", flow * p("dc_commitment_health") / p("immature_dc_exit"), "item",
        "immature DC of the marrow in health",
    ))  # fmt: skip
    a.initial(mature, a.define(
        "mature_dc_health",
        flow * p("dc_commitment_health") * p("dc_maturation_health") / p("mature_dc_exit"), "item",
        "mature DC of the marrow in health",
    ))  # fmt: skip
    pools = {
        name: a.amount(f"{name}_pool", pattern, f"{words} in marrow")
        for name, pattern, words in (
            ("pre_dc", pre_dc, "pre-DC"),
            ("immature_dc", immature, "immature DC"),
            ("mature_dc", mature, "mature DC"),
        )
    }
    rates = {
        "to_immature": a.define("pre_dc_to_immature", p("pre_dc_exit") * committed, "1/day",
                                "pre-DC become immature DC"),
        "elsewhere": a.define("pre_dc_elsewhere", p("pre_dc_exit") * (1 - committed), "1/day",
                              "pre-DC that are lost to the lineage"),
        "to_mature": a.define("immature_dc_to_mature", p("immature_dc_exit") * matured, "1/day",
                              "immature DC mature"),
        "leave": a.define("immature_dc_leave", p("immature_dc_exit") * (1 - matured), "1/day",
                          "immature DC leave the marrow"),
    }  # fmt: skip
    populations_flow(a, (pre_dc, immature, mature), rates)
    return Dendritic(
        pools["pre_dc"], pools["immature_dc"], pools["mature_dc"],
        rates["to_mature"] * pools["immature_dc"],
        rates["leave"] * pools["immature_dc"] + p("mature_dc_exit") * pools["mature_dc"],
    )  # fmt: skip


def populations_flow(a: Assembly, patterns, rates):
    """The rules of the three populations."""
    p, (pre_dc, immature, mature) = a.p, patterns
    made = a.define(
        "pre_dc_production",
        p("pre_dc_exit") * p("pre_dc_baseline") / a.volume("bone_marrow"), "item/litre/day",
        "pre-DC made per marrow volume",
    )  # fmt: skip
    a.rule(
        "pre_dc_made",
        None >> pre_dc,
        made,
        kind="production",
        note="Upstream progenitors supply pre-DC.",
    )
    a.rule(
        "pre_dc_become_immature_dc",
        pre_dc >> immature,
        rates["to_immature"],
        kind="cell transition",
        note="NF-kB lets precursors become dendritic cells.",
    )
    a.rule(
        "pre_dc_go_elsewhere",
        pre_dc >> None,
        rates["elsewhere"],
        kind="cell death",
        note="Other pre-DC die or turn to other lineages.",
    )
    a.rule(
        "immature_dc_mature",
        immature >> mature,
        rates["to_mature"],
        kind="cell transition",
        note="NF-kB matures dendritic cells.",
    )
    a.rule(
        "immature_dc_leave_marrow",
        immature >> None,
        rates["leave"],
        kind="cell death",
        note="Immature dendritic cells leave the marrow.",
    )
    a.rule(
        "mature_dc_leave_marrow",
        mature >> None,
        p("mature_dc_exit"),
        kind="cell death",
        note="Mature dendritic cells leave the marrow.",
    )

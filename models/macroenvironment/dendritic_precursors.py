"""CDP and pre-DC in marrow, and blood dendritic cells: where IRF8 decides.

CDP take their share of the MPP. IRF8, relative to its healthy level, decides twice: whether a CDP
becomes a pre-DC, else it turns to the myeloid fate and is a GMP, and whether a pre-DC becomes a
cDC1 or a cDC2 (this part is that of ``gcsf_irf8``). Both are odds: healthy odds times the response
to IRF8 relative to health.
"""

from typing import Any, NamedTuple

from immacro.models.gcsf_irf8.dendritic_cells import fates, leave_blood, leave_marrow
from immacro.models.macroenvironment.haematopoiesis import Progenitors
from immacro.models.macroenvironment.signalling import Cascade

from immacro.build import Assembly

KINDS = ("cdc1", "cdc2")
SITES = {"kind": list(KINDS), "home": ["res", "mig"], "mat": ["imm", "semi", "mat"],
         "ag": ["none", "tum"]}  # fmt: skip


class Precursors(NamedTuple):
    """Pre-DC as pattern and amount, and for each kind its share relative to health."""

    pattern: Any
    pre_dc: Any
    share: dict[str, Any]


def dendritic_cell(a: Assembly):
    """A dendritic cell: kind, home (resident or migratory), maturation, antigen."""
    return a.monomer("DC", tuple(SITES), SITES)


def blood_dc(a: Assembly, kind: str, blood):
    """The dendritic cells of blood."""
    return dendritic_cell(a)(kind=kind, home="res", mat="imm", ag="none") ** blood


def precursors(a: Assembly, body, progenitors: Progenitors, link: Cascade) -> Precursors:
    """From MPP to CDP, pre-DC and blood."""
    p = a.p
    pre_dc = a.monomer("PreDC")() ** body.bone_marrow
    cdc1, cdc2 = (blood_dc(a, kind, body.blood) for kind in KINDS)
    a.initial(pre_dc, p("pre_dc_baseline"))
    for kind, pattern in zip(KINDS, (cdc1, cdc2), strict=True):
        a.initial(pattern, p(f"{kind}_blood_baseline"))
    _cdp(a, body, progenitors, pre_dc, link)
    fate = fates(a, link.irf8, link.irf8_health)
    leave_marrow(a, pre_dc, cdc1, cdc2, fate)
    leave_blood(a, cdc1, cdc2)
    share, health = fate.share, fate.share_health
    return Precursors(
        pre_dc,
        a.amount("pre_dc_pool", pre_dc, "pre-DC in marrow"),
        {
            "cdc1": a.define("cdc1_supply", share / health, "dimensionless",
                             "share of cDC1 among leaving pre-DC, relative to health"),
            "cdc2": a.define("cdc2_supply", (1 - share) / (1 - health), "dimensionless",
                             "share of cDC2 among leaving pre-DC, relative to health"),
        },
    )  # fmt: skip


def _cdp(a, body, progenitors, pre_dc, link) -> None:
    p = a.p
    cdp = a.monomer("CDP")() ** body.bone_marrow
    a.initial(cdp, p("cdp_bone_marrow_baseline"))

    def response(level):
        driven = (level / p("irf8_half_pre_dc")) ** p("irf8_pre_dc_hill")
        return driven / (1 + driven)

    odds = p("cdp_commitment") * a.define(
        "irf8_drive_pre_dc", response(link.irf8) / response(link.irf8_health), "dimensionless",
        "IRF8 drive to pre-DC, relative to health",
    )  # fmt: skip
    share = a.define(
        "cdp_share_pre_dc", odds / (odds + 1 - p("cdp_commitment")), "dimensionless",
        "share of CDP that become pre-DC",
    )  # fmt: skip
    made, commits, diverted = (
        a.define(name, rate, "1/day", words)
        for name, rate, words in (
            ("cdp_production",
             p("cdp_exit") * p("cdp_bone_marrow_baseline") / p("mpp_bone_marrow_baseline")
             * progenitors.dendritic_fate, "CDP made per MPP"),
            ("cdp_commits", p("cdp_exit") * share, "CDP that become pre-DC"),
            ("cdp_diverted", p("cdp_exit") * (1 - share), "CDP that turn to the myeloid fate"),
        )
    )  # fmt: skip
    expansion = a.define(
        "pre_dc_production",
        p("pre_dc_exit") * p("pre_dc_baseline") / p("cdp_bone_marrow_baseline")
        * share / p("cdp_commitment"),
        "1/day", "pre-DC made per CDP",
    )  # fmt: skip
    for name, reaction, rate, kind, note in (
        ("cdp_made", progenitors.mpp >> progenitors.mpp + cdp, made, "production",
         "Progeny of MPP of the dendritic fate."),
        ("cdp_commit", cdp >> None, commits, "cell transition",
         "CDP with IRF8 commit; their progeny are made as pre-DC."),
        ("pre_dc_made", cdp >> cdp + pre_dc, expansion, "production",
         "Progeny of committed CDP."),
        ("cdp_diverted_to_gmp", cdp >> progenitors.gmp, diverted, "cell transition",
         "CDP without IRF8 turn to the myeloid fate."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)

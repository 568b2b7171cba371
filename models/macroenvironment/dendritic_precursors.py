"""CDP and pre-DC in marrow, and blood dendritic cells: where IRF8, FLT3 and VEGF decide.

CDP take their share of the MPP. IRF8, relative to its healthy level, decides twice: whether a CDP
becomes a pre-DC, else it turns to the myeloid fate and is a GMP, and whether a pre-DC becomes a
cDC1 or a cDC2 (this part is that of ``gcsf_irf8``). Both are odds: healthy odds times the response
to IRF8 relative to health. FLT3 raises the odds of the first and the progeny of each step; VEGF
lets fewer pre-DC become dendritic cells. Those that do are pre-cDC1 or pre-cDC2, which pass the
blood within hours and supply blood and organs. In blood a few become semi-mature.
"""

from typing import Any, NamedTuple

from immacro.models.gcsf_irf8.dendritic_cells import Share, cdc1_share
from immacro.models.macroenvironment.cascades.gcsf_irf8 import Cascade
from immacro.models.macroenvironment.cascades.il6_dc_apoptosis import Il6Effects
from immacro.models.macroenvironment.haematopoiesis import Progenitors
from immacro.models.shared.regulation import saturated

from immacro.build import Assembly

KINDS = ("cdc1", "cdc2")
SITES = {"kind": list(KINDS), "home": ["res", "mig"], "mat": ["imm", "semi", "mat"],
         "ag": ["none", "tum", "chal"]}  # fmt: skip


class Precursors(NamedTuple):
    """Pre-DC of the marrow (item), and pre-cDC of each kind as pattern and in health (item)."""

    pre_dc: Any
    pattern: dict[str, Any]
    health: dict[str, Any]


def dendritic_cell(a: Assembly):
    """A dendritic cell: kind, home (resident or migratory), maturation, antigen."""
    return a.monomer("DC", tuple(SITES), SITES)


def blood_dc(a: Assembly, kind: str, blood, **mat):
    """The dendritic cells of blood."""
    return dendritic_cell(a)(kind=kind, home="res", ag="none", **mat) ** blood


def precursors(
    a: Assembly, body, progenitors: Progenitors, link: Cascade, flt3: dict[str, Any], output
) -> Precursors:
    """From MPP to CDP, pre-DC and blood.

    Args:
        a: the assembly.
        body: the compartments.
        progenitors: where CDP come from.
        link: IRF8, now and in health.
        flt3: effect of FLT3 on each step, relative to health.
        output: pre-DC that become dendritic cells of each kind, relative to health.
    """
    p = a.p
    pre_dc = a.monomer("PreDC")() ** body.bone_marrow
    a.initial(pre_dc, p("pre_dc_baseline"))
    _cdp(a, body, progenitors, pre_dc, link, flt3)
    a.rule("pre_dc_leave", pre_dc >> None, p("pre_dc_exit"), kind="cell transition",
           note="Pre-DC leave the marrow; their progeny are made in blood and organs.")  # fmt: skip
    share = cdc1_share(a, link.irf8, link.irf8_health)
    shares = {"cdc1": share, "cdc2": Share(1 - share.now, 1 - share.health)}
    passing = {kind: a.monomer("PreCDC", ("kind",), {"kind": list(KINDS)})(kind=kind) ** body.blood
               for kind in KINDS}  # fmt: skip
    health = {
        kind: _committed(a, kind, pre_dc, passing[kind], shares[kind], output[kind] * flt3[kind])
        for kind in KINDS
    }
    a.rule("pre_cdc_settle", a.known("PreCDC")() ** body.blood >> None, p("pre_cdc_exit"),
           kind="cell transition",
           note="Precursors settle; their progeny are made in blood and organs.")  # fmt: skip
    for kind in KINDS:
        _blood(a, body.blood, kind, passing[kind], health[kind])
    return Precursors(a.amount("pre_dc_pool", pre_dc, "pre-DC in marrow"), passing, health)


def _committed(a, kind, pre_dc, passing, share: Share, made):
    """Pre-cDC of a kind in blood, ``made`` relative to health; returns how many health has."""
    p = a.p
    rate = a.define(f"pre_{kind}_production", p("pre_dc_exit") * share.now * made, "1/day",
                    f"pre-{kind} made per pre-DC")  # fmt: skip
    a.rule(f"pre_{kind}_made", pre_dc >> pre_dc + passing, rate, kind="production",
           note="IRF8 decides the kind of pre-cDC, NF-kB whether at all.")  # fmt: skip
    health = a.define(
        f"pre_{kind}_health",
        p("pre_dc_exit") * p("pre_dc_baseline") * share.health / p("pre_cdc_exit"), "item",
        f"pre-{kind} in blood in health",
    )  # fmt: skip
    a.initial(passing, health)
    return health


def _blood(a, blood, kind, passing, precursors) -> None:
    """Dendritic cells of the blood; how many are semi-mature in health follows from the rates."""
    p = a.p
    semi = semi_maturation_in_health(a)
    share = semi / (semi + p(f"{kind}_loss"))
    for mat, name, part in (("imm", "immature", 1 - share), ("semi", "semi_mature", share)):
        start = a.define(f"{kind}_{name}_blood_health", part * p(f"{kind}_blood_baseline"), "item",
                         f"{name} {kind} of blood in health".replace("_", " "))  # fmt: skip
        a.initial(blood_dc(a, kind, blood, mat=mat), start)
    made = a.define(f"{kind}_blood_production",
                    p(f"{kind}_loss") * p(f"{kind}_blood_baseline") / precursors, "1/day",
                    f"{kind} of blood made per precursor")  # fmt: skip
    a.rule(f"{kind}_blood_made", passing >> passing + blood_dc(a, kind, blood, mat="imm"), made,
           kind="production", note="Some become dendritic cells of the blood.")  # fmt: skip


def semi_maturation_in_health(a: Assembly):
    """Immature cells that become semi-mature in health (1/day), from the share of the spleen."""
    p = a.p
    semi, mature = p("dc_spleen_share_semi"), p("dc_spleen_share_mature")
    return p("dc_organ_loss") * semi / (1 - semi - mature)


def change_in_blood(a: Assembly, body, il6: Il6Effects) -> None:
    """Dendritic cells of the blood become semi-mature, and leave or die."""
    immature, semi = (dendritic_cell(a)(mat=mat) ** body.blood for mat in ("imm", "semi"))
    a.rule("dc_become_semi_mature_in_blood", immature >> semi,
           a.define("dc_semi_mature_in_blood_rate",
                    semi_maturation_in_health(a) * il6.semi_maturation, "1/day",
                    "dendritic cells that become semi-mature in blood"),
           kind="cell transition",
           note="IL-6 makes dendritic cells semi-mature wherever they are.")  # fmt: skip
    for kind in KINDS:
        loss = a.define(f"{kind}_blood_loss", a.p(f"{kind}_loss") + il6.excess_death, "1/day",
                        f"{kind} that leave the blood or die there")  # fmt: skip
        a.rule(f"{kind}_leave_blood", blood_dc(a, kind, body.blood) >> None, loss,
               kind="cell death", note="They leave the blood; IL-6 adds apoptosis.")  # fmt: skip


def _cdp(a, body, progenitors, pre_dc, link, flt3) -> None:
    p = a.p
    cdp = a.monomer("CDP")() ** body.bone_marrow
    a.initial(cdp, p("cdp_bone_marrow_baseline"))

    def response(level):
        return saturated(level, p("irf8_half_pre_dc"), p("irf8_pre_dc_hill"))

    odds = p("cdp_commitment") * flt3["commitment"] * a.define(
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
             * progenitors.dendritic_fate * flt3["cdp"], "CDP made per MPP"),
            ("cdp_commits", p("cdp_exit") * share, "CDP that become pre-DC"),
            ("cdp_diverted", p("cdp_exit") * (1 - share), "CDP that turn to the myeloid fate"),
        )
    )  # fmt: skip
    expansion = a.define(
        "pre_dc_production",
        p("pre_dc_exit") * p("pre_dc_baseline") / p("cdp_bone_marrow_baseline")
        * share / p("cdp_commitment") * flt3["pre_dc"],
        "1/day", "pre-DC made per CDP",
    )  # fmt: skip
    for name, reaction, rate, kind, note in (
        ("cdp_made", progenitors.mpp >> progenitors.mpp + cdp, made, "production",
         "Progeny of MPP of the dendritic fate; FLT3 raises it."),
        ("cdp_commit", cdp >> None, commits, "cell transition",
         "CDP with IRF8 commit; their progeny are made as pre-DC."),
        ("pre_dc_made", cdp >> cdp + pre_dc, expansion, "production",
         "Progeny of committed CDP, which FLT3 makes divide."),
        ("cdp_diverted_to_gmp", cdp >> progenitors.gmp, diverted, "cell transition",
         "CDP without IRF8 turn to the myeloid fate."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)

"""From MPP over CDP and pre-DC to the cDC of blood and spleen.

Each stage gives progeny to the next, in health as many as keep its baseline, and more where FLT3
signals more than in health (`speeded`): MPP made by stem cells, CDP made per MPP, the odds that a
CDP commits, pre-DC per committed CDP, and divisions in the periphery, which differ between cDC1 and
cDC2. Most pre-DC pass the blood within hours, so that blood and spleen are supplied alike. Cells
arrive immature.
"""

from typing import Any, NamedTuple

from immacro.models.shared.levers import acting
from immacro.models.shared.regulation import speeded

from immacro.build import Assembly

KINDS = ("cdc1", "cdc2")
PLACES = ("blood", "spleen")


class Cells(NamedTuple):
    """FLT3-bearing cells as equivalents of one progenitor (item), now and in health."""

    bearing: Any
    bearing_health: Any


def dendritic_cell(a: Assembly):
    """A conventional dendritic cell: its kind and whether it is mature."""
    return a.monomer("DC", ("kind", "mat"), {"kind": list(KINDS), "mat": ["imm", "mat"]})


def progenitors(a: Assembly, marrow, blood, effect, health):
    """MPP, CDP and pre-DC of marrow; returns the pattern of pre-DC."""
    p, on = a.p, a.p("flt3_response")
    mpp, cdp, pre_dc = (a.monomer(n)() ** marrow for n in ("MPP", "CDP", "PreDC"))
    for pattern, row in ((mpp, "mpp_bone_marrow"), (cdp, "cdp_bone_marrow"), (pre_dc, "pre_dc")):
        a.initial(pattern, p(f"{row}_baseline"))
    more_mpp, more_cdp, more_pre_dc, odds = (
        a.define(f"flt3_on_{step}", speeded(a, f"flt3_gain_{step}", effect, health, on),
                 "dimensionless", f"effect of FLT3 on {words}, relative to health")
        for step, words in (("mpp", "progeny of stem cells"), ("cdp", "progeny of MPP"),
                            ("pre_dc", "progeny of CDP"),
                            ("commitment", "the odds of commitment"))
    )  # fmt: skip
    diverted = 1 + p("tumour_diversion") * acting(a, "tumour", blood)
    committed = p("cdp_commitment")
    share = a.define("cdp_share_pre_dc", committed * odds / (committed * odds + 1 - committed),
                     "dimensionless", "share of CDP that become pre-DC")  # fmt: skip
    define = a.define
    renewal = define("mpp_production",
                     p("mpp_exit") * p("mpp_bone_marrow_baseline") / a.volume("bone_marrow")
                     * more_mpp, "item/litre/day", "MPP made per marrow volume")  # fmt: skip
    supply = define("cdp_production",
                    p("cdp_exit") * p("cdp_bone_marrow_baseline") / p("mpp_bone_marrow_baseline")
                    * more_cdp / diverted, "1/day", "CDP made per MPP")  # fmt: skip
    expansion = define("pre_dc_production",
                       p("pre_dc_exit") * p("pre_dc_baseline") / p("cdp_bone_marrow_baseline")
                       * share / committed * more_pre_dc, "1/day", "pre-DC per CDP")  # fmt: skip
    commits = define("cdp_commits", p("cdp_exit") * share, "1/day", "CDP that become pre-DC")
    other = define("cdp_diverted", p("cdp_exit") * (1 - share), "1/day",
                   "CDP that turn to the myeloid fate")  # fmt: skip
    for name, reaction, rate, kind, note in (
        ("mpp_made", None >> mpp, renewal, "production",
         "Progeny of stem cells, which bear FLT3 too."),
        ("mpp_leave", mpp >> None, p("mpp_exit"), "cell transition", "MPP differentiate."),
        ("cdp_made", mpp >> mpp + cdp, supply, "production",
         "Progeny of MPP of the dendritic fate; FLT3 raises it, a tumour diverts part of it."),
        ("cdp_commit", cdp >> None, commits, "cell transition",
         "CDP commit, the more the more FLT3 signals; their progeny are made as pre-DC."),
        ("pre_dc_made", cdp >> cdp + pre_dc, expansion, "production",
         "Progeny of committed CDP, which FLT3 makes divide."),
        ("cdp_turn_myeloid", cdp >> None, other, "cell transition",
         "CDP that do not commit turn to the myeloid fate."),
        ("pre_dc_leave", pre_dc >> None, p("pre_dc_exit"), "cell transition",
         "Pre-DC leave the marrow; their progeny are made in blood and spleen."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)
    _marrow_fails(a, blood, mpp, cdp, pre_dc)
    return pre_dc


def _marrow_fails(a: Assembly, blood, *patterns) -> None:
    p = a.p
    failing = a.define(
        "marrow_failing",
        p("marrow_failure_rate") * acting(a, "marrow_failure", blood),
        "1/day", "death of progenitors in a failing marrow",
    )  # fmt: skip
    for pattern, name in zip(patterns, ("mpp", "cdp", "pre_dc"), strict=True):
        a.rule(f"{name}_lost_in_marrow_failure", pattern >> None, failing, kind="cell death",
               note="Aplasia: progenitors of the marrow are lost.")  # fmt: skip


def dendritic_cells(a: Assembly, places, pre_dc, effect, health, maturation) -> None:
    """Supply, maturation and loss of cDC in blood and spleen."""
    p, cell, blood = a.p, dendritic_cell(a), places["blood"]
    depleted = a.define(
        "cdc_depleting",
        p("cdc_depletion_rate") * acting(a, "cdc_depletion", blood),
        "1/day", "death of depleted cDC",
    )  # fmt: skip
    for kind in KINDS:
        more = a.define(
            f"flt3_on_{kind}",
            speeded(a, f"flt3_gain_{kind}", effect, health, p("flt3_response")),
            "dimensionless", f"effect of FLT3 on division of {kind}, relative to health",
        )  # fmt: skip
        for name, place in places.items():
            _pool(a, kind, name, place, cell, pre_dc, more, maturation)
            a.rule(f"{kind}_depleted_{name}", cell(kind=kind) ** place >> None, depleted,
                   kind="cell death", note="A toxin or antibody depletes cDC.")  # fmt: skip


def _pool(a, kind, name, place, cell, pre_dc, more, maturation) -> None:
    p = a.p
    immature, mature = (cell(kind=kind, mat=m) ** place for m in ("imm", "mat"))
    share, total = p("dc_spleen_share_mature"), p(f"{kind}_{name}_baseline")
    loss = p(f"{kind}_loss") if name == "blood" else p("dc_organ_loss")
    loss_mature = loss if name == "blood" else p("dc_mature_loss")
    for pattern, word, part in ((immature, "immature", 1 - share), (mature, "mature", share)):
        a.initial(pattern, a.define(f"{kind}_{word}_{name}_health", part * total, "item",
                                    f"{word} {kind} of {name} in health"))  # fmt: skip
    supply = a.define(
        f"{kind}_{name}_production",
        (loss * (1 - share) + loss_mature * share) * total / p("pre_dc_baseline") * more,
        "1/day", f"{kind} of {name} made per pre-DC",
    )  # fmt: skip
    a.rule(f"{kind}_{name}_made", pre_dc >> pre_dc + immature, supply, kind="production",
           note="Pre-DC settle and divide, which FLT3 steers in the periphery too.")  # fmt: skip
    rate = a.define(f"{kind}_maturation_{name}", loss_mature * share / (1 - share) * maturation,
                    "1/day", f"maturation of {kind} in {name}")  # fmt: skip
    a.rule(f"{kind}_mature_{name}", immature >> mature, rate, kind="cell transition",
           note="Immature cells mature by the activation signal.")  # fmt: skip
    for pattern, word, gone in ((immature, "immature", loss), (mature, "mature", loss_mature)):
        a.rule(f"{kind}_{word}_lost_{name}", pattern >> None, gone, kind="cell death",
               note="Dendritic cells leave or die.")  # fmt: skip


def counted(a: Assembly, marrow, places, pre_dc) -> Cells:
    """All cells that bear FLT3, as equivalents of one progenitor."""
    p, cell = a.p, dendritic_cell(a)
    mpp = a.amount("mpp_pool", a.known("MPP")() ** marrow, "MPP in marrow")
    cdp = a.amount("cdp_pool", a.known("CDP")() ** marrow, "CDP in marrow")
    pre = a.amount("pre_dc_pool", pre_dc, "pre-DC in marrow")
    dc = {n: a.amount(f"dc_{n}_pool", cell() ** c, f"cDC in {n}") for n, c in places.items()}
    others = 1 + p("dc_other_organs")
    weight_mpp, weight_dc = p("flt3_relative_mpp"), p("flt3_relative_dc")
    now = weight_mpp * mpp + cdp + pre + weight_dc * (dc["blood"] + others * dc["spleen"])
    base = {n: p(f"cdc1_{n}_baseline") + p(f"cdc2_{n}_baseline") for n in PLACES}
    health = (
        weight_mpp * p("mpp_bone_marrow_baseline") + p("cdp_bone_marrow_baseline")
        + p("pre_dc_baseline") + weight_dc * (base["blood"] + others * base["spleen"])
    )  # fmt: skip
    return Cells(
        a.define("flt3_bearing", now, "item", "FLT3-bearing cells as progenitors"),
        a.define("flt3_bearing_health", health, "item", "the same in health"),
    )

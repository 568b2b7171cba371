"""Calcium in a memory T cell: calcineurin, NFAT, and AP-1 that binds NFAT.

Each lobe of calmodulin takes two calcium ions together. Calmodulin with four calcium activates
calcineurin, which lets NFAT enter the nucleus. As in the model tcell_exhaustion, but AP-1 is made
by ERK, and AP-1 does not keep NFAT in the nucleus.
"""

from immacro.models.cd4_cytokine_response.oxidation import Thiols, made_and_lost
from immacro.models.cd4_cytokine_response.stimuli import Stimuli

from immacro.build import Assembly


def calcineurin(a: Assembly, cell, given: Stimuli, thiols: Thiols) -> None:
    """Calcineurin holds calmodulin with four calcium; cyclosporin blocks it."""
    p = a.p
    phosphatase = a.monomer("CaN", ("s",), {"s": ["off", "on"]})
    off, on = phosphatase(s="off") ** cell, phosphatase(s="on") ** cell
    made_and_lost(a, cell, phosphatase, off, thiols.oxidation_health)
    a.rule("can_cleaved", phosphatase() ** cell >> None, thiols.oxidation, kind="degradation",
           note="Hydrogen peroxide has calcineurin cleaved in its catalytic domain.")  # fmt: skip
    ions = (given.calcium / p("calmodulin_kd")) ** 2
    lobe = ions / (1 + ions)
    loaded = a.define("can_loading", p("can_kon") * lobe * lobe, "1/day",
                      "calmodulin with four calcium binds calcineurin")  # fmt: skip
    a.rule("can_binds_calmodulin", off | on, loaded, p("can_koff"), kind="binding",
           note="Both lobes of calmodulin must hold calcium.")  # fmt: skip
    active = a.amount("can_on", on, "active calcineurin per memory cell")
    a.define("nfat_enters", p("nfat_import") * active
             / (p("can_total") * a.volume(cell.name)) * given.calcineurin_left, "1/day",
             "calcineurin lets NFAT enter the nucleus")  # fmt: skip


def nfat_and_ap1(a: Assembly, cell, erk):
    """Shuttling of NFAT, turnover of AP-1, and their binding.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        erk: active share of ERK.

    Returns:
        NFAT with AP-1 in the nucleus (item).
    """
    p = a.p
    factor = a.monomer("NFAT", ("loc", "b"), {"loc": ["cyt", "nuc"]})
    partner = a.monomer("AP1", ("b",))
    outside, inside = (factor(loc=loc, b=None) ** cell for loc in ("cyt", "nuc"))
    alone = partner(b=None) ** cell
    pair = factor(loc="nuc", b=1) ** cell % partner(b=1) ** cell
    a.initial(outside, a.define("nfat_start", p("nfat_total") * a.volume(cell.name), "item",
                                "NFAT per cell"))  # fmt: skip
    made = a.define("nfat_synthesis", p("nfat_turnover") * p("nfat_total"), "item/litre/day",
                    "NFAT synthesis per cell volume")  # fmt: skip
    a.rule("nfat_synthesised", None >> outside, made, kind="production",
           note="Made at the rate that keeps its number.")  # fmt: skip
    a.rule("nfat_shuttles", outside | inside, a.model.expressions["nfat_enters"],
           p("nfat_export"), kind="transport",
           note="Calcineurin frees the import signal; kinases undo it.")  # fmt: skip
    for word, pattern in (("cytosol", outside), ("nucleus", inside)):
        a.rule(f"nfat_lost_{word}", pattern >> None, p("nfat_turnover"), kind="degradation",
               note="First-order turnover.")  # fmt: skip
    rate = a.define("ap1_made_by_erk", p("ap1_synthesis") / a.volume(cell.name) * erk,
                    "item/litre/day", "AP-1 made per cell volume")  # fmt: skip
    a.rule("ap1_made", None >> alone, rate, kind="production",
           note="ERK has Fos made, which pairs with Jun.")  # fmt: skip
    a.rule("ap1_lost", alone >> None, p("ap1_decay"), kind="degradation",
           note="AP-1 is short-lived.")  # fmt: skip
    leave = a.define("nfat_ap1_koff", p("nfat_ap1_kon") * p("nfat_ap1_kd"), "1/day",
                     "AP-1 leaves NFAT")  # fmt: skip
    a.rule("nfat_binds_ap1", inside + alone | pair, p("nfat_ap1_kon"), leave, kind="binding",
           note="NFAT and AP-1 bind each other on composite sites.")  # fmt: skip
    a.rule("ap1_of_pair_lost", pair >> inside, p("ap1_decay"), kind="degradation",
           note="AP-1 is as short-lived on NFAT as off it.")  # fmt: skip
    a.rule("nfat_leaves_ap1", pair >> outside + alone, p("nfat_export"), kind="transport",
           note="Kinases reach NFAT on AP-1 too: it leaves as soon as calcineurin is off."
           )  # fmt: skip
    a.rule("nfat_ap1_lost", pair >> None, p("nfat_turnover"), kind="degradation",
           note="Turnover of the pair.")  # fmt: skip
    return a.amount("nfat_ap1", pair, "NFAT with AP-1 per memory cell")

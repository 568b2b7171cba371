"""NFAT and its partner AP-1.

Calcineurin, as active as TCR, sends NFAT into the nucleus, from which it is exported. AP-1 is made
where TCR and CD28 signal together and is short-lived. It binds nuclear NFAT: together they drive
the genes of an effector cell, NFAT that found no partner drives those of exhaustion.
"""

from immacro.models.tcell_exhaustion.niche import Niche, ap1, nfat, turns_over

from immacro.build import Assembly


def nfat_and_ap1(a: Assembly, here: Niche) -> None:
    """Shuttling of NFAT, turnover of AP-1, and their binding."""
    p, define, place = a.p, a.define, here.place
    factor, partner = nfat(a), ap1(a)
    outside, inside = (factor(of=here.name, loc=loc, b=None) ** place for loc in ("cyt", "nuc"))
    alone = partner(of=here.name, b=None) ** place
    made = define(here.id("nfat_synthesis"), p("nfat_turnover") * p("nfat_total"),
                  "item/litre/day", "synthesis of NFAT per volume")  # fmt: skip
    a.rule(here.id("nfat_made"), None >> outside, made, kind="production",
           note="Made at the rate that keeps its number.")  # fmt: skip
    enters = define(here.id("nfat_enters"), p("nfat_import") * here.tcr, "1/day",
                    "calcineurin lets NFAT enter the nucleus")  # fmt: skip
    a.rule(here.id("nfat_shuttles"), outside | inside, enters, p("nfat_export"),
           kind="transport",
           note="Calcineurin frees the import signal; kinases undo it.")  # fmt: skip
    for pattern, word in ((outside, "cytosol"), (inside, "nucleus")):
        a.rule(here.id(f"nfat_lost_{word}"), pattern >> None, p("nfat_turnover"),
               kind="degradation", note="First-order turnover.")  # fmt: skip
    turns_over(a, here, "ap1", alone, p("ap1_synthesis") * (
        p("ap1_tonic") + here.cd28), p("ap1_decay"),
        "Fos and Jun are made by CD28, which signals where TCR does.")  # fmt: skip
    pair = factor(of=here.name, loc="nuc", b=1) ** place % partner(of=here.name, b=1) ** place
    leave = define(here.id("nfat_ap1_koff"), p("nfat_ap1_kon") * p("nfat_ap1_kd"), "1/day",
                   "AP-1 leaves NFAT")  # fmt: skip
    a.rule(here.id("nfat_binds_ap1"), inside + alone | pair, p("nfat_ap1_kon"), leave,
           kind="binding", note="NFAT and AP-1 bind each other on composite sites.")  # fmt: skip
    a.rule(here.id("ap1_of_pair_lost"), pair >> inside, p("ap1_decay"), kind="degradation",
           note="AP-1 is as short-lived on NFAT as off it.")  # fmt: skip
    a.rule(here.id("nfat_ap1_lost"), pair >> None, p("nfat_turnover"), kind="degradation",
           note="Turnover of the pair.")  # fmt: skip

"""What the cell shows and can do: BLIMP1, TCF1, inhibitory receptors, cytokine loci, late marks."""

from immacro.models.tcell_exhaustion.niche import Niche, turns_over

from immacro.build import Assembly

#: What marks the locked state, and the genes that TOX closes.
MARKS = ("CD38", "CD101", "CD103")
CYTOKINES = ("IFNG", "TNF")


def stemness(a: Assembly, here: Niche) -> None:
    """BLIMP1, made by TCR signal, and TCF1, repressed by it and lost where its locus is locked."""
    p, volume = a.p, a.volume(here.place.name)
    turns_over(a, here, "blimp1", here.here(a, "BLIMP1"), p("blimp1_decay") * p("blimp1_full")
               * volume * here.tcr, p("blimp1_decay"), "TCR signal makes BLIMP1.")  # fmt: skip
    turns_over(a, here, "tcf1", here.here(a, "TCF1"), p("tcf1_decay") * p("tcf1_per_cell")
               * (1 - here.held) / (1 + here.blimp1), p("tcf1_decay"),
               "BLIMP1 represses TCF1; what TOX holds has closed its locus.")  # fmt: skip


def inhibitory_receptors(a: Assembly, here: Niche) -> None:
    """CD39 and TIM3, whose genes TOX has to hold; NFAT drives TIM3 besides."""
    p = a.p
    for name, driver in (("CD39", here.held), ("TIM3", (here.held + here.nuclear) / 2)):
        stem = name.lower()
        turns_over(a, here, stem, here.here(a, name), p("surface_turnover")
                   * p(f"{stem}_per_cell") * (p("marker_basal") + driver), p("surface_turnover"),
                   "Made where TOX holds the gene.")  # fmt: skip


def marks_of_the_lock(a: Assembly, here: Niche) -> None:
    """CD38, CD101 and CD103: made from locked loci."""
    p = a.p
    for name in MARKS:
        stem = name.lower()
        pattern = a.monomer(name)() ** here.place
        a.amount(f"{stem}_surface", pattern, f"{name} per differentiated cell")
        turns_over(a, here, stem, pattern, p("surface_turnover") * p(f"{stem}_per_cell")
                   * (p("marker_basal") + here.locked), p("surface_turnover"),
                   "Made from locked chromatin.")  # fmt: skip


def cytokine_loci(a: Assembly, here: Niche) -> None:
    """Loci of IFNG and TNF: opened by NFAT with AP-1 and slowly by themselves, closed by TOX."""
    p = a.p
    for name in CYTOKINES:
        stem = name.lower()
        locus = a.monomer(f"{name}_locus", ("chr",), {"chr": ["closed", "open"]})
        closed, opened = (locus(chr=state) ** here.place for state in ("closed", "open"))
        a.initial(opened, p("cytokine_loci"))
        a.amount(f"{stem}_open", opened, f"open loci of {name}")
        opens = a.define(f"{stem}_opens", p("cytokine_opening")
                         * (1 + p("cytokine_opening_gain") * here.paired), "1/day",
                         f"opening of the {name} locus")  # fmt: skip
        closes = a.define(f"{stem}_closes", p(f"{stem}_closing") * here.tox, "1/day",
                          f"closing of the {name} locus")  # fmt: skip
        a.rule(f"{stem}_locus_opens", closed | opened, opens, closes, kind="cell transition",
               note="NFAT with AP-1 opens the locus, TOX has it closed.")  # fmt: skip

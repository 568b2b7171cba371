"""IL-6R, gp130 and JAK1 on an average dendritic cell, up to the trimer with IL-6.

IL-6 is a state of the receptor: one cell's receptors must not consume the ligand of the whole
blood. A trimer is gp130 that holds IL-6 on the cell's own IL-6R (a bond: classic signalling) or on
soluble IL-6R from the plasma (no bond: trans-signalling). Only gp130 that carries JAK1 takes part.
"""

from immacro.build import Assembly


def il6r(a: Assembly):
    """Membrane IL-6R: free, with IL-6, or blocked by an antibody; `g` holds gp130."""
    return a.monomer("IL6R", ("lig", "g"), {"lig": ["free", "bound", "blocked"]})


def gp130(a: Assembly):
    """gp130: free, in a trimer, or front or back of a hexamer, whose front bears the tails' sites.

    `via` tells whose IL-6R brought IL-6, `alpha` holds the cell's own.
    """
    return a.monomer(
        "GP130", ("alpha", "via", "part", "dim", "jak", "y", "y759", "stat"),
        {
            "via": ["none", "own", "soluble"],
            "part": ["free", "trimer", "front", "back"],
            "y": ["u", "p"],
        },
    )  # fmt: skip


def jak1(a: Assembly):
    """JAK1: off, on, or on but blocked by SOCS3."""
    return a.monomer("JAK1", ("r", "act"), {"act": ["off", "on", "blocked"]})


def receptors_turn_over(a: Assembly, cell):
    """IL-6R, gp130 and JAK1 are made and lost; a lost gp130 leaves its kinase behind."""
    p = a.p
    for name, words, new, gone, total in (
        ("il6r", "IL-6R", il6r(a)(lig="free", g=None), il6r(a)(g=None), "il6r_per_dc"),
        ("gp130", "gp130",
         gp130(a)(alpha=None, via="none", part="free", dim=None, jak=None, y="u", y759=None,
                  stat=None),
         gp130(a)(part="free"), "gp130_per_dc"),
    ):  # fmt: skip
        a.initial(new**cell, p(total))
        made = a.define(f"{name}_synthesis", p(total) * p(f"{name}_turnover")
                        / a.volume(cell.name), "item/litre/day",
                        f"{words} synthesis per cell volume")  # fmt: skip
        a.rule(
            f"{name}_synthesised",
            None >> new**cell,
            made,
            kind="production",
            note=f"{words} is made at the rate that keeps its number without IL-6.",
        )
        a.rule(
            f"{name}_lost",
            gone**cell >> None,
            p(f"{name}_turnover"),
            kind="degradation",
            note=f"{words} outside of signalling complexes turns over.",
            delete_molecules=True,
        )
    free = jak1(a)(r=None, act="off") ** cell
    kinase = a.define("jak1_synthesis", p("jak1_total") * p("jak1_turnover"), "item/litre/day",
                      "JAK1 synthesis per cell volume")  # fmt: skip
    a.rule("jak1_synthesised", None >> free, kinase, kind="production", note="JAK1 is made.")
    a.rule("jak1_lost", free >> None, p("jak1_turnover"), kind="degradation",
           note="Free JAK1 turns over.")  # fmt: skip


def il6_binds_il6r(a: Assembly, cell, density):
    """IL-6 binds membrane IL-6R at the plasma level of free IL-6."""
    p, receptor = a.p, il6r(a)
    association = a.define("il6_association", p("il6_koff") / p("il6_kd") * density, "1/day",
                           "binding of IL-6 to one IL-6R")  # fmt: skip
    a.rule(
        "il6_binds_il6r",
        receptor(lig="free", g=None) ** cell | receptor(lig="bound", g=None) ** cell,
        association,
        p("il6_koff"),
        kind="binding",
        note="IL-6 binds membrane IL-6R; the spleen sees the plasma level.",
    )


def antibody_blocks_il6r(a: Assembly, cell, arms):
    """An antibody arm takes the place of IL-6."""
    p, receptor = a.p, il6r(a)
    association = a.define("il6r_blocking", p("anti_il6_koff") / p("anti_il6_kd") * arms, "1/day",
                           "binding of antibody to one IL-6R")  # fmt: skip
    a.rule(
        "antibody_blocks_il6r",
        receptor(lig="free", g=None) ** cell | receptor(lig="blocked", g=None) ** cell,
        association,
        p("anti_il6_koff"),
        kind="binding",
        note="The antibody competes with IL-6 for IL-6R.",
    )


def unblocked(a: Assembly, cell):
    """Share of IL-6R of a dendritic cell that no antibody blocks; other cells are as it."""
    blocked = a.amount("il6r_blocked", il6r(a)(lig="blocked") ** cell, "IL-6R blocked by antibody")
    total = a.amount("il6r_all", il6r(a)() ** cell, "IL-6R per dendritic cell")
    return a.define("il6r_unblocked", 1 - blocked / total, "dimensionless",
                    "share of IL-6R not blocked by antibody")  # fmt: skip


def jak1_docks(a: Assembly, cell):
    """JAK1 docks at the box 1 motif of free gp130."""
    arm, kinase = gp130(a), jak1(a)
    a.rule(
        "jak1_docks",
        arm(part="free", jak=None) ** cell + kinase(r=None, act="off") ** cell
        | arm(part="free", jak=1) ** cell % kinase(r=1, act="off") ** cell,
        a.p("jak1_kon"),
        a.p("jak1_koff"),
        kind="binding",
        note="JAK1 docks at gp130 before IL-6 arrives.",
    )


def trimers_form(a: Assembly, cell, complex_density):
    """gp130 binds IL-6 on membrane IL-6R, or the soluble complex from the plasma."""
    p, arm, kinase, receptor = a.p, gp130(a), jak1(a), il6r(a)

    def loaded(**sites):
        return arm(jak=1, dim=None, **sites) ** cell % kinase(r=1, act="off") ** cell

    free = loaded(alpha=None, via="none", part="free")

    kon = a.define("il6_gp130_kon", p("il6_gp130_koff") / p("il6_gp130_kd"), "litre/day/item",
                   "association of gp130 with IL-6 on IL-6R")  # fmt: skip
    trans = a.define("trans_association", p("il6_gp130_koff") / p("il6_gp130_kd")
                     * complex_density, "1/day",
                     "binding of the soluble complex to one gp130")  # fmt: skip
    a.rule(
        "gp130_binds_il6_on_il6r",
        free + receptor(lig="bound", g=None) ** cell
        | loaded(alpha=2, via="own", part="trimer") % receptor(lig="bound", g=2) ** cell,
        kon,
        p("il6_gp130_koff"),
        kind="binding",
        note="Classic signalling: gp130 joins IL-6 on the cell's own IL-6R.",
    )
    a.rule(
        "gp130_binds_soluble_complex",
        free | loaded(alpha=None, via="soluble", part="trimer"),
        trans,
        p("il6_gp130_koff"),
        kind="binding",
        note="Trans-signalling: gp130 binds IL-6 with soluble IL-6R, no IL-6R of its own needed.",
    )

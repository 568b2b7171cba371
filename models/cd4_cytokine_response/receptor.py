"""IL-6R, ADAM17 that sheds it, and gp130 of a naive CD4 T cell, up to the trimer with IL-6.

IL-6 is a state of the receptor: one cell's receptors must not consume the ligand of the whole
blood. gp130 stands for gp130 with JAK1, which is in excess. As in the model il6_dc_apoptosis, but
without soluble receptors: of those a washed cell in a tube meets few.
"""

from immacro.models.cd4_cytokine_response.stimuli import Stimuli

from immacro.build import Assembly


def il6r(a: Assembly):
    """IL-6R, free or with IL-6; `g` holds gp130."""
    return a.monomer("IL6R", ("lig", "g"), {"lig": ["free", "bound"]})


def gp130(a: Assembly):
    """gp130 with JAK1: free, in a trimer, or front or back of a hexamer.

    The two tails of a hexamer are followed as one, on the front: bare or phosphorylated, `y759`
    holds SOCS3, which blocks JAK1, and `stat` one STAT of either kind.
    """
    return a.monomer(
        "GP130", ("alpha", "part", "dim", "y", "jak", "y759", "stat"),
        {
            "part": ["free", "trimer", "front", "back"],
            "y": ["u", "p"],
            "jak": ["free", "blocked"],
        },
    )  # fmt: skip


def arm(a: Assembly, part: str, **sites):
    """A gp130 that holds nothing unless told otherwise."""
    bare = {"alpha": None, "dim": None, "y": "u", "jak": "free", "y759": None, "stat": None}
    return gp130(a)(part=part, **{**bare, **sites})


def adam17_activated(a: Assembly, cell, given: Stimuli):
    """ADAM17, oxidised by hydrogen peroxide or activated by PMA, sheds IL-6R.

    The switch `il6_receptor_shedding` at zero keeps shedding at its healthy rate.

    Returns:
        The rate of shedding now and in health (1/day).
    """
    p = a.p
    adam17 = a.monomer("ADAM17", ("s",), {"s": ["off", "on"]})
    off, on = adam17(s="off") ** cell, adam17(s="on") ** cell
    a.initial(off, p("adam17_per_cd4"))
    made = a.define("adam17_synthesis", p("adam17_per_cd4") * p("adam17_turnover")
                    / a.volume(cell.name), "item/litre/day",
                    "ADAM17 synthesis per cell volume")  # fmt: skip
    a.rule("adam17_synthesised", None >> off, made, kind="production",
           note="Made at the rate that keeps its number.")  # fmt: skip
    a.rule("adam17_lost", adam17() ** cell >> None, p("adam17_turnover"), kind="degradation",
           note="First-order turnover.")  # fmt: skip
    held = given.pma / (given.pma + p("pma_kd"))
    rate = a.define("adam17_activation", p("adam17_oxidation") * given.peroxide
                    + p("adam17_by_pma") * held, "1/day", "activation of ADAM17")  # fmt: skip
    a.rule("adam17_activated", off | on, rate, p("adam17_inactivation"), kind="cell transition",
           note="Disulfides of the ectodomain form under hydrogen peroxide, PKC acts within the "
                "cell; thiol isomerases undo it.")  # fmt: skip
    active = a.amount("adam17_active", on, "active ADAM17 per naive CD4 cell")
    every = a.amount("adam17_all", adam17() ** cell, "ADAM17 per naive CD4 cell")
    quiet = p("adam17_oxidation") * given.peroxide_health
    health = a.define("shedding_health", p("il6r_shedding") * quiet
                      / (quiet + p("adam17_inactivation") + p("adam17_turnover")), "1/day",
                      "shedding of IL-6R in health")  # fmt: skip
    now = a.define("shedding", health + p("il6_receptor_shedding")
                   * (p("il6r_shedding") * active / every - health), "1/day",
                   "shedding of IL-6R")  # fmt: skip
    return now, health


def receptors_turn_over(a: Assembly, cell, shedding) -> None:
    """IL-6R and gp130 are made and lost outside of complexes; IL-6R is shed besides."""
    p, (now, health) = a.p, shedding
    volume = a.volume(cell.name)
    for name, words, new, gone, lost in (
        ("il6r", "IL-6R", il6r(a)(lig="free", g=None), il6r(a)(g=None),
         p("il6r_turnover") + health),
        ("gp130", "gp130", arm(a, "free"), gp130(a)(part="free"), p("gp130_turnover")),
    ):  # fmt: skip
        a.initial(new**cell, p(f"{name}_per_cd4"))
        made = a.define(f"{name}_synthesis", p(f"{name}_per_cd4") * lost / volume,
                        "item/litre/day", f"{words} synthesis per cell volume")  # fmt: skip
        a.rule(f"{name}_synthesised", None >> new**cell, made, kind="production",
               note=f"{words} is made at the rate that keeps its number without IL-6.")  # fmt: skip
        a.rule(f"{name}_lost", gone**cell >> None, p(f"{name}_turnover"), kind="degradation",
               note=f"{words} outside of complexes turns over.")  # fmt: skip
    a.rule("il6r_shed", il6r(a)(g=None) ** cell >> None, now, kind="degradation",
           note="ADAM17 cuts IL-6R off, with or without IL-6.")  # fmt: skip


def il6_binds(a: Assembly, cell, given: Stimuli) -> None:
    """IL-6 binds IL-6R at the level around the cell, and gp130 joins."""
    p, receptor = a.p, il6r(a)
    association = a.define("il6_association", p("il6_koff") / p("il6_kd") * given.il6, "1/day",
                           "binding of IL-6 to one IL-6R")  # fmt: skip
    free, bound = (receptor(lig=lig, g=None) ** cell for lig in ("free", "bound"))
    a.rule("il6_binds_il6r", free | bound, association, p("il6_koff"), kind="binding",
           note="IL-6 of the plasma or of the tube binds IL-6R.")  # fmt: skip
    kon = a.define("il6_gp130_kon", p("il6_gp130_koff") / p("il6_gp130_kd"), "litre/day/item",
                   "association of gp130 with IL-6 on IL-6R")  # fmt: skip
    trimer = arm(a, "trimer", alpha=1) ** cell % receptor(lig="bound", g=1) ** cell
    a.rule("gp130_binds_il6_on_il6r", arm(a, "free") ** cell + bound | trimer, kon,
           p("il6_gp130_koff"), kind="binding",
           note="Classic signalling: gp130 joins IL-6 on the cell's own IL-6R.")  # fmt: skip

"""What the tumour makes: TGF-beta, which SMAD3 answers, and B7-H6 on its cells and shed.

B7-H6 that is cut off is lost to the membrane: shedding takes a signal away and adds a decoy.
"""

from typing import Any, NamedTuple

from immacro.models.nk_activation.stimuli import Given
from immacro.models.nk_activation.turnover import keeps_total
from immacro.models.shared.plasma import (
    kept_level,
    observe_level,
    secreted_by_tumour,
    shed_level,
)
from immacro.models.shared.regulation import Signal, saturated
from immacro.models.shared.turnover import turns_over

from immacro.build import Assembly


class Ligand(NamedTuple):
    """B7-H6 on a tumour cell over that without shedding, and shed per plasma volume."""

    membrane: Any
    shed: Any


def tgfb(a: Assembly, blood) -> Signal:
    """Active TGF-beta of plasma; what it occupies of its receptor."""
    p, factor = a.p, a.monomer("TGFB1")() ** blood
    free = kept_level(a, "tgfb", "TGF-beta", factor,
                      "Healthy tissue activates TGF-beta as fast as it is lost.",
                      "Active TGF-beta is short-lived.")  # fmt: skip
    base = p("tgfb_baseline") / p("tgfb_mass")
    secreted_by_tumour(a, "tgfb", "TGF-beta", factor, blood,
                       "The tumour and its stroma release active TGF-beta.")  # fmt: skip
    observe_level(a, "tgfb", free, "active TGF-beta in plasma")
    return Signal(saturated(free, p("tgfb_kd")), saturated(base, p("tgfb_kd")))


def smad3(a: Assembly, cell, bound: Signal) -> Signal:
    """SMAD3 is phosphorylated by what TGF-beta holds of its receptor, and sits on genes."""
    p, factor = a.p, a.monomer("SMAD3", ("y",), {"y": ["u", "p"]})
    bare, phospho = (factor(y=y) ** cell for y in ("u", "p"))
    on, health = (a.define(f"smad3_phosphorylation_{word}", p("smad3_kcat") * share, "1/day",
                           f"phosphorylation of SMAD3, {word}")
                  for word, share in (("now", bound.effect), ("health", bound.health)))  # fmt: skip
    off = p("smad3_dephosphorylation")
    every = a.define("smad3_number", p("smad3_total") * a.volume(cell.name), "item",
                     "SMAD3 per cell")  # fmt: skip
    share = a.define("psmad3_share_health", health / (health + off + p("signalling_turnover")),
                     "dimensionless",
                     "phosphorylated share of SMAD3 in health")  # fmt: skip
    a.initial(bare, a.define("smad3_start", every * (1 - share), "item", "bare SMAD3"))
    a.initial(phospho, a.define("psmad3_start", every * share, "item", "pSMAD3 in health"))
    a.rule("smad3_phosphorylated", bare | phospho, on, off, kind="phosphorylation",
           note="The TGF-beta receptor phosphorylates SMAD3, nuclear phosphatases undo "
                "it.")  # fmt: skip
    keeps_total(a, cell, "smad3", bare, factor() ** cell, every)
    active = a.amount("psmad3", phospho, "phosphorylated SMAD3 per cell")
    half = p("smad3_half")
    return Signal(saturated(active / every, half), saturated(share, half))


def b7h6(a: Assembly, blood, tumour_cell, given: Given) -> Ligand:
    """B7-H6 of an average tumour cell, and what all of them shed into blood."""
    p = a.p
    membrane, soluble = a.monomer("B7H6")() ** tumour_cell, a.monomer("SolubleB7H6")() ** blood
    a.initial(membrane, p("b7h6_per_cell"))
    cut = a.define("b7h6_cut", p("b7h6_shedding_reference") * given.shedding, "1/day",
                   "shedding of B7-H6")  # fmt: skip
    lost = p("b7h6_turnover")
    turns_over(a, tumour_cell, "b7h6", "B7-H6", membrane, membrane, p("b7h6_per_cell") * lost, lost,
               "Made at the rate that keeps its number without shedding.")  # fmt: skip
    a.rule("b7h6_shed", membrane >> None, cut, kind="degradation",
           note="ADAM10 and ADAM17 of the tumour cell cut B7-H6 off.")  # fmt: skip
    number = a.amount("b7h6_membrane", membrane, "B7-H6 per tumour cell")
    entry = a.define("b7h6_entry", cut * number * p("tumour_cells") / p("one_item")
                     / a.volume("blood"), "item/litre/day", "shed B7-H6 into blood")  # fmt: skip
    a.rule("b7h6_enters_blood", None >> soluble, entry, kind="transport",
           note="What all cells of the tumour shed reaches the blood.")  # fmt: skip
    return Ligand(number / p("b7h6_per_cell"), shed_level(a, "b7h6", "shed B7-H6", soluble))

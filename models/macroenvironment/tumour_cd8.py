"""CD8 T cells of the tumour, by class of clones: stem-like, effector, dysfunctional, terminal.

Of the effectors that enter a share is stem-like. Stem-like cells renew within a niche and give
differentiated ones; these are effectors, or dysfunctional once TOX holds their loci. Progeny has
the loci of the differentiated cells of its clone, and newcomers from blood dilute them. Locked
chromatin makes differentiated cells terminal.
"""

from immacro.models.macroenvironment.cascades import tcell_exhaustion
from immacro.models.macroenvironment.cascades.tcell_exhaustion import Exhaustion
from immacro.models.macroenvironment.cd8 import SPECIFIC, cd8

from immacro.build import Assembly

#: States of the tumour, in words.
STATES = {"stem": "stem-like", "effector": "effector", "dysfunctional": "dysfunctional",
          "terminal": "terminally exhausted"}  # fmt: skip


def enter(a: Assembly, body, burden) -> None:
    """Effectors enter from blood; a share of them is stem-like."""
    p, cell = a.p, cd8(a)
    entry = p("effector_cd8_tumour_entry") * burden / (p("effector_entry_half") + burden)
    stem = p("stem_like_share")
    for state, share in (("effector", 1 - stem), ("stem", stem)):
        rate = a.define(f"{state}_entry", entry * share, "1/day",
                        f"effectors of blood that enter the tumour, {STATES[state]}")  # fmt: skip
        for clone in SPECIFIC:
            a.rule(
                f"{clone}_{state}_enter_tumour",
                cell(clone=clone, state="effector") ** body.blood
                >> cell(clone=clone, state=state) ** body.tumour,
                rate, kind="transport", note="Effectors enter the tumour.",
            )  # fmt: skip


def number_of(clone: str, state: str) -> str:
    """Id of the number of cells of a clone class in a state (item)."""
    return f"{clone}_{state}_cd8_tumour"


def killing_of(a: Assembly, number, clone: str):
    """Effectors that would kill as much as all CD8 of a class of clones, without a drug (item).

    Args:
        a: the assembly.
        number: the number of cells by its id.
        clone: the class of clones.
    """
    p = a.p
    return (number[number_of(clone, "effector")]
            + p("dysfunctional_function") * number[number_of(clone, "dysfunctional")]
            + p("terminal_function") * number[number_of(clone, "terminal")])  # fmt: skip


def change(a: Assembly, body, rates: Exhaustion):
    """Renewal, output, dysfunction, death; returns the cells' capacity to kill (item)."""
    p = a.p
    pattern = {
        clone: {state: cd8(a)(clone=clone, state=state) ** body.tumour for state in STATES}
        for clone in SPECIFIC
    }
    count = {
        clone: {state: a.amount(number_of(clone, state), cells,
                                f"{STATES[state]} CD8 of {clone} clones of the tumour")
                for state, cells in pattern[clone].items()}
        for clone in SPECIFIC
    }  # fmt: skip
    niche = sum(count[clone]["stem"] for clone in SPECIFIC)
    crowding = a.define("stem_crowding", p("stem_loss") * (1 + niche / p("stem_niche")), "1/day",
                        "loss of stem-like cells")  # fmt: skip
    capacity = 0
    for clone in SPECIFIC:
        own = count[clone]
        _clone(a, clone, pattern[clone], own, rates, crowding)
        capacity += killing_of(a, a.model.observables, clone)
    return a.define("killing_capacity", capacity * rates.function, "item",
                    "effectors that would kill as much as all CD8 of the tumour")  # fmt: skip


def _clone(a: Assembly, clone: str, pattern, count, rates: Exhaustion, crowding) -> None:
    p = a.p
    held = tcell_exhaustion.held(a, clone, f"differentiated cells of {clone} clones",
                                 count["effector"], count["dysfunctional"])  # fmt: skip
    made = {
        "effector": rates.output * (1 - held),
        "dysfunctional": rates.output * held,
    }
    hold = a.define(f"{clone}_hold", rates.hold * (p("hold_first") + held), "1/day",
                    f"TOX takes hold, {clone} clones")  # fmt: skip
    ends = a.define(f"{clone}_terminal_fate", p("terminal_rate") * held**2, "1/day",
                    f"differentiated cells of {clone} clones that become terminal")  # fmt: skip
    stem = pattern["stem"]
    a.rule(f"{clone}_stem_renew", stem >> stem + stem, rates.renewal, kind="production",
           note="NFAT with AP-1 makes stem-like cells divide.")  # fmt: skip
    a.rule(f"{clone}_stem_lost", stem >> None, crowding, kind="cell death",
           note="Loss rises with their number: the niche is limited.")  # fmt: skip
    for state, output in made.items():
        a.rule(f"{clone}_stem_make_{state}", stem >> stem + pattern[state],
               a.define(f"{clone}_output_{state}", output, "1/day",
                        f"{state} cells of {clone} clones made per stem-like cell"),
               kind="production",
               note="Progeny with the loci of the clone's differentiated cells.")  # fmt: skip
        a.rule(f"{clone}_{state}_die_in_tumour", pattern[state] >> None, rates.loss,
               kind="cell death", note="Death, faster in overstimulated cells.")  # fmt: skip
        a.rule(f"{clone}_{state}_become_terminal", pattern[state] >> pattern["terminal"], ends,
               kind="cell transition", note="Locked chromatin does not open again.")  # fmt: skip
    a.rule(f"{clone}_become_dysfunctional", pattern["effector"] >> pattern["dysfunctional"], hold,
           kind="cell transition", note="TOX holds exhaustion loci.")  # fmt: skip
    a.rule(f"{clone}_terminal_lost", pattern["terminal"] >> None, p("terminal_loss"),
           kind="cell death", note="Terminal cells die and do not divide.")  # fmt: skip

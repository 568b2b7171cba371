"""Observables of tumour-specific CD8 T cells: states in the tumour, and clones by place."""

import sympy
from immacro.models.macroenvironment.cd8 import SPECIFIC, cd8
from immacro.models.macroenvironment.tumour_cd8 import STATES, killing_of, number_of

from immacro.build import Assembly

WORDS = {"exist": "existing", "new": "new"}
#: States with marks of exhaustion.
MARKED = ("dysfunctional", "terminal")


def observe(a: Assembly, body, count) -> None:
    """Counts, shares of states, shares of clones; ``count`` writes a number of cells."""
    p, cell = a.p, cd8(a)
    count("cd8", "tumour", "CD8 T cells", cell())
    count("effector_cd8", "tumour", "effector and dysfunctional CD8 T cells",
           cell(state="effector"), cell(state="dysfunctional"))  # fmt: skip
    count("stem_like_cd8", "tumour", "stem-like CD8 T cells", cell(state="stem"))
    count("terminal_cd8", "tumour", "terminally exhausted CD8 T cells", cell(state="terminal"))
    for clone, words in WORDS.items():
        count(f"{words}_clone_cd8", "tumour", f"CD8 T cells of {words} clones",
               cell(clone=clone))  # fmt: skip
    number = a.model.observables

    def total(clones=SPECIFIC, states=tuple(STATES)):
        return sum(number[number_of(clone, state)] for clone in clones for state in states)

    def share(name, part, whole, words):
        a.observe(name, part / (whole + p("one_item")), "dimensionless", words)

    share("exhausted_cd8_tumour", total(states=MARKED), total(),
          "dysfunctional and terminal ones among CD8 of the tumour")  # fmt: skip
    share("terminally_exhausted_cd8_tumour", total(states=("terminal",)), total(),
          "terminal ones among CD8 of the tumour")  # fmt: skip
    share("new_clone_fraction_tumour", total(clones=("new",)), total(),
          "new clones among CD8 of the tumour")  # fmt: skip
    share("exhaustion_marked_new_clone_fraction_tumour", total(("new",), MARKED), total(("new",)),
          "dysfunctional and terminal ones among CD8 of new clones of the tumour")  # fmt: skip
    for prefix, clone, words in (("", "new", "new"), ("resident_", "exist", "existing")):
        share(
            f"cytotoxicity_{prefix}cd8_tumour",
            killing_of(a, number, clone),
            total((clone,)),
            f"killing by a CD8 T cell of {words} clones of the tumour, over an effector's",
        )
    rate = a.model.expressions
    a.observe("new_clone_expansion_dln",
              rate["cd8_burst_new"] * a.amount("new_primed_dln", cell(clone="new", state="primed")
                                               ** body.dln, "primed CD8 of new clones in the node"),
              "item/day", "effectors of new clones made in the node")  # fmt: skip
    _seen_in_blood(a, body)
    _proliferation_in_blood(a, body)


def _proliferation_in_blood(a: Assembly, body) -> None:
    """Effectors live for days: they are those that divided lately."""
    cell, blood = cd8(a), body.blood
    lately = a.amount("existing_effector_blood", cell(clone="exist", state="effector") ** blood,
                      "effectors of existing clones in blood")  # fmt: skip
    every = a.amount("existing_clone_blood", cell(clone="exist") ** blood,
                     "CD8 of existing clones in blood")  # fmt: skip
    a.observe("existing_clone_proliferation_blood", lately / every, "dimensionless",
              "effectors, which divided lately, among CD8 of existing clones in blood"
              )  # fmt: skip


def _seen_in_blood(a: Assembly, body) -> None:
    """Chance that a clone of the tumour has at least one cell in a sequenced sample of blood."""
    p, cell = a.p, cd8(a)
    blood = body.blood
    found = a.amount("new_clone_blood", cell(clone="new") ** blood, "CD8 of new clones in blood")
    every = a.amount("cd8_blood_all", cell() ** blood, "CD8 T cells of blood")
    expected = p("sequenced_cells") / p("one_item") * found / every / p("new_clones")
    for name, words in (
        ("new_clone_in_blood_fraction", "new clones of which a sample of blood has a cell"),
        ("new_clone_in_blood_pretreatment_fraction", "the same, to be read before a therapy"),
    ):
        a.observe(name, 1 - sympy.exp(-expected), "dimensionless", words)

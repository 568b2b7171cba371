"""A wound: made by an operation, healing within days, secreting while it is open.

Resection of the tumour, or an operation that leaves it, opens a wound of the extent of the
operation. What is not healed makes G-CSF, IL-6 and CCL2 (doi:10.1016/S0952-8180(97)00006-8,
PMID:7727600, doi:10.1016/j.jss.2006.07.043), and stress that goes with it weakens natural killer
cells.
"""

from typing import Any, NamedTuple

from immacro.build import Assembly


class Wound(NamedTuple):
    """The pattern, and how much of a whole operation's wound is open (dimensionless)."""

    pattern: Any
    unhealed: Any


def made_and_healed(a: Assembly, body) -> Wound:
    """Operations open it; it heals at first order."""
    p, wound = a.p, a.monomer("Wound")() ** body.blood
    a.absent(wound)
    for lever, taken in (("surgery", body.tumour), ("wound_only", None)):
        a.surgery(lever, taken, wound, p(f"{lever}_extent") * p("wound_cells"))
    a.rule("wound_heals", wound >> None, p("wound_healing"), kind="degradation",
           note="A wound closes, and what it secretes ends.")  # fmt: skip
    number = a.amount("wound_open", wound, "open wound, one after a whole operation")
    return Wound(wound, number / p("wound_cells"))


def secretes(a: Assembly, wound: Wound, stem: str, label: str, pattern) -> None:
    """The wound makes a factor.

    Args:
        a: the assembly.
        wound: the wound.
        stem: of the ledger rows ``wound_<stem>_secretion`` and ``<stem>_mass``.
        label: the factor's name.
        pattern: the factor, with its place.
    """
    p = a.p
    secretion = a.define(
        f"wound_{stem}_made",
        p("wound_programme") * p(f"wound_{stem}_secretion") / p(f"{stem}_mass") / p("wound_cells"),
        "1/day", f"{label} that an open wound makes",
    )  # fmt: skip
    a.rule(f"wound_secretes_{stem}", wound.pattern >> wound.pattern + pattern, secretion,
           kind="production", note=f"Injured tissue makes {label}.")  # fmt: skip


def stress(a: Assembly, wound: Wound, gain: str, words: str):
    """Stress of an open wound on natural killer cells: a factor, one without a wound.

    Args:
        a: the assembly.
        wound: the wound.
        gain: the ledger row, gain of a fresh wound.
        words: what the factor is of.
    """
    return a.define(f"{gain}_factor", 1 + a.p("wound_nk_suppression") * a.p(gain) * wound.unhealed,
                    "dimensionless", words)  # fmt: skip

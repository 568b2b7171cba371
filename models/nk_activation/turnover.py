"""Proteins inside the cell that change state within minutes and turn over within a day."""

from immacro.build import Assembly


def keeps_total(a: Assembly, cell, name: str, new, every, number) -> None:
    """A protein is made in one state at the rate that keeps its number, and lost in all.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        name: of its rules.
        new: the state in which it is made.
        every: the pattern of all its states.
        number: how many there are (item).
    """
    made = a.define(f"{name}_synthesis", number * a.p("signalling_turnover")
                    / a.volume(cell.name), "item/litre/day",
                    f"{name} made per cell volume")  # fmt: skip
    a.rule(f"{name}_synthesised", None >> new, made, kind="production",
           note="Made at the rate that keeps its total.")  # fmt: skip
    a.rule(f"{name}_lost", every >> None, a.p("signalling_turnover"), kind="degradation",
           note="It turns over in every state.")  # fmt: skip

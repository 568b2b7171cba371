"""Proteins inside the cell that change state within minutes and turn over within a day."""

from immacro.models.shared.turnover import turns_over

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
    pace = a.p("signalling_turnover")
    turns_over(a, cell, name, name, new, every, number * pace, pace,
               "Made at the rate that keeps its total.", "It turns over in every state."
               )  # fmt: skip

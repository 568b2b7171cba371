"""Molecules of an average cell that are made, and lost at first order."""

from immacro.build import Assembly


def turns_over(
    a: Assembly, cell, name: str, words: str, new, every, made, lost,
    note: str = "Made at the rate that keeps its number.", end: str = "First-order turnover.",
) -> None:  # fmt: skip
    """A molecule is made in one state and lost in others.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        name: of its rules, ``<name>_synthesised`` and ``<name>_lost``.
        words: the molecule's name.
        new: the state in which it is made.
        every: the pattern of what is lost.
        made: how many are made (item/day).
        lost: the rate of loss (1/day).
        note: on making it, for the SBML notes.
        end: on losing it.
    """
    rate = a.define(f"{name}_synthesis", made / a.volume(cell.name), "item/litre/day",
                    f"{words} made per cell volume")  # fmt: skip
    a.rule(f"{name}_synthesised", None >> new, rate, kind="production", note=note)
    a.rule(f"{name}_lost", every >> None, lost, kind="degradation", note=end)

"""Constants with a long formula, kept as species.

A simulator puts the formula of an assignment rule wherever it is used: one of a hundred terms, used
in fifteen places, made a run three times slower. A species that nothing changes, set by an initial
assignment, costs nothing.
"""

from immacro.build import Assembly


def kept(a: Assembly, name: str, amount, place, words: str):
    """A species that no reaction changes.

    Args:
        a: the assembly.
        name: of the monomer.
        amount: its constant amount (item), an expression of parameters.
        place: a compartment.
        words: what it is.
    """
    constant = a.monomer(name)() ** place
    a.initial(constant, a.define(f"{name}_start", amount, "item", words))
    return a.amount(f"{name}_amount", constant, words)

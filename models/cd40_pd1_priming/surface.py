"""Molecules of the contact: made at the rate that keeps their number, lost free or bound."""

from immacro.build import Assembly


def turns_over(a: Assembly, place, name: str, new, lost, number, rate) -> None:
    """Production and loss; what a lost molecule has bound stays.

    Args:
        a: the assembly.
        place: the compartment.
        name: stem of ids.
        new: the pattern that is made.
        lost: the pattern whose molecule is lost.
        number: molecules that the production keeps, an expression in item.
        rate: turnover.
    """
    made = a.define(f"{name}_synthesis", number * rate / a.volume(place.name), "item/litre/day",
                    f"{name.upper()} made, per volume")  # fmt: skip
    a.rule(f"{name}_made", None >> new, made, kind="production",
           note="Made, or brought to the contact, at the rate that keeps its number.")  # fmt: skip
    a.rule(f"{name}_lost", lost >> None, rate, kind="degradation", delete_molecules=True,
           note="Lost free or bound at one rate; its partner stays.")  # fmt: skip


def exchange(a: Assembly, pair: str, factor=1):
    """Rate constants at which two molecules bind and part: `<pair>_kon` and `<pair>_kd`, in 3-D.

    Args:
        a: the assembly.
        pair: stem of the ledger's rows.
        factor: multiplies the on-rate.
    """
    p, words = a.p, pair.replace("_", " and ").upper()
    leaving = a.define(f"{pair}_koff", p(f"{pair}_kon") * p(f"{pair}_kd"), "1/day",
                       f"{words} part")  # fmt: skip
    joining = p(f"{pair}_kon")
    if factor != 1:
        joining = a.define(f"{pair}_association", joining * factor, "litre/day/item",
                           f"{words} bind")  # fmt: skip
    return joining, leaving


def binds(a: Assembly, rule: str, rates, left, right, bound) -> None:
    """Reversible binding of two free partners at the rates of ``exchange``."""
    a.rule(rule, left + right | bound, *rates, kind="binding",
           note="Binding in the cleft, with the constants measured in solution.")  # fmt: skip

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


def binds(a: Assembly, rule: str, pair: str, left, right, bound, factor=1) -> None:
    """Reversible binding with the 3-D constants `<pair>_kon` and `<pair>_kd`.

    Args:
        a: the assembly.
        rule: its name.
        pair: stem of the ledger's rows.
        left: first partner, free.
        right: second partner, free.
        bound: the complex.
        factor: multiplies the on-rate.
    """
    p, koff = a.p, f"{pair}_koff"
    leaving = a.model.expressions.get(koff)
    if leaving is None:
        leaving = a.define(koff, p(f"{pair}_kon") * p(f"{pair}_kd"), "1/day",
                           f"{pair.replace('_', ' and ').upper()} part")  # fmt: skip
    joining = p(f"{pair}_kon")
    if factor != 1:
        joining = a.model.expressions.get(f"{pair}_association") or a.define(
            f"{pair}_association", joining * factor, "litre/day/item",
            f"{pair.replace('_', ' and ').upper()} bind")  # fmt: skip
    a.rule(rule, left + right | bound, joining, leaving, kind="binding",
           note="Binding in the cleft, with the constants measured in solution.")  # fmt: skip

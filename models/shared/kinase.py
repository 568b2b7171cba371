"""Inhibitors of JAK kinases."""

from immacro.build import Assembly


def jak_inhibition(a: Assembly, blood, kinase: str):
    """Share of a JAK's activity that the lever ``jak_inhibitor`` leaves.

    Args:
        a: the assembly.
        blood: where the lever's helper is.
        kinase: the kinase's name.
    """
    p, active = a.p, a.switch("jak_inhibitor", blood)
    blocked = p("jak_inhibitor_max") * p("jak_inhibitor_strength") * active / p("one_item")
    return a.define(
        "kinase_activity",
        1 - blocked,
        "dimensionless",
        f"share of {kinase} activity left by the inhibitor",
    )

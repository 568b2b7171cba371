"""Receptors of a dendritic cell that recruit an adaptor, and what the adaptors activate.

A receptor that holds its ligand recruits one adaptor of a limited pool; what the complexes activate
is switched off again at one rate.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from immacro.models.shared import turnover
from immacro.models.shared.bridging import bridges, pair

from immacro.build import Assembly


class Route(NamedTuple):
    """A receptor with its adaptor: name, signalling pattern, what a knock-out leaves, targets."""

    name: str
    signalling: Any
    left: Any
    targets: tuple[str, ...]


def turns_over(a: Assembly, cell, name: str, new, lost, number) -> None:
    """A receptor or adaptor keeps its number without ligand; `sensor_turnover` in the ledger."""
    pace = a.p("sensor_turnover")
    turnover.turns_over(
        a, cell, name, name.upper(), new, lost, number * pace, pace,
        "Made at the rate that keeps its number without ligand.", "What is free turns over.",
    )  # fmt: skip


def cd40_bridged(a: Assembly, cell, antibody, cd40, **rest):
    """CD40 bridged by a bivalent agonist; a pair recruits TRAF6.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        antibody: agonist per volume outside (item/litre).
        cd40: its monomer, with sites `lig`, `d` and, for TRAF6, `ad`.
        rest: its other sites where it has none of the antibody's business.

    Returns:
        The pair that signals.
    """
    p, traf6 = a.p, a.monomer("TRAF6", ("r",))
    free, alone = cd40(lig="free", d=None, ad=None, **rest) ** cell, traf6(r=None) ** cell
    turns_over(a, cell, "cd40", free, cd40(d=None, **rest) ** cell, p("cd40_per_dc"))
    turns_over(a, cell, "traf6", alone, alone, p("adaptor_per_dc"))
    bridges(a, "cd40_agonist", cd40, cell, antibody, ad=None, **rest)
    held = pair(cd40, cell, ad=None, **rest)
    first = cd40(lig="bound", d=1, ad=2, **rest) ** cell
    first = first % (cd40(lig="free", d=1, ad=None, **rest) ** cell)
    loaded = first % traf6(r=2) ** cell
    a.rule("traf6_docks", held + alone | loaded, p("adaptor_kon"), p("adaptor_koff"),
           kind="binding", note="Clustered CD40 recruits TRAF6, one per pair.")  # fmt: skip
    for pattern, state in ((held, "pair"), (loaded, "signalling")):
        a.rule(f"cd40_{state}_internalised", pattern >> None, p("cd40_internalisation"),
               kind="degradation", note="Bridged receptors are taken in and degraded.")  # fmt: skip
    a.amount("cd40_paired", pair(cd40, cell), "bridged pairs of CD40 per cell")
    a.amount("cd40_signalling", loaded, "CD40 pairs with TRAF6 per cell")
    return loaded


def activated(a: Assembly, cell, target: str, routes: Iterable[Route], tonic=None):
    """An activator that every route with this target switches on.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        target: the activator's name.
        routes: what may activate it.
        tonic: rate at which it is on without a stimulus (1/day), if at all.

    Returns:
        Its active share.
    """
    p, name = a.p, target.lower()
    factor = a.monomer(target, ("y",), {"y": ["off", "on"]})
    off, on = factor(y="off") ** cell, factor(y="on") ** cell
    made = a.define(f"{name}_synthesis", p("activator_total") * p("sensor_turnover"),
                    "item/litre/day", f"{target} made per cell volume")  # fmt: skip
    a.initial(off, a.define(f"{name}_start", p("activator_total") * a.volume(cell.name), "item",
                            f"{target} per cell"))  # fmt: skip
    a.rule(f"{name}_synthesised", None >> off, made, kind="production",
           note="Made at the rate that keeps its total.")  # fmt: skip
    a.rule(f"{name}_lost", factor() ** cell >> None, p("sensor_turnover"), kind="degradation",
           note="It turns over, active or not.")  # fmt: skip
    if tonic is not None:
        a.rule(f"{name}_tonic", off >> on, tonic, kind="phosphorylation",
               note="Tonic activity without stimulus.")  # fmt: skip
    a.rule(f"{name}_deactivated", on >> off, p("activator_deactivation"),
           kind="dephosphorylation", note="The activator is switched off.")  # fmt: skip
    for route in routes:
        if target in route.targets:
            rate = a.define(f"{name}_by_{route.name}", p("activation_rate") * route.left,
                            "litre/day/item", f"{target} activated by {route.name}")  # fmt: skip
            a.rule(f"{name}_activated_by_{route.name}",
                   route.signalling + off >> route.signalling + on, rate, kind="phosphorylation",
                   note="The adaptor's kinases activate it.")  # fmt: skip
    active = a.amount(f"{name}_active", on, f"active {target} per cell")
    return active / a.amount(f"{name}_all", factor() ** cell, f"{target} per cell")

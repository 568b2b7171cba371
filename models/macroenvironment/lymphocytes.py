"""Recirculation: lymphocytes go round between blood, spleen, node and marrow.

The healthy numbers and the rates at which cells leave an organ are parameters; the rates of entry
follow from them and are positive whatever the parameters. Blocking S1P receptors holds cells back
in the organs and lets no new ones out of the thymus. Marrow takes in cells as far as its niche
calls them. In the spleen, suppressive myeloid cells (arginase, reactive oxygen) shorten the life of
T cells when they are many, with the square of their number: suppression needs density. A tumour's
node lets B cells go much later and T cells a little later (PMID:27622075).
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.tumour import Recruitment, remodelled
from immacro.models.shared.levers import acting

from immacro.build import Assembly

ORGANS = ("spleen", "dln", "bone_marrow")


class Traffic(NamedTuple):
    """What acts on all circulating lymphocytes; the node holds T and B cells back."""

    open_exit: Any
    retention: Any
    stress: Any
    node: dict[str, Any]
    node_left: Any


def traffic(
    a: Assembly, body, retention, suppressive, suppressive_health, recruited: Recruitment
) -> Traffic:
    """Exit that S1P receptors leave open, the calls of marrow and node, stress in the spleen."""
    p = a.p
    exit_open = a.define(
        "exit_open", 1 - p("egress_block_max") * acting(a, "egress_block", body.blood),
        "dimensionless",
        "share of exit from lymphoid organs that is open",
    )  # fmt: skip
    load = suppressive / suppressive_health

    def toll(x):
        excess = (x / p("toll_half")) ** 2
        return 1 + p("lymphocyte_suppression") * p("toll_max") * excess / (1 + excess)

    stress = a.define(
        "splenic_stress", toll(load) / toll(1), "dimensionless",
        "death of T cells in spleen relative to health",
    )  # fmt: skip
    node = {kind: remodelled(a, f"node_gain_{kind}", recruited) for kind in ("t_cell", "b_cell")}
    return Traffic(exit_open, retention, stress, node, recruited.node_left)


def circulates(a: Assembly, body, name: str, cell, traffic: Traffic, stress=1, toll=1) -> None:
    """Exchange of a population between blood and organs, and its death everywhere.

    Args:
        a: the assembly.
        body: the compartments.
        name: stem of the ledger rows ``<name>_<place>_baseline``, ``_exit_<organ>``, ``_death``.
        cell: the pattern without a place; what it leaves open is kept.
        traffic: what acts on circulating lymphocytes.
        stress: factor on death in the spleen.
        toll: factor on death everywhere.
    """
    p = a.p
    words = name.replace("_", " ")
    death, blood = p(f"{name}_death"), p(f"{name}_blood_baseline")
    for organ in ORGANS:
        health, leaving = p(f"{name}_{organ}_baseline"), p(f"lymphocyte_exit_{organ}")
        called = {"bone_marrow": traffic.retention, "dln": traffic.node_left}.get(organ, 1)
        entry = a.define(
            f"{name}_entry_{organ}", (leaving + death) * health / blood * called, "1/day",
            f"{words} that enter {organ.replace('_', ' ')}",
        )  # fmt: skip
        held = traffic.node["b_cell" if name == "b_cell" else "t_cell"] if organ == "dln" else 1
        exit_ = a.define(
            f"{name}_exit_{organ}", leaving * traffic.open_exit / held, "1/day",
            f"{words} that leave {organ.replace('_', ' ')}",
        )  # fmt: skip
        here = cell ** getattr(body, organ)
        a.rule(f"{name}_enters_{organ}", cell**body.blood >> here, entry, kind="transport",
               note="Lymphocytes enter lymphoid organs from blood.")  # fmt: skip
        a.rule(f"{name}_leaves_{organ}", here >> cell**body.blood, exit_, kind="transport",
               note="Lymphocytes return to blood by S1P.")  # fmt: skip
    for place in ("blood", *ORGANS):
        rate, factor = death, toll * stress if place == "spleen" else toll
        if factor != 1:
            rate = a.define(f"{name}_death_{place}", death * factor, "1/day",
                            f"death of {words} in {place.replace('_', ' ')}")  # fmt: skip
        a.rule(f"{name}_dies_in_{place}", cell ** getattr(body, place) >> None, rate,
               kind="cell death", note="Lymphocytes die.")  # fmt: skip


def others(a: Assembly, body, traffic: Traffic) -> None:
    """CD4 T cells and B cells as one population each; B cells are made in ``b_lymphopoiesis``."""
    cell = a.monomer("Lymphocyte", ("kind",), {"kind": ["cd4", "b_cell", "nk"]})
    for name, stress in (("cd4", traffic.stress), ("b_cell", 1)):
        circulates(a, body, name, cell(kind=name), traffic, stress)
    supplied(a, body, "cd4", cell(kind="cd4"), gate=traffic.open_exit)


def total_baseline(a: Assembly, name: str):
    """Healthy number of a circulating population over all places."""
    return sum(a.p(f"{name}_{place}_baseline") for place in ("blood", *ORGANS))


def supplied(a: Assembly, body, name: str, cell, share=1, gate=1) -> None:
    """New cells enter the blood at the rate at which healthy ones die.

    Args:
        a: the assembly.
        body: the compartments.
        name: stem of the ledger rows.
        cell: the full pattern without a place.
        share: of the healthy population.
        gate: factor on what is made.
    """
    stem = "_".join([name, *(str(v) for v in cell.site_conditions.values())])
    rate = a.define(
        f"{stem}_production",
        share * gate * a.p(f"{name}_death") * total_baseline(a, name) / a.volume("blood"),
        "item/litre/day", f"new {name.replace('_', ' ')} per blood volume",
    )  # fmt: skip
    a.rule(f"{stem}_made", None >> cell**body.blood, rate, kind="production",
           note="New cells, as many as die in health.")  # fmt: skip
    present(a, body, name, cell, share)


def present(a: Assembly, body, name: str, cell, share=1) -> None:
    """The healthy number of a population, or a share of it, in every place."""
    stem = "_".join([name, *(str(v) for v in cell.site_conditions.values())])
    for place in ("blood", *ORGANS):
        start = a.define(
            f"{stem}_{place}_health", share * a.p(f"{name}_{place}_baseline"), "item",
            f"{name}s in {place} in health".replace("_", " "),
        )  # fmt: skip
        a.initial(cell ** getattr(body, place), start)

"""FLT3 on an average progenitor, from the bridging ligand to the active effector, and in health.

Pairs phosphorylate themselves as one, open only when bare, are internalised whether bare or not,
and are degraded in the endosome, from where they still signal. In health the free receptor is the
positive root of a quadratic, all else follows from it: `in_health` has the closed form.
"""

from typing import Any, NamedTuple

import sympy
from immacro.models.shared.bridging import bridges, pair

from immacro.build import Assembly


class Receptor(NamedTuple):
    """FLT3 of an average progenitor: what uptake and regulation need."""

    free: Any
    holding: Any
    association: Any
    leaving: Any
    effect: Any


class Health(NamedTuple):
    """The same in health: net uptake per cell (item/day), effect, and densities (item/litre)."""

    uptake: Any
    effect: Any
    free: Any
    holding: Any
    pairs: Any


def declare_flt3(a: Assembly):
    """FLT3 with ligand state, partner, tyrosines and location."""
    states = {"lig": ["free", "bound"], "y": ["u", "p"], "loc": ["surface", "endosome"]}
    return a.monomer("FLT3", ("lig", "d", "y", "loc"), states)


def declare_effector(a: Assembly):
    """STAT3, STAT5 and PI3K lumped, inactive or active."""
    return a.monomer("FLT3Effector", ("y",), {"y": ["u", "p"]})


def signals(a: Assembly, cell, density) -> Receptor:
    """Receptor turnover, bridging, phosphorylation, internalisation and the effector."""
    p, flt3 = a.p, declare_flt3(a)
    surface = {"y": "u", "loc": "surface"}
    turns_over(a, cell, flt3, **surface)
    association, leaving = bridges(a, "flt3l", flt3, cell, density, **surface)
    bare, active = (pair(flt3, cell, y=y, loc="surface") for y in "up")
    a.rule("flt3_phosphorylated", bare >> active, p("flt3_kcat"), kind="phosphorylation",
           note="The kinases of a pair phosphorylate each other.")  # fmt: skip
    for y, words in (("u", "bare"), ("p", "phosphorylated")):
        inside = pair(flt3, cell, y=y, loc="endosome")
        a.rule(f"flt3_{words}_internalised", pair(flt3, cell, y=y, loc="surface") >> inside,
               p("flt3_internalisation"), kind="transport", note="Pairs are taken in.")  # fmt: skip
        a.rule(f"flt3_{words}_degraded", inside >> None, p("flt3_degradation"),
               kind="degradation", note="Pairs in the endosome are degraded.")  # fmt: skip
    for loc in ("surface", "endosome"):
        a.rule(f"flt3_dephosphorylated_{loc}",
               pair(flt3, cell, y="p", loc=loc) >> pair(flt3, cell, y="u", loc=loc),
               p("flt3_dephosphorylation"), kind="dephosphorylation",
               note="Phosphatases make a pair bare.")  # fmt: skip
    effect = _effector(a, cell, flt3)
    return Receptor(
        a.amount("flt3_free", flt3(lig="free", d=None) ** cell, "free FLT3 per progenitor"),
        a.amount("flt3_holding", flt3(lig="bound", d=None) ** cell,
                 "FLT3 that holds a ligand alone, per progenitor"),
        association, leaving, effect,
    )  # fmt: skip


def turns_over(a: Assembly, cell, flt3, **surface) -> None:
    """Synthesis of free receptors; single ones are lost."""
    p = a.p
    made = a.define(
        "flt3_synthesis", p("flt3_per_pre_dc") * p("flt3_turnover") / a.volume(cell.name),
        "item/litre/day", "FLT3 synthesis per cell volume",
    )  # fmt: skip
    a.rule("flt3_synthesised", None >> flt3(lig="free", d=None, **surface) ** cell,
           made, kind="production",
           note="FLT3 is made at the rate that keeps its number without ligand.")  # fmt: skip
    a.rule("flt3_lost", flt3(d=None) ** cell >> None, p("flt3_turnover"), kind="degradation",
           note="Single receptors turn over, with the ligand that they hold.")  # fmt: skip


def _effector(a: Assembly, cell, flt3):
    p, effector = a.p, declare_effector(a)
    off, on = effector(y="u") ** cell, effector(y="p") ** cell
    made = a.define("effector_synthesis", p("effector_total") * p("effector_turnover"),
                    "item/litre/day", "effector synthesis per cell volume")  # fmt: skip
    a.initial(off, a.define("effector_start", p("effector_total") * a.volume(cell.name), "item",
                            "effector per progenitor"))  # fmt: skip
    a.rule("effector_synthesised", None >> off, made, kind="production",
           note="The effector is made at the rate that keeps its total.")  # fmt: skip
    a.rule("effector_lost", effector() ** cell >> None, p("effector_turnover"),
           kind="degradation", note="The effector turns over.")  # fmt: skip
    for loc in ("surface", "endosome"):
        active = pair(flt3, cell, y="p", loc=loc)
        a.rule(f"effector_activated_{loc}", active + off >> active + on,
               p("effector_activation"), kind="phosphorylation",
               note="A phosphorylated pair activates the effector.")  # fmt: skip
    a.rule("effector_deactivated", on >> off, p("effector_deactivation"),
           kind="dephosphorylation", note="Phosphatases inactivate the effector.")  # fmt: skip
    active = a.amount("effector_active", on, "active effector per progenitor")
    total = a.amount("effector_all", effector() ** cell, "effector per progenitor")
    return a.define("flt3_effect", active / total, "dimensionless", "active share of the effector")


def phosphorylated_per_bare(a: Assembly):
    """Phosphorylated pairs of the surface per bare one, once the two have settled."""
    p = a.p
    return p("flt3_kcat") / (p("flt3_dephosphorylation") + p("flt3_internalisation"))


def in_health(a: Assembly, cell, receptor: Receptor) -> Health:
    """The fixed point of the receptor at the healthy level of ligand."""
    p, volume = a.p, a.volume(cell.name)
    turnover, taken_in = p("flt3_turnover"), p("flt3_internalisation")
    total = p("flt3_per_pre_dc") / volume
    binding = a.define("flt3l_association_health",
                       p("flt3l_kon") * p("flt3l_baseline") / p("flt3l_mass"), "1/day",
                       "binding of flt3l to one receptor in health")  # fmt: skip
    phosphorylated = phosphorylated_per_bare(a)
    opening = a.model.expressions["flt3l_bridge_koff"]
    # Pairs that are lost rather than opened, per encounter of two receptors.
    loss = a.define(
        "flt3_pair_loss",
        p("flt3l_bridge_kon") * taken_in * (1 + phosphorylated)
        / (opening + taken_in * (1 + phosphorylated)),
        "litre/day/item", "bridging that ends in internalisation",
    )  # fmt: skip
    leaving = receptor.leaving + turnover
    square = loss * (1 + 2 * binding / turnover)
    linear = leaving + binding - total * loss
    free = a.define(
        "flt3_free_health",
        (sympy.sqrt(linear**2 + 4 * square * total * leaving) - linear) / (2 * square),
        "item/litre", "free FLT3 per cell volume in health",
    )  # fmt: skip
    holding = a.define("flt3_holding_health", binding * free / (leaving + loss * free),
                       "item/litre", "FLT3 that holds a ligand alone, in health")  # fmt: skip
    uptake = a.define("flt3l_uptake_health",
                      (binding * free - receptor.leaving * holding) * volume, "item/day",
                      "net uptake of FLT3L by one progenitor in health")  # fmt: skip
    bare = p("flt3l_bridge_kon") * free * holding / (opening + taken_in * (1 + phosphorylated))
    inside = taken_in / (p("flt3_dephosphorylation") + p("flt3_degradation"))
    drive = (
        p("effector_activation") * phosphorylated * bare * (1 + inside)
        / (p("effector_deactivation") + p("effector_turnover"))
    )  # fmt: skip
    effect = a.define("flt3_effect_health", drive / (1 + drive), "dimensionless",
                      "active share of the effector in health")  # fmt: skip
    return Health(uptake, effect, free, holding, bare * (1 + phosphorylated))

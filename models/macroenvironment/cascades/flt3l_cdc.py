"""FLT3 of the cascade flt3l_cdc, reduced from ten species to five.

Only what settles slowly is kept, with the parameters of the cascade: FLT3L and its depot; FLT3 that
is free, holds a ligand, or is one of a pair. Phosphorylation of a pair, its time in the endosome
and the effector take minutes to an hour, and follow at once. Health has the closed form of the
cascade.
"""

from typing import Any, NamedTuple

from immacro.models.flt3l_cdc import ligand, receptor
from immacro.models.flt3l_cdc.lineage import Cells
from immacro.models.shared.bridging import bridges, pair
from immacro.models.shared.constants import kept
from immacro.models.shared.plasma import observe_level
from immacro.models.shared.regulation import speeded

from immacro.build import Assembly

#: Steps that FLT3 speeds, with their ledger rows ``flt3_gain_<step>``.
STEPS = {
    "mpp": "progeny of HSC",
    "cdp": "progeny of MPP",
    "pre_dc": "progeny of CDP",
    "commitment": "the odds of commitment",
    "cdc1": "cDC1 made per pre-DC",
    "cdc2": "cDC2 made per pre-DC",
}


class Flt3(NamedTuple):
    """The receptor, what it does in health, and how much faster each step runs than in health."""

    receptor: receptor.Receptor
    health: receptor.Health
    on: dict[str, Any]


def flt3_expands(a: Assembly, body) -> Flt3:
    """FLT3L in plasma, FLT3 of an average progenitor, and its effect on each step."""
    p = a.p
    density = ligand.free_flt3l(a, body.blood)
    ligand.recombinant(a, body.blood)
    observe_level(a, "flt3l", density, "FLT3L in plasma")
    flt3 = _flt3(a, body.pre_dc, density)
    health = receptor.in_health(a, body.pre_dc, flt3)
    _starts_in_health(a, body.pre_dc, health)
    health = _kept(a, body.pre_dc, health)
    on = {
        step: a.define(
            f"flt3_on_{step}",
            speeded(a, f"flt3_gain_{step}", flt3.effect, health.effect, p("flt3_response")),
            "dimensionless", f"effect of FLT3 on {words}, relative to health",
        )
        for step, words in STEPS.items()
    }  # fmt: skip
    return Flt3(flt3, health, on)


def flt3l_made_and_cleared(a: Assembly, body, flt3: Flt3) -> None:
    """Progenitors and dendritic cells take FLT3L up, so that it rises when they are few."""
    p, cell = a.p, a.known("DC")
    others = 1 + p("dc_other_organs")
    places = {"blood": (body.blood, 1), "spleen": (body.spleen, others)}
    pools = {
        "mpp": (a.known("MPP")() ** body.bone_marrow, p("mpp_bone_marrow_baseline"),
                p("flt3_relative_mpp")),
        "cdp": (a.known("CDP")() ** body.bone_marrow, p("cdp_bone_marrow_baseline"), 1),
        "pre_dc": (a.known("PreDC")() ** body.bone_marrow, p("pre_dc_baseline"), 1),
        **{
            f"dc_{name}": (cell() ** place, p(f"cdc1_{name}_baseline") + p(f"cdc2_{name}_baseline"),
                           p("flt3_relative_dc") * weight)
            for name, (place, weight) in places.items()
        },
    }  # fmt: skip
    now = sum(
        weight * a.amount(f"{name}_with_flt3", pattern, f"{name} that bear FLT3")
        for name, (pattern, _, weight) in pools.items()
    )
    cells = Cells(
        a.define("flt3_bearing", now, "item", "FLT3-bearing cells as progenitors"),
        a.define("flt3_bearing_health", sum(w * health for _, health, w in pools.values()), "item",
                 "the same in health"),
    )  # fmt: skip
    ligand.made_and_cleared(a, body.blood, flt3.receptor, flt3.health, cells)


def _flt3(a: Assembly, cell, density) -> receptor.Receptor:
    """The receptor without tyrosines and endosome: pairs are lost as they are taken in."""
    p = a.p
    flt3 = a.monomer("FLT3", ("lig", "d"), {"lig": ["free", "bound"]})
    receptor.turns_over(a, cell, flt3)
    taken_in = p("flt3_internalisation")
    per_bare = receptor.phosphorylated_per_bare(a)
    association, leaving = bridges(a, "flt3l", flt3, cell, density, bare=1 / (1 + per_bare))
    paired = pair(flt3, cell)
    a.rule("flt3_internalised", paired >> None, taken_in, kind="degradation",
           note="Pairs are taken in and degraded within the hour.")  # fmt: skip
    # Phosphorylated pairs on the surface, and those that signal from the endosome.
    active = per_bare / (1 + per_bare) * (
        1 + taken_in / (p("flt3_dephosphorylation") + p("flt3_degradation"))
    )  # fmt: skip
    pairs = a.amount("flt3_pairs", paired, "pairs of FLT3 per progenitor") / a.volume(cell.name)
    drive = (
        p("effector_activation") * active * pairs
        / (p("effector_deactivation") + p("effector_turnover"))
    )  # fmt: skip
    return receptor.Receptor(
        a.amount("flt3_free", flt3(lig="free", d=None) ** cell, "free FLT3 per progenitor"),
        a.amount("flt3_holding", flt3(lig="bound", d=None) ** cell,
                 "FLT3 that holds a ligand alone, per progenitor"),
        association, leaving,
        a.define("flt3_effect", drive / (1 + drive), "dimensionless",
                 "active share of the effector"),
    )  # fmt: skip


def _kept(a: Assembly, cell, health: receptor.Health) -> receptor.Health:
    """What follows from the root of a quadratic and is used in fifteen rates, as two constants."""
    per_day = a.p("flt3_internalisation")
    uptake = kept(a, "flt3l_uptake_in_health", health.uptake / per_day, cell,
                  "FLT3L that a progenitor takes up in health, while a pair stays")  # fmt: skip
    effect = kept(a, "flt3_effect_in_health", health.effect * a.p("one_item"), cell,
                  "effect of FLT3 in health")  # fmt: skip
    return health._replace(uptake=uptake * per_day, effect=effect / a.p("one_item"))


def _starts_in_health(a: Assembly, cell, health: receptor.Health) -> None:
    flt3 = a.known("FLT3")
    for pattern, name, density, words in (
        (flt3(lig="free", d=None) ** cell, "free", health.free, "free FLT3"),
        (flt3(lig="bound", d=None) ** cell, "holding", health.holding, "FLT3 that holds a ligand"),
        (pair(flt3, cell), "pair", health.pairs, "pairs of FLT3"),
    ):
        start = a.define(f"flt3_{name}_start", density * a.volume(cell.name), "item",
                         f"{words} per progenitor in health")  # fmt: skip
        a.initial(pattern, start)

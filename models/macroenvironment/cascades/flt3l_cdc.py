"""The cascade flt3l_cdc, reduced from 53 species to nine: FLT3 and CD40 with their ligands.

Only what settles slowly is kept, with the parameters of the cascade. A receptor is free, holds a
ligand, or is one of a pair; pairs form, open and are taken in as there. Phosphorylation of a pair,
its time in the endosome, the effector of FLT3, TRAF6 and NF-kB take minutes to an hour, and follow
at once. Health has the closed form of the cascade. Poly-ICLC and CpG stay with the cascade.
"""

from typing import Any, NamedTuple

from immacro.models.flt3l_cdc import ligand, receptor
from immacro.models.flt3l_cdc.bridging import bridges, pair
from immacro.models.flt3l_cdc.lineage import Cells
from immacro.models.flt3l_cdc.stimuli import plasma_level
from immacro.models.shared.constants import kept
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


class Activation(NamedTuple):
    """Maturation relative to health, and licensing of semi-mature cells (1/day, 0 in health)."""

    maturation: Any
    licensing: Any


def flt3_expands(a: Assembly, body) -> Flt3:
    """FLT3L in plasma, FLT3 of an average progenitor, and its effect on each step."""
    p = a.p
    density = ligand.free_flt3l(a, body.blood)
    ligand.recombinant(a, body.blood)
    a.observe("flt3l_blood", density * p("flt3l_mass") * p("litre_per_ml"), "picogram/millilitre",
              "FLT3L in plasma")  # fmt: skip
    flt3 = _flt3(a, body.pre_dc, density)
    health = _kept_health(a, body.pre_dc, flt3)
    _starts_in_health(a, body.pre_dc)
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
    per_bare = p("flt3_kcat") / (p("flt3_dephosphorylation") + taken_in)
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


def _kept_health(a: Assembly, cell, flt3: receptor.Receptor) -> receptor.Health:
    """The root of a quadratic, used in fifteen rates: kept as two constants."""
    health, per_day = receptor.in_health(a, cell, flt3), a.p("flt3_internalisation")
    uptake = kept(a, "flt3l_uptake_in_health", health.uptake / per_day, cell,
                  "FLT3L that a progenitor takes up in health, while a pair stays")  # fmt: skip
    effect = kept(a, "flt3_effect_in_health", health.effect * a.p("one_item"), cell,
                  "effect of FLT3 in health")  # fmt: skip
    return receptor.Health(uptake * per_day, effect / a.p("one_item"))


def _starts_in_health(a: Assembly, cell) -> None:
    p, known, flt3 = a.p, a.model.expressions, a.known("FLT3")
    per_bare = p("flt3_kcat") / (p("flt3_dephosphorylation") + p("flt3_internalisation"))
    free, holding = known["flt3_free_health"], known["flt3_holding_health"]
    pairs = (
        (1 + per_bare) * p("flt3l_bridge_kon") * free * holding
        / (known["flt3l_bridge_koff"] + p("flt3_internalisation") * (1 + per_bare))
    )  # fmt: skip
    for pattern, name, density, words in (
        (flt3(lig="free", d=None) ** cell, "free", free, "free FLT3"),
        (flt3(lig="bound", d=None) ** cell, "holding", holding, "FLT3 that holds a ligand"),
        (pair(flt3, cell), "pair", pairs, "pairs of FLT3"),
    ):
        start = a.define(f"flt3_{name}_start", density * a.volume(cell.name), "item",
                         f"{words} per progenitor in health")  # fmt: skip
        a.initial(pattern, start)


def cd40_activates(a: Assembly, body) -> Activation:
    """A CD40 agonist, CD40 of an average immature dendritic cell, and NF-kB under it."""
    p, cell = a.p, body.dendritic_cell
    antibody = plasma_level(a, "cd40_agonist", body.blood)
    a.observe("cd40_agonist_blood",
              antibody * p("cd40_agonist_mass") / p("pg_per_ug") * p("litre_per_ml"),
              "microgram/millilitre", "CD40 agonist in plasma")  # fmt: skip
    knocked_out = p("cd40_ko_strength") * a.switch("cd40_ko", body.blood) / p("one_item")
    left = a.define("cd40_left", 1 - knocked_out, "dimensionless",
                    "signal that the knock-out of CD40 leaves")  # fmt: skip
    by_cd40 = p("activation_rate") * left * _cd40(a, cell, antibody) / a.volume(cell.name)
    tonic, off = p("tonic_activation"), p("activator_deactivation") + p("sensor_turnover")
    own = tonic * (1 - p("tonic_share_cd40") * (1 - left))
    resting = tonic / (tonic + off)
    nfkb = (own + by_cd40) / (own + by_cd40 + off)
    now = a.define("activation_signal", 1 - (1 - nfkb) * (1 - resting), "dimensionless",
                   "signal for maturation that NF-kB or IRF gives")  # fmt: skip
    health = a.define("activation_signal_health", 1 - (1 - resting) ** 2, "dimensionless",
                      "the same in health")  # fmt: skip
    return Activation(
        a.define("maturation_speed", speeded(a, "maturation_gain", now, health), "dimensionless",
                 "maturation relative to health"),
        a.define("dc_licensed", p("dc_licensing") * by_cd40 / (by_cd40 + off), "1/day",
                 "semi-mature cells that CD40 makes mature"),
    )  # fmt: skip


def _cd40(a: Assembly, cell, antibody):
    """Pairs of CD40 that hold TRAF6 (item): they signal and cannot open."""
    p, cd40 = a.p, a.monomer("CD40", ("lig", "d"), {"lig": ["free", "bound"]})
    free = cd40(lig="free", d=None) ** cell
    made = a.define("cd40_synthesis",
                    p("cd40_per_dc") * p("sensor_turnover") / a.volume(cell.name),
                    "item/litre/day", "CD40 made per cell volume")  # fmt: skip
    a.initial(free, p("cd40_per_dc"))
    a.rule("cd40_synthesised", None >> free, made, kind="production",
           note="Made at the rate that keeps its number without ligand.")  # fmt: skip
    a.rule("cd40_lost", cd40(d=None) ** cell >> None, p("sensor_turnover"), kind="degradation",
           note="What is not paired turns over.")  # fmt: skip
    docking = p("adaptor_kon") * p("adaptor_per_dc") / a.volume(cell.name)
    bare = p("adaptor_koff") / (p("adaptor_koff") + docking)
    bridges(a, "cd40_agonist", cd40, cell, antibody, bare=bare)
    a.rule("cd40_pair_internalised", pair(cd40, cell) >> None, p("cd40_internalisation"),
           kind="degradation", note="Bridged receptors are taken in and degraded.")  # fmt: skip
    return (1 - bare) * a.amount("cd40_paired", pair(cd40, cell), "bridged pairs of CD40 per cell")

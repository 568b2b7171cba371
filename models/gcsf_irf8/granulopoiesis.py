"""Neutrophils: mitotic precursors and post-mitotic pools in marrow, then blood.

Each step is first order. Pool sizes and the loss from blood are parameters; since one flux passes
through all pools in health, every other rate is that flux over the pool. G-CSF enters as
`(1 + a*phi) / (1 + a*phi0)`, phi its half-saturating effect and phi0 the same at the baseline, so
that health is a fixed point and a knock-out leaves a positive rate.
"""

from typing import Any, NamedTuple

from immacro.models.shared.regulation import speeded

from immacro.build import Assembly


class Neutrophils(NamedTuple):
    """What other parts need of the neutrophil lineage."""

    bearing: Any
    bearing_health: Any
    marrow: Any
    blood: Any


def gcsf_effect(a: Assembly, density, activity):
    """Half-saturating effect of G-CSF on granulopoiesis, now and in health."""
    p = a.p
    half, baseline = (p(i) / p("gcsf_mass") for i in ("gcsf_half_granulopoiesis", "gcsf_baseline"))
    effect = a.define(
        "gcsf_effect",
        activity * density / (half + density),
        "dimensionless",
        "effect of G-CSF on granulopoiesis",
    )
    health = a.define(
        "gcsf_effect_health", baseline / (half + baseline), "dimensionless", "the same in health"
    )
    return effect, health


def neutrophils(a: Assembly, marrow, blood, density, activity) -> Neutrophils:
    """Precursor -> maturing -> reserve -> blood, each step speeded by G-CSF."""
    p = a.p
    precursor = a.monomer("NeutrophilPrecursor")() ** marrow
    neutrophil = a.monomer("Neutrophil", ("stage",), {"stage": ["maturing", "mature"]})
    maturing = neutrophil(stage="maturing") ** marrow
    reserve = neutrophil(stage="mature") ** marrow
    circulating = neutrophil(stage="mature") ** blood
    pools = (
        "neutrophil_precursor",
        "neutrophil_maturing",
        "neutrophil_reserve",
        "neutrophil_blood",
    )
    for pattern, pool in zip((precursor, maturing, reserve, circulating), pools, strict=True):
        a.initial(pattern, p(f"{pool}_baseline"))

    effect, health = gcsf_effect(a, density, activity)
    flux = p("neutrophil_loss") * p("neutrophil_blood_baseline")

    def rate(name, pool, step, words):
        factor = speeded(a, f"gcsf_gain_{step}", effect, health)
        return a.define(name, flux / p(f"{pool}_baseline") * factor, "1/day", words)

    inflow = a.define(
        "neutrophil_commitment",
        flux / a.volume("bone_marrow") * speeded(a, "gcsf_gain_production", effect, health),
        "item/litre/day",
        "precursors made per marrow volume",
    )
    a.rule(
        "precursors_made",
        None >> precursor,
        inflow,
        kind="production",
        note="G-CSF raises commitment to and amplification of neutrophil precursors.",
    )
    a.rule(
        "precursors_become_postmitotic",
        precursor >> maturing,
        rate("neutrophil_exit_mitosis", pools[0], "maturation", "precursors leave mitosis"),
        kind="cell transition",
        note="Precursors stop dividing.",
    )
    a.rule(
        "neutrophils_mature",
        maturing >> reserve,
        rate("neutrophil_maturation", pools[1], "maturation", "maturation in marrow"),
        kind="cell transition",
        note="G-CSF shortens maturation in the marrow.",
    )
    a.rule(
        "neutrophils_leave_marrow",
        reserve >> circulating,
        rate("neutrophil_egress", pools[2], "egress", "release from the marrow reserve"),
        kind="transport",
        note="G-CSF releases the marrow reserve into blood.",
    )
    a.rule(
        "neutrophils_lost",
        circulating >> None,
        p("neutrophil_loss"),
        kind="cell death",
        note="Neutrophils leave the blood and die.",
    )

    stored = a.amount(
        "neutrophil_marrow_pool", neutrophil() ** marrow, "post-mitotic neutrophils in marrow"
    )
    flowing = a.amount("neutrophil_blood_pool", circulating, "neutrophils in blood, all pools")
    return Neutrophils(
        stored + flowing, sum(p(f"{pool}_baseline") for pool in pools[1:]), stored, flowing
    )

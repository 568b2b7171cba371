"""Soluble factors: G-CSF of healthy tissue and of tumour cells, and CXCL12 of the marrow niche."""

from typing import Any, NamedTuple

from immacro.models.shared.regulation import slowed

from immacro.build import Assembly


class Signal(NamedTuple):
    """Half-saturating effect of a soluble factor, now and in health."""

    effect: Any
    health: Any


def gcsf_of_the_tumour(a: Assembly, tumour, whole, blood):
    """Each tumour cell secretes; the lever ``gcsf`` multiplies what it secretes."""
    p = a.p
    on = a.switch("gcsf", blood) / p("one_item")
    strength = a.define(
        "gcsf_drive", 1 + (p("gcsf_strength") - 1) * on, "dimensionless",
        "tumour secretion of G-CSF relative to the context's own",
    )  # fmt: skip
    secretion = a.define(
        "gcsf_secretion", strength * p("tumour_gcsf_secretion") / p("gcsf_mass") * whole, "1/day",
        "G-CSF secreted per tumour cell",
    )  # fmt: skip
    a.rule(
        "tumour_secretes_gcsf",
        tumour >> tumour + a.known("GCSF")(b=None) ** blood,
        secretion,
        kind="production",
        note="Tumour cells secrete G-CSF, which reaches the circulation.",
    )


def niche(a: Assembly, marrow, gcsf: Signal):
    """CXCL12 holds cells in the marrow; G-CSF lowers its production.

    Returns:
        CXCL12 relative to health.
    """
    p = a.p
    cxcl12 = a.monomer("CXCL12")() ** marrow
    density = p("cxcl12_baseline") / p("cxcl12_mass")
    health = a.define(
        "cxcl12_amount_health", density * a.volume("bone_marrow"), "item", "CXCL12 in health"
    )
    a.initial(cxcl12, health)
    made = a.define(
        "cxcl12_production",
        p("cxcl12_decay") * density
        * slowed(a, "gcsf_gain_niche", *gcsf, on=p("niche_suppression")),
        "item/litre/day", "CXCL12 made per marrow volume",
    )  # fmt: skip
    a.rule(
        "cxcl12_made",
        None >> cxcl12,
        made,
        kind="production",
        note="G-CSF quiets the stromal cells that make CXCL12.",
    )
    a.rule(
        "cxcl12_lost",
        cxcl12 >> None,
        p("cxcl12_decay"),
        kind="degradation",
        note="CXCL12 is degraded.",
    )
    amount = a.amount("cxcl12_amount", cxcl12, "CXCL12 in marrow")
    return a.define(
        "retention", amount / health, "dimensionless", "CXCL12 of the niche relative to health"
    )

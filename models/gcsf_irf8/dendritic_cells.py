"""Pre-DC in marrow and the fate that IRF8 decides: cDC1, else cDC2.

A fixed share of leaving pre-DC reaches the blood pool (the rest die or go straight to tissue).
Among those, cDC1 and cDC2 compete: the odds of cDC1 are its healthy odds times the IRF8 response
relative to health, so that what cDC1 lose, cDC2 gain.
"""

from typing import Any, NamedTuple

from immacro.models.shared.regulation import saturated

from immacro.build import Assembly


class Dendritic(NamedTuple):
    """Amounts (item) of the dendritic lineage."""

    pre_dc: Any
    cdc1: Any
    cdc2: Any


class Share(NamedTuple):
    """The share of cDC1 among the dendritic cells that reach blood, and the same in health."""

    now: Any
    health: Any


def cdc1_share(a: Assembly, irf8, reference=None) -> Share:
    """The share of cDC1 among the dendritic cells that reach blood, set by IRF8.

    Args:
        a: the assembly.
        irf8: IRF8 per average pre-DC (item).
        reference: the same in health; the ledger's ``irf8_reference`` by default.
    """
    p = a.p
    flux1, flux2 = (p(f"{c}_loss") * p(f"{c}_blood_baseline") for c in ("cdc1", "cdc2"))
    share_health = flux1 / (flux1 + flux2)

    def response(level):
        return saturated(level, p("irf8_half_commitment"), p("irf8_commitment_hill"))

    relative = a.define(
        "irf8_drive",
        response(irf8) / response(p("irf8_reference") if reference is None else reference),
        "dimensionless",
        "IRF8 drive to cDC1, relative to health",
    )
    share = a.define(
        "cdc1_share",
        share_health * relative / (share_health * relative + 1 - share_health),
        "dimensionless",
        "share of cDC1 among the dendritic cells that reach blood",
    )
    return Share(share, share_health)


def leave_marrow(a: Assembly, pre_dc, cdc1, cdc2, share) -> None:
    """Pre-DC become cDC1 or cDC2 of the blood, or go elsewhere."""
    p = a.p
    reaching = a.define(
        "dc_output",
        sum(p(f"{kind}_loss") * p(f"{kind}_blood_baseline") for kind in ("cdc1", "cdc2"))
        / p("pre_dc_baseline"),
        "1/day",
        "pre-DC that reach blood as dendritic cells",
    )
    to_cdc1 = a.define("commitment_cdc1", reaching * share, "1/day", "commitment to cDC1")
    to_cdc2 = a.define("commitment_cdc2", reaching * (1 - share), "1/day", "commitment to cDC2")
    elsewhere = a.define(
        "pre_dc_elsewhere",
        p("pre_dc_exit") - reaching,
        "1/day",
        "pre-DC that die or go straight to tissue",
    )
    a.rule(
        "pre_dc_become_cdc1",
        pre_dc >> cdc1,
        to_cdc1,
        kind="cell transition",
        note="IRF8 commits pre-DC to cDC1.",
    )
    a.rule(
        "pre_dc_become_cdc2",
        pre_dc >> cdc2,
        to_cdc2,
        kind="cell transition",
        note="Pre-DC that IRF8 does not commit become cDC2.",
    )
    a.rule(
        "pre_dc_go_elsewhere",
        pre_dc >> None,
        elsewhere,
        kind="cell death",
        note="Most pre-DC die or seed tissue without staying in blood.",
    )


def leave_blood(a: Assembly, cdc1, cdc2) -> None:
    """cDC1 and cDC2 leave the blood."""
    a.rule(
        "cdc1_leave_blood",
        cdc1 >> None,
        a.p("cdc1_loss"),
        kind="cell death",
        note="cDC1 leave the blood.",
    )
    a.rule(
        "cdc2_leave_blood",
        cdc2 >> None,
        a.p("cdc2_loss"),
        kind="cell death",
        note="cDC2 leave the blood.",
    )


def commit(a: Assembly, marrow, blood, irf8) -> Dendritic:
    """Pre-DC are made at a constant rate and leave to a fate set by IRF8."""
    p = a.p
    pre_dc = a.monomer("PreDC")() ** marrow
    cdc1, cdc2 = a.monomer("cDC1")() ** blood, a.monomer("cDC2")() ** blood
    for pattern, pool in ((pre_dc, "pre_dc"), (cdc1, "cdc1_blood"), (cdc2, "cdc2_blood")):
        a.initial(pattern, p(f"{pool}_baseline"))

    made = a.define(
        "pre_dc_production",
        p("pre_dc_exit") * p("pre_dc_baseline") / a.volume("bone_marrow"),
        "item/litre/day",
        "pre-DC made per marrow volume",
    )
    a.rule(
        "pre_dc_made",
        None >> pre_dc,
        made,
        kind="production",
        note="Upstream progenitors supply pre-DC.",
    )
    leave_marrow(a, pre_dc, cdc1, cdc2, cdc1_share(a, irf8).now)
    leave_blood(a, cdc1, cdc2)
    return Dendritic(
        a.amount("pre_dc_pool", pre_dc, "pre-DC in marrow"),
        a.amount("cdc1_pool", cdc1, "cDC1 in blood"),
        a.amount("cdc2_pool", cdc2, "cDC2 in blood"),
    )

"""HSC, MPP and GMP: renewal in a niche, competition of fates, mobilisation, splenic GMP.

HSC divide, and leave by differentiation when the niche is crowded. Each differentiating cell has
many progeny: a child is made in proportion to its parent, and the factor that gives the child's
healthy number stands for the divisions that are not followed. MPP choose between the myeloid, the
dendritic and the lymphoid fate; since the shares add up to one, a signal that favours one fate
costs the others. HSC, MPP and GMP exchange with blood the more, the less CXCL12 holds them. From
blood, GMP seed the spleen.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.drivers import Drivers
from immacro.models.shared.regulation import Signal, speeded, speeded_by

from immacro.build import Assembly


class Progenitors(NamedTuple):
    """Patterns of progenitors and the relative share of MPP that each fate gets."""

    hsc: Any
    mpp: Any
    gmp: Any
    gmp_spleen: Any
    dendritic_fate: Any
    lymphoid_fate: Any


def progenitors(a: Assembly, body, drivers: Drivers, retention, flt3_on_mpp) -> Progenitors:
    """From stem cell to GMP, in marrow, blood and spleen."""
    hsc, mpp, gmp = (a.monomer(name) for name in ("HSC", "MPP", "GMP"))
    marrow = body.bone_marrow
    stem_cells_renew(a, hsc() ** marrow, drivers.gcsf)
    myeloid, dendritic, lymphoid = fates_compete(a, drivers, retention)
    mpp_made(a, hsc() ** marrow, mpp() ** marrow, drivers.gcsf, flt3_on_mpp)
    gmp_made(a, mpp() ** marrow, gmp() ** marrow, drivers, myeloid)
    for name, monomer in (("hsc", hsc), ("mpp", mpp), ("gmp", gmp)):
        mobilised(a, name, monomer() ** marrow, monomer() ** body.blood, retention)
    spleen = gmp() ** body.spleen
    gmp_seed_the_spleen(a, gmp() ** body.blood, spleen, drivers.gcsf)
    return Progenitors(
        hsc() ** marrow, mpp() ** marrow, gmp() ** marrow, spleen, dendritic, lymphoid
    )


def stem_cells_renew(a: Assembly, hsc, gcsf: Signal) -> None:
    """Logistic growth: G-CSF raises division, a crowded niche makes HSC differentiate."""
    p = a.p
    a.initial(hsc, p("hsc_bone_marrow_baseline"))
    number = a.amount("hsc_pool", hsc, "HSC in marrow")
    division = a.define(
        "hsc_division",
        p("hsc_renewal") * speeded(a, "gcsf_gain_hsc", *gcsf, on=p("progenitor_expansion")),
        "1/day", "division of HSC",
    )  # fmt: skip
    departure = a.define(
        "hsc_departure", p("hsc_renewal") * number / p("hsc_bone_marrow_baseline"), "1/day",
        "HSC that differentiate",
    )  # fmt: skip
    a.rule(
        "hsc_divide",
        hsc >> hsc + hsc,
        division,
        kind="production",
        note="HSC renew themselves; G-CSF raises their division.",
    )
    a.rule(
        "hsc_differentiate",
        hsc >> None,
        departure,
        kind="cell transition",
        note="HSC that find no place in the niche differentiate; their progeny are made as MPP.",
    )


def fates_compete(a: Assembly, drivers: Drivers, retention):
    """Shares of MPP that become myeloid, dendritic and lymphoid, relative to health."""
    p = a.p
    myeloid, dendritic = p("mpp_share_myeloid"), p("mpp_share_dendritic")
    bias = speeded_by(a, {"gcsf_gain_fate": drivers.gcsf, "il1b_gain_fate": drivers.il1b},
                      p("myeloid_bias"))  # fmt: skip
    total = a.define(
        "mpp_fate_total",
        myeloid * bias + dendritic + (1 - myeloid - dendritic) * retention,
        "dimensionless", "weight of all fates of MPP, one in health",
    )  # fmt: skip
    to_myeloid = a.define(
        "myeloid_fate", bias / total, "dimensionless", "myeloid share of MPP, relative to health"
    )
    to_dendritic = a.define(
        "dendritic_fate", 1 / total, "dimensionless", "dendritic share of MPP, relative to health"
    )
    to_lymphoid = a.define(
        "lymphoid_fate", retention / total, "dimensionless",
        "lymphoid share of MPP, relative to health",
    )  # fmt: skip
    return to_myeloid, to_dendritic, to_lymphoid


def mpp_made(a: Assembly, hsc, mpp, gcsf: Signal, flt3) -> None:
    """HSC give rise to MPP, which differentiate in turn."""
    p = a.p
    a.initial(mpp, p("mpp_bone_marrow_baseline"))
    made = a.define(
        "mpp_production",
        p("mpp_exit") * p("mpp_bone_marrow_baseline") / p("hsc_bone_marrow_baseline")
        * speeded(a, "gcsf_gain_mpp", *gcsf, on=p("progenitor_expansion")) * flt3,
        "1/day", "MPP made per HSC",
    )  # fmt: skip
    a.rule(
        "mpp_made",
        hsc >> hsc + mpp,
        made,
        kind="production",
        note="Progeny of differentiating HSC; the factor stands for their divisions.",
    )
    a.rule(
        "mpp_differentiate",
        mpp >> None,
        p("mpp_exit"),
        kind="cell transition",
        note="MPP choose a fate; their progeny are made as GMP and CDP.",
    )


def gmp_made(a: Assembly, mpp, gmp, drivers: Drivers, fate) -> None:
    """MPP of the myeloid fate give rise to GMP; those that CDP add are counted against them."""
    p = a.p
    a.initial(gmp, p("gmp_bone_marrow_baseline"))
    flux = (
        p("gmp_exit") * p("gmp_bone_marrow_baseline")
        + p("gmp_seeding") * p("gmp_blood_baseline")
        - p("cdp_exit") * p("cdp_bone_marrow_baseline") * (1 - p("cdp_commitment"))
    )
    made = a.define(
        "gmp_production",
        flux / p("mpp_bone_marrow_baseline") * fate
        * speeded_by(a, {"gcsf_gain_gmp": drivers.gcsf, "gmcsf_gain_gmp": drivers.gmcsf},
                     p("progenitor_expansion")),
        "1/day", "GMP made per MPP",
    )  # fmt: skip
    a.rule(
        "gmp_made",
        mpp >> mpp + gmp,
        made,
        kind="production",
        note="Progeny of MPP of the myeloid fate. G-CSF and IL-1 raise the fate, CSFs division.",
    )
    a.rule(
        "gmp_differentiate",
        gmp >> None,
        p("gmp_exit"),
        kind="cell transition",
        note="GMP differentiate; their progeny are made as neutrophil precursors and monocytes.",
    )


def mobilised(a: Assembly, name: str, marrow, blood, retention) -> None:
    """A progenitor exchanges with blood; a poorer niche lets more of it go."""
    p = a.p
    a.initial(blood, p(f"{name}_blood_baseline"))
    leaving = p("hspc_homing") * p(f"{name}_blood_baseline")
    if name == "gmp":
        leaving += p("gmp_seeding") * p("gmp_blood_baseline")
    rate = a.define(
        f"{name}_mobilisation",
        leaving / p(f"{name}_bone_marrow_baseline") / retention ** p("retention_power_hspc"),
        "1/day", f"{name.upper()} that leave the marrow",
    )  # fmt: skip
    a.rule(
        f"{name}_mobilised",
        marrow | blood,
        rate,
        p("hspc_homing"),
        kind="transport",
        note="CXCL12 holds progenitors in the marrow; those in blood home back within hours.",
    )


def gmp_seed_the_spleen(a: Assembly, blood, spleen, gcsf: Signal) -> None:
    """GMP from blood settle in the spleen and form clones there."""
    p = a.p
    a.initial(spleen, p("gmp_spleen_baseline"))
    on, health = p("splenic_granulopoiesis"), p("gmp_blood_baseline")
    number = a.amount("gmp_blood_pool", blood, "GMP in blood")
    made = a.define(
        "gmp_spleen_production",
        p("gmp_exit") * p("gmp_spleen_baseline") / health
        * (on * speeded(a, "gcsf_gain_gmp", *gcsf) + (1 - on) * health / number),
        "1/day", "splenic GMP made per GMP of blood",
    )  # fmt: skip
    a.rule(
        "gmp_settle",
        blood >> None,
        p("gmp_seeding"),
        kind="cell transition",
        note="GMP leave blood for tissue.",
    )
    a.rule(
        "gmp_spleen_made",
        blood >> blood + spleen,
        made,
        kind="production",
        note="Clones of GMP that settled in the spleen.",
    )
    a.rule(
        "gmp_spleen_differentiate",
        spleen >> None,
        p("gmp_exit"),
        kind="cell transition",
        note="Splenic GMP differentiate into neutrophils on the spot.",
    )

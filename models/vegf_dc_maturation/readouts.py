"""Observables in the units an immunologist reads."""

from immacro.models.shared.plasma import observe_drug, observe_level, plasma

from immacro.build import Assembly


def observe(a: Assembly, vegf, vegfr, nfkb, dendritic) -> None:
    """Levels in plasma, molecules per pre-DC, cells and flows of the marrow."""
    observe_plasma(a, vegf)
    observe_signalling(a, vegfr, nfkb)
    for name, value, unit, words in (
        ("pre_dc_bone_marrow", 1 * dendritic.pre_dc, "item", "pre-DC in bone marrow"),
        ("immature_dc_bone_marrow", 1 * dendritic.immature, "item",
         "immature dendritic cells in bone marrow"),
        ("mature_dc_bone_marrow", 1 * dendritic.mature, "item",
         "mature dendritic cells in bone marrow"),
        ("dc_maturation_bone_marrow", dendritic.maturing, "item/day",
         "dendritic cells that mature in bone marrow"),
        ("dc_output_bone_marrow", dendritic.output, "item/day",
         "dendritic cells that leave the bone marrow"),
    ):  # fmt: skip
        a.observe(name, value, unit, words)


def observe_plasma(a: Assembly, vegf) -> None:
    """Levels in plasma."""
    p, amounts = a.p, a.model.observables
    observe_level(a, "vegf", vegf, "free VEGF in plasma")
    a.observe(
        "vegf_total_blood",
        amounts["vegf_all"] / plasma(a) * p("vegf_mass") * p("litre_per_ml"),
        "picogram/millilitre", "VEGF in plasma, free and bound",
    )  # fmt: skip
    a.observe(
        "svegfr1_blood",
        amounts["svegfr1_all"] / plasma(a) * p("svegfr1_mass") * p("litre_per_ml"),
        "picogram/millilitre", "soluble VEGFR1 in plasma, free and bound",
    )  # fmt: skip
    observe_drug(a, "anti_vegf", amounts["anti_vegf_total"] / plasma(a), "anti-VEGF")


def observe_signalling(a: Assembly, vegfr, nfkb) -> None:
    """Molecules per pre-DC."""
    cell = a.compartment("pre_dc")
    for kind, level in vegfr.phospho.items():
        a.observe(f"p{kind}_pre_dc", 1 * level, "item", f"p{kind.upper()} molecules per pre-DC")
    active = a.amount("ikk_active", a.known("IKK")(s="active") ** cell, "active IKK per pre-DC")
    ikba = a.amount("ikba_all", a.known("IkBa")() ** cell, "IkBa per pre-DC")
    a.observe("ikk_pre_dc", 1 * active, "item", "active IKK molecules per pre-DC")
    a.observe("ikba_pre_dc", 1 * ikba, "item", "IkBa molecules per pre-DC")
    a.observe("nfkb_pre_dc", 1 * nfkb.nuclear, "item", "nuclear free NF-kB molecules per pre-DC")

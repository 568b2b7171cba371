"""VEGF-A in plasma: made, secreted by the tumour, trapped, neutralised, cleared, taken up."""

from immacro.models.shared.antibody import neutralises
from immacro.models.shared.plasma import free_level, plasma, secreted_by_tumour
from pysb.core import MultiState

from immacro.build import Assembly


def _vegf(a: Assembly):
    return a.monomer("VEGF", ("b",))


def _trap(a: Assembly):
    return a.monomer("SolubleVEGFR1", ("v",))


def free_vegf(a: Assembly, blood):
    """Free VEGF per plasma volume (item/litre), as receptors see it in blood and marrow."""
    level = free_level(a, "vegf", "VEGF", _vegf(a)(b=None) ** blood)
    a.amount("vegf_all", _vegf(a)() ** blood, "VEGF in blood, free and bound")
    return level


def trapped_in_health(a: Assembly):
    """VEGF on soluble VEGFR1 in health, per plasma volume (item/litre)."""
    p = a.p
    return a.define(
        "vegf_trapped_health",
        p("vegfr1_kon") * p("vegf_baseline") / p("vegf_mass") * p("svegfr1_baseline")
        / (p("vegfr_koff") + p("svegfr1_clearance")),
        "item/litre", "VEGF on soluble VEGFR1 in health",
    )  # fmt: skip


def vegf_made_and_cleared(a: Assembly, blood, trapped, pre_dc, vegfr):
    """Healthy tissue makes what is eliminated at the baseline, free and on soluble VEGFR1."""
    p, free = a.p, _vegf(a)(b=None) ** blood
    production = a.define(
        "vegf_production",
        p("plasma_fraction") * (
            p("vegf_elimination") * p("vegf_baseline") / p("vegf_mass")
            + p("svegfr1_clearance") * trapped
        ),
        "item/litre/day", "healthy VEGF production per blood volume",
    )  # fmt: skip
    a.rule(
        "vegf_made",
        None >> free,
        production,
        kind="production",
        note="Healthy tissue makes VEGF at the rate at which it is eliminated at the baseline.",
    )
    a.rule(
        "vegf_eliminated",
        free >> None,
        p("vegf_elimination"),
        kind="degradation",
        note="All clearance but that by soluble receptor, antibody and pre-DC.",
    )
    taken = a.define(
        "vegf_binding_to_pre_dc", pre_dc / p("one_item") * vegfr.binding_capacity / plasma(a),
        "1/day", "VEGF that binds to pre-DC",
    )  # fmt: skip
    given = a.define(
        "vegf_release_from_pre_dc",
        pre_dc / p("one_item") * p("vegfr_koff") * vegfr.single / a.volume(blood.name),
        "item/litre/day", "VEGF that pre-DC let go, per blood volume",
    )  # fmt: skip
    a.rule(
        "vegf_binds_to_pre_dc",
        free >> None,
        taken,
        kind="degradation",
        note="Cells times free receptors of the average cell.",
    )
    a.rule(
        "vegf_leaves_pre_dc",
        None >> free,
        given,
        kind="production",
        note="Cells times VEGF on one receptor of the average cell; the rest is taken in.",
    )


def tumour_secretes(a: Assembly, blood) -> None:
    """The driver: vegf_strength times the secretion of a reference tumour."""
    secreted_by_tumour(
        a, "vegf", "VEGF", _vegf(a)(b=None) ** blood, blood,
        "The tumour secretes VEGF into the circulation.",
    )  # fmt: skip


def soluble_vegfr1(a: Assembly, blood, trapped):
    """Soluble VEGFR1 binds VEGF in plasma and leaves with it; a lever makes more of it."""
    p, vegf, trap = a.p, _vegf(a), _trap(a)
    active = a.switch("svegfr1", blood)
    fold = 1 + (p("svegfr1_fold") - 1) * active / p("one_item")
    made = a.define(
        "svegfr1_production",
        p("plasma_fraction") * p("svegfr1_clearance")
        * (p("svegfr1_baseline") + trapped) * fold,
        "item/litre/day", "production of soluble VEGFR1 per blood volume",
    )  # fmt: skip
    free = trap(v=None) ** blood
    a.initial(
        free,
        a.define(
            "svegfr1_amount_health", p("svegfr1_baseline") * plasma(a), "item",
            "free soluble VEGFR1 in health",
        ),
    )  # fmt: skip
    association = a.define(
        "svegfr1_association", p("vegfr1_kon") / p("plasma_fraction"), "litre/day/item",
        "soluble VEGFR1 binds VEGF in plasma, referred to the blood volume",
    )  # fmt: skip
    a.rule(
        "svegfr1_made",
        None >> free,
        made,
        kind="production",
        note="Soluble VEGFR1 is made at the rate that keeps its healthy level.",
    )
    a.rule(
        "svegfr1_binds_vegf",
        free + vegf(b=None) ** blood | trap(v=1) ** blood % vegf(b=1) ** blood,
        association,
        p("vegfr_koff"),
        kind="binding",
        note="Soluble VEGFR1 binds as well as the receptor on cells and hides VEGF from it.",
    )
    a.rule(
        "svegfr1_cleared",
        trap() ** blood >> None,
        p("svegfr1_clearance"),
        kind="degradation",
        note="Soluble VEGFR1 leaves with what it has bound.",
    )
    a.amount("svegfr1_all", trap() ** blood, "soluble VEGFR1 in blood, free and bound")


def anti_vegf(a: Assembly, blood):
    """A neutralising antibody to VEGF: bevacizumab in man, its like in the mouse."""
    p = a.p
    antibody = neutralises(a, "anti_vegf", _vegf(a), "b", blood, plasma(a))
    free = antibody(fab=MultiState(None, None)) ** blood
    a.absent(free)
    a.bolus(
        "anti_vegf",
        free,
        p("anti_vegf_dose") * p("body_weight") * p("pg_per_mg") / p("anti_vegf_mass"),
    )
    a.amount("anti_vegf_total", antibody() ** blood, "anti-VEGF in blood, free and loaded")

"""An antibody to IL-6R, soluble gp130 as a drug, and a JAK inhibitor."""

from immacro.models.il6_dc_apoptosis.soluble import soluble_gp130 as partner
from immacro.models.il6_dc_apoptosis.soluble import soluble_il6r
from immacro.models.shared.antibody import neutralises
from immacro.models.shared.plasma import observe_drug, plasma
from pysb.core import MultiState

from immacro.build import Assembly


def anti_il6r(a: Assembly, blood):
    """A bivalent antibody to IL-6R, soluble and on membranes.

    It competes with IL-6 for the receptor. What binds soluble IL-6R keeps it in the blood. Cells
    that bear IL-6R take free antibody in with the receptor's own turnover.

    Returns:
        Free arms per plasma volume (item/litre).
    """
    p = a.p
    antibody = neutralises(a, "anti_il6", soluble_il6r(a), "lig", blood, plasma(a))
    free = antibody(fab=MultiState(None, None)) ** blood
    a.absent(free)
    a.bolus(
        "anti_il6",
        free,
        p("anti_il6_dose") * p("body_weight") * p("pg_per_mg") / p("anti_il6_mass"),
    )
    total = a.amount("anti_il6_total", antibody() ** blood, "anti-IL-6R in blood, free and loaded")
    unbound = a.amount("anti_il6_unloaded", free, "anti-IL-6R in blood, both arms free")
    uptake = a.define(
        "anti_il6_uptake",
        p("clearing_cells") / p("one_item") * p("il6r_per_clearing_cell") * p("il6r_turnover")
        / (p("anti_il6_km") / p("anti_il6_mass") + unbound / plasma(a)) / plasma(a),
        "1/day", "receptor uptake of the antibody",
    )  # fmt: skip
    a.rule(
        "anti_il6_taken_up",
        free >> None,
        uptake,
        kind="degradation",
        note="Target-mediated clearance: cells times receptors per cell times their turnover.",
    )
    observe_drug(a, "anti_il6", total / plasma(a), "anti-IL-6R")
    arms = a.amount("anti_il6_arms", antibody(fab=None) ** blood, "free arms of anti-IL-6R")
    return a.define("anti_il6_arm_density", arms / plasma(a), "item/litre",
                    "free arms of anti-IL-6R in plasma")  # fmt: skip


def soluble_gp130(a: Assembly, blood):
    """Soluble gp130 fused to Fc: binds as the native form, but stays longer."""
    p = a.p
    drug = partner(a)(c=None, form="fc") ** blood
    a.absent(drug)
    a.bolus("sgp130", drug, p("sgp130_dose") * p("body_weight") * p("pg_per_mg") / p("sgp130_mass"))
    a.rule(
        "sgp130fc_cleared",
        partner(a)(form="fc") ** blood >> None,
        p("sgp130fc_elimination"),
        kind="degradation",
        note="The fusion protein leaves with what it has bound.",
    )

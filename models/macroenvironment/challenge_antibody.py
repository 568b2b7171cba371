"""CD4 help and antibody against a challenge: helpers, plasma cells of the spleen, IgG of plasma.

Dendritic cells with antigen prime helpers as they prime CD8 T cells, cDC1 and cDC2 alike. Helpers
and antigen together make B cells plasma cells, which live for days and secrete; germinal centres
and long-lived plasma cells, and with them what outlasts weeks, are not followed.
"""

from typing import Any

from immacro.models.macroenvironment.challenge import Challenge
from immacro.models.macroenvironment.challenge_dc import Presented, priming_in_spleen
from immacro.models.shared.plasma import plasma
from immacro.models.shared.regulation import saturated
from immacro.models.shared.steps import steps

from immacro.build import Assembly


def answer(a: Assembly, body, challenge: Challenge, presented: Presented, drive: dict[str, Any]):
    """Helpers and antibody; returns specific CD4 T cells that divided lately (item).

    Args:
        a: the assembly.
        body: the compartments.
        challenge: antigen that is left.
        presented: dendritic cells with antigen.
        drive: of MAPK in a contact, by maturation of the dendritic cell.
    """
    helpers = _helpers(a, body, presented, drive)
    _antibody(a, body, challenge, helpers["effector"])
    return helpers["primed"] + helpers["effector"]


def _helpers(a: Assembly, body, presented: Presented, drive: dict[str, Any]) -> dict[str, Any]:
    p = a.p
    helper = a.monomer("HelperT", ("state",), {"state": ["naive", "primed", "effector"]})
    naive, primed, effector = (helper(state=state) ** body.spleen
                               for state in ("naive", "primed", "effector"))  # fmt: skip
    health = a.define("helper_t_health", p("cd4_share_challenge") * p("cd4_spleen_baseline"),
                      "item", "specific CD4 T cells of the spleen in health")  # fmt: skip
    a.initial(naive, health)
    made = a.define("helper_t_production", p("cd4_death") * health / a.volume("spleen"),
                    "item/litre/day", "new specific CD4 T cells per spleen volume")  # fmt: skip
    signal = priming_in_spleen(a, "helper_t", "cd4", presented, drive)
    programme = p("cd8_programme")
    a.rule("helper_t_made", None >> naive, made, kind="production",
           note="New cells, as many as die in health.")  # fmt: skip
    steps(a, "helper_t", "helpers", (
        ("die", naive >> None, p("cd4_death"), "cell death", "Lymphocytes die."),
        ("found", naive >> primed, p("priming_max") * signal, "cell transition",
         "Dendritic cells with antigen find naive helpers."),
        ("expand", primed >> primed + effector, programme * p("helper_t_burst"), "production",
         "Progeny of a primed helper."),
        ("finish", primed >> None, programme, "cell transition",
         "The primed helper has become its progeny."),
        ("effectors_die", effector >> None, p("effector_cd8_death"), "cell death",
         "Effectors are short-lived."),
    ))  # fmt: skip
    return {state: a.amount(f"helper_t_{state}", pattern, f"{state} helpers of a challenge")
            for state, pattern in (("primed", primed), ("effector", effector))}  # fmt: skip


def _antibody(a: Assembly, body, challenge: Challenge, helpers) -> None:
    p = a.p
    b_cell = a.known("Lymphocyte")(kind="b_cell") ** body.spleen
    cell, igg = a.monomer("PlasmaCell")() ** body.spleen, a.monomer("ChallengeIgG")() ** body.blood
    a.absent(cell)
    a.absent(igg)
    made = a.define(
        "plasma_cell_production",
        p("plasma_cell_output") * challenge.antigen * saturated(helpers, p("helper_t_half")),
        "1/day",
        "plasma cells of a challenge made per B cell of the spleen",
    )  # fmt: skip
    a.rule("plasma_cells_made", b_cell >> b_cell + cell, made, kind="production",
           note="Antigen and help make specific B cells plasma cells.")  # fmt: skip
    a.rule("plasma_cells_die", cell >> None, p("plasma_cell_death"), kind="cell death",
           note="Plasma cells outside marrow are short-lived.")  # fmt: skip
    a.rule("antibody_secreted", cell >> cell + igg, p("antibody_secretion"), kind="production",
           note="Plasma cells secrete.")  # fmt: skip
    a.rule("antibody_cleared", igg >> None, p("antibody_clearance"), kind="degradation",
           note="IgG turns over.")  # fmt: skip
    amount = a.amount("challenge_igg_amount", igg, "antibody against a challenge")
    a.observe("plasma_cell_spleen", 1 * a.amount("plasma_cell_number", cell, "plasma cells"),
              "item", "plasma cells of a challenge in the spleen")  # fmt: skip
    a.observe("antibody_titre",
              amount / plasma(a) * p("antibody_mass") / p("pg_per_ug") * p("litre_per_ml"),
              "microgram/millilitre", "antibody against a challenge in plasma")  # fmt: skip

"""CD4 help and antibody against a challenge: helpers, plasma cells of the spleen, IgG of plasma.

Dendritic cells with antigen prime helpers as they prime CD8 T cells, cDC1 and cDC2 alike. Helpers
and antigen together make B cells plasma cells, which live for days and secrete; germinal centres
and long-lived plasma cells, and with them what outlasts weeks, are not followed.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.cd8 import priming_signal
from immacro.models.macroenvironment.challenge import Challenge
from immacro.models.macroenvironment.challenge_dc import CARRIERS, Presented
from immacro.models.macroenvironment.dendritic_precursors import KINDS
from immacro.models.shared.plasma import plasma
from immacro.models.shared.regulation import saturated

from immacro.build import Assembly


class Help(NamedTuple):
    """Specific CD4 T cells of the spleen that divided lately (item)."""

    divided: Any


def answer(
    a: Assembly, body, challenge: Challenge, presented: Presented, drive: dict[str, Any]
) -> Help:
    """Helpers and antibody.

    Args:
        a: the assembly.
        body: the compartments.
        challenge: antigen that is left.
        presented: dendritic cells with antigen.
        drive: of MAPK in a contact, by maturation of the dendritic cell.
    """
    helpers = _helpers(a, body, presented, drive)
    _antibody(a, body, challenge, helpers["effector"])
    return Help(helpers["primed"] + helpers["effector"])


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
    half = a.define(
        "helper_t_priming_half",
        p("priming_half") * p("cd4_spleen_baseline") / p("cd4_dln_baseline"), "item",
        "dendritic cells of the spleen for half of priming CD4: as many per cell as in the node",
    )  # fmt: skip
    number = {mat: sum(presented.number[kind, mat] for kind in KINDS) for mat in CARRIERS}
    signal = priming_signal(a, "helper_t", number, p("challenge_antigenicity"), drive, half)
    programme = p("cd8_programme")
    for name, reaction, rate, kind, note in (
        ("made", None >> naive, made, "production", "New cells, as many as die in health."),
        ("die", naive >> None, p("cd4_death"), "cell death", "Lymphocytes die."),
        ("found", naive >> primed, p("priming_max") * signal, "cell transition",
         "Dendritic cells with antigen find naive helpers."),
        ("expand", primed >> primed + effector, programme * p("helper_t_burst"), "production",
         "Progeny of a primed helper."),
        ("finish", primed >> None, programme, "cell transition",
         "The primed helper has become its progeny."),
        ("effectors_die", effector >> None, p("effector_cd8_death"), "cell death",
         "Effectors are short-lived."),
    ):  # fmt: skip
        constant = rate if rate is made else a.define(
            f"helper_t_{name}_rate", rate, "1/day", f"helpers: {note}")  # fmt: skip
        a.rule(f"helper_t_{name}", reaction, constant, kind=kind, note=note)
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

"""Natural killer cells: their traffic, what the tumour teaches them, what they kill.

They leave organs by S1P5, which a block of the exit by S1P1 spares (PMID:17965716), are made at a
constant rate, and enter the tumour as effectors do. What an average one meets goes with the tumour:
contact with its cells, TGF-beta, shed B7-H6. One that kills is busy with one cell at a time, so
that killing per tumour cell is lost as these become many.
"""

from immacro.models.macroenvironment import lymphocytes, soluble
from immacro.models.macroenvironment.cascades.nk_activation import Education
from immacro.models.nk_activation.tumour import Ligand
from immacro.models.shared.levers import acting
from immacro.models.shared.plasma import kept_level, observe_level, shed_level
from immacro.models.shared.regulation import Signal, saturated

from immacro.build import Assembly


def nk_cell(a: Assembly):
    """The natural killer cell."""
    return a.known("Lymphocyte")(kind="nk")


def circulate(a: Assembly, body, traffic: lymphocytes.Traffic, toll) -> None:
    """Blood, spleen, node and marrow exchange them; new ones enter blood as fast as they die.

    Args:
        a: the assembly.
        body: the compartments.
        traffic: what acts on circulating lymphocytes.
        toll: factor on their death, one in health.
    """
    cell = nk_cell(a)
    lymphocytes.circulates(a, body, "nk", cell, traffic._replace(open_exit=1), toll=toll)
    lymphocytes.supplied(a, body, "nk", cell)


def educated(a: Assembly, body, tumour, burden, whole) -> Education:
    """What an average natural killer cell meets: contact, TGF-beta of plasma, B7-H6."""
    p = a.p
    reach = a.define("nk_reach", burden / (p("effector_entry_half") + burden), "dimensionless",
                     "natural killer cells that meet the tumour, relative to a large one"
                     )  # fmt: skip
    factor = a.monomer("TGFB1")() ** body.blood
    free = kept_level(a, "tgfb", "TGF-beta", factor,
                      "Healthy tissue activates TGF-beta as fast as it is lost.",
                      "Active TGF-beta is short-lived.")  # fmt: skip
    soluble.secreted_by_tumour(a, "tgfb", "TGF-beta", factor, tumour, whole, body.blood)
    observe_level(a, "tgfb", free, "active TGF-beta in plasma")
    base = p("tgfb_baseline") / p("tgfb_mass")
    return Education(
        p("tumour_nk_contact") * reach,
        Signal(saturated(free, p("tgfb_kd")), saturated(base, p("tgfb_kd"))),
        _b7h6(a, body, tumour, whole),
    )


def _b7h6(a: Assembly, body, tumour, whole) -> Ligand:
    """B7-H6 that shedding leaves on a tumour cell, and what all cells shed into blood."""
    p, soluble_form = a.p, a.monomer("SolubleB7H6")() ** body.blood
    strength = soluble.secretion_strength(a, "b7h6", "B7-H6", body.blood)
    cut, lost = strength * p("tumour_b7h6_shedding"), p("b7h6_turnover")
    left = a.define("b7h6_left", lost / (lost + cut), "dimensionless",
                    "B7-H6 of a tumour cell over that without shedding")  # fmt: skip
    shed = a.define("b7h6_shed", cut * left * p("b7h6_per_cell") / p("one_item") * whole, "1/day",
                    "B7-H6 shed per tumour cell")  # fmt: skip
    a.rule("tumour_sheds_b7h6", tumour >> tumour + soluble_form, shed, kind="production",
           note="Proteases of the tumour cell cut B7-H6 off, which reaches the blood."
           )  # fmt: skip
    return Ligand(left, shed_level(a, "b7h6", "shed B7-H6", soluble_form))


def infiltrate_and_kill(a: Assembly, body, tumour, burden, lysis, function) -> None:
    """Entry into the tumour, loss there, and killing by those that are able."""
    p, here = a.p, nk_cell(a) ** body.tumour
    entry = a.define("nk_entry_tumour",
                     p("nk_tumour_entry") * a.model.expressions["nk_reach"], "1/day",
                     "natural killer cells of blood that enter the tumour")  # fmt: skip
    a.rule("nk_enters_tumour", nk_cell(a) ** body.blood >> here, entry, kind="transport",
           note="Natural killer cells enter the tumour.")  # fmt: skip
    a.rule("nk_lost_in_tumour", here >> None, p("nk_tumour_loss"), kind="cell death",
           note="Natural killer cells of the tumour die.")  # fmt: skip
    able = a.define("nk_able",
                    a.amount("nk_in_tumour", here, "natural killer cells of the tumour")
                    * lysis * function, "item",
                    "healthy natural killer cells that would kill as much as those of the tumour"
                    )  # fmt: skip
    rate = a.observe("nk_killing_tumour", p("nk_killing") * p("nk_kills") * able
                     / (able + burden + p("killing_floor")), "1/day",
                     "killing by natural killer cells per tumour cell")  # fmt: skip
    a.rule("natural_killer_cells_kill", tumour >> None, rate, kind="cell death",
           note="Natural killer cells kill as their lysis of a target and suppressive cells let "
                "them.")  # fmt: skip


def depleted(a: Assembly, body) -> None:
    """An antibody kills natural killer cells everywhere."""
    killed = a.p("nk_depletion_kill") * acting(a, "nk_depletion", body.blood)
    lost = a.define("nk_depletion_rate", killed, "1/day",
                    "natural killer cells that the antibody kills")  # fmt: skip
    for place in ("blood", *lymphocytes.ORGANS, "tumour"):
        a.rule(f"nk_depleted_in_{place}", nk_cell(a) ** getattr(body, place) >> None, lost,
               kind="cell death", note="The antibody depletes natural killer cells."
               )  # fmt: skip

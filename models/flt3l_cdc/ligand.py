"""FLT3L: made, injected, eliminated, and taken up by the cells that bear FLT3.

Uptake is binding to the free receptors of an average progenitor times the cells, less what single
receptors let go again: two rules that conserve ligand. The cells counted here carry fewer receptors
than the pharmacokinetics of FLT3 ligands demand, so that each stands for several of the body:
as many as make receptors take their share of the clearance in health.
"""

from immacro.models.shared.plasma import injected

from immacro.build import Assembly


def space(a: Assembly):
    """Volume in which FLT3L is distributed (litre)."""
    return a.p("flt3l_distribution") * a.p("body_weight")


def free_flt3l(a: Assembly, blood):
    """Free FLT3L per volume (item/litre), as receptors see it everywhere."""
    p = a.p
    ligand = a.monomer("FLT3L")() ** blood
    a.initial(ligand, a.define("flt3l_amount_health",
                               p("flt3l_baseline") / p("flt3l_mass") * space(a), "item",
                               "free FLT3L in health"))  # fmt: skip
    amount = a.amount("flt3l_free", ligand, "free FLT3L")
    return a.define("flt3l_density", amount / space(a), "item/litre", "free FLT3L")


def made_and_cleared(a: Assembly, blood, receptor, health, cells) -> None:
    """Health is a fixed point: production is what clearance takes at the baseline."""
    p, one, ligand = a.p, a.p("one_item"), a.known("FLT3L")() ** blood
    eliminated = p("flt3l_elimination") * a.model.expressions["flt3l_amount_health"]
    production = a.define(
        "flt3l_production", eliminated / (1 - p("flt3l_receptor_share")) / a.volume("blood"),
        "item/litre/day", "FLT3L production per blood volume",
    )  # fmt: skip
    a.rule("flt3l_made", None >> ligand, production, kind="production",
           note="Tissue makes FLT3L at the rate at which health clears it.")  # fmt: skip
    a.rule("flt3l_eliminated", ligand >> None, p("flt3l_elimination"), kind="degradation",
           note="Renal and other clearance without receptors.")  # fmt: skip
    represented = a.define(
        "cells_represented",
        eliminated * p("flt3l_receptor_share") / (1 - p("flt3l_receptor_share"))
        / (cells.bearing_health / one * health.uptake),
        "dimensionless", "FLT3-bearing cells of the body for which a counted one stands",
    )  # fmt: skip
    bearing = a.define("bearing_cells", represented * cells.bearing / one, "dimensionless",
                       "FLT3-bearing cells of the body, as progenitors")  # fmt: skip
    a.rule("flt3l_taken_up", ligand >> None,
           a.define("flt3l_uptake", bearing * receptor.free * p("flt3l_kon") / space(a), "1/day",
                    "binding of FLT3L by all bearing cells"),
           kind="degradation",
           note="Cells times what the free receptors of one bind: an average cell's receptors do "
           "not consume one ligand each.")  # fmt: skip
    a.rule("flt3l_let_go", None >> ligand,
           a.define("flt3l_return", bearing * receptor.holding * receptor.leaving
                    / a.volume("blood"), "item/litre/day",
                    "FLT3L let go by single receptors, per blood volume"),
           kind="production", note="Single receptors let the ligand go again.")  # fmt: skip


def recombinant(a: Assembly, blood) -> None:
    """Recombinant FLT3L, injected under the skin."""
    injected(a, "flt3l", "FLT3LDepot", "flt3l", a.known("FLT3L")() ** blood, blood,
             "The drug is absorbed and then is FLT3L.")  # fmt: skip

"""Levers that take a kind of cell or the draining node away."""

from immacro.models.macroenvironment.cd8 import cd8
from immacro.models.macroenvironment.dendritic_precursors import dendritic_cell
from immacro.models.shared.levers import acting

from immacro.build import Assembly


def node_is_resected(a: Assembly, body, left) -> None:
    """All cells of the node go within hours; ``left`` is what still enters it."""
    gone = a.define("node_removal_rate", a.p("node_removal") * (1 - left), "1/day",
                    "cells that leave with the node")  # fmt: skip
    for name, cell in (("dc", dendritic_cell(a)), ("cd8", cd8(a)),
                       ("lymphocytes", a.known("Lymphocyte")),
                       ("monocytes", a.known("Monocyte"))):  # fmt: skip
        a.rule(f"{name}_leave_with_node", cell() ** body.dln >> None, gone, kind="cell death",
               note="The draining node is taken out with all that is in it.")  # fmt: skip


def cd8_are_depleted(a: Assembly, body) -> None:
    """An antibody kills CD8 T cells everywhere."""
    p = a.p
    killed = p("cd8_depletion_kill") * acting(a, "cd8_depletion", body.blood)
    lost = a.define("cd8_depletion_rate", killed, "1/day",
                    "CD8 T cells that the antibody kills")  # fmt: skip
    for place in ("blood", "spleen", "dln", "bone_marrow", "tumour"):
        a.rule(f"cd8_depleted_in_{place}", cd8(a)() ** getattr(body, place) >> None, lost,
               kind="cell death", note="The antibody depletes CD8 T cells.")  # fmt: skip

"""Dendritic cells of spleen and node in health: supply, maturation, death.

Most pre-DC pass the blood within hours and divide in tissue, so that the organs are supplied in
proportion to the pre-DC that leave the marrow, and to the kind that IRF8 gives them. In the spleen
a small share is semi-mature or mature at any time. The node has resident cells, and migratory ones
from the skin, which are semi-mature as they arrive.
"""

from immacro.models.macroenvironment.dendritic_precursors import (
    KINDS,
    Precursors,
    dendritic_cell,
)

from immacro.build import Assembly


def organs(a: Assembly, body, precursors: Precursors) -> None:
    """Dendritic cells of spleen and node."""
    for kind in KINDS:
        _spleen(a, body, precursors, kind)
        _node(a, body, precursors, kind)


def _supplied(a, name, precursors, kind, pattern, flux, note) -> None:
    """Cells of a kind made per pre-DC, ``flux`` being what health needs (item/day)."""
    rate = a.define(
        f"{name}_production",
        flux / a.p("pre_dc_baseline") * precursors.share[kind],
        "1/day", f"{name} made per pre-DC".replace("_", " "),
    )  # fmt: skip
    a.rule(f"{name}_made", precursors.pattern >> precursors.pattern + pattern, rate,
           kind="production", note=note)  # fmt: skip


def _spleen(a, body, precursors, kind) -> None:
    p, cell = a.p, dendritic_cell(a)
    immature, semi, mature = (
        cell(kind=kind, home="res", mat=m, ag="none") ** body.spleen for m in ("imm", "semi", "mat")
    )
    total = p(f"{kind}_spleen_baseline")
    share_semi, share_mature = p("dc_spleen_share_semi"), p("dc_spleen_share_mature")
    share_immature = 1 - share_semi - share_mature
    for pattern, name, share in ((immature, "immature", share_immature),
                                 (semi, "semi_mature", share_semi),
                                 (mature, "mature", share_mature)):  # fmt: skip
        words = f"{name} {kind} of spleen in health".replace("_", " ")
        health = a.define(f"{kind}_{name}_spleen_health", share * total, "item", words)
        a.initial(pattern, health)
    loss, loss_mature = p("dc_organ_loss"), p("dc_mature_loss")
    to_semi = loss * share_semi / share_immature
    to_mature = loss_mature * share_mature / share_immature
    _supplied(a, f"{kind}_spleen", precursors, kind, immature,
              (loss + to_semi + to_mature) * share_immature * total,
              "Pre-DC settle in the spleen and divide there.")  # fmt: skip
    for name, source, target, rate in (
        ("become_semi_mature", immature, semi, to_semi),
        ("mature", immature, mature, to_mature),
    ):
        a.rule(f"{kind}_{name}_in_spleen", source >> target,
               a.define(f"{kind}_{name}_in_spleen_rate", rate, "1/day",
                        f"{kind} {name} in spleen".replace("_", " ")),
               kind="cell transition", note="Maturation without infection.")  # fmt: skip
    for name, source, rate in (("immature", immature, loss), ("semi_mature", semi, loss),
                               ("mature", mature, loss_mature)):  # fmt: skip
        a.rule(f"{kind}_{name}_die_in_spleen", source >> None, rate, kind="cell death",
               note="Dendritic cells of the spleen die.")  # fmt: skip


def _node(a, body, precursors, kind) -> None:
    p, cell = a.p, dendritic_cell(a)
    resident = cell(kind=kind, home="res", mat="imm", ag="none") ** body.dln
    skin = cell(kind=kind, home="mig", mat="semi", ag="none") ** body.dln
    baseline, migrants = p(f"{kind}_resident_dln_baseline"), p(f"{kind}_migratory_dln_baseline")
    a.initial(resident, baseline)
    a.initial(skin, migrants)
    _supplied(a, f"{kind}_dln", precursors, kind, resident, p("dc_organ_loss") * baseline,
              "Pre-DC settle in the node and divide there.")  # fmt: skip
    arrival = a.define(
        f"{kind}_from_skin", p("dc_migratory_loss") * migrants / a.volume("dln"), "item/litre/day",
        f"{kind} from skin per volume of node",
    )  # fmt: skip
    a.rule(f"{kind}_arrive_from_skin", None >> skin, arrival, kind="production",
           note="Dendritic cells of the skin travel to the node at a steady rate.")  # fmt: skip


def node_cells_die(a: Assembly, body) -> None:
    """All dendritic cells of the node die: resident ones and migratory ones at their own rate."""
    cell = dendritic_cell(a)
    for home, loss in (("res", "dc_organ_loss"), ("mig", "dc_migratory_loss")):
        a.rule(f"{'resident' if home == 'res' else 'migratory'}_dc_die_in_dln",
               cell(home=home) ** body.dln >> None, a.p(loss), kind="cell death",
               note="Dendritic cells of the node die.")  # fmt: skip

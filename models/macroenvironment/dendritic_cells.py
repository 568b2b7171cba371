"""Dendritic cells of spleen and node: supply, maturation, death.

Committed precursors of either kind settle from blood and divide in the organs. In the spleen
a small share is semi-mature or mature at any time: IL-6 raises the first, VEGF lowers and CD40
raises the second. The node has resident cells, and migratory ones from the skin, which are
semi-mature as they arrive. CD40 licenses semi-mature cells, IL-6 has all die sooner.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.cascades.cd40 import Activation
from immacro.models.macroenvironment.cascades.il6_dc_apoptosis import Il6Effects
from immacro.models.macroenvironment.dendritic_precursors import (
    KINDS,
    Precursors,
    dendritic_cell,
    semi_maturation_in_health,
)

from immacro.build import Assembly


class Steering(NamedTuple):
    """What cascades and the tumour do to dendritic cells of the organs."""

    il6: Il6Effects
    activation: Activation
    vegf_maturation: Any
    node: Any
    from_skin: dict[str, Any]


def organs(a: Assembly, body, precursors: Precursors, steering: Steering) -> None:
    """Dendritic cells of spleen and node."""
    for kind in KINDS:
        _spleen(a, body, precursors, kind, steering)
        _node(a, body, precursors, kind, steering)
    cell = dendritic_cell(a)
    for place in ("spleen", "dln"):
        where = getattr(body, place)
        a.rule(f"dc_licensed_in_{place}", cell(mat="semi") ** where >> cell(mat="mat") ** where,
               steering.activation.licensing, kind="cell transition",
               note="CD40 makes semi-mature cells mature.")  # fmt: skip
    _die(a, body, steering.il6)


def _supplied(a, name, precursors, kind, pattern, flux, note, drawn=1) -> None:
    """Cells of a kind made per precursor, ``flux`` being what health needs (item/day)."""
    rate = a.define(f"{name}_production", flux / precursors.health[kind] * drawn, "1/day",
                    f"{name} made per precursor".replace("_", " "))  # fmt: skip
    source = precursors.pattern[kind]
    a.rule(f"{name}_made", source >> source + pattern, rate,
           kind="production", note=note)  # fmt: skip


def _spleen(a, body, precursors, kind, steering: Steering) -> None:
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
    to_semi = semi_maturation_in_health(a)
    to_mature = p("dc_mature_loss") * share_mature / share_immature
    _supplied(a, f"{kind}_spleen", precursors, kind, immature,
              (p("dc_organ_loss") + to_semi + to_mature) * share_immature * total,
              "Precursors settle in the spleen and divide there.")  # fmt: skip
    for name, source, target, rate, note in (
        ("become_semi_mature", immature, semi, to_semi * steering.il6.semi_maturation,
         "Incomplete maturation, which inflammation without infection raises."),
        ("mature", immature, mature,
         to_mature * steering.activation.maturation * steering.vegf_maturation,
         "Maturation without infection, or by CD40; VEGF takes NF-kB away from it."),
    ):  # fmt: skip
        a.rule(f"{kind}_{name}_in_spleen", source >> target,
               a.define(f"{kind}_{name}_in_spleen_rate", rate, "1/day",
                        f"{kind} {name} in spleen".replace("_", " ")),
               kind="cell transition", note=note)  # fmt: skip


def _node(a, body, precursors, kind, steering: Steering) -> None:
    p, cell = a.p, dendritic_cell(a)
    resident = cell(kind=kind, home="res", mat="imm", ag="none") ** body.dln
    skin = cell(kind=kind, home="mig", mat="semi", ag="none") ** body.dln
    baseline, migrants = p(f"{kind}_resident_dln_baseline"), p(f"{kind}_migratory_dln_baseline")
    a.initial(resident, baseline)
    a.initial(skin, migrants)
    _supplied(a, f"{kind}_dln", precursors, kind, resident, p("dc_organ_loss") * baseline,
              "Precursors settle in the node and divide there.", steering.node)  # fmt: skip
    arrival = a.define(
        f"{kind}_from_skin",
        p("dc_migratory_loss") * migrants * steering.from_skin[kind] / a.volume("dln"),
        "item/litre/day",
        f"{kind} from skin per volume of node",
    )  # fmt: skip
    a.rule(f"{kind}_arrive_from_skin", None >> skin, arrival, kind="production",
           note="Dendritic cells of the skin travel to the node steadily, by CCR7.")  # fmt: skip


def _die(a: Assembly, body, il6: Il6Effects) -> None:
    """Each state dies at its own rate, to which IL-6 adds the same apoptosis."""
    cell = dendritic_cell(a)
    organ, mature, migratory = (
        a.define(f"{row}_now", a.p(row) + il6.excess_death, "1/day", words)
        for row, words in (
            ("dc_organ_loss", "death of dendritic cells in organs, with that by IL-6"),
            ("dc_mature_loss", "death of mature dendritic cells, with that by IL-6"),
            ("dc_migratory_loss", "death of migratory dendritic cells, with that by IL-6"),
        )
    )
    for name, pattern, rate in (
        ("immature_dc_die_in_spleen", cell(mat="imm") ** body.spleen, organ),
        ("semi_mature_dc_die_in_spleen", cell(mat="semi") ** body.spleen, organ),
        ("mature_dc_die_in_spleen", cell(mat="mat") ** body.spleen, mature),
        ("resident_dc_die_in_dln", cell(home="res") ** body.dln, organ),
        ("migratory_dc_die_in_dln", cell(home="mig") ** body.dln, migratory),
    ):
        a.rule(name, pattern >> None, rate, kind="cell death",
               note="Dendritic cells die; IL-6 adds apoptosis.")  # fmt: skip

"""From tumour to node: dendritic cells take up antigen, travel, and hand it to resident cells.

Blood dendritic cells enter the tumour, take up antigen there and leave for the draining node. A
share set by the tumour's adjuvanticity, less what VEGF takes, arrives mature, the rest semi-mature.
In the node, resident cells receive antigen from live migratory ones and come to resemble them.
"""

from immacro.models.macroenvironment.dendritic_precursors import KINDS, blood_dc, dendritic_cell

from immacro.build import Assembly

ARRIVALS = ("semi", "mat")


def antigen_travels(a: Assembly, body, burden, recruited, travel, vegf_maturation) -> None:
    """Entry, uptake and migration of both kinds; ``travel`` is what of the way is open."""
    p, cell = a.p, dendritic_cell(a)
    uptake = a.define(
        "antigen_uptake_rate", p("antigen_uptake") * burden / (p("antigen_half") + burden), "1/day",
        "dendritic cells that take up tumour antigen",
    )  # fmt: skip
    for kind in KINDS:
        _enters(a, body, kind, recruited.tumour)
    empty = cell(mat="imm", ag="none") ** body.tumour
    loaded = cell(mat="imm", ag="tum") ** body.tumour
    a.rule("dc_take_up_antigen", empty >> loaded, uptake, kind="cell transition",
           note="Dendritic cells take up what tumour cells shed.")  # fmt: skip
    a.rule("dc_die_in_tumour", cell() ** body.tumour >> None, p("dc_tumour_loss"),
           kind="cell death", note="Dendritic cells die in the tumour.")  # fmt: skip
    mature = p("adjuvanticity") * vegf_maturation
    for mat, share in zip(ARRIVALS, (1 - mature, mature), strict=True):
        rate = a.define(
            f"dc_migrate_{mat}_rate",
            p("migration") * p("dc_migration") * travel * share,
            "1/day",
            f"dendritic cells that travel to the node and arrive {mat}",
        )
        a.rule(
            f"dc_migrate_{mat}",
            loaded >> cell(mat=mat, ag="tum") ** body.dln,
            rate,
            kind="transport",
            note="Antigen-bearing cells travel to the node by CCR7.",
        )


def _enters(a, body, kind, recruited) -> None:
    p = a.p
    blood = blood_dc(a, kind, body.blood)
    inside = dendritic_cell(a)(kind=kind, home="mig", mat="imm", ag="none") ** body.tumour
    rate = a.define(
        f"{kind}_tumour_entry_rate",
        p(f"{kind}_tumour_entry") / p(f"{kind}_blood_baseline") * recruited,
        "1/day", f"{kind} that come to the tumour per cell in blood",
    )  # fmt: skip
    a.rule(f"{kind}_enter_tumour", blood >> blood + inside, rate, kind="production",
           note="Dendritic cells and their precursors enter the tumour; most pass the blood "
           "uncounted, so that entry is in proportion to those in blood.")  # fmt: skip


def antigen_handed_on(a: Assembly, body) -> None:
    """Resident cells of the node receive antigen from migratory ones."""
    p, cell = a.p, dendritic_cell(a)
    migrants = {
        mat: a.amount(f"migratory_{mat}_tumour_dc", cell(home="mig", mat=mat, ag="tum") ** body.dln,
                      f"migratory {mat} dendritic cells with tumour antigen")
        for mat in ARRIVALS
    }  # fmt: skip
    for mat, number in migrants.items():
        rate = a.define(
            f"hand_off_{mat}_rate",
            p("antigen_handoff") * p("hand_off_max") * number
            / (p("hand_off_half") + sum(migrants.values())),
            "1/day", f"resident cells that receive antigen from {mat} ones",
        )  # fmt: skip
        a.rule(
            f"dc_hand_off_{mat}",
            cell(home="res", mat="imm", ag="none") ** body.dln
            >> cell(home="res", mat=mat, ag="tum") ** body.dln,
            rate,
            kind="cell transition",
            note="Live migratory cells hand antigen to resident ones across a synapse.",
        )

"""The tumour: seeded at the onset, growing towards what its bed can carry, killed by effectors."""

from typing import Any, NamedTuple

from immacro.build import Assembly


def tumour_cell(a: Assembly, body):
    """The tumour cell."""
    return a.monomer("TumourCell")() ** body.tumour


def grows(a: Assembly, body):
    """Logistic growth of what the onset seeds.

    The share of a cell that a cure or rounding errors leave is no tumour: all that tumour cells do
    goes with ``n^2 / (n + 1)`` of their number ``n``. Were it in proportion to ``n``, a tumour
    would arise from the integrator's noise in a healthy body within months.

    Returns:
        The tumour cell's pattern, the number of whole cells (item), and the share of cells that
        they are.
    """
    p, cell = a.p, tumour_cell(a, body)
    a.seed("tumour_is_seeded", cell, p("tumour_dose"))
    number = a.amount("tumour_cells", cell, "tumour cells")
    whole = a.define(
        "tumour_whole_share", number / (number + p("one_item")), "dimensionless",
        "share of tumour cells that are whole",
    )  # fmt: skip
    burden = a.define("tumour_whole_cells", number * whole, "item", "whole tumour cells")
    growth = a.define(
        "tumour_net_growth",
        p("tumour_growth") * (1 - burden / p("tumour_capacity")) * whole,
        "1/day", "growth of the tumour",
    )  # fmt: skip
    a.rule(
        "tumour_grows",
        cell >> cell + cell,
        growth,
        kind="production",
        note="Tumour cells divide; growth slows as the bed fills. Less than a cell does not grow.",
    )
    return cell, burden, whole


class Recruitment(NamedTuple):
    """Influx into the tumour and remodelling of its node, relative to a large tumour."""

    tumour: Any
    node: Any
    node_left: Any


def recruits(a: Assembly, body, burden, node_left) -> Recruitment:
    """Vessels grow with the tumour, to an extent and with a delay, and let leukocytes in.

    The node that drains the tumour is remodelled in step with its vessels, unless it is resected.
    """
    p = a.p
    endothelium = a.monomer("Endothelium")() ** body.tumour
    a.absent(endothelium)
    wanted = p("endothelium_capacity") * burden / (p("recruitment_half") + burden)
    growth = a.define(
        "vessel_growth", p("endothelium_turnover") * wanted / a.volume("tumour"), "item/litre/day",
        "endothelial cells gained per tumour volume",
    )  # fmt: skip
    a.rule(
        "vessels_grow",
        None >> endothelium,
        growth,
        kind="production",
        note="Endothelial cells grow into the tumour towards what its size calls for.",
    )
    a.rule(
        "vessels_regress",
        endothelium >> None,
        p("endothelium_turnover"),
        kind="cell death",
        note="Endothelial cells of the tumour turn over.",
    )
    number = a.amount("endothelium_pool", endothelium, "endothelial cells of the tumour")
    relative = number / p("endothelium_capacity")
    return Recruitment(
        a.define("tumour_recruitment", p("myeloid_recruitment") * relative,
                 "dimensionless", "influx into the tumour relative to a large one"),
        a.define("node_remodelling", p("node_recruitment") * relative,
                 "dimensionless", "remodelling of the draining node relative to a large tumour"),
        node_left,
    )  # fmt: skip


def remodelled(a: Assembly, gain: str, recruited: Recruitment):
    """How much longer than in health the remodelled node holds back what is in it."""
    return 1 + a.p(gain) * recruited.node


def draws(a: Assembly, gain: str, recruited: Recruitment):
    """How much more the remodelled node takes in than in health, while it is there."""
    return remodelled(a, gain, recruited) * recruited.node_left


def suppression(a: Assembly, immature_myeloid):
    """What immature myeloid cells in the tumour leave of the effectors' killing."""
    load = immature_myeloid / a.p("suppression_half")
    return a.define(
        "effector_function", 1 / (1 + a.p("myeloid_tumour_suppression") * load), "dimensionless",
        "killing that suppressive myeloid cells leave",
    )  # fmt: skip


def killed(a: Assembly, cell, burden, capacity, function) -> None:
    """Killing that depends on effectors per tumour cell, as contacts take time on both sides."""
    p = a.p
    able = capacity * function
    rate = a.define(
        "tumour_killing",
        p("killing") * p("killing_max") * able
        / (able + p("killing_ratio_half") * (burden + p("killing_floor"))),
        "1/day", "tumour cells killed",
    )  # fmt: skip
    a.rule(
        "effectors_kill",
        cell >> None,
        rate,
        kind="cell death",
        note="Effector CD8 T cells kill; the rate saturates with effectors per tumour cell.",
    )

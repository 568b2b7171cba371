"""The tumour: seeded at the onset, growing towards what its bed can carry, killed by effectors."""

from immacro.build import Assembly


def tumour_cell(a: Assembly, body):
    """The tumour cell."""
    return a.monomer("TumourCell")() ** body.tumour


def grows(a: Assembly, body):
    """Logistic growth of what the onset seeds.

    The share of a cell that rounding errors or a cure leave does not grow: without that, zero
    would be unstable, and a tumour would arise from the integrator's noise within months.

    Returns:
        The tumour cell's pattern and amount.
    """
    p, cell = a.p, tumour_cell(a, body)
    a.seed("tumour_is_seeded", cell, p("tumour_dose"))
    burden = a.amount("tumour_cells", cell, "tumour cells")
    growth = a.define(
        "tumour_net_growth",
        p("tumour_growth") * (1 - burden / p("tumour_capacity")) * burden
        / (burden + p("one_item")),
        "1/day", "growth of the tumour",
    )  # fmt: skip
    a.rule(
        "tumour_grows",
        cell >> cell + cell,
        growth,
        kind="production",
        note="Tumour cells divide; growth slows as the bed fills. Less than a cell does not grow.",
    )
    return cell, burden


def recruits(a: Assembly, burden):
    """Saturating influx of cells into the tumour: its vessels grow with it to an extent."""
    return a.define(
        "tumour_recruitment", a.p("recruitment") * burden / (a.p("recruitment_half") + burden),
        "dimensionless", "influx into the tumour relative to a large one",
    )  # fmt: skip


def suppression(a: Assembly, immature_myeloid):
    """What immature myeloid cells in the tumour leave of the effectors' killing."""
    load = immature_myeloid / a.p("suppression_half")
    return a.define(
        "effector_function", 1 / (1 + a.p("tumour_suppression") * load), "dimensionless",
        "killing that suppressive myeloid cells leave",
    )  # fmt: skip


def killed(a: Assembly, cell, burden, effectors, function) -> None:
    """Killing that depends on effectors per tumour cell, as contacts take time on both sides."""
    p = a.p
    able = effectors * function
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

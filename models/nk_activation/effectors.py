"""What the cell does: CD16 is shed, granules are released, a target is lysed; and the readouts."""

from immacro.models.nk_activation.receptors import ACTIVATING, Receptor
from immacro.models.nk_activation.signalling import Signals
from immacro.models.shared.regulation import Signal, slowed
from immacro.models.shared.turnover import turns_over

from immacro.build import Assembly


def cd16(a: Assembly, cell, body: Signals):
    """CD16 is shed by ADAM17, which ERK activates; returns it over health.

    The switch `nk_desensitisation` at zero keeps shedding at its healthy rate.
    """
    p, on = a.p, a.p("nk_desensitisation")
    molecule = a.monomer("CD16")() ** cell
    a.initial(molecule, p("cd16_per_cell"))
    health = p("cd16_shedding") * body.erk_health
    lost = p("receptor_turnover")
    cut = a.define("cd16_cut", health + on * (p("cd16_shedding") * body.erk - health), "1/day",
                   "shedding of CD16")  # fmt: skip
    turns_over(a, cell, "cd16", "CD16", molecule, molecule, p("cd16_per_cell") * (lost + health),
               lost, "Made at the rate that keeps its number in health.")  # fmt: skip
    a.rule("cd16_shed", molecule >> None, cut, kind="degradation",
           note="ADAM17 of an active cell cuts CD16 off.")  # fmt: skip
    return a.amount("cd16_total", molecule, "CD16 per cell") / p("cd16_per_cell")


def observe_receptors(a: Assembly, numbers: dict[str, Receptor], cd16) -> None:
    """Receptors over health; the activating four as the mean of these."""
    over = {name: numbers[name].total / numbers[name].total_health for name in numbers}
    over["cd16"] = cd16
    words = dict(ACTIVATING) | {"nkg2a": "NKG2A", "cd16": "CD16"}
    for name, value in over.items():
        a.observe(f"{name}_nk", value, "dimensionless", f"{words[name]} of an NK cell over health")
    activating = sum(over[name] for name in ("nkp30", "nkg2d", "dnam1", "cd16"))
    a.observe("nk_activating_receptors_blood", activating / a.p("activating_receptors"),
              "dimensionless", "activating receptors over health, mean of four")  # fmt: skip
    a.observe("nk_inhibitory_receptors_blood", over["nkg2a"], "dimensionless",
              "NKG2A over health")  # fmt: skip


def observe_killing(a: Assembly, cell, body: Signals, assay: Signals, smad3: Signal) -> None:
    """Degranulation follows ERK on the target; lysis needs granzyme in the granules besides."""
    p, molecule = a.p, a.monomer("GZMB")() ** cell
    a.initial(molecule, p("granzyme_per_cell"))
    made = p("granzyme_per_cell") * p("granzyme_turnover")
    made = made * slowed(a, "granzyme_by_smad3", *smad3)
    turns_over(a, cell, "granzyme", "granzyme B", molecule, molecule, made,
               p("granzyme_turnover"), "SMAD3 lowers granzyme B.")  # fmt: skip
    load = a.amount("granzyme", molecule, "granzyme B per cell") / p("granzyme_per_cell")
    released = a.observe("nk_degranulation", assay.erk / assay.erk_health, "dimensionless",
                         "degranulation on the standard target over health")  # fmt: skip
    a.observe("nk_cytotoxicity", released * load, "dimensionless",
              "lysis of the standard target over health")  # fmt: skip
    a.observe("granzyme_nk", load, "dimensionless", "granzyme B of an NK cell over health")
    a.observe("erk_nk_blood", body.erk / body.erk_health, "dimensionless",
              "active ERK of an NK cell in the body over health")  # fmt: skip
    a.observe("pvav1_nk_assay", assay.vav1, "dimensionless",
              "phosphorylated share of VAV1 on the standard target")  # fmt: skip
    a.observe("perk_nk_assay", assay.erk, "dimensionless",
              "share of ERK with two phosphates on the standard target")  # fmt: skip

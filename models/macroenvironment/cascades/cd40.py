"""CD40 of the cascade flt3l_cdc: the agonist, pairs of the receptor, and what follows them.

A receptor is free, holds an antibody, or is one of a pair; pairs form, open and are taken in as in
the cascade. TRAF6 and NF-kB take minutes to two hours, and follow at once. TLR, MDA5 and their
ligands, poly-ICLC and CpG, stay with the cascade.
"""

from typing import Any, NamedTuple

from immacro.models.shared.bridging import bridges, pair
from immacro.models.shared.knock_out import left_by
from immacro.models.shared.plasma import dosed_level, observe_drug
from immacro.models.shared.regulation import speeded

from immacro.build import Assembly


class Activation(NamedTuple):
    """Maturation relative to health, and licensing of semi-mature cells (1/day, 0 in health)."""

    maturation: Any
    licensing: Any


def cd40_activates(a: Assembly, body) -> Activation:
    """A CD40 agonist, CD40 of an average immature dendritic cell, and NF-kB under it."""
    p, cell = a.p, body.dendritic_cell
    antibody = dosed_level(a, "cd40_agonist", body.blood)
    observe_drug(a, "cd40_agonist", antibody, "CD40 agonist")
    left = left_by(a, "cd40_ko", body.blood)
    by_cd40 = p("activation_rate") * left * _cd40(a, cell, antibody) / a.volume(cell.name)
    tonic, off = p("tonic_activation"), p("activator_deactivation") + p("sensor_turnover")
    own = tonic * (1 - p("tonic_share_cd40") * (1 - left))
    resting = tonic / (tonic + off)
    nfkb = (own + by_cd40) / (own + by_cd40 + off)
    now = a.define("activation_signal", 1 - (1 - nfkb) * (1 - resting), "dimensionless",
                   "signal for maturation that NF-kB or IRF gives")  # fmt: skip
    health = a.define("activation_signal_health", 1 - (1 - resting) ** 2, "dimensionless",
                      "the same in health")  # fmt: skip
    return Activation(
        a.define("maturation_speed", speeded(a, "maturation_gain", now, health), "dimensionless",
                 "maturation relative to health"),
        a.define("dc_licensed", p("dc_licensing") * by_cd40 / (by_cd40 + off), "1/day",
                 "semi-mature cells that CD40 makes mature"),
    )  # fmt: skip


def _cd40(a: Assembly, cell, antibody):
    """Pairs of CD40 that hold TRAF6 (item): they signal and cannot open."""
    p, cd40 = a.p, a.monomer("CD40", ("lig", "d"), {"lig": ["free", "bound"]})
    free = cd40(lig="free", d=None) ** cell
    made = a.define("cd40_synthesis",
                    p("cd40_per_dc") * p("sensor_turnover") / a.volume(cell.name),
                    "item/litre/day", "CD40 made per cell volume")  # fmt: skip
    a.initial(free, p("cd40_per_dc"))
    a.rule("cd40_synthesised", None >> free, made, kind="production",
           note="Made at the rate that keeps its number without ligand.")  # fmt: skip
    a.rule("cd40_lost", cd40(d=None) ** cell >> None, p("sensor_turnover"), kind="degradation",
           note="What is not paired turns over.")  # fmt: skip
    docking = p("adaptor_kon") * p("adaptor_per_dc") / a.volume(cell.name)
    bare = p("adaptor_koff") / (p("adaptor_koff") + docking)
    bridges(a, "cd40_agonist", cd40, cell, antibody, bare=bare)
    a.rule("cd40_pair_internalised", pair(cd40, cell) >> None, p("cd40_internalisation"),
           kind="degradation", note="Bridged receptors are taken in and degraded.")  # fmt: skip
    return (1 - bare) * a.amount("cd40_paired", pair(cd40, cell), "bridged pairs of CD40 per cell")

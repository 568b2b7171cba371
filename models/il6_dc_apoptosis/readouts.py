"""Observables in the units an immunologist reads."""

from immacro.models.il6_dc_apoptosis.membrane import gp130, il6r
from immacro.models.il6_dc_apoptosis.soluble import soluble_il6r
from immacro.models.shared.plasma import observe_level, plasma
from immacro.models.shared.stat3 import declare_stat3

from immacro.build import Assembly


def observe(a: Assembly, cell, serum, cells) -> None:
    """Levels in plasma, molecules per dendritic cell, death and numbers of dendritic cells."""
    observe_plasma(a, serum)
    observe_signalling(a, cell)
    a.observe("dc_apoptosis_systemic", 1 * cells.apoptosis, "1/day",
              "dendritic cells that turn apoptotic, per living cell")  # fmt: skip
    a.observe("apoptotic_dc_systemic", cells.dying / (cells.living + cells.dying),
              "dimensionless", "share of dendritic cells that are apoptotic")  # fmt: skip
    a.observe("dc_systemic", 1 * cells.living, "item", "living dendritic cells of the spleen")


def observe_plasma(a: Assembly, serum) -> None:
    """Levels in plasma."""
    p, observables = a.p, a.model.observables
    blood = a.compartment("blood")
    observe_level(a, "il6", serum.il6, "free IL-6 in plasma")
    a.observe("il6_total_blood",
              observables["il6_all"] / plasma(a) * p("il6_mass") * p("litre_per_ml"),
              "picogram/millilitre", "IL-6 in plasma, free and bound")  # fmt: skip
    receptors = a.amount("sil6r_all", soluble_il6r(a)() ** blood, "soluble IL-6R in blood")
    a.observe("sil6r_blood",
              receptors / plasma(a) * p("sil6r_mass") / p("pg_per_ng") * p("litre_per_ml"),
              "nanogram/millilitre", "soluble IL-6R in plasma, free and bound")  # fmt: skip


def observe_signalling(a: Assembly, cell) -> None:
    """Molecules per dendritic cell."""
    arm = gp130(a)
    own = a.amount("gp130_own", arm(via="own") ** cell, "gp130 with IL-6 on the cell's IL-6R")
    trans = a.amount("gp130_trans", arm(via="soluble") ** cell, "gp130 with IL-6 on soluble IL-6R")
    loaded = own + trans
    total = a.known("GP130")
    every = a.amount("gp130_all", total() ** cell, "gp130 per dendritic cell")
    bound = a.amount("il6r_bound", il6r(a)(lig="bound") ** cell, "IL-6R with IL-6")
    active = a.amount("gp130_phospho", arm(y="p") ** cell, "phosphorylated hexamers per cell")
    phospho = a.amount("stat3_phospho", declare_stat3(a)(y="p") ** cell, "pSTAT3 per cell")
    socs3 = a.amount("socs3_all", a.known("SOCS3")() ** cell, "SOCS3 per cell")
    bim = a.amount("bim_all", a.known("BIM")() ** cell, "BIM per cell")

    a.observe("il6r_occupancy_dc", bound / a.model.observables["il6r_all"], "dimensionless",
              "share of membrane IL-6R of a dendritic cell that has bound IL-6")  # fmt: skip
    a.observe("gp130_occupancy_dc", loaded / every, "dimensionless",
              "share of gp130 of a dendritic cell in complexes with IL-6")  # fmt: skip
    a.observe("trans_share_dc", trans / loaded, "dimensionless",
              "share of those complexes that came with soluble IL-6R")  # fmt: skip
    a.observe("hexamer_dc", 1 * active, "item", "phosphorylated hexamers per dendritic cell")
    a.observe("pstat3_dc", 1 * phospho, "item", "pSTAT3 molecules per dendritic cell")
    a.observe("socs3_dc", 1 * socs3, "item", "SOCS3 molecules per dendritic cell")
    a.observe("bim_dc", 1 * bim, "item", "BIM molecules per dendritic cell")
    a.observe("caspase3_dc", 1 * a.model.observables["caspase3_free"], "item",
              "free active caspase-3 molecules per dendritic cell")  # fmt: skip

"""Observables in the units an immunologist reads."""

from immacro.models.shared.plasma import observe_drug, observe_level, plasma
from immacro.models.shared.stat3 import declare_stat3

from immacro.build import Assembly


def observe(a: Assembly, gcsf, neutrophils, dendritic, irf8) -> None:
    """Levels in plasma, molecules per pre-DC, cells per microlitre of blood and per marrow."""
    per_ul = a.p("litre_per_ul")
    observe_plasma(a, gcsf)
    observe_signalling(a, irf8)
    observe_cells(a, neutrophils, dendritic, per_ul)


def observe_plasma(a: Assembly, gcsf) -> None:
    """Levels in plasma."""
    observe_level(a, "gcsf", gcsf, "free G-CSF in plasma")
    total = a.model.observables["anti_gcsf_total"]
    observe_drug(a, "anti_gcsf", total / plasma(a), "anti-G-CSF")


def observe_signalling(a: Assembly, irf8) -> None:
    """Molecules per pre-DC."""
    cell = a.compartment("pre_dc")
    phospho = a.amount("stat3_phospho", declare_stat3(a)(y="p") ** cell, "pSTAT3 per pre-DC")
    arms = a.amount("csf3r_bound", a.known("CSF3R")(lig="bound") ** cell, "ligand-bound CSF3R")
    total = a.amount("csf3r_all", a.known("CSF3R")() ** cell, "CSF3R per pre-DC")
    socs3 = a.amount("socs3_all", a.known("SOCS3")() ** cell, "SOCS3 per pre-DC")

    a.observe(
        "csf3r_occupancy_pre_dc",
        arms / total,
        "dimensionless",
        "share of CSF3R of a pre-DC that has bound G-CSF",
    )
    a.observe("pstat3_pre_dc", 1 * phospho, "item", "pSTAT3 molecules per pre-DC")
    a.observe("socs3_pre_dc", 1 * socs3, "item", "SOCS3 molecules per pre-DC")
    a.observe("irf8_pre_dc", 1 * irf8, "item", "IRF8 molecules per pre-DC")


def observe_cells(a: Assembly, neutrophils, dendritic, per_ul) -> None:
    """Cells per microlitre of blood and per marrow."""
    p, blood = a.p, a.volume("blood")
    a.observe("pre_dc_bone_marrow", 1 * dendritic.pre_dc, "item", "pre-DC in bone marrow")
    a.observe("cdc1_blood", dendritic.cdc1 / blood * per_ul, "item/microlitre", "cDC1 in blood")
    a.observe("cdc2_blood", dendritic.cdc2 / blood * per_ul, "item/microlitre", "cDC2 in blood")
    a.observe(
        "neutrophil_bone_marrow",
        1 * neutrophils.marrow,
        "item",
        "post-mitotic neutrophils in bone marrow",
    )
    a.observe(
        "neutrophil_blood",
        neutrophils.blood * p("neutrophil_circulating_fraction") / blood * per_ul,
        "item/microlitre",
        "circulating neutrophils in blood",
    )

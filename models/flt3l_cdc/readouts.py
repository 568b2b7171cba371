"""Observables in the units an immunologist reads."""

from immacro.models.flt3l_cdc.lineage import KINDS, dendritic_cell
from immacro.models.flt3l_cdc.receptor import declare_flt3
from immacro.models.shared.bridging import pair
from immacro.models.shared.plasma import observe_drug, observe_level

from immacro.build import Assembly


def observe(a: Assembly, marrow, places, density, effect) -> None:
    """Levels in plasma, molecules per cell, cells by place, maturation."""
    observe_signalling(a, density, effect)
    observe_cells(a, places)


def observe_signalling(a: Assembly, density, effect) -> None:
    """FLT3L, the receptor of a progenitor and the activation of a dendritic cell."""
    known, flt3 = a.model.observables, declare_flt3(a)
    progenitor = a.compartment("pre_dc")
    active = a.amount("flt3_phospho", pair(flt3, progenitor, y="p"),
                      "phosphorylated pairs per progenitor")  # fmt: skip
    surface = a.amount("flt3_surface", flt3(loc="surface") ** progenitor, "FLT3 of the surface")
    observe_level(a, "flt3l", density, "FLT3L in plasma")
    a.observe("flt3_surface_pre_dc", 1 * surface, "item", "FLT3 on the surface of a progenitor")
    a.observe("pflt3_pre_dc", 1 * active, "item", "phosphorylated pairs of FLT3 per progenitor")
    a.observe("flt3_effect_pre_dc", 1 * effect, "dimensionless",
              "active share of the effector of FLT3")  # fmt: skip
    a.observe("cd40_paired_dc", 1 * known["cd40_paired"], "item", "bridged CD40 pairs per DC")
    for name, words in (("nfkb", "NF-kB"), ("irf", "TBK1 and IRF")):
        a.observe(f"{name}_active_dc", known[f"{name}_active"] / known[f"{name}_all"],
                  "dimensionless", f"active share of {words} of an immature DC")  # fmt: skip
    observe_drug(a, "cd40_agonist", a.model.expressions["cd40_agonist_density"], "CD40 agonist")


def observe_cells(a: Assembly, places) -> None:
    """Cells by place, how many are mature, and what the average cell shows."""
    p, known, cell, blood = a.p, a.model.observables, dendritic_cell(a), a.volume("blood")
    for name, words in (("mpp", "MPP"), ("cdp", "CDP"), ("pre_dc", "pre-DC")):
        a.observe(f"{name}_bone_marrow", 1 * known[f"{name}_pool"], "item",
                  f"{words} in bone marrow")  # fmt: skip
    per_ul, mature = a.p("litre_per_ul"), {}
    for name, place in places.items():
        scale, unit = (per_ul / blood, "item/microlitre") if name == "blood" else (1, "item")
        for kind in KINDS:
            pool = a.amount(f"{kind}_{name}_pool", cell(kind=kind) ** place, f"{kind} in {name}")
            a.observe(f"{kind}_{name}", scale * pool, unit, f"{kind} in {name}")
        mature[name] = a.amount(f"mature_dc_{name}_pool", cell(mat="mat") ** place,
                                f"mature cDC in {name}")  # fmt: skip
        a.observe(f"dc_{name}", scale * known[f"dc_{name}_pool"], unit, f"cDC in {name}")
        a.observe(f"mature_dc_{name}", scale * mature[name], unit, f"mature cDC in {name}")
    totals = {n: known[f"dc_{n}_pool"] for n in places}
    totals["systemic"], mature["systemic"] = sum(totals.values()), sum(mature.values())
    a.observe("dc_systemic", totals["systemic"], "item", "cDC of blood and spleen")
    for name, total in totals.items():
        share = mature[name] / total
        weight = p("activation_immature")
        a.observe(f"dc_activation_{name}", weight + (1 - weight) * share, "dimensionless",
                  f"activation of the average cDC, {name}; a mature cell has 1")  # fmt: skip
        low, high = p("b7_per_immature_dc"), p("b7_per_mature_dc")
        a.observe(f"dc_costim_{name}", low + (high - low) * share, "item",
                  f"CD80 and CD86 of the average cDC, {name}")  # fmt: skip

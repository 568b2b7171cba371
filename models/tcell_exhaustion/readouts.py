"""Observables in the units an immunologist reads, under the names of the findings.

What ends in `_exhausted_cd8_tumour` is read in the average differentiated cell, and the same three
without that word in the average stem-like cell; all else of one cell is of the differentiated one.
"""

from immacro.models.shared.plasma import observe_drug
from immacro.models.tcell_exhaustion.niche import Niche
from immacro.models.tcell_exhaustion.populations import Cells
from immacro.models.tcell_exhaustion.stimuli import Stimuli
from sympy import sqrt

from immacro.build import Assembly


def observe(a: Assembly, given: Stimuli, average: dict[str, Niche], cells: Cells) -> None:
    """Cells, what a cell does, its mitochondria, its receptors, the drug."""
    late = average["effector"]
    observe_cells(a, late, cells)
    observe_function(a, late, cells)
    observe_signals(a, late)
    for here in average.values():
        observe_phenotype(a, here)
    observe_drug(a, "anti_pd1", a.model.expressions["anti_pd1_density"], "antibody to PD-1")


def observe_cells(a: Assembly, late: Niche, cells: Cells) -> None:
    """Counts and shares."""
    total = cells.stem + cells.effector + cells.terminal
    for name, amount, words in (
        ("stem_like_cd8_tumour", cells.stem, "stem-like"),
        ("effector_cd8_tumour", cells.effector, "differentiated, not terminal"),
        ("terminal_cd8_tumour", cells.terminal, "terminally exhausted"),
        ("cd8_tumour", total, "tumour-specific"),
    ):  # fmt: skip
        a.observe(name, 1 * amount, "item", f"{words} CD8 T cells of the tumour")
    a.observe("stem_like_output_tumour", cells.output, "item/day",
              "differentiated cells made by stem-like ones")  # fmt: skip
    for name, amount, words in (
        ("terminally_exhausted_cd8_tumour", cells.terminal, "terminally exhausted"),
        ("exhausted_cd8_tumour", cells.terminal + late.held * cells.effector,
         "exhausted: terminal, and differentiated as far as TOX holds their loci"),
    ):  # fmt: skip
        a.observe(name, amount / total, "dimensionless", f"share of CD8 T cells that are {words}")


def observe_function(a: Assembly, late: Niche, cells: Cells) -> None:
    """Cytokines on restimulation, and IFN-gamma that is made in the tumour."""
    p, known = a.p, a.model.observables
    share = {n: known[f"{n}_open"] / p("cytokine_loci") for n in ("ifng", "tnf")}
    for name, words in (("ifng", "IFN-gamma"), ("tnf", "TNF")):
        a.observe(f"{name}_cd8_tumour", p(f"{name}_per_cell") * share[name], "item/day",
                  f"{words} molecules per cell on restimulation")  # fmt: skip
    a.observe("ifng_output_tumour", p("ifng_per_cell") * share["ifng"] * late.paired
              * (cells.effector + cells.terminal) / p("one_item"), "item/day",
              "IFN-gamma made in the tumour")  # fmt: skip


def observe_signals(a: Assembly, late: Niche) -> None:
    """Signals, TOX, the lock and mitochondria of the differentiated cell."""
    p, known = a.p, a.model.observables
    sound, damaged = known["mito_sound_effector"], known["mito_damaged_effector"]
    for name, amount, words in (
        ("tox_cd8_tumour", known["tox_protein_effector"], "TOX"),
        ("nfat_nuclear_cd8_tumour", known["nfat_alone_effector"] + known["nfat_ap1_effector"],
         "NFAT in the nucleus"),
        ("nfat_ap1_cd8_tumour", known["nfat_ap1_effector"], "NFAT with AP-1"),
        ("pd1_shp2_cd8_tumour", known["pd1_active_effector"], "PD-1 with SHP2"),
    ):  # fmt: skip
        a.observe(name, 1 * amount, "item", f"{words} per differentiated cell")
    for name, value, words in (
        ("tcr_signal_cd8_tumour", 1 * late.tcr, "share of TCR that signals"),
        ("epigenetic_lock_cd8_tumour", 1 * late.locked, "share of exhaustion loci locked"),
        ("mito_damage_cd8_tumour", damaged / (sound + damaged), "share of mitochondria damaged"),
        ("mito_ros_cd8_tumour", 1 * late.ros, "ROS over that with all mitochondria damaged"),
        ("mito_membrane_potential_cd8_tumour",
         (sound + p("damaged_potential") * damaged) / (sound + damaged),
         "membrane potential over that of sound mitochondria"),
    ):  # fmt: skip
        a.observe(name, value, "dimensionless", f"{words}, differentiated cell")
    for name in ("cd101", "cd103"):
        a.observe(f"{name}_cd38_cd8_tumour", sqrt(known[f"{name}_surface"] * known["cd38_surface"]),
                  "item", f"{name.upper()} with CD38 per cell, geometric mean")  # fmt: skip


def observe_phenotype(a: Assembly, here: Niche) -> None:
    """Inhibitory receptors and the memory programme of either cell."""
    suffix = "cd8_tumour" if here.name == "stem" else "exhausted_cd8_tumour"
    place = here.name

    def count(name: str):
        return a.amount(f"{name.lower()}_all_{place}", here.here(a, name), f"{name} per {place}")

    receptors = {name: count(name) for name in ("PD1", "TIM3", "CD39")}
    a.observe(f"coinhibitory_receptor_{suffix}", receptors["PD1"] + receptors["TIM3"], "item",
              f"PD-1 and TIM3 per {place} cell")  # fmt: skip
    a.observe(f"cd39_tim3_{suffix}", sqrt(receptors["CD39"] * receptors["TIM3"]), "item",
              f"CD39 with TIM3 per {place} cell, geometric mean")  # fmt: skip
    a.observe(f"memory_survival_programme_{suffix}", 1 * here.tcf1, "dimensionless",
              f"TCF1 per {place} cell over that without BLIMP1 and lock")  # fmt: skip

"""Interferon-gamma: chronic cytokines open the locus and raise CD25, STAT4 and STAT5 drive it.

IL-2 acts through STAT5 in proportion to CD25, dendritic cells through IL-12 and STAT4. What
receptors of killing do is no part of this.
"""

from immacro.models.nk_activation.stimuli import Given
from immacro.models.nk_activation.turnover import keeps_total
from immacro.models.shared.regulation import Signal, slowed
from immacro.models.shared.turnover import turns_over

from immacro.build import Assembly


def made(a: Assembly, cell, given: Given, smad3: Signal) -> None:
    """CD25, both STATs, the locus, messenger and protein."""
    p, volume = a.p, a.volume(cell.name)
    open_share, base = locus(a, cell, given)
    alpha = cd25(a, cell, given)
    seen = {"stat5": alpha * given.il2, "stat4": given.dendritic}
    drive, health = 0, 0
    for name, stimulus in seen.items():
        share, start = stat(a, cell, name, stimulus)
        drive, health = drive + share, health + start
    less = slowed(a, "ifng_by_smad3", *smad3, p("nk_ifng_suppression"))
    pace = a.define("ifng_pace", open_share / base * drive / health * less, "dimensionless",
                    "IFNG transcription over health")  # fmt: skip
    message, protein = a.monomer("IFNG_mRNA")() ** cell, a.monomer("IFNG")() ** cell
    a.initial(message, p("ifng_mrna_per_cell"))
    a.initial(protein, a.define("ifng_start", p("ifng_mrna_per_cell") * p("ifng_translation")
                                / p("ifng_secretion"), "item", "IFN-gamma in health"))  # fmt: skip
    rate = a.define("ifng_transcription", p("ifng_mrna_per_cell") * p("ifng_mrna_decay") * pace
                    / volume, "item/litre/day", "IFNG transcription per cell volume")  # fmt: skip
    a.rule("ifng_transcribed", None >> message, rate, kind="transcription",
           note="STAT4 and STAT5 at an open locus, against SMAD3.")  # fmt: skip
    a.rule("ifng_mrna_lost", message >> None, p("ifng_mrna_decay"), kind="degradation",
           note="The messenger is short-lived.")  # fmt: skip
    a.rule("ifng_translated", message >> message + protein, p("ifng_translation"),
           kind="translation", note="IFN-gamma is made.")  # fmt: skip
    a.rule("ifng_secreted", protein >> None, p("ifng_secretion"), kind="transport",
           note="IFN-gamma leaves the cell.")  # fmt: skip
    a.observe("ifng_nk", a.amount("ifng_held", protein, "IFN-gamma per cell")
              / a.model.expressions["ifng_start"], "dimensionless",
              "IFN-gamma of an NK cell over health")  # fmt: skip


def locus(a: Assembly, cell, given: Given):
    """Copies of IFNG open and close within days; returns the open share now and in health."""
    p, gene = a.p, a.monomer("IFNG_locus")() ** cell
    copies, share, off = p("ifng_copies"), p("ifng_open"), p("ifng_closing")
    a.initial(gene, a.define("ifng_open_start", copies * share, "item", "open IFNG"))
    number = a.amount("ifng_opened", gene, "open copies of IFNG")
    rate = a.define("ifng_opening", off * share / (1 - share)
                    * (1 + p("ifng_by_priming") * given.priming) * (copies - number)
                    / a.volume(cell.name), "item/litre/day",
                    "opening of shut copies of IFNG per cell volume")  # fmt: skip
    a.rule("ifng_opens", None >> gene, rate, kind="cell transition",
           note="IL-12, IL-15 and IL-18 that stay open the locus for weeks.")  # fmt: skip
    a.rule("ifng_closes", gene >> None, off, kind="cell transition",
           note="Open copies close again.")  # fmt: skip
    return number / copies, share


def cd25(a: Assembly, cell, given: Given):
    """CD25, which primed cells carry more of; returns it over health."""
    p, molecule = a.p, a.monomer("CD25")() ** cell
    a.initial(molecule, p("cd25_per_cell"))
    lost = p("receptor_turnover")
    made = p("cd25_per_cell") * lost * (1 + p("cd25_by_priming") * given.priming)
    turns_over(a, cell, "cd25", "CD25", molecule, molecule, made, lost,
               "Primed cells make more CD25.")  # fmt: skip
    return a.amount("cd25", molecule, "CD25 per cell") / p("cd25_per_cell")


def stat(a: Assembly, cell, name: str, stimulus):
    """A STAT with a tonic drive and a stimulus; returns its active share now and in health."""
    p, factor = a.p, a.monomer(name.upper(), ("y",), {"y": ["u", "p"]})
    bare, phospho = (factor(y=y) ** cell for y in ("u", "p"))
    number, off = p(f"{name}_total") * a.volume(cell.name), p("stat_dephosphorylation")
    tonic = p(f"{name}_tonic")
    share = tonic / (tonic + off + p("signalling_turnover"))
    a.initial(bare, a.define(f"{name}_start", number * (1 - share), "item", f"bare {name}"))
    a.initial(phospho, a.define(f"p{name}_start", number * share, "item", f"p{name} in health"))
    rate = a.define(f"{name}_phosphorylation", tonic + p(f"{name}_by_stimulus") * stimulus,
                    "1/day", f"phosphorylation of {name.upper()}")  # fmt: skip
    a.rule(f"{name}_phosphorylated", bare | phospho, rate, off, kind="phosphorylation",
           note="Tonic cytokine, and IL-2 (STAT5) or IL-12 of dendritic cells (STAT4)."
           )  # fmt: skip
    keeps_total(a, cell, name, bare, factor() ** cell, number)
    return a.amount(f"p{name}", phospho, f"phosphorylated {name.upper()}") / number, share

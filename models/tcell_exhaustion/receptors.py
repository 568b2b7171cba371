"""TCR and CD28: the antigen signal and the costimulation that AP-1 needs besides.

Antigen phosphorylates TCR, antigen-presenting cells phosphorylate CD28 where TCR signals.
Phosphatases undo both, those of TCR as far as ROS leaves them active; SHP2 on PD-1 takes CD28
first and TCR less. CD28 that signals is taken in, so that lasting antigen uses it up.
"""

from immacro.models.tcell_exhaustion.niche import Niche, molecule
from immacro.models.tcell_exhaustion.stimuli import Stimuli

from immacro.build import Assembly


def tcr_and_cd28(a: Assembly, here: Niche, given: Stimuli) -> None:
    """Turnover and phosphorylation of both receptors."""
    p, define = a.p, a.define
    seen = p(f"antigen_exposure_{here.name}") * given.antigen
    on = define(here.id("tcr_on"), p("tcr_phosphorylation") * (p("tcr_tonic") + seen), "1/day",
                "phosphorylation of TCR")  # fmt: skip
    off = define(here.id("tcr_off"), p("tcr_dephosphorylation") * here.phosphatase
                 * (1 + p("shp2_weight_tcr") * here.shp2), "1/day",
                 "dephosphorylation of TCR")  # fmt: skip
    _receptor(a, here, "TCR", on, off, p("tcr_turnover"), p("tcr_turnover"),
              "Antigen, and weakly self antigen, has TCR phosphorylated.")  # fmt: skip
    on = define(here.id("cd28_on"), p("cd28_phosphorylation") * p(f"costimulation_{here.name}")
                * here.tcr, "1/day", "phosphorylation of CD28")  # fmt: skip
    off = define(here.id("cd28_off"), p("cd28_dephosphorylation") * (1 + here.shp2), "1/day",
                 "dephosphorylation of CD28")  # fmt: skip
    _receptor(a, here, "CD28", on, off, p("cd28_turnover"), p("cd28_internalisation"),
              "CD28 on its ligand is phosphorylated where TCR signals.")  # fmt: skip


def _receptor(a: Assembly, here: Niche, name: str, on, off, turnover, taken_in, note: str) -> None:
    stem, receptor = name.lower(), molecule(a, name)
    bare, phospho = (receptor(of=here.name, y=y) ** here.place for y in ("u", "p"))
    made = a.define(here.id(f"{stem}_synthesis"), turnover * a.p(f"{stem}_per_cell")
                    / a.volume(here.place.name), "item/litre/day",
                    f"synthesis of {name} per volume")  # fmt: skip
    a.rule(here.id(f"{stem}_made"), None >> bare, made, kind="production",
           note="Made at the rate that keeps the number of a resting cell.")  # fmt: skip
    a.rule(here.id(f"{stem}_phosphorylated"), bare | phospho, on, off, kind="phosphorylation",
           note=note)  # fmt: skip
    for pattern, word, rate in ((bare, "resting", turnover), (phospho, "signalling", taken_in)):
        a.rule(here.id(f"{stem}_{word}_taken_in"), pattern >> None, rate, kind="degradation",
               note="Taken in and degraded.")  # fmt: skip

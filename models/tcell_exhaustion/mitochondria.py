"""Mitochondria: made by PGC1A, damaged by metabolic stress, repaired by PGC1A, removed.

BLIMP1, which lasting TCR signal makes, represses PGC1A: stress or stimulation alone is borne, both
together leave damaged mitochondria (Scharping et al. 2021). These make ROS, which inhibits the
phosphatases of TCR: NFAT stays in the nucleus. No other rule leads from mitochondria to
chromatin.
"""

from immacro.models.tcell_exhaustion.niche import Niche, turns_over
from immacro.models.tcell_exhaustion.stimuli import Stimuli

from immacro.build import Assembly


def damaged_and_repaired(a: Assembly, here: Niche, given: Stimuli) -> None:
    """PGC1A and the two states of mitochondria."""
    p, define = a.p, a.define
    turns_over(a, here, "pgc1a", here.here(a, "PGC1A"), p("pgc1a_decay") * p("pgc1a_per_cell")
               * given.biogenesis / (1 + here.blimp1), p("pgc1a_decay"),
               "BLIMP1 represses PGC1A; 4-1BB and its like raise it.")  # fmt: skip
    sound, damaged = (here.here(a, "Mitochondrion", s=s) for s in ("sound", "damaged"))
    a.initial(sound, p("mitochondria_per_cell"))
    made = define(here.id("mito_biogenesis"), p("mito_turnover") * p("mitochondria_per_cell")
                  * (1 - p("pgc1a_share") + p("pgc1a_share") * here.pgc1a)
                  / a.volume(here.place.name), "item/litre/day",
                  "mitochondria made per volume")  # fmt: skip
    a.rule(here.id("mito_made"), None >> sound, made, kind="production",
           note="PGC1A drives biogenesis.")  # fmt: skip
    harm = define(here.id("mito_harm"), p("mito_wear")
                  + p("stress_damage") * p(f"stress_exposure_{here.name}") * given.stress
                  + given.imposed_damage, "1/day", "damage to mitochondria")  # fmt: skip
    mend = define(here.id("mito_mend"), p("mito_repair") * here.pgc1a, "1/day",
                  "repair of mitochondria")  # fmt: skip
    a.rule(here.id("mito_damage"), sound | damaged, harm, mend, kind="cell transition",
           note="Hypoxia and want of glucose damage them; PGC1A has them repaired.")  # fmt: skip
    for pattern, word in ((sound, "sound"), (damaged, "damaged")):
        a.rule(here.id(f"mito_{word}_removed"), pattern >> None, p("mito_turnover"),
               kind="degradation", note="Mitophagy.")  # fmt: skip

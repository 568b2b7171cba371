"""TOX and the chromatin that it holds open: the lock.

NFAT without AP-1 transcribes TOX. NFAT and TOX open the exhaustion loci, a TOX primes an open one,
and with a second it is locked: three steps that each take TOX, so that the lock answers to TOX as
a switch although every step is first order in it. A locked TOX locus is transcribed without NFAT
(Khan et al. 2019), which is the positive feedback, and at the same rate whatever NFAT does.
"""

from immacro.models.tcell_exhaustion.niche import Niche, turns_over
from immacro.models.tcell_exhaustion.stimuli import Stimuli

from immacro.build import Assembly


def tox_and_the_lock(a: Assembly, here: Niche, given: Stimuli) -> None:
    """Messenger and protein of TOX, and the four states of the exhaustion loci."""
    p = a.p
    feedback = p("tox_feedback")
    driven = (1 - feedback * here.locked) * (p("tox_basal") + here.alone)
    turns_over(a, here, "tox_mrna", here.here(a, "TOX_mRNA"), p("tox_transcription") * (
        driven + feedback * p("tox_locked_rate") * here.locked), p("tox_mrna_decay"),
        "NFAT without AP-1 transcribes TOX; a locked locus needs no NFAT.")  # fmt: skip
    translated = a.define(here.id("tox_translated"), p("tox_translation") * given.tox_left,
                          "1/day", "TOX made per messenger")  # fmt: skip
    messenger, protein = here.here(a, "TOX_mRNA"), here.here(a, "TOX")
    a.rule(here.id("tox_made"), messenger >> messenger + protein, translated, kind="translation",
           note="Translation; the knock-out leaves a messenger that makes no TOX.")  # fmt: skip
    a.rule(here.id("tox_lost"), protein >> None, p("tox_decay"), kind="degradation",
           note="First-order turnover.")  # fmt: skip
    _loci(a, here)


def _loci(a: Assembly, here: Niche) -> None:
    p = a.p

    def locus(state: str):
        return here.here(a, "ExhaustionLocus", chr=state)

    a.initial(locus("closed"), p("exhaustion_loci"))
    steps = (
        ("closed", "open", here.alone + p("tox_opening_weight") * here.tox, "open", "close",
         "NFAT without AP-1 and TOX open the chromatin."),
        ("open", "primed", here.tox, "prime", "unprime", "TOX binds the open locus."),
        ("primed", "locked", here.tox, "lock", "unlock",
         "With a second TOX the locus is remodelled for good."),
    )  # fmt: skip
    for before, after, driver, forth, back, note in steps:
        rate = a.define(here.id(f"loci_{forth}_rate"), p(f"chromatin_{forth}") * driver, "1/day",
                        f"exhaustion loci {forth}")  # fmt: skip
        a.rule(here.id(f"loci_{forth}"), locus(before) | locus(after), rate,
               p(f"chromatin_{back}"), kind="cell transition", note=note)  # fmt: skip

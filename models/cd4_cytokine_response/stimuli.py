"""What reaches the cells: IL-6, hydrogen peroxide, PMA and calcium.

IL-6 of the plasma reaches a naive CD4 cell, and so does what a tube adds. Activated granulocytes
and other myeloid cells release hydrogen peroxide, whose level where T cells are is set by release
and scavengers within minutes and is no species. PMA and ionomycin come in one mix.
"""

from typing import Any, NamedTuple

from immacro.models.shared.knock_out import left_by
from immacro.models.shared.levers import acting
from immacro.models.shared.plasma import kept_level, secreted_by_tumour

from immacro.build import Assembly


class Stimuli(NamedTuple):
    """Levels that cells see."""

    #: IL-6 of the plasma, and that with what a tube adds (item/litre)
    plasma_il6: Any
    il6: Any
    #: hydrogen peroxide where T cells are, now and in health (item/litre)
    peroxide: Any
    peroxide_health: Any
    #: PMA (item/litre)
    pma: Any
    #: calcium of the cytosol (item/litre)
    calcium: Any
    #: share of calcineurin that cyclosporin leaves
    calcineurin_left: Any


def given(a: Assembly, blood) -> Stimuli:
    """All levers but the JAK inhibitor, each off unless its strength is set."""
    p = a.p
    in_plasma = il6_of_plasma(a, blood)

    def density(name: str, expression, words: str):
        return a.define(name, expression, "item/litre", words)

    il6 = density("il6_seen", in_plasma + acting(a, "il6_stimulation", blood) * p("il6_in_tube")
                  / p("il6_mass"), "IL-6 that a naive CD4 cell sees")  # fmt: skip
    peroxide = density("peroxide", p("peroxide_health") + p("peroxide_reference")
                       * acting(a, "suppressive_myeloid", blood),
                       "hydrogen peroxide where T cells are")  # fmt: skip
    mix = a.define("mix", acting(a, "pma_ionomycin", blood), "dimensionless",
                   "PMA and ionomycin over the usual mix")  # fmt: skip
    pma = density("pma", p("pma_in_mix") * mix, "PMA around the cells")
    calcium = density("calcium", p("calcium_rest") + p("calcium_ionomycin") * mix,
                      "calcium of the cytosol")  # fmt: skip
    return Stimuli(in_plasma, il6, peroxide, 1 * p("peroxide_health"), pma, calcium,
                   left_by(a, "cyclosporin", blood, "cyclosporin_max"))  # fmt: skip


def il6_of_plasma(a: Assembly, blood):
    """IL-6 is made in health, secreted by a tumour and cleared at first order."""
    il6 = a.monomer("IL6")() ** blood
    free = kept_level(a, "il6", "IL-6", il6,
                      "Healthy tissue makes IL-6 as fast as it is lost at the baseline.",
                      "Kidneys and cells that bear IL-6R clear IL-6.")  # fmt: skip
    secreted_by_tumour(a, "il6", "IL-6", il6, blood,
                       "The tumour and its stroma secrete IL-6 into the circulation.")  # fmt: skip
    return free

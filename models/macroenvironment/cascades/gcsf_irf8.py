"""The cascade gcsf_irf8 in an average pre-DC, reduced from 37 species to two.

Receptor, JAK2, STAT3 and SOCS3 settle within hours, cells and IRF8 within days. Here they are a
map: with ``g`` free G-CSF over its half-saturating level, phosphorylated STAT3 is
``maximum * g^2 / (g^2 + g + c)``, as two receptors make a signalling complex, and what divides IRF8
transcription, less one, is ``s^2 / (h * (s + d))`` of pSTAT3 ``s``, as two STAT3 make a dimer. IRF8
messenger and protein are those of the cascade. The four constants and the half-saturating level are
fitted to the cascade, whose pSTAT3 and IRF8 the map meets to within two percent from 5 to 30,000
pg/mL; a test holds it to five.
"""

from typing import Any, NamedTuple

from immacro.models.gcsf_irf8.irf8 import irf8_expressed
from immacro.models.macroenvironment.body import Body
from immacro.models.shared.constants import kept

from immacro.build import Assembly


class Cascade(NamedTuple):
    """What the cascade hands over: molecules per average pre-DC (item), now and in health."""

    pstat3: Any
    irf8: Any
    irf8_health: Any


def gcsf_irf8(a: Assembly, body: Body, gcsf) -> Cascade:
    """PSTAT3 and IRF8 of an average pre-DC at a plasma level of free G-CSF."""
    p = a.p
    half = p("gcsf_kd") * p("stat3_half_occupancy")

    def phosphorylated(level):
        g = level / half
        return p("pstat3_max") * g**2 / (g**2 + g + p("stat3_cooperativity"))

    def load(stat3):
        return stat3**2 / (p("irf8_pstat3_half") * (stat3 + p("pstat3_dimer_half")))

    now = a.define("pstat3", phosphorylated(gcsf), "item", "pSTAT3 per pre-DC")
    pstat3_health = a.define(
        "pstat3_health", phosphorylated(p("gcsf_baseline") / p("gcsf_mass")), "item",
        "pSTAT3 per pre-DC in health",
    )  # fmt: skip
    irf8 = irf8_expressed(a, body.pre_dc, body.blood, lambda: load(now))
    health = a.define(
        "irf8_health",
        p("irf8_mrna_unrepressed") * p("irf8_protein_per_mrna")
        / (1 + p("irf8_repression") * load(pstat3_health)),
        "item", "IRF8 per pre-DC in health",
    )  # fmt: skip
    messenger = a.define(
        "irf8_mrna_health", health / p("irf8_protein_per_mrna"), "item",
        "IRF8 mRNA per pre-DC in health",
    )  # fmt: skip
    cell = body.pre_dc
    a.initial(a.known("IRF8")() ** cell, health)
    a.initial(a.known("IRF8_mRNA")() ** cell, messenger)
    constant = kept(a, "irf8_in_health", health, cell, "IRF8 per pre-DC in health")
    return Cascade(now, irf8, constant)

"""PD-1: made by NFAT and TOX, bound by PD-L1 or by the antibody, phosphorylated, with SHP2.

PD-L1 is on the other cell, so that it is met in the cleft and not used up. Phosphorylated PD-1
counts as PD-1 with SHP2.
"""

from immacro.models.tcell_exhaustion.niche import Niche
from immacro.models.tcell_exhaustion.stimuli import Stimuli

from immacro.build import Assembly


def pd1(a: Assembly, here: Niche, given: Stimuli) -> None:
    """Production, binding, phosphorylation and loss of PD-1."""
    p, define = a.p, a.define

    def state(lig: str, y: str):
        return here.here(a, "PD1", lig=lig, y=y)

    made = define(here.id("pd1_synthesis"), p("pd1_turnover") * p("pd1_per_cell") * (
        p("pd1_basal") + p("pd1_by_nfat") * here.nuclear + p("pd1_by_tox") * here.tox)
        / a.volume(here.place.name), "item/litre/day", "synthesis of PD-1 per volume")  # fmt: skip
    a.rule(here.id("pd1_made"), None >> state("none", "u"), made, kind="production",
           note="NFAT drives PDCD1 with or without AP-1; TOX opens it.")  # fmt: skip
    for ligand, density in (("pdl1", given.pdl1), ("anti_pd1", given.antibody)):
        bind = define(here.id(f"{ligand}_binding"), p(f"{ligand}_kon") * density, "1/day",
                      f"{ligand} binds one PD-1")  # fmt: skip
        leave = define(here.id(f"{ligand}_leaving"), p(f"{ligand}_kon") * p(f"{ligand}_kd"),
                       "1/day", f"{ligand} leaves PD-1")  # fmt: skip
        held = "pdl1" if ligand == "pdl1" else "drug"
        a.rule(here.id(f"{ligand}_binds_pd1"), state("none", "u") | state(held, "u"), bind, leave,
               kind="binding",
               note="One ligand holds one PD-1; the antibody hides it.")  # fmt: skip
        if ligand == "pdl1":
            a.rule(here.id("pdl1_leaves_active_pd1"), state("pdl1", "p") >> state("none", "u"),
                   leave, kind="binding",
                   note="PD-1 that lost its ligand loses phosphate and SHP2.")  # fmt: skip
    a.rule(here.id("pd1_phosphorylated"), state("pdl1", "u") | state("pdl1", "p"),
           p("pd1_phosphorylation"), p("pd1_dephosphorylation"), kind="phosphorylation",
           note="PD-1 on its ligand is phosphorylated and recruits SHP2.")  # fmt: skip
    for lig, y in (("none", "u"), ("pdl1", "u"), ("pdl1", "p"), ("drug", "u")):
        a.rule(here.id(f"pd1_{lig}_{y}_taken_in"), state(lig, y) >> None, p("pd1_turnover"),
               kind="degradation", note="Taken in and degraded.")  # fmt: skip

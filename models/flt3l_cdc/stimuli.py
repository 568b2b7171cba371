"""Poly-ICLC and CpG on their way into a dendritic cell, and the CD40 agonist in plasma.

Each is injected, spreads in plasma and is cleared at first order. Nucleic acids are taken up with
fluid into the endosome of an average immature dendritic cell, where they decay; part of the RNA
escapes to the cytosol. What one cell takes up does not empty the plasma.
"""

from typing import Any, NamedTuple

from immacro.models.shared.plasma import dosed_level

from immacro.build import Assembly


class Stimuli(NamedTuple):
    """What receptors of a dendritic cell meet: the RNA, the DNA, and antibody in plasma."""

    rna: Any
    dna: Any
    antibody: Any


def given(a: Assembly, blood, cell) -> Stimuli:
    """Doses, plasma levels and uptake into the cell."""
    rna = a.monomer("DsRNA", ("s", "loc"), {"loc": ["endosome", "cytosol"]})
    dna = a.monomer("CpG", ("s",))
    endosomal, cytosolic = (rna(s=None, loc=loc) ** cell for loc in ("endosome", "cytosol"))
    levels = {n: dosed_level(a, n, blood) for n in ("poly_iclc", "cpg", "cd40_agonist")}
    _taken_up(a, "poly_iclc", levels["poly_iclc"], endosomal, cell)
    _taken_up(a, "cpg", levels["cpg"], dna(s=None) ** cell, cell)
    a.rule("dsrna_escapes", endosomal >> cytosolic, a.p("dsrna_escape"), kind="transport",
           note="Part of the RNA escapes from the endosome.")  # fmt: skip
    for name, pattern in (("dsrna_endosome", endosomal), ("dsrna_cytosol", cytosolic),
                          ("cpg", dna(s=None) ** cell)):  # fmt: skip
        a.rule(f"{name}_decays", pattern >> None, a.p("nucleic_acid_decay"), kind="degradation",
               note="Nucleases destroy what no receptor holds.")  # fmt: skip
    return Stimuli(rna, dna, levels["cd40_agonist"])


def _taken_up(a: Assembly, lever: str, density, pattern, cell) -> None:
    rate = a.define(f"{lever}_taken_up_rate", a.p("endocytosis") * density / a.volume(cell.name),
                    "item/litre/day",
                    f"{lever.replace('_', ' ')} taken up per cell volume")  # fmt: skip
    a.rule(f"{lever}_taken_up", None >> pattern, rate, kind="transport",
           note="Immature dendritic cells drink their surroundings.")  # fmt: skip

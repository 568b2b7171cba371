"""IL-2 and IFN-gamma of CD4 and CD8 memory T cells: promoters, messengers, proteins.

A promoter is transcribed while NFAT with AP-1 sits on its composite site. NF-kB on a second site
is needed for IL2 and raises IFNG. Factors come and go within seconds, so that the occupied shares
are those of equilibrium. How often an occupied locus is transcribed is a number of the average
CD4 or CD8 memory cell: T-bet keeps IFNG open in more CD8 cells. Protein is what a cell holds; it
leaves by secretion.
"""

from immacro.build import Assembly

GENES = (("il2", "IL2", "IL-2"), ("ifng", "IFNG", "IFN-gamma"))
CELLS = ("cd4", "cd8")


def made(a: Assembly, cell, pairs, nfkb, binding) -> None:
    """Transcription, translation and loss of both cytokines in both kinds of cells.

    Args:
        a: the assembly.
        cell: the compartment that is an average memory cell.
        pairs: NFAT with AP-1 in the nucleus (item).
        nfkb: free NF-kB in the nucleus (item).
        binding: share of NF-kB and NFAT that can bind DNA.
    """
    p, volume = a.p, a.volume(cell.name)
    able, alone = binding * pairs, binding * nfkb
    composite = able / (able + p("promoter_nfat_ap1") * volume)
    kappa = alone / (alone + p("promoter_nfkb") * volume)
    for gene, symbol, words in GENES:
        need = p(f"{gene}_nfkb_need")
        occupied = a.define(f"{gene}_promoter", composite * (1 - need + need * kappa),
                            "dimensionless",
                            f"share of time that {symbol} is transcribed")  # fmt: skip
        message = a.monomer(f"{symbol}_mRNA", ("of",), {"of": list(CELLS)})
        protein = a.monomer(symbol, ("of",), {"of": list(CELLS)})
        for kind in CELLS:
            rate = a.define(f"{gene}_transcription_{kind}", p(f"{gene}_locus_{kind}") * occupied
                            / volume, "item/litre/day",
                            f"{symbol} transcription per {kind.upper()} cell volume")  # fmt: skip
            a.rule(f"{gene}_transcribed_{kind}", None >> message(of=kind) ** cell, rate,
                   kind="transcription",
                   note="NFAT with AP-1, and NF-kB, on the promoter.")  # fmt: skip
            a.rule(f"{gene}_translated_{kind}", message(of=kind) ** cell
                   >> message(of=kind) ** cell + protein(of=kind) ** cell,
                   p(f"{gene}_translation"), kind="translation",
                   note=f"{words} is made.")  # fmt: skip
        a.rule(f"{gene}_mrna_lost", message() ** cell >> None, p(f"{gene}_mrna_decay"),
               kind="degradation", note="The messenger is short-lived.")  # fmt: skip
        a.rule(f"{gene}_secreted", protein() ** cell >> None, p("cytokine_secretion"),
               kind="transport", note=f"{words} passes the Golgi and leaves.")  # fmt: skip
        for kind in CELLS:
            held = a.amount(f"{gene}_held_{kind}", protein(of=kind) ** cell,
                            f"{words} per {kind.upper()} cell")  # fmt: skip
            a.observe(f"{gene}_memory_{kind}", 1 * held, "item",
                      f"{words} molecules in a {kind.upper()} memory T cell")  # fmt: skip

"""IRF8 in pre-DC: transcription that nuclear STAT3 dimers repress, messenger and protein."""

from immacro.build import Assembly


def irf8_repressed(a: Assembly, cell, blood, dimers):
    """The link from STAT3 to IRF8; off when irf8_repression is 0.

    Returns:
        IRF8 protein per average pre-DC (item).
    """
    return irf8_expressed(
        a, cell, blood, lambda: dimers / a.volume(cell.name) / a.p("irf8_repression_half")
    )


def irf8_expressed(a: Assembly, cell, blood, repression):
    """Messenger and protein of IRF8, whatever it is that represses the gene.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        blood: where helpers of levers are.
        repression: gives what divides transcription, less one.

    Returns:
        IRF8 protein per average pre-DC (item).
    """
    p = a.p
    mrna, protein = a.monomer("IRF8_mRNA"), a.monomer("IRF8")
    active = a.switch("irf8_overexpression", blood)
    fold = 1 + (p("irf8_overexpression_fold") - 1) * active / p("one_item")
    load = repression()
    transcription = a.define(
        "irf8_transcription",
        p("irf8_mrna_unrepressed") * p("irf8_mrna_decay") / a.volume(cell.name) * fold
        / (1 + p("irf8_repression") * load),
        "item/litre/day", "IRF8 transcription per cell volume",
    )  # fmt: skip
    translation = a.define(
        "irf8_translation", p("irf8_protein_per_mrna") * p("irf8_decay"), "1/day",
        "IRF8 made per messenger",
    )  # fmt: skip
    a.rule(
        "irf8_transcribed",
        None >> mrna() ** cell,
        transcription,
        kind="transcription",
        note="Nuclear STAT3 dimers repress transcription; a transgene multiplies it.",
    )
    a.rule(
        "irf8_mrna_lost",
        mrna() ** cell >> None,
        p("irf8_mrna_decay"),
        kind="degradation",
        note="IRF8 mRNA decays.",
    )
    a.rule(
        "irf8_translated",
        mrna() ** cell >> mrna() ** cell + protein() ** cell,
        translation,
        kind="translation",
        note="IRF8 protein is made.",
    )
    a.rule(
        "irf8_lost",
        protein() ** cell >> None,
        p("irf8_decay"),
        kind="degradation",
        note="IRF8 protein decays.",
    )
    a.amount("irf8_mrna", mrna() ** cell, "IRF8 mRNA per pre-DC")
    return a.amount("irf8_protein", protein() ** cell, "IRF8 protein per pre-DC")

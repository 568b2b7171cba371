"""STAT3 from docking to nuclear dimer, and SOCS3, which it induces.

A receptor arm with a phosphotyrosine holds one STAT3; the arm's active JAK2 phosphorylates it and
lets it go. Phosphorylated STAT3 dimerises, dimers enter the nucleus, are dephosphorylated there and
leave. Two phosphatases are not species but first-order losses, `kon * E * kcat / (koff + kcat)`,
since they are far from saturated. All STAT3 that is not on a receptor turns over alike. Location is
a site state, so that one cell is one compartment.
"""

from immacro.build import Assembly


def declare_stat3(a: Assembly):
    """STAT3 with receptor site `r`, dimer site `d`, tyrosine `y` and location `loc`."""
    return a.monomer(
        "STAT3", ("r", "d", "y", "loc"), {"y": ["u", "p"], "loc": ["cytosol", "nucleus"]}
    )


def phosphatase(a: Assembly, name: str, words: str):
    """First-order loss by an unsaturated phosphatase, from its four ledger rows."""
    p = a.p
    return a.define(
        f"{name}_rate",
        p(f"{name}_kon") * p(f"{name}_total") * p(f"{name}_kcat")
        / (p(f"{name}_koff") + p(f"{name}_kcat")),
        "1/day", words,
    )  # fmt: skip


def stat3_turns_over(a: Assembly, cell):
    """Synthesis keeps the total; monomers and dimers off the receptor are lost alike."""
    p, stat3 = a.p, declare_stat3(a)
    synthesis = a.define(
        "stat3_synthesis", p("stat3_total") * p("stat3_turnover"), "item/litre/day",
        "STAT3 synthesis per cell volume",
    )  # fmt: skip
    new = stat3(r=None, d=None, y="u", loc="cytosol") ** cell
    a.rule(
        "stat3_synthesised",
        None >> new,
        synthesis,
        kind="production",
        note="STAT3 is made at the rate that keeps its total in an unstimulated cell.",
    )
    a.rule(
        "stat3_monomer_lost",
        stat3(r=None, d=None) ** cell >> None,
        p("stat3_turnover"),
        kind="degradation",
        note="STAT3 monomers turn over.",
    )
    a.rule(
        "stat3_dimer_lost",
        stat3(d=1) ** cell % stat3(d=1) ** cell >> None,
        p("stat3_turnover"),
        kind="degradation",
        note="STAT3 dimers turn over.",
    )


def stat3_cycles(a: Assembly, cell):
    """Dimerise, enter the nucleus, lose the phosphate, leave."""
    p, stat3 = a.p, declare_stat3(a)
    free_p = stat3(r=None, d=None, y="p", loc="cytosol") ** cell

    def dimer(loc):
        half = stat3(r=None, d=1, y="p", loc=loc) ** cell
        return half % half

    nuclear = stat3(r=None, d=None, y="u", loc="nucleus") ** cell
    cytosolic = stat3(r=None, d=None, y="u", loc="cytosol") ** cell
    a.rule(
        "stat3_dimerises",
        free_p + free_p | dimer("cytosol"),
        p("stat3_dimer_kon"),
        p("stat3_dimer_koff"),
        kind="binding",
        note="Phosphorylated STAT3 dimerises through its SH2 domains.",
    )
    a.rule(
        "stat3_dephosphorylated",
        free_p >> cytosolic,
        phosphatase(a, "pp1", "loss of phosphate in the cytosol"),
        kind="dephosphorylation",
        note="Cytosolic phosphatase PP1 acts on monomers.",
    )
    a.rule(
        "stat3_dimer_imported",
        dimer("cytosol") >> dimer("nucleus"),
        p("stat3_import"),
        kind="transport",
        note="Dimers enter the nucleus.",
    )
    a.rule(
        "stat3_dimer_dephosphorylated",
        dimer("nucleus") >> nuclear + nuclear,
        phosphatase(a, "pp2", "loss of phosphate in the nucleus"),
        kind="dephosphorylation",
        note="Nuclear phosphatase PP2 takes a dimer apart; both halves are lumped in one step.",
    )
    a.rule(
        "stat3_exported",
        nuclear >> cytosolic,
        p("stat3_export"),
        kind="transport",
        note="Unphosphorylated STAT3 leaves the nucleus.",
    )
    return a.amount("stat3_dimer_nucleus", dimer("nucleus"), "nuclear pSTAT3 dimers per cell")


def socs3_induced(a: Assembly, cell, dimers):
    """SOCS3 messenger and protein, made at a basal rate and induced by nuclear STAT3 dimers.

    The switch `socs3_feedback` takes the induction out and leaves the basal rate.
    """
    p = a.p
    mrna, socs3 = a.monomer("SOCS3_mRNA"), a.monomer("SOCS3", ("j",))
    density = dimers / a.volume(cell.name)
    transcription = a.define(
        "socs3_transcription",
        p("socs3_transcription_basal") + p("socs3_feedback") * p("socs3_transcription_max")
        * density / (p("socs3_transcription_km") + density),
        "item/litre/day", "SOCS3 transcription per cell volume",
    )  # fmt: skip
    a.rule(
        "socs3_transcribed",
        None >> mrna() ** cell,
        transcription,
        kind="transcription",
        note="STAT3 dimers induce SOCS3.",
    )
    a.rule(
        "socs3_mrna_lost",
        mrna() ** cell >> None,
        p("socs3_mrna_decay"),
        kind="degradation",
        note="SOCS3 mRNA is short-lived.",
    )
    a.rule(
        "socs3_translated",
        mrna() ** cell >> mrna() ** cell + socs3(j=None) ** cell,
        p("socs3_translation"),
        kind="translation",
        note="SOCS3 protein is made.",
    )
    a.rule(
        "socs3_lost",
        socs3(j=None) ** cell >> None,
        p("socs3_decay"),
        kind="degradation",
        note="Free SOCS3 is short-lived.",
    )
    return socs3

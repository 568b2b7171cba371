"""The IKK, IkBa and NF-kB core with its two feedbacks: IkBa and A20, both made by NF-kB.

After Lipniacki et al. 2004 (doi:10.1016/j.jtbi.2004.01.001), itself after Hoffmann et al. 2002. A
signal between zero and one turns neutral IKK on. Active IKK spends itself on IkBa, free or on
NF-kB, and becomes inactive by itself and by A20, which needs the signal as well. NF-kB that has
lost its IkBa enters the nucleus and makes the messengers of IkBa and A20; new IkBa fetches it back.

Location is a site state, so that one cell is one compartment. The published constants are per
volume of cytosol or nucleus: those of an encounter are divided by the share of the cell that the
place takes, those of synthesis multiplied by it, and export rates are per molecule. New here are a
slow turnover of NF-kB, so that its number is a fixed point and no conserved total, and that IkBa
dissociates from NF-kB as in Hoffmann et al., without which a resting cell rings for hours.
"""

from typing import Any, NamedTuple

from immacro.build import Assembly


class Core(NamedTuple):
    """What other parts need: nuclear free NF-kB (item), now."""

    nuclear: Any


def _ikk(a: Assembly):
    return a.monomer("IKK", ("s", "sub"), {"s": ["neutral", "active", "inactive"]})


def _ikba(a: Assembly):
    return a.monomer("IkBa", ("k", "n", "loc"), {"loc": ["cytosol", "nucleus"]})


def _nfkb(a: Assembly):
    return a.monomer("NFkB", ("i", "loc"), {"loc": ["cytosol", "nucleus"]})


def nfkb_core(a: Assembly, cell, signal) -> Core:
    """The whole core in one cell.

    The switches `ikba_feedback` and `a20_feedback` at zero make IkBa or A20 at its healthy rate
    whatever NF-kB does. The ledger's ``nfkb_reference`` is nuclear NF-kB per cell volume in health.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        signal: share of the largest rate at which IKK can be turned on.
    """
    nfkb_turns_over(a, cell)
    nuclear = a.amount(
        "nfkb_nuclear", _nfkb(a)(i=None, loc="nucleus") ** cell, "free NF-kB in the nucleus"
    )
    a20_made_by_nfkb(a, cell, nuclear)
    ikk_cycles(a, cell, signal)
    ikk_destroys_ikba(a, cell)
    ikba_holds_nfkb(a, cell)
    nfkb_and_ikba_shuttle(a, cell)
    ikba_made_by_nfkb(a, cell, nuclear)
    return Core(nuclear)


def _cytosol(a: Assembly):
    """Share of the cell that is cytosol."""
    return 1 - a.p("nucleus_share")


def nfkb_turns_over(a: Assembly, cell):
    """NF-kB is made and lost slowly, whatever it is bound to; what it is bound to goes along."""
    p, nfkb = a.p, _nfkb(a)
    synthesis = a.define(
        "nfkb_synthesis", p("nfkb_total") * p("nfkb_turnover") * _cytosol(a), "item/litre/day",
        "NF-kB synthesis per cell volume",
    )  # fmt: skip
    a.rule(
        "nfkb_synthesised",
        None >> nfkb(i=None, loc="cytosol") ** cell,
        synthesis,
        kind="production",
        note="NF-kB is made at the rate that keeps its total.",
    )
    a.rule(
        "nfkb_lost",
        nfkb() ** cell >> None,
        p("nfkb_turnover"),
        kind="degradation",
        note="NF-kB turns over, with whatever it has bound.",
    )


def ikk_cycles(a: Assembly, cell, signal):
    """Neutral IKK is turned on by the signal and spent; inactive IKK does not come back."""
    p, ikk = a.p, _ikk(a)
    neutral, active, inactive = (
        ikk(s=s, sub=None) ** cell for s in ("neutral", "active", "inactive")
    )
    synthesis = a.define(
        "ikk_synthesis", p("ikk_total") * p("ikk_turnover") * _cytosol(a), "item/litre/day",
        "IKK synthesis per cell volume",
    )  # fmt: skip
    a.rule(
        "ikk_synthesised",
        None >> neutral,
        synthesis,
        kind="production",
        note="Neutral IKK is made at the rate that keeps its total.",
    )
    a.rule(
        "ikk_lost",
        ikk(sub=None) ** cell >> None,
        p("ikk_turnover"),
        kind="degradation",
        note="IKK turns over.",
    )
    on = a.define("ikk_rate_on", p("ikk_activation") * signal, "1/day", "activation of IKK")
    a.rule(
        "ikk_activated",
        neutral >> active,
        on,
        kind="phosphorylation",
        note="The signal turns neutral IKK on.",
    )
    a.rule(
        "ikk_inactivated",
        active >> inactive,
        p("ikk_inactivation"),
        kind="dephosphorylation",
        note="Active IKK becomes inactive by itself.",
    )
    by_a20 = a.define(
        "ikk_inactivation_by_a20", p("ikk_a20_rate") * signal / _cytosol(a),
        "litre/day/item", "inactivation of IKK by A20, per cell volume",
    )  # fmt: skip
    a20 = a.known("A20")() ** cell
    a.rule(
        "a20_inactivates_ikk",
        active + a20 >> inactive + a20,
        by_a20,
        kind="dephosphorylation",
        note="A20 inactivates IKK where the signal reaches it.",
    )


def ikk_destroys_ikba(a: Assembly, cell):
    """Active IKK binds IkBa, better if NF-kB is on it, and has it degraded."""
    p, ikk, ikba, nfkb = a.p, _ikk(a), _ikba(a), _nfkb(a)
    active = ikk(s="active", sub=None) ** cell
    held = ikk(s="active", sub=1) ** cell
    on_free, on_bound = (
        a.define(f"{name}_in_cell", p(name) / _cytosol(a), "litre/day/item", words)
        for name, words in (
            ("ikk_ikba_kon", "IKK binds free IkBa, per cell volume"),
            ("ikk_complex_kon", "IKK binds IkBa on NF-kB, per cell volume"),
        )
    )
    a.rule(
        "ikk_binds_ikba",
        active + ikba(k=None, n=None, loc="cytosol") ** cell
        >> held % ikba(k=1, n=None, loc="cytosol") ** cell,
        on_free,
        kind="binding",
        note="Active IKK binds free IkBa.",
    )
    bound = nfkb(i=2, loc="cytosol") ** cell
    a.rule(
        "ikk_binds_ikba_on_nfkb",
        active + ikba(k=None, n=2, loc="cytosol") ** cell % bound
        >> held % ikba(k=1, n=2, loc="cytosol") ** cell % bound,
        on_bound,
        kind="binding",
        note="Active IKK binds IkBa that holds NF-kB.",
    )
    a.rule(
        "ikk_has_ikba_degraded",
        held % ikba(k=1, n=None, loc="cytosol") ** cell >> active,
        p("ikk_kcat"),
        kind="degradation",
        note="Phosphorylated IkBa is degraded; IKK is free again.",
    )
    a.rule(
        "ikk_frees_nfkb",
        held % ikba(k=1, n=2, loc="cytosol") ** cell % bound
        >> active + nfkb(i=None, loc="cytosol") ** cell,
        p("ikk_kcat"),
        kind="degradation",
        note="Phosphorylated IkBa is degraded and lets NF-kB go.",
    )


def ikba_holds_nfkb(a: Assembly, cell):
    """IkBa binds NF-kB in either place; free and bound IkBa are lost without IKK too."""
    p, ikba, nfkb = a.p, _ikba(a), _nfkb(a)
    shares = {"cytosol": _cytosol(a), "nucleus": p("nucleus_share")}
    for place, share in shares.items():
        rate = a.define(
            f"nfkb_ikba_kon_{place}", p("nfkb_ikba_kon") / share, "litre/day/item",
            f"IkBa binds NF-kB in the {place}, per cell volume",
        )  # fmt: skip
        a.rule(
            f"ikba_binds_nfkb_{place}",
            ikba(k=None, n=None, loc=place) ** cell + nfkb(i=None, loc=place) ** cell
            | ikba(k=None, n=1, loc=place) ** cell % nfkb(i=1, loc=place) ** cell,
            rate,
            p("nfkb_ikba_koff"),
            kind="binding",
            note="IkBa binds NF-kB and seldom lets it go by itself.",
        )
    a.rule(
        "ikba_lost",
        ikba(k=None, n=None, loc="cytosol") ** cell >> None,
        p("ikba_decay"),
        kind="degradation",
        note="Free IkBa is short-lived.",
    )
    a.rule(
        "ikba_on_nfkb_lost",
        ikba(k=None, n=1, loc="cytosol") ** cell % nfkb(i=1, loc="cytosol") ** cell
        >> nfkb(i=None, loc="cytosol") ** cell,
        p("ikba_bound_decay"),
        kind="degradation",
        note="IkBa is lost from NF-kB slowly without IKK.",
    )


def nfkb_and_ikba_shuttle(a: Assembly, cell):
    """Free NF-kB and IkBa enter the nucleus; IkBa and the complex leave it."""
    p, ikba, nfkb = a.p, _ikba(a), _nfkb(a)
    a.rule(
        "nfkb_imported",
        nfkb(i=None, loc="cytosol") ** cell >> nfkb(i=None, loc="nucleus") ** cell,
        p("nfkb_import"),
        kind="transport",
        note="Free NF-kB enters the nucleus.",
    )
    a.rule(
        "ikba_shuttles",
        ikba(k=None, n=None, loc="cytosol") ** cell | ikba(k=None, n=None, loc="nucleus") ** cell,
        p("ikba_import"),
        p("ikba_export"),
        kind="transport",
        note="Free IkBa enters and leaves the nucleus.",
    )

    def complex_in(place):
        return ikba(k=None, n=1, loc=place) ** cell % nfkb(i=1, loc=place) ** cell

    a.rule(
        "ikba_takes_nfkb_out",
        complex_in("nucleus") >> complex_in("cytosol"),
        p("nfkb_complex_export"),
        kind="transport",
        note="IkBa takes NF-kB out of the nucleus.",
    )


def _expressed(a: Assembly, cell, gene: str, protein, transcription, words: str):
    """Messenger and protein of a gene."""
    p, mrna = a.p, a.monomer(f"{words}_mRNA")() ** cell
    a.rule(
        f"{gene}_transcribed",
        None >> mrna,
        transcription,
        kind="transcription",
        note=f"NF-kB makes {words} messenger.",
    )
    a.rule(
        f"{gene}_mrna_lost",
        mrna >> None,
        p(f"{gene}_mrna_decay"),
        kind="degradation",
        note=f"{words} messenger is short-lived.",
    )
    a.rule(
        f"{gene}_translated",
        mrna >> mrna + protein,
        p(f"{gene}_translation"),
        kind="translation",
        note=f"{words} is made.",
    )


def _transcription(a: Assembly, cell, gene: str, nuclear, words: str):
    """Transcription in proportion to nuclear NF-kB, or to its healthy level."""
    p, on = a.p, a.p(f"{gene}_feedback")
    driver = on * nuclear + (1 - on) * p("nfkb_reference") * a.volume(cell.name)
    return a.define(
        f"{gene}_transcription",
        p(f"{gene}_transcription_rate") * driver * _cytosol(a) / p("nucleus_share")
        / a.volume(cell.name),
        "item/litre/day", f"{words} transcription per cell volume",
    )  # fmt: skip


def ikba_made_by_nfkb(a: Assembly, cell, nuclear):
    """IkBa is resynthesised in proportion to nuclear NF-kB: the feedback that rings."""
    new = _ikba(a)(k=None, n=None, loc="cytosol") ** cell
    _expressed(a, cell, "ikba", new, _transcription(a, cell, "ikba", nuclear, "IkBa"), "IkBa")


def a20_made_by_nfkb(a: Assembly, cell, nuclear):
    """A20 is made in proportion to nuclear NF-kB: the feedback that ends the first wave."""
    a20 = a.monomer("A20")() ** cell
    _expressed(a, cell, "a20", a20, _transcription(a, cell, "a20", nuclear, "A20"), "A20")
    a.rule(
        "a20_lost",
        a20 >> None,
        a.p("a20_decay"),
        kind="degradation",
        note="A20 is short-lived.",
    )

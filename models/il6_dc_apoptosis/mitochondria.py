"""The BCL-2 family of an average dendritic cell, from BIM to free active caspase-3.

BIM stands for the BH3-only proteins that STAT3 raises, BCL-2 for all that restrain them. The cell
is an average: death, all or nothing in one cell, is graded in many, so that there is no positive
feedback from caspase-3.
"""

from immacro.build import Assembly


def _bim(a: Assembly):
    return a.monomer("BIM", ("b",))


def _bcl2(a: Assembly):
    return a.monomer("BCL2", ("g",))


def _bax(a: Assembly):
    return a.monomer("BAX", ("b", "act"), {"act": ["off", "on"]})


def _caspase(a: Assembly):
    return a.monomer("CASP3", ("x", "act"), {"act": ["pro", "on"]})


def _xiap(a: Assembly):
    return a.monomer("XIAP", ("c",))


def proteins_turn_over(a: Assembly, cell):
    """BCL-2, BAX, procaspase-3 and XIAP are made at the rate that keeps them in a quiet cell."""
    p = a.p
    for name, words, new, gone in (
        ("bcl2", "BCL-2", _bcl2(a)(g=None), (_bcl2(a)(g=None),)),
        ("bax", "BAX", _bax(a)(b=None, act="off"), (_bax(a)(b=None),)),
        ("caspase3", "Caspase-3", _caspase(a)(x=None, act="pro"),
         (_caspase(a)(x=None, act="pro"),)),
        ("xiap", "XIAP", _xiap(a)(c=None), (_xiap(a)(c=None),)),
    ):  # fmt: skip
        made = a.define(f"{name}_synthesis", p(f"{name}_total") * p(f"{name}_decay")
                        / a.volume(cell.name), "item/litre/day",
                        f"{words} synthesis per cell volume")  # fmt: skip
        a.rule(f"{name}_synthesised", None >> new**cell, made, kind="production",
               note=f"{words} is made.")  # fmt: skip
        for pattern in gone:
            a.rule(f"{name}_lost", pattern**cell >> None, p(f"{name}_decay"),
                   kind="degradation", note=f"{words} outside of complexes decays.")  # fmt: skip


def stat3_induces_bim(a: Assembly, cell, dimers):
    """The link from STAT3 to BIM; off when il6_dc_death is 0."""
    p, mrna, bim = a.p, a.monomer("BIM_mRNA"), _bim(a)
    density = dimers / a.volume(cell.name)
    transcription = a.define(
        "bim_transcription",
        p("bim_mrna_basal") * p("bim_mrna_decay") / a.volume(cell.name)
        * (1 + p("il6_dc_death") * p("bim_induction") * density
           / (p("bim_induction_half") + density)),
        "item/litre/day", "BIM transcription per cell volume",
    )  # fmt: skip
    translation = a.define("bim_translation", p("bim_per_mrna") * p("bim_decay"), "1/day",
                           "BIM made per messenger")  # fmt: skip
    a.rule("bim_transcribed", None >> mrna() ** cell, transcription, kind="transcription",
           note="Nuclear STAT3 dimers raise the messenger of BIM.")  # fmt: skip
    a.rule("bim_mrna_lost", mrna() ** cell >> None, p("bim_mrna_decay"), kind="degradation",
           note="BIM mRNA decays.")  # fmt: skip
    a.rule("bim_translated", mrna() ** cell >> mrna() ** cell + bim(b=None) ** cell, translation,
           kind="translation", note="BIM protein is made.")  # fmt: skip
    a.rule("bim_lost", bim(b=None) ** cell >> None, p("bim_decay"), kind="degradation",
           note="Free BIM decays.")  # fmt: skip


def bcl2_holds_bim_and_bax(a: Assembly, cell):
    """BCL-2 sequesters BIM and active BAX in its groove."""
    p, bim, bcl2, bax = a.p, _bim(a), _bcl2(a), _bax(a)
    for name, words, free, held in (
        ("bim", "BIM", bim(b=None) ** cell, bim(b=1) ** cell),
        ("bax", "active BAX", bax(b=None, act="on") ** cell, bax(b=1, act="on") ** cell),
    ):
        together = held % bcl2(g=1) ** cell
        a.rule(
            f"bcl2_holds_{name}",
            free + bcl2(g=None) ** cell | together,
            p(f"bcl2_{name}_kon"),
            p("bcl2_koff"),
            kind="binding",
            note=f"BCL-2 holds {words}.",
        )
        a.rule(f"bcl2_{name}_lost", together >> None, p("bcl2_complex_decay"),
               kind="degradation", note="The complex is degraded.")  # fmt: skip


def bim_activates_bax(a: Assembly, cell):
    """Free BIM activates BAX; active BAX returns to rest."""
    p, bim, bax = a.p, _bim(a)(b=None) ** cell, _bax(a)
    off, on = bax(b=None, act="off") ** cell, bax(b=None, act="on") ** cell
    a.rule("bim_activates_bax", bim + off >> bim + on, p("bax_activation"),
           kind="cell transition", note="Direct activation by a BH3-only protein.")  # fmt: skip
    a.rule("bax_inactivated", on >> off, p("bax_inactivation"), kind="cell transition",
           note="Active BAX is taken from the mitochondria and refolds.")  # fmt: skip


def bax_activates_caspase3(a: Assembly, cell):
    """Free active BAX opens mitochondria, which activates caspase-3; XIAP holds it.

    Returns:
        Free active caspase-3 per cell (item).
    """
    p, caspase, xiap = a.p, _caspase(a), _xiap(a)
    bax = _bax(a)(b=None, act="on") ** cell
    free = caspase(x=None, act="on") ** cell
    held = caspase(x=1, act="on") ** cell % xiap(c=1) ** cell
    a.rule("bax_activates_caspase3", bax + caspase(x=None, act="pro") ** cell >> bax + free,
           p("caspase3_activation"), kind="cell transition",
           note="Cytochrome c, the apoptosome and caspase-9 are one step.")  # fmt: skip
    a.rule("xiap_holds_caspase3", free + xiap(c=None) ** cell | held, p("xiap_kon"),
           p("xiap_koff"), kind="binding", note="XIAP inhibits active caspase-3.")  # fmt: skip
    a.rule("caspase3_active_lost", free >> None, p("caspase3_active_decay"), kind="degradation",
           note="Active caspase-3 is short-lived.")  # fmt: skip
    a.rule("xiap_caspase3_lost", held >> None, p("caspase3_active_decay"), kind="degradation",
           note="XIAP has the caspase that it holds degraded, and goes with it.")  # fmt: skip
    return a.amount("caspase3_free", free, "free active caspase-3 per dendritic cell")

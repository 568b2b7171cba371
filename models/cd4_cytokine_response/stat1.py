"""STAT1 beside STAT3: fewer states, the same phosphatases.

Dimers enter the nucleus, lose their phosphates and come back in one step, as slow as both in
series. Heterodimers of STAT1 and STAT3 are not followed.
"""

from immacro.build import Assembly


def declare_stat1(a: Assembly):
    """STAT1 with receptor site `r`, dimer site `d` and tyrosine `y`."""
    return a.monomer("STAT1", ("r", "d", "y"), {"y": ["u", "p"]})


def turns_over_and_cycles(a: Assembly, cell) -> None:
    """Synthesis keeps the total; what is phosphorylated dimerises and returns bare."""
    p, stat1 = a.p, declare_stat1(a)
    bare, phospho = (stat1(r=None, d=None, y=y) ** cell for y in ("u", "p"))
    half = stat1(r=None, d=1, y="p") ** cell
    dimer = half % half
    made = a.define("stat1_synthesis", p("stat1_total") * p("stat3_turnover"), "item/litre/day",
                    "STAT1 synthesis per cell volume")  # fmt: skip
    a.rule("stat1_synthesised", None >> bare, made, kind="production",
           note="Made at the rate that keeps its total in an unstimulated cell.")  # fmt: skip
    for name, pattern in (("monomer", stat1(r=None, d=None) ** cell), ("dimer", dimer)):
        a.rule(f"stat1_{name}_lost", pattern >> None, p("stat3_turnover"), kind="degradation",
               note="STAT1 off the receptor turns over.")  # fmt: skip
    a.rule("stat1_dimerises", phospho + phospho | dimer, p("stat3_dimer_kon"),
           p("stat3_dimer_koff"), kind="binding",
           note="Phosphorylated STAT1 dimerises through its SH2 domains.")  # fmt: skip
    a.rule("stat1_dephosphorylated", phospho >> bare, a.model.expressions["pp1_rate"],
           kind="dephosphorylation", note="Cytosolic phosphatase acts on monomers.")  # fmt: skip
    nuclear = a.model.expressions["pp2_rate"]
    cycle = a.define("stat1_cycle", p("stat3_import") * nuclear / (p("stat3_import") + nuclear),
                     "1/day", "pSTAT1 dimers enter the nucleus and lose phosphate")  # fmt: skip
    a.rule("stat1_dimer_dephosphorylated", dimer >> bare + bare, cycle, kind="dephosphorylation",
           note="Dimers enter the nucleus, are taken apart there and leave.")  # fmt: skip

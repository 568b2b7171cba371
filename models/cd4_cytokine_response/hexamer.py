"""The hexamer of two IL-6, two IL-6R and two gp130: JAK1, the site of STATs, and SOCS3.

Activation of JAK1 and phosphorylation of gp130 are one step, as slow as both in series. SHP2 is a
first-order loss of phosphate, far from saturated, and acts where neither a STAT nor SOCS3 covers
the tyrosines. STAT3 docks at four tyrosines of gp130, STAT1 at two of these: one site, for which
they compete.
"""

from immacro.models.cd4_cytokine_response.receptor import arm, gp130, il6r
from immacro.models.cd4_cytokine_response.stat1 import declare_stat1
from immacro.models.shared.stat3 import declare_stat3, phosphatase

from immacro.build import Assembly


def _pair(a: Assembly, cell, **front):
    """A hexamer, by what its front bears."""
    receptor = il6r(a)(lig="bound", g=1) ** cell
    other = il6r(a)(lig="bound", g=2) ** cell
    return (
        arm(a, "front", alpha=1, dim=9, **front) ** cell
        % receptor
        % arm(a, "back", alpha=2, dim=9) ** cell
        % other
    )


def forms_and_is_phosphorylated(a: Assembly, cell, activity) -> None:
    """Two trimers join, JAK1 phosphorylates, SHP2 dephosphorylates."""
    p = a.p

    def trimer(bond):
        return arm(a, "trimer", alpha=bond) ** cell % il6r(a)(lig="bound", g=bond) ** cell

    a.rule("trimers_dimerise", trimer(1) + trimer(2) | _pair(a, cell), p("gp130_dimer_kon"),
           p("gp130_dimer_koff"), kind="binding",
           note="Two trimers form the signalling hexamer; which is called front does not "
                "matter.")  # fmt: skip
    rate = a.define("gp130_phosphorylation", p("jak1_kcat") * p("gp130_kcat")
                    / (p("jak1_kcat") + p("gp130_kcat")) * activity, "1/day",
                    "activation of JAK1 and phosphorylation of gp130")  # fmt: skip
    a.rule("gp130_phosphorylated", arm(a, "front", dim=9, alpha=1) ** cell
           % il6r(a)(g=1) ** cell % gp130(a)(part="back", dim=9) ** cell
           >> arm(a, "front", dim=9, alpha=1, y="p") ** cell
           % il6r(a)(g=1) ** cell % gp130(a)(part="back", dim=9) ** cell, rate,
           kind="phosphorylation",
           note="The kinases activate each other and phosphorylate the tails.")  # fmt: skip
    a.rule("gp130_dephosphorylated", gp130(a)(part="front", y="p", y759=None, stat=None) ** cell
           >> gp130(a)(part="front", y="u", y759=None, stat=None) ** cell,
           phosphatase(a, "shp2", "loss of phosphate of gp130"), kind="dephosphorylation",
           note="SHP2 strips tyrosines that nothing covers.")  # fmt: skip


def internalised(a: Assembly, cell) -> None:
    """Trimers and hexamers are taken in with all that they carry."""
    p = a.p
    trimer = gp130(a)(part="trimer", alpha=1) ** cell % il6r(a)(g=1) ** cell
    pair = gp130(a)(part="front", dim=9) ** cell % gp130(a)(part="back", dim=9) ** cell
    for name, pattern in (("trimer", trimer), ("hexamer", pair)):
        a.rule(f"{name}_internalised", pattern >> None, p("il6r_internalisation"),
               kind="degradation",
               note="Taken in and degraded with what it carries.")  # fmt: skip


def stat3_docks(a: Assembly, cell, activity) -> None:
    """STAT3 docks at a phosphotyrosine and leaves phosphorylated."""
    stat3 = declare_stat3(a)
    free = stat3(r=None, d=None, y="u", loc="cytosol") ** cell
    docked = stat3(r=1, d=None, y="u", loc="cytosol") ** cell
    gone = stat3(r=None, d=None, y="p", loc="cytosol") ** cell
    _docks(a, cell, "stat3", (free, docked, gone), a.p("stat3_kon"), activity)


def stat1_docks(a: Assembly, cell, activity) -> None:
    """STAT1 docks at half as many tyrosines, and leaves phosphorylated."""
    p, stat1 = a.p, declare_stat1(a)
    kon = a.define("stat1_kon", p("stat3_kon") * p("stat1_site_share"), "litre/day/item",
                   "STAT1 docks at gp130")  # fmt: skip
    states = (stat1(r=None, d=None, y="u") ** cell, stat1(r=1, d=None, y="u") ** cell,
              stat1(r=None, d=None, y="p") ** cell)  # fmt: skip
    _docks(a, cell, "stat1", states, kon, activity)


def _docks(a: Assembly, cell, name: str, states, kon, activity) -> None:
    p, words, (free, docked, gone) = a.p, name.upper(), states
    front = gp130(a)
    a.rule(f"{name}_docks", front(part="front", y="p", stat=None) ** cell + free
           | front(part="front", y="p", stat=1) ** cell % docked, kon, p(f"{name}_koff"),
           kind="binding",
           note=f"The SH2 domain of {words} docks at a phosphotyrosine of gp130.")  # fmt: skip
    rate = a.define(f"{name}_phosphorylation", p("stat3_kcat") * activity, "1/day",
                    f"phosphorylation of docked {words}")  # fmt: skip
    a.rule(f"{name}_phosphorylated",
           front(part="front", jak="free", stat=1) ** cell % docked
           >> front(part="front", jak="free", stat=None) ** cell + gone, rate,
           kind="phosphorylation",
           note=f"JAK1 that SOCS3 does not block phosphorylates docked {words}.")  # fmt: skip


def socs3_docks_and_blocks_jak1(a: Assembly, cell, socs3) -> None:
    """SOCS3 docks at tyrosine 759 and blocks JAK1 beside it."""
    front = gp130(a)
    a.rule("socs3_docks", front(part="front", y="p", y759=None, jak="free") ** cell
           + socs3(j=None) ** cell
           | front(part="front", y="p", y759=3, jak="blocked") ** cell % socs3(j=3) ** cell,
           a.p("socs3_kon"), a.p("socs3_koff"), kind="binding",
           note="SOCS3 needs phosphotyrosine 759 and JAK1 at once.")  # fmt: skip

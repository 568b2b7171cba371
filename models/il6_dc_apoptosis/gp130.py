"""The hexamer of two IL-6, two IL-6R and two gp130, from JAK1 to STAT3, SHP2 and SOCS3.

Two trimers of either kind join. The two tails of a hexamer are followed as one, on the arm called
front: one STAT3 site, and one tyrosine 759 that SHP2 and SOCS3 compete for. An active hexamer with
bare tyrosines has kinases on; phosphorylated, it holds STAT3 or not, and SHP2, SOCS3 or neither.
"""

from immacro.models.il6_dc_apoptosis.membrane import gp130, il6r, jak1
from immacro.models.shared.stat3 import declare_stat3

from immacro.build import Assembly


def _shp2(a: Assembly):
    return a.monomer("SHP2", ("r",))


def _pair(a: Assembly, cell, kinases):
    """A hexamer with bare tyrosines, by its kinases' state."""
    arm, kinase = gp130(a), jak1(a)
    front = (
        arm(part="front", dim=9, jak=1, y="u", y759=None, stat=None) ** cell
        % kinase(r=1, act=kinases) ** cell
    )
    back = (
        arm(part="back", dim=9, jak=2, y="u", y759=None, stat=None) ** cell
        % kinase(r=2, act=kinases) ** cell
    )
    return front % back


def trimers_dimerise(a: Assembly, cell):
    """Two trimers, whatever the source of their IL-6R, form a hexamer."""
    arm, kinase = gp130(a), jak1(a)

    def trimer(bond):
        return (
            arm(part="trimer", dim=None, jak=bond, y="u", y759=None, stat=None) ** cell
            % kinase(r=bond, act="off") ** cell
        )

    a.rule(
        "trimers_dimerise",
        trimer(1) + trimer(2) | _pair(a, cell, "off"),
        a.p("gp130_dimer_kon"),
        a.p("gp130_dimer_koff"),
        kind="binding",
        note="Two trimers form the signalling hexamer; which is called front does not matter.",
    )


def jak1_activates(a: Assembly, cell, activity):
    """The two kinases of a hexamer activate each other; phosphatases undo it at rest."""
    rate = a.define(
        "jak1_activation", a.p("jak1_kcat") * activity, "1/day", "trans-activation of JAK1"
    )
    a.rule(
        "jak1_trans_activates",
        _pair(a, cell, "off") >> _pair(a, cell, "on"),
        rate,
        kind="phosphorylation",
        note="The kinases of a hexamer activate each other.",
    )
    a.rule(
        "jak1_deactivates",
        _pair(a, cell, "on") >> _pair(a, cell, "off"),
        a.p("jak1_deactivation"),
        kind="dephosphorylation",
        note="Phosphatases inactivate the kinases of a hexamer with bare tyrosines.",
    )


def tyrosines_phosphorylated(a: Assembly, cell, activity):
    """Active JAK1 phosphorylates the tails of gp130."""
    arm, active = gp130(a), jak1(a)(r=1, act="on") ** cell
    rate = a.define("gp130_phosphorylation", a.p("gp130_kcat") * activity, "1/day",
                    "tyrosine phosphorylation of gp130")  # fmt: skip
    a.rule(
        "gp130_phosphorylated",
        arm(part="front", jak=1, y="u") ** cell % active
        >> arm(part="front", jak=1, y="p") ** cell % active,
        rate,
        kind="phosphorylation",
        note="JAK1 phosphorylates tyrosine 759 and the four that STAT3 docks at.",
    )


def shp2_docks_and_dephosphorylates(a: Assembly, cell):
    """SHP2 docks at tyrosine 759 and dephosphorylates gp130; it is made and lost."""
    p, arm, shp2 = a.p, gp130(a), _shp2(a)
    free = shp2(r=None) ** cell
    made = a.define("shp2_synthesis", p("shp2_total") * p("shp2_turnover"), "item/litre/day",
                    "SHP2 synthesis per cell volume")  # fmt: skip
    a.rule("shp2_synthesised", None >> free, made, kind="production", note="SHP2 is made.")
    a.rule("shp2_lost", free >> None, p("shp2_turnover"), kind="degradation",
           note="Free SHP2 turns over.")  # fmt: skip
    a.rule(
        "shp2_docks",
        arm(y="p", y759=None) ** cell + free | arm(y="p", y759=3) ** cell % shp2(r=3) ** cell,
        p("shp2_kon"),
        p("shp2_koff"),
        kind="binding",
        note="SHP2 docks at phosphotyrosine 759 of gp130.",
    )
    a.rule(
        "shp2_dephosphorylates",
        arm(y="p", y759=3, stat=None) ** cell % shp2(r=3) ** cell
        >> arm(y="u", y759=None, stat=None) ** cell + free,
        p("shp2_kcat"),
        kind="dephosphorylation",
        note="SHP2 strips tyrosines that no STAT3 covers and leaves.",
    )


def stat3_docks_and_is_phosphorylated(a: Assembly, cell, activity):
    """STAT3 docks at a phosphotyrosine and is released phosphorylated."""
    p, arm, kinase, stat3 = a.p, gp130(a), jak1(a), declare_stat3(a)
    rate = a.define("stat3_phosphorylation", p("stat3_kcat") * activity, "1/day",
                    "phosphorylation of docked STAT3")  # fmt: skip
    free = stat3(r=None, d=None, y="u", loc="cytosol") ** cell
    a.rule(
        "stat3_docks",
        arm(y="p", stat=None) ** cell + free
        | arm(y="p", stat=1) ** cell % stat3(r=1, d=None, y="u", loc="cytosol") ** cell,
        p("stat3_kon"),
        p("stat3_koff"),
        kind="binding",
        note="The SH2 domain of STAT3 docks at a phosphotyrosine of gp130.",
    )
    active = kinase(r=2, act="on") ** cell
    a.rule(
        "stat3_phosphorylated",
        arm(stat=1, jak=2) ** cell % stat3(r=1, y="u") ** cell % active
        >> arm(stat=None, jak=2) ** cell % active + stat3(r=None, y="p") ** cell,
        rate,
        kind="phosphorylation",
        note="JAK1 phosphorylates docked STAT3, which leaves.",
    )


def socs3_docks_and_blocks_jak1(a: Assembly, cell, socs3):
    """SOCS3 docks at tyrosine 759, in the place of SHP2, and blocks JAK1 beside it."""
    arm, kinase = gp130(a), jak1(a)
    a.rule(
        "socs3_docks",
        arm(y="p", y759=None, jak=1) ** cell % kinase(r=1, act="on") ** cell + socs3(j=None) ** cell
        | arm(y="p", y759=3, jak=1) ** cell
        % kinase(r=1, act="blocked") ** cell
        % socs3(j=3) ** cell,
        a.p("socs3_kon"),
        a.p("socs3_koff"),
        kind="binding",
        note="SOCS3 needs phosphotyrosine 759 and JAK1 at once.",
    )


def complexes_internalised(a: Assembly, cell):
    """Trimers are taken in and leave JAK1 behind, hexamers with all that they carry."""
    p, arm = a.p, gp130(a)
    for name, words, trimer in (
        ("classic", "its IL-6R", arm(part="trimer", alpha=1) ** cell % il6r(a)(g=1) ** cell),
        ("trans", "the soluble complex", arm(part="trimer", via="soluble") ** cell),
    ):
        a.rule(
            f"{name}_trimer_internalised",
            trimer >> None,
            p("il6r_internalisation"),
            kind="degradation",
            note=f"The trimer is taken in with {words}; idle JAK1 falls off.",
            delete_molecules=True,
        )
    a.rule(
        "hexamer_internalised",
        arm(part="front", dim=9) ** cell % arm(part="back", dim=9) ** cell >> None,
        p("il6r_internalisation"),
        kind="degradation",
        note="The hexamer is taken in with its kinases and what STAT3, SHP2 and SOCS3 it carries.",
    )

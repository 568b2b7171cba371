"""The G-CSF receptor CSF3R on an average pre-DC, from binding to STAT3.

Ligand is a state of the receptor: one cell's receptors must not consume the ligand of the whole
blood. Only ligand-bound receptors that carry JAK2 dimerise (the 2:2 complex); the two kinases
activate each other in one step, and each arm then phosphorylates its own tyrosine. An arm is thus
one of: kinase off; on, with tyrosine u or p, with or without SOCS3, with or without STAT3.
"""

from immacro.models.shared.stat3 import declare_stat3, phosphatase

from immacro.build import Assembly


def _csf3r(a: Assembly):
    return a.monomer(
        "CSF3R", ("lig", "dim", "jak", "y", "stat"), {"lig": ["free", "bound"], "y": ["u", "p"]}
    )


def _jak2(a: Assembly):
    return a.monomer("JAK2", ("r", "act", "socs"), {"act": ["off", "on"]})


def receptors_turn_over(a: Assembly, cell):
    """CSF3R and JAK2 are made and lost; a lost receptor takes its kinase along."""
    p, csf3r, jak2 = a.p, _csf3r(a), _jak2(a)
    receptor_synthesis = a.define(
        "csf3r_synthesis", p("csf3r_per_pre_dc") * p("csf3r_turnover") / a.volume(cell.name),
        "item/litre/day", "CSF3R synthesis per cell volume",
    )  # fmt: skip
    kinase_synthesis = a.define(
        "jak2_synthesis", p("jak2_total") * p("jak2_turnover"), "item/litre/day",
        "JAK2 synthesis per cell volume",
    )  # fmt: skip
    new = csf3r(lig="free", dim=None, jak=None, y="u", stat=None) ** cell
    a.rule(
        "csf3r_synthesised",
        None >> new,
        receptor_synthesis,
        kind="production",
        note="Receptors are made at the rate that keeps their number without ligand.",
    )
    a.rule(
        "csf3r_lost",
        csf3r(lig="free", dim=None) ** cell >> None,
        p("csf3r_turnover"),
        kind="degradation",
        note="Free receptors turn over.",
    )
    a.rule(
        "jak2_synthesised",
        None >> jak2(r=None, act="off", socs=None) ** cell,
        kinase_synthesis,
        kind="production",
        note="JAK2 is made.",
    )
    a.rule(
        "jak2_lost",
        jak2(r=None, act="off", socs=None) ** cell >> None,
        p("jak2_turnover"),
        kind="degradation",
        note="Free JAK2 turns over.",
    )


def gcsf_binds(a: Assembly, cell, density):
    """Ligand binding at the plasma level of free G-CSF."""
    p, csf3r = a.p, _csf3r(a)
    association = a.define(
        "gcsf_association",
        p("gcsf_koff") / p("gcsf_kd") * density,
        "1/day",
        "binding of G-CSF to one receptor",
    )
    a.rule(
        "gcsf_binds_csf3r",
        csf3r(lig="free", dim=None) ** cell | csf3r(lig="bound", dim=None) ** cell,
        association,
        p("gcsf_koff"),
        kind="binding",
        note="G-CSF binds its receptor; the marrow sees the plasma level.",
    )


def jak2_docks(a: Assembly, cell):
    """JAK2 docks at the box 1 motif of the receptor."""
    csf3r, jak2 = _csf3r(a), _jak2(a)
    a.rule(
        "jak2_docks",
        csf3r(dim=None, jak=None) ** cell + jak2(r=None, act="off", socs=None) ** cell
        | csf3r(dim=None, jak=1) ** cell % jak2(r=1, act="off", socs=None) ** cell,
        a.p("jak2_kon"),
        a.p("jak2_koff"),
        kind="binding",
        note="JAK2 docks at the receptor.",
    )


def _pair(a: Assembly, cell, first, second):
    """Two arms joined at their dimer site; an arm is (kinase state, tyrosine) or kinase only."""
    csf3r, jak2 = _csf3r(a), _jak2(a)

    def arm(bond, kinase, **sites):
        return (
            csf3r(lig="bound", dim=9, jak=bond, **sites) ** cell
            % jak2(r=bond, act=kinase, socs=None) ** cell
        )

    return arm(1, first, y="u", stat=None) % arm(2, second, y="u", stat=None)


def receptors_dimerise(a: Assembly, cell):
    """Two ligand-bound receptors with kinase form the 2:2 complex."""
    csf3r, jak2 = _csf3r(a), _jak2(a)
    loaded = (
        csf3r(lig="bound", dim=None, jak=1, y="u", stat=None) ** cell
        % jak2(r=1, act="off", socs=None) ** cell
    )
    a.rule(
        "csf3r_dimerises",
        loaded + loaded | _pair(a, cell, "off", "off"),
        a.p("csf3r_dimer_kon"),
        a.p("csf3r_dimer_koff"),
        kind="binding",
        note="Two ligands and two receptors form the signalling complex.",
    )


def jak2_activates(a: Assembly, cell, activity):
    """The two kinases of a dimer activate each other; phosphatases undo it at rest."""
    rate = a.define(
        "jak2_activation", a.p("jak2_kcat") * activity, "1/day", "trans-activation of JAK2"
    )
    a.rule(
        "jak2_trans_activates",
        _pair(a, cell, "off", "off") >> _pair(a, cell, "on", "on"),
        rate,
        kind="phosphorylation",
        note="The kinases of a dimer activate each other.",
    )
    a.rule(
        "jak2_deactivates",
        _pair(a, cell, "on", "on") >> _pair(a, cell, "off", "off"),
        a.p("jak2_deactivation"),
        kind="dephosphorylation",
        note="Phosphatases inactivate the kinases of a dimer with bare tyrosines.",
    )


def tyrosines_phosphorylated(a: Assembly, cell, activity):
    """An active kinase without SOCS3 phosphorylates its own arm; SHP2 removes the phosphate."""
    csf3r, jak2 = _csf3r(a), _jak2(a)
    rate = a.define(
        "csf3r_phosphorylation",
        a.p("csf3r_kcat") * activity,
        "1/day",
        "tyrosine phosphorylation of CSF3R",
    )
    active = jak2(r=1, act="on", socs=None) ** cell
    a.rule(
        "csf3r_phosphorylated",
        csf3r(jak=1, y="u", stat=None) ** cell % active
        >> csf3r(jak=1, y="p", stat=None) ** cell % active,
        rate,
        kind="phosphorylation",
        note="JAK2 phosphorylates the receptor's tyrosines.",
    )
    a.rule(
        "csf3r_dephosphorylated",
        csf3r(y="p", stat=None) ** cell >> csf3r(y="u", stat=None) ** cell,
        phosphatase(a, "shp2", "loss of phosphate from CSF3R"),
        kind="dephosphorylation",
        note="SHP2 dephosphorylates tyrosines that no STAT3 covers.",
    )


def stat3_docks_and_is_phosphorylated(a: Assembly, cell, activity):
    """STAT3 docks at a phosphotyrosine and is released phosphorylated."""
    p, csf3r, jak2, stat3 = a.p, _csf3r(a), _jak2(a), declare_stat3(a)
    rate = a.define(
        "stat3_phosphorylation",
        p("stat3_kcat") * activity,
        "1/day",
        "phosphorylation of docked STAT3",
    )
    free = stat3(r=None, d=None, y="u", loc="cytosol") ** cell
    a.rule(
        "stat3_docks",
        csf3r(y="p", stat=None) ** cell + free
        | csf3r(y="p", stat=1) ** cell % stat3(r=1, d=None, y="u", loc="cytosol") ** cell,
        p("stat3_kon"),
        p("stat3_koff"),
        kind="binding",
        note="The SH2 domain of STAT3 docks at the receptor's phosphotyrosine.",
    )
    active = jak2(r=2, act="on", socs=None) ** cell
    a.rule(
        "stat3_phosphorylated",
        csf3r(stat=1, jak=2) ** cell % stat3(r=1, y="u") ** cell % active
        >> csf3r(stat=None, jak=2) ** cell % active + stat3(r=None, y="p") ** cell,
        rate,
        kind="phosphorylation",
        note="JAK2 phosphorylates docked STAT3, which leaves.",
    )


def socs3_blocks_jak2(a: Assembly, cell, socs3):
    """SOCS3 binds an active kinase and blocks it."""
    jak2 = _jak2(a)
    a.rule(
        "socs3_binds_jak2",
        jak2(act="on", socs=None) ** cell + socs3(j=None) ** cell
        | jak2(act="on", socs=1) ** cell % socs3(j=1) ** cell,
        a.p("socs3_kon"),
        a.p("socs3_koff"),
        kind="binding",
        note="SOCS3 blocks active JAK2 with its kinase inhibitory region.",
    )


def complexes_internalised(a: Assembly, cell):
    """Ligand-bound receptors are taken in and degraded with what they carry."""
    p, csf3r = a.p, _csf3r(a)
    a.rule(
        "csf3r_internalised",
        csf3r(lig="bound", dim=None) ** cell >> None,
        p("csf3r_internalisation"),
        kind="degradation",
        note="Ligand-bound receptor is taken in.",
    )
    a.rule(
        "csf3r_dimer_internalised",
        csf3r(dim=9) ** cell % csf3r(dim=9) ** cell >> None,
        p("csf3r_internalisation"),
        kind="degradation",
        note="The signalling complex is taken in; what little STAT3 and SOCS3 it carries goes "
        "with it.",
    )

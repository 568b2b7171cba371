"""PD1 of the T cell, PDL1 and PDL2 of the dendritic cell, their antibodies, and SHP2.

LCK phosphorylates PD1 that holds a ligand; phosphorylated PD1 recruits SHP2, of which a cell has
far more than a contact needs. PDL1 that holds CD80 in cis is not seen by PD1. Antibodies hold one
PD1 or PDL1 or bridge two, and shut out ligands.
"""

from itertools import pairwise

from immacro.models.cd40_pd1_priming.antigen import STEPS, tcr
from immacro.models.cd40_pd1_priming.b7 import cd28, cd80
from immacro.models.cd40_pd1_priming.surface import binds, exchange, turns_over
from immacro.models.shared.bridging import bridges
from pysb import ANY

from immacro.build import Assembly

BRIDGED = {"lig": ["free", "bound"]}


def pd1(a: Assembly):
    """PD1: antibody, its second PD1, ligand, and phosphate or SHP2."""
    return a.monomer("PD1", ("lig", "d", "b", "y"), {**BRIDGED, "y": ["u", "p", "shp2"]})


def pdl1(a: Assembly):
    """PDL1: antibody, its second PDL1, and PD1 or CD80."""
    return a.monomer("PDL1", ("lig", "d", "b"), BRIDGED)


def pdl2(a: Assembly):
    """PDL2."""
    return a.monomer("PDL2", ("b",))


def inhibition(a: Assembly, contact, made, engaged, drug):
    """Turnover, ligands, cis, antibodies, recruitment; returns SHP2 that works (item)."""
    p, receptor, first, second = a.p, pd1(a), pdl1(a), pdl2(a)
    shown = p("pd1_naive") + (p("pd1_activated") - p("pd1_naive")) * engaged
    turns_over(a, contact, "pd1", receptor(lig="free", d=None, b=None, y="u") ** contact,
               receptor() ** contact, shown * p("contact_share_t"),
               p("inhibitor_turnover"))  # fmt: skip
    turns_over(a, contact, "pdl1", first(lig="free", d=None, b=None) ** contact,
               first() ** contact, made.pdl1, p("pdl1_turnover"))  # fmt: skip
    turns_over(a, contact, "pdl2", second(b=None) ** contact, second() ** contact,
               p("pdl2_per_dc") * p("contact_share_dc"), p("pdl1_turnover"))  # fmt: skip
    open_ = {"lig": "free", "d": None}
    binds(a, "pd1_binds_pdl1", exchange(a, "pd1_pdl1"), receptor(b=None, **open_) ** contact,
          first(b=None, **open_) ** contact,
          receptor(b=1, **open_) ** contact % first(b=1, **open_) ** contact)  # fmt: skip
    binds(a, "pd1_binds_pdl2", exchange(a, "pd1_pdl2"), receptor(b=None, **open_) ** contact,
          second(b=None) ** contact,
          receptor(b=1, **open_) ** contact % second(b=1) ** contact)  # fmt: skip
    _cis(a, contact)
    bridges(a, "anti_pd1", receptor, contact, drug["anti_pd1"], b=None, y="u")
    bridges(a, "anti_pdl1", first, contact, drug["anti_pdl1"], b=None)
    return _recruits(a, contact)


def _cis(a: Assembly, contact) -> None:
    """CD80 takes PDL1 on the same membrane, free or on CD28, but not on CTLA4."""
    ligand, partner = pdl1(a), cd80(a)
    free = ligand(lig="free", d=None, b=None) ** contact
    held = ligand(lig="free", d=None, b=1) ** contact
    rates = exchange(a, "cd80_pdl1", a.p("cis_binding"))
    binds(a, "cd80_takes_pdl1", rates, partner(b=None, cis=None) ** contact, free,
          partner(b=None, cis=1) ** contact % held)  # fmt: skip
    helper = cd28(a)(b=2) ** contact
    binds(a, "cd80_on_cd28_takes_pdl1", rates, helper % partner(b=2, cis=None) ** contact, free,
          helper % partner(b=2, cis=1) ** contact % held)  # fmt: skip


def _recruits(a: Assembly, contact):
    p, receptor = a.p, pd1(a)
    a.rule("lck_phosphorylates_pd1", receptor(b=ANY, y="u") ** contact
           >> receptor(b=ANY, y="p") ** contact, p("lck_pd1"), kind="phosphorylation",
           note="LCK phosphorylates PD1 that holds a ligand.")  # fmt: skip
    a.rule("pd1_dephosphorylated", receptor(y="p") ** contact >> receptor(y="u") ** contact,
           p("pd1_dephosphorylation"), kind="dephosphorylation",
           note="Phosphatases act on PD1 without SHP2.")  # fmt: skip
    joining = a.define("shp2_association", p("shp2_kon") * p("shp2_total"), "1/day",
                       "SHP2 of the cytosol binds phosphorylated PD1")  # fmt: skip
    a.rule("pd1_recruits_shp2", receptor(y="p") ** contact | receptor(y="shp2") ** contact,
           joining, p("shp2_koff"), kind="binding",
           note="SHP2 binds phosphorylated PD1; the cytosol has plenty.")  # fmt: skip
    held = a.amount("shp2_held", receptor(y="shp2") ** contact, "SHP2 on PD1 per contact")
    on = p("shp2_recruitment")
    return a.define("shp2_active", on * held + (1 - on) * p("shp2_reference"), "item",
                    "SHP2 that works in the contact")  # fmt: skip


def dephosphorylates(a: Assembly, contact, shp2) -> None:
    """SHP2 on PD1 works on CD28 and on TCR of the contact."""
    p, volume = a.p, a.volume(contact.name)
    helper, receptor = cd28(a), tcr(a)
    on_cd28 = a.define("shp2_on_cd28", p("shp2_cd28") * shp2 / volume, "1/day",
                       "CD28 dephosphorylated by SHP2")  # fmt: skip
    a.rule("shp2_dephosphorylates_cd28", helper(y="p") ** contact >> helper(y="u") ** contact,
           on_cd28, kind="dephosphorylation", note="SHP2 on PD1 prefers CD28.")  # fmt: skip
    on_tcr = a.define("shp2_on_tcr", p("shp2_cd28") * p("shp2_tcr_preference") * shp2 / volume,
                      "1/day", "TCR dephosphorylated by SHP2")  # fmt: skip
    for before, after in pairwise(STEPS):
        a.rule(f"shp2_dephosphorylates_tcr_{after}",
               receptor(y=after) ** contact >> receptor(y=before) ** contact, on_tcr,
               kind="dephosphorylation", note="SHP2 on PD1 acts on TCR as well.")  # fmt: skip

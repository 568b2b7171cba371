"""Observables in the units an immunologist reads."""

from immacro.models.cd40_pd1_priming.b7 import cd28, cd80, cd86, ctla4
from immacro.models.cd40_pd1_priming.drugs import ANTIBODIES
from immacro.models.cd40_pd1_priming.pd1 import pd1, pdl1
from immacro.models.shared.plasma import observe_drug
from pysb import ANY

from immacro.build import Assembly


def observe(a: Assembly, contact, nuclear) -> None:
    """Drugs in plasma, the dendritic cell, the contact."""
    for name in ANTIBODIES:
        observe_drug(a, name, a.model.expressions[f"{name}_density"], name.replace("_", " "))
    observe_dendritic_cell(a, contact, nuclear)
    observe_contact(a, contact)
    observe_occupancy(a, contact)


def observe_dendritic_cell(a: Assembly, contact, nuclear) -> None:
    """Molecules per dendritic cell: those of the contact over its share of the membrane."""
    p, known, share = a.p, a.model.observables, a.p("contact_share_dc")
    cell = a.compartment("dendritic_cell")
    a.observe("nfkb_dc", 1 * nuclear, "item", "nuclear free NF-kB per DC")
    a.observe("cd40_signalling_dc", 1 * (known["cd40_signalling"] + known["cd40_trimerised"]),
              "item", "CD40 clusters with TRAF6 per DC")  # fmt: skip
    for name, molecule in (("cd80", cd80(a)), ("cd86", cd86(a)), ("pdl1", pdl1(a))):
        amount = a.amount(f"{name}_all", molecule() ** contact, f"{name.upper()} per contact")
        a.observe(f"{name}_dc", amount / share, "item", f"{name.upper()} per DC")
    both = (known["cd80_all"] + known["cd86_all"]) / share
    a.observe("dc_costim_dln", both, "item", "CD80 and CD86 per DC")
    a.observe("dc_activation_dln", both / p("b7_per_mature_dc"), "dimensionless",
              "CD80 and CD86 of a DC, over those of a mature one")  # fmt: skip
    cd83 = a.amount("cd83_all", a.known("CD83")() ** cell, "CD83 per DC")
    il12 = a.amount("il12_all", a.known("IL12")() ** cell, "IL-12 on its way out of a DC")
    a.observe("cd83_dc", 1 * cd83, "item", "CD83 per DC")
    a.observe("il12_secretion_dc", p("il12_secretion") * il12, "item/day",
              "IL-12 molecules that a DC secretes")  # fmt: skip


def observe_contact(a: Assembly, contact) -> None:
    """Molecules per contact."""
    known, two = a.model.observables, cd28(a)
    a.observe("ptcr_contact", 1 * known["tcr_full"], "item", "signalling TCR per contact")
    a.observe("pcd28_contact", 1 * known["cd28_phospho"], "item", "pCD28 per contact")
    a.observe("dc_t_cell_stimulation", 1 * a.model.expressions["mapk_share"], "dimensionless",
              "integrated signal to the T cell, the active share of MAPK")  # fmt: skip
    a.observe("shp2_contact", 1 * known["shp2_held"], "item", "SHP2 on PD1 per contact")
    for name, pattern, words in (
        ("cd28_bound", two(b=ANY), "CD28 with B7"),
        ("cd80_on_cd28", two(b=1) ** contact % cd80(a)(b=1), "CD80 on CD28"),
        ("cd80_on_ctla4", ctla4(a)(b=1) ** contact % cd80(a)(b=1), "CD80 on CTLA4"),
        ("cd86_on_ctla4", ctla4(a)(b=1) ** contact % cd86(a)(b=1), "CD86 on CTLA4"),
        ("cd80_pdl1_cis", cd80(a)(cis=ANY), "CD80 with PDL1 in cis"),
        ("pd1_bound", pd1(a)(b=ANY), "PD1 with PDL1 or PDL2"),
    ):  # fmt: skip
        amount = a.amount(f"{name}_amount", pattern**contact, f"{words} per contact")
        a.observe(f"{name}_contact", 1 * amount, "item", f"{words} per contact")


def observe_occupancy(a: Assembly, contact) -> None:
    """Share of each target that its antibody leaves open: one without a drug."""
    for name, molecule, open_ in (
        ("pd1", pd1(a), {"lig": "free", "d": None}),
        ("pdl1", pdl1(a), {"lig": "free", "d": None}),
        ("ctla4", ctla4(a), {"ab": "free"}),
    ):  # fmt: skip
        total = a.model.observables.get(f"{name}_all") or a.amount(
            f"{name}_all", molecule() ** contact, f"{name.upper()} per contact")  # fmt: skip
        free = a.amount(f"{name}_without_antibody", molecule(**open_) ** contact,
                        f"{name.upper()} without antibody")  # fmt: skip
        a.observe(f"{name}_unblocked_contact", free / total, "dimensionless",
                  f"share of {name.upper()} that no antibody holds")  # fmt: skip

"""CD80 and CD86 of the dendritic cell, CD28 and CTLA4 of the T cell.

CD28 binds one B7, CTLA4 has two equal sites. CD80 on which PDL1 sits in cis binds CD28 but not
CTLA4. CTLA4 takes the B7 that it holds out of the membrane of the dendritic cell. LCK
phosphorylates CD28 that is bound.
"""

from immacro.models.cd40_pd1_priming.surface import binds, exchange, turns_over
from immacro.models.shared.knock_out import left_by
from pysb.core import MultiState

from immacro.build import Assembly


def cd28(a: Assembly):
    """CD28 with its B7 and its phosphate."""
    return a.monomer("CD28", ("b", "y"), {"y": ["u", "p"]})


def cd80(a: Assembly):
    """CD80: one site for the T cell, one for PDL1 in cis."""
    return a.monomer("CD80", ("b", "cis"))


def cd86(a: Assembly):
    """CD86."""
    return a.monomer("CD86", ("b",))


def ctla4(a: Assembly):
    """CTLA4, a dimer with two sites."""
    return a.monomer("CTLA4", ("b", "b", "ab"), {"ab": ["free", "bound"]})


def costimulation(a: Assembly, node, contact, made, engaged, antibody) -> None:
    """Turnover, competition, phosphorylation, removal of B7, and the antibody to CTLA4."""
    p, helper, brake = a.p, cd28(a), ctla4(a)
    one, two = cd80(a), cd86(a)
    turns_over(a, contact, "cd80", one(b=None, cis=None) ** contact, one() ** contact, made.cd80,
               p("b7_turnover"))  # fmt: skip
    turns_over(a, contact, "cd86", two(b=None) ** contact, two() ** contact, made.cd86,
               p("b7_turnover"))  # fmt: skip
    turns_over(a, contact, "cd28", helper(b=None, y="u") ** contact, helper() ** contact,
               p("cd28_per_t_cell") * p("contact_share_t"), p("surface_turnover"))  # fmt: skip
    shown = p("ctla4_naive") + (p("ctla4_activated") - p("ctla4_naive")) * engaged
    empty = brake(b=MultiState(None, None), ab="free") ** contact
    turns_over(a, contact, "ctla4", empty, brake() ** contact, shown * p("contact_share_t"),
               p("inhibitor_turnover"))  # fmt: skip

    left = left_by(a, "cd28_block", node)
    for name, ligand in (("cd80", one), ("cd86", two)):
        binds(a, f"cd28_binds_{name}", exchange(a, f"cd28_{name}", left),
              helper(b=None) ** contact, ligand(b=None) ** contact,
              helper(b=1) ** contact % ligand(b=1) ** contact)  # fmt: skip
    removal = a.define(
        "b7_removal",
        p("transendocytosis") * p("transendocytosis_rate") * p("contact_share_dc"), "1/day",
        "B7 on CTLA4 that the T cell takes in",
    )  # fmt: skip
    for name, ligand, rest in (("cd80", one, {"cis": None}), ("cd86", two, {})):
        held = brake(b=1) ** contact % ligand(b=1, **rest) ** contact
        binds(a, f"ctla4_binds_{name}", exchange(a, f"ctla4_{name}"),
              brake(b=None, ab="free") ** contact, ligand(b=None, **rest) ** contact,
              brake(b=1, ab="free") ** contact % ligand(b=1, **rest) ** contact)  # fmt: skip
        a.rule(f"ctla4_takes_{name}", held >> brake(b=None) ** contact, removal,
               kind="degradation",
               note="The T cell takes B7 on CTLA4 in and degrades it.")  # fmt: skip
    bound = brake(b=MultiState(None, None), ab="bound") ** contact
    joining = a.define("anti_ctla4_association", p("anti_ctla4_kon") * antibody, "1/day",
                       "antibody binds CTLA4")  # fmt: skip
    leaving = a.define("anti_ctla4_koff", p("anti_ctla4_kon") * p("anti_ctla4_kd"), "1/day",
                       "antibody leaves CTLA4")  # fmt: skip
    a.rule("anti_ctla4_binds", empty | bound, joining, leaving, kind="binding",
           note="The antibody covers both sites of a free CTLA4.")  # fmt: skip

    for name, ligand in (("cd80", one), ("cd86", two)):
        a.rule(f"lck_phosphorylates_cd28_on_{name}",
               helper(b=1, y="u") ** contact % ligand(b=1) ** contact
               >> helper(b=1, y="p") ** contact % ligand(b=1) ** contact, p("lck_cd28"),
               kind="phosphorylation", note="LCK phosphorylates CD28 that holds B7.")  # fmt: skip
    a.rule("cd28_dephosphorylated", helper(y="p") ** contact >> helper(y="u") ** contact,
           p("cd28_dephosphorylation"), kind="dephosphorylation",
           note="Other phosphatases, such as CD45.")  # fmt: skip

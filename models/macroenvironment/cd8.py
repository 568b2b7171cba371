"""CD8 T cells: polyclonal and tumour-specific; naive, primed, effector and memory.

Tumour-specific cells are of two classes of clones. Clones that *exist* respond readily; *new* ones
bind antigen less well, and differ in nothing else. Naive cells of all clones circulate alike. In
the node they are primed by dendritic cells that carry tumour antigen: the rate is the product of
how many there are (saturating) and of the share of MAPK that a contact with a semi-mature or a
mature one activates. A primed cell divides a fixed number of times and its progeny leave as
effectors, which die within days unless they become memory, and enter the tumour (`tumour_cd8`).
Cells specific for a second challenge circulate with them and respond in the spleen
(`challenge_cd8`).
"""

from typing import Any

from immacro.models.macroenvironment.cascades.cd40_pd1_priming import active_share
from immacro.models.macroenvironment.dendritic_precursors import KINDS, dendritic_cell
from immacro.models.macroenvironment.lymphocytes import Traffic, circulates, supplied

from immacro.build import Assembly

SPECIFIC, CHALLENGE = ("exist", "new"), "challenge"
CLONES = ("poly", *SPECIFIC, CHALLENGE)
SITES = {"clone": list(CLONES),
         "state": ["naive", "primed", "expanding", "effector", "memory", "stem", "dysfunctional",
                   "terminal"]}  # fmt: skip


def cd8(a: Assembly):
    """A CD8 T cell: class of its clone, and state."""
    return a.monomer("CD8", tuple(SITES), SITES)


def naive_and_memory(a: Assembly, body, traffic: Traffic) -> None:
    """Naive cells of every clone and memory cells recirculate."""
    p, cell = a.p, cd8(a)
    circulates(a, body, "naive_cd8", cell(state="naive"), traffic, traffic.stress)
    circulates(a, body, "memory_cd8", cell(state="memory"), traffic, traffic.stress)
    specific = sum(p(f"naive_cd8_share_{clone}") for clone in CLONES[1:])
    for clone in CLONES:
        share = 1 - specific if clone == "poly" else p(f"naive_cd8_share_{clone}")
        supplied(a, body, "naive_cd8", cell(clone=clone, state="naive"), share, traffic.open_exit)
    supplied(a, body, "memory_cd8", cell(clone="poly", state="memory"))


def antigen_presented(a: Assembly, body, drive: dict[str, Any]) -> dict[str, Any]:
    """Priming signal of the node for each class of clones, 0 to 1; ``drive`` is of MAPK."""
    p, cell = a.p, dendritic_cell(a)
    number = {
        mat: sum(
            weight * a.amount(f"{kind}_{mat}_tumour_antigen",
                              cell(kind=kind, mat=mat, ag="tum") ** body.dln,
                              f"{mat} {kind} of the node with tumour antigen")
            for kind, weight in zip(KINDS, (1, p("cdc2_cross_presentation")), strict=True)
        )
        for mat in ("semi", "mat")
    }  # fmt: skip
    avidity = {"exist": 1, "new": p("new_clone_avidity")}
    return {
        clone: priming_signal(a, clone, number, p("immunogenicity") * avidity[clone], drive,
                              p("priming_half"))
        for clone in SPECIFIC
    }  # fmt: skip


def priming_signal(a: Assembly, clone: str, number: dict[str, Any], antigen, drive, half):
    """Signal that a naive cell of a class of clones receives, 0 to 1.

    Args:
        a: the assembly.
        clone: the class of clones.
        number: dendritic cells with its antigen (item) by their maturation.
        antigen: on one of them, relative to the reference of cd40_pd1_priming.
        drive: of MAPK by maturation.
        half: dendritic cells for half of priming (item).
    """
    heard = {
        mat: a.define(f"priming_{clone}_{mat}", active_share(antigen * drive[mat]),
                      "dimensionless", f"active MAPK of {clone} clones on {mat} cells")
        for mat in number
    }  # fmt: skip
    return a.define(
        f"priming_signal_{clone}",
        a.p("lymphoid_priming") * sum(number[mat] * heard[mat] for mat in number)
        / (half + sum(number.values())),
        "dimensionless", f"priming signal to {clone} clones",
    )  # fmt: skip


def primed(a: Assembly, body, signals: dict[str, Any]) -> None:
    """Naive cells are primed, divide and become effectors in the node."""
    p, cell = a.p, cd8(a)
    for clone, signal in signals.items():
        rate = a.define(
            f"priming_rate_{clone}", p("priming_max") * signal, "1/day",
            f"naive cells of {clone} clones that are primed",
        )  # fmt: skip
        a.rule(
            f"cd8_primed_{clone}",
            cell(clone=clone, state="naive") ** body.dln
            >> cell(clone=clone, state="primed") ** body.dln,
            rate,
            kind="cell transition",
            note="Dendritic cells with tumour antigen prime naive cells.",
        )
        divided = cell(clone=clone, state="primed") ** body.dln
        burst = a.define(
            f"cd8_burst_{clone}", p("cd8_programme") * p("cd8_burst"), "1/day",
            f"effectors made per primed cell of {clone} clones",
        )  # fmt: skip
        a.rule(
            f"cd8_expand_{clone}",
            divided >> divided + cell(clone=clone, state="effector") ** body.dln,
            burst,
            kind="production",
            note="Progeny of a primed cell: a fixed burst, so that growth has a bound.",
        )
    a.rule(
        "cd8_finish_programme",
        cell(state="primed") ** body.dln >> None,
        p("cd8_programme"),
        kind="cell transition",
        note="The primed cell has become its progeny.",
    )


def effectors(a: Assembly, body, traffic: Traffic) -> None:
    """Effectors leave the node, die or become memory."""
    p, effector = a.p, cd8(a)(state="effector")
    leaves = a.define(
        "effector_exit", p("effector_cd8_exit") * traffic.open_exit, "1/day",
        "effectors that leave the node",
    )  # fmt: skip
    for name, reaction, rate, kind, note in (
        ("effectors_leave_dln", effector**body.dln >> effector**body.blood, leaves, "transport",
         "Effectors leave the node by S1P."),
        ("effectors_become_memory", effector**body.blood
         >> cd8(a)(state="memory") ** body.blood, p("effector_to_memory"), "cell transition",
         "A few effectors become memory cells."),
        ("effectors_die_in_dln", effector**body.dln >> None, p("effector_cd8_death"),
         "cell death", "Effectors are short-lived."),
        ("effectors_die_in_blood", effector**body.blood >> None, p("effector_cd8_death"),
         "cell death", "Effectors are short-lived."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)

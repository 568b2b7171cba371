"""CD8 T cells specific for a challenge: found, programmed, expanded, contracted, remembered.

Dendritic cells with antigen find naive cells in the spleen. A primed cell takes a day before it
divides; the signal that it has then decides whether it goes on or is lost. One that goes on runs
its programme without further antigen, a fixed burst, and its progeny are effectors as far as IL-12
calls them, else stem-like precursors of memory. Effectors go round between spleen and blood; most
of both die within days, and TOX takes hold of effectors while antigen lasts, as in the tumour.
Memory cells that meet the antigen again make effectors at once.
"""

from typing import Any

from immacro.models.macroenvironment.cascades import tcell_exhaustion
from immacro.models.macroenvironment.cd8 import CHALLENGE, cd8
from immacro.models.macroenvironment.challenge import Challenge
from immacro.models.macroenvironment.challenge_dc import Presented, priming_in_spleen
from immacro.models.macroenvironment.lymphocytes import Traffic
from immacro.models.shared.steps import steps

from immacro.build import Assembly

#: States of specific cells that divided within days, in words.
DIVIDED = {"primed": "primed", "expanding": "expanding", "effector": "effector",
           "stem": "stem-like", "dysfunctional": "dysfunctional"}  # fmt: skip
#: States that die as effectors do.
LIVING = ("effector", "stem", "dysfunctional")


def respond(
    a: Assembly,
    body,
    challenge: Challenge,
    presented: Presented,
    drive: dict[str, Any],
    traffic: Traffic,
) -> dict[str, Any]:
    """Priming, expansion and its end; returns cells of the spleen (item) by state.

    Args:
        a: the assembly.
        body: the compartments.
        challenge: antigen that is left.
        presented: dendritic cells with antigen.
        drive: of MAPK in a contact, by maturation of the dendritic cell.
        traffic: exit from the spleen, and stress on T cells there.
    """
    p = a.p

    def cell(state, place=body.spleen):
        return cd8(a)(clone=CHALLENGE, state=state) ** place

    signal = priming_in_spleen(a, CHALLENGE, "naive_cd8", presented, drive,
                               (1, p("cdc2_cross_presentation")))  # fmt: skip
    number = {state: a.amount(f"challenge_{state}_spleen_n", cell(state),
                              f"{words} CD8 of a challenge in the spleen")
              for state, words in (DIVIDED | {"memory": "memory"}).items()}  # fmt: skip
    held = tcell_exhaustion.held(a, CHALLENGE, "effectors of a challenge", number["effector"],
                                 number["dysfunctional"])  # fmt: skip
    activation, programme = p("cd8_activation"), p("cd8_programme")
    toll = p("naive_cd8_death") * (traffic.stress - 1)
    called = p("effector_fate_max") * presented.il12
    steps(a, "challenge_cd8", "CD8 T cells of a challenge", (
        ("primed", cell("naive") >> cell("primed"), p("priming_max") * signal, "cell transition",
         "Dendritic cells with antigen find naive cells."),
        ("start", cell("primed") >> cell("expanding"), activation * signal, "cell transition",
         "After a day primed cells start to divide, as far as they are signalled to."),
        ("abort", cell("primed") >> None, activation * (1 - signal), "cell death",
         "Without enough signal they are lost."),
        ("make_effectors", cell("expanding") >> cell("expanding") + cell("effector"),
         programme * p("challenge_burst") * called, "production",
         "Progeny of a programmed cell, effectors as far as IL-12 calls them."),
        ("make_precursors", cell("expanding") >> cell("expanding") + cell("stem"),
         programme * p("challenge_burst") * (1 - called), "production",
         "The other progeny are precursors of memory."),
        ("finish", cell("expanding") >> None, programme, "cell transition",
         "The cell has become its progeny."),
        ("leave", cell("effector") >> cell("effector", body.blood),
         p("lymphocyte_exit_spleen") * traffic.open_exit, "transport",
         "Effectors leave the spleen by S1P."),
        ("return", cell("effector", body.blood) >> cell("effector"),
         1 * a.model.expressions["memory_cd8_entry_spleen"], "transport",
         "Effectors enter the spleen as memory cells do."),
        ("remember", cell("stem") >> cell("memory"),
         p("precursor_to_memory") * (1 - challenge.antigen), "cell transition",
         "A part of the precursors become memory cells once the antigen is gone."),
        ("recall", cell("memory") >> cell("memory") + cell("effector"),
         p("priming_max") * signal * p("recall_burst"), "production",
         "Memory cells that meet the antigen again make effectors at once."),
        ("held", cell("effector") >> cell("dysfunctional"),
         p("hold_rate") * challenge.antigen * (p("hold_first") + held), "cell transition",
         "TOX takes hold of effectors while antigen lasts."),
        *((f"{state}_die", cell(state) >> None, p("effector_cd8_death") + toll, "cell death",
           "Most are short-lived; suppressive myeloid cells kill as many as of naive cells.")
          for state in LIVING),
    ))  # fmt: skip
    return number


def killers(a: Assembly, number: dict[str, Any]):
    """Effectors that would kill as much as all specific cells of the spleen (item)."""
    p = a.p
    return (number["effector"] + p("dysfunctional_function") * number["dysfunctional"]
            + p("memory_function") * (number["stem"] + number["memory"]))  # fmt: skip

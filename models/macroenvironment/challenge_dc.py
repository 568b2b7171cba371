"""Dendritic cells of the spleen under a challenge: uptake, maturation, IL-12, priming.

The few cells that meet the pathogen or the vaccine take up its antigen; cytokines and molecular
patterns alarm the others. NF-kB decides whether an alarmed cell becomes mature or, as VEGF takes
from it, stays semi-mature. Semi-mature cells take up antigen as well, but hardly mature on an
alarm; CD40 licenses them as it does without one. Poly-ICLC matures those of the node as well.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.cd8 import priming_signal
from immacro.models.macroenvironment.challenge import Challenge
from immacro.models.macroenvironment.dendritic_precursors import KINDS, dendritic_cell
from immacro.models.shared.steps import steps

from immacro.build import Assembly

#: Maturation of cells that carry antigen of the challenge, in words.
CARRIERS = {"semi": "semi-mature", "mat": "mature"}


class Presented(NamedTuple):
    """Dendritic cells with antigen: by kind and maturation (item), and their IL-12 (0 to 1)."""

    number: dict[tuple[str, str], Any]
    il12: Any


def alarmed(a: Assembly, body, challenge: Challenge, nfkb) -> Presented:
    """What an alarm does to dendritic cells of the spleen; ``nfkb`` is its drive over health."""
    p, cell = a.p, dendritic_cell(a)

    def found(**sites):
        return cell(home="res", **sites) ** body.spleen

    odds = nfkb * p("challenge_maturing") / (1 - p("challenge_maturing"))
    maturing = a.define("challenge_maturing_now", odds / (1 + odds), "dimensionless",
                        "alarmed immature cells that become mature")  # fmt: skip
    uptake = a.define("challenge_uptake_now", p("challenge_uptake") * challenge.antigen, "1/day",
                      "dendritic cells that take up antigen of a challenge")  # fmt: skip
    bystander = a.define("challenge_maturation_now", p("challenge_maturation") * challenge.alarm,
                         "1/day", "immature cells that respond to the alarm")  # fmt: skip
    becomes = "cell transition"
    steps(a, "dc", "dendritic cells", (
        ("take_up_and_mature", found(mat="imm", ag="none") >> found(mat="mat", ag="chal"),
         uptake * maturing, becomes, "Antigen and alarm come together."),
        ("take_up_and_stay", found(mat="imm", ag="none") >> found(mat="semi", ag="chal"),
         uptake * (1 - maturing), becomes,
         "Antigen without enough NF-kB leaves a cell semi-mature."),
        ("semi_mature_take_up", found(mat="semi", ag="none") >> found(mat="semi", ag="chal"),
         uptake, becomes, "Semi-mature cells take up antigen and stay what they are."),
        ("mature_take_up", found(mat="mat", ag="none") >> found(mat="mat", ag="chal"),
         uptake * p("mature_uptake"), becomes, "Mature cells still take up antigen by receptors."),
        ("mature_on_alarm", found(mat="imm", ag="none") >> found(mat="mat", ag="none"),
         bystander * maturing, becomes,
         "Cytokines and molecular patterns mature cells without antigen."),
        ("stay_semi_mature_on_alarm", found(mat="imm", ag="none") >> found(mat="semi", ag="none"),
         bystander * (1 - maturing), becomes,
         "An alarm without enough NF-kB leaves a cell semi-mature."),
        ("semi_mature_mature_on_alarm", found(mat="semi") >> found(mat="mat"),
         p("semi_mature_response") * bystander * maturing, becomes,
         "Cells matured by cytokines alone hardly respond any more."),
    ))  # fmt: skip
    woken = p("semi_mature_response") * p("challenge_maturation") * challenge.node_alarm * maturing
    a.rule("dc_mature_in_node_on_alarm",
           cell(mat="semi") ** body.dln >> cell(mat="mat") ** body.dln,
           a.define("dc_mature_in_node_rate", woken, "1/day",
                    "semi-mature cells of the node that poly-ICLC matures"),
           kind="cell transition", note="Poly-ICLC matures cells of the node.")  # fmt: skip
    number = {
        (kind, mat): a.amount(f"{kind}_{mat}_challenge_antigen",
                              found(kind=kind, mat=mat, ag="chal"),
                              f"{words} {kind} of the spleen with antigen of a challenge")
        for kind in KINDS
        for mat, words in CARRIERS.items()
    }  # fmt: skip
    mature = sum(number[kind, "mat"] for kind in KINDS)
    il12 = a.define("challenge_il12", mature / (mature + p("challenge_il12_half")), "dimensionless",
                    "IL-12 of dendritic cells with antigen of a challenge")  # fmt: skip
    return Presented(number, il12)


def priming_in_spleen(
    a: Assembly, clone: str, stem: str, presented: Presented, drive: dict[str, Any], weights=(1, 1)
):
    """Signal that a naive cell of the spleen receives, 0 to 1.

    Dendritic cells are as many per cell for half of it as in the draining node.

    Args:
        a: the assembly.
        clone: name of what is primed.
        stem: of the ledger rows ``<stem>_spleen_baseline`` and ``<stem>_dln_baseline``.
        presented: dendritic cells with antigen.
        drive: of MAPK in a contact, by maturation of the dendritic cell.
        weights: of cDC1 and of cDC2.
    """
    p = a.p
    number = {mat: sum(weight * presented.number[kind, mat]
                       for kind, weight in zip(KINDS, weights, strict=True))
              for mat in CARRIERS}  # fmt: skip
    half = a.define(
        f"{clone}_priming_half",
        p("priming_half") * p(f"{stem}_spleen_baseline") / p(f"{stem}_dln_baseline"), "item",
        "dendritic cells of the spleen for half of priming: as many per cell as in the node",
    )  # fmt: skip
    return priming_signal(a, clone, number, p("challenge_antigenicity"), drive, half)

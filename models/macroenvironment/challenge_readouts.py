"""Observables of the response to a challenge, in the spleen and in the whole body.

Primed cells, their progeny and what becomes of it within days have divided lately, as Ki-67 would
show. Shares are zero in a host that was not challenged.
"""

from typing import Any

from immacro.models.macroenvironment.cd8 import CHALLENGE, cd8
from immacro.models.macroenvironment.challenge_cd8 import DIVIDED

from immacro.build import Assembly

#: One number, asked for under several names: observable -> what it answers.
RESPONSES = {
    "secondary_response_systemic": "that answer a second challenge",
    "infection_response_systemic": "that answer an infection",
    "vaccine_response_systemic": "that answer a vaccine",
    "adaptive_response_capacity_systemic": "that a challenge calls up",
}


def observe(a: Assembly, body, number: dict[str, Any], helped) -> None:
    """Numbers and shares of specific cells.

    Args:
        a: the assembly.
        body: the compartments.
        number: specific CD8 of the spleen (item) by state.
        helped: specific CD4 T cells that divided lately (item).
    """
    p, observed = a.p, a.model.expressions

    def cell(state, place):
        return cd8(a)(clone=CHALLENGE, state=state) ** getattr(body, place)

    blood = {state: a.amount(f"challenge_{state}_blood_n", cell(state, "blood"),
                             f"{state} CD8 of a challenge in blood")
             for state in ("effector", "memory")}  # fmt: skip
    elsewhere = sum(a.amount(f"challenge_memory_{place}_n", cell("memory", place),
                             f"memory CD8 of a challenge in {place.replace('_', ' ')}")
                    for place in ("dln", "bone_marrow"))  # fmt: skip
    divided = sum(number[state] for state in DIVIDED)
    spleen = divided + number["memory"]
    everywhere = spleen + blood["effector"] + blood["memory"] + elsewhere

    def share(name, part, whole, words):
        a.observe(name, part / (whole + p("one_item")), "dimensionless", words)

    a.observe("challenge_cd8_spleen", 1 * spleen, "item",
              "CD8 of a challenge in the spleen, but naive ones")  # fmt: skip
    a.observe("challenge_cd8_blood",
              (blood["effector"] + blood["memory"]) / a.volume("blood") * p("litre_per_ul"),
              "item/microlitre", "CD8 of a challenge in blood, but naive ones")  # fmt: skip
    for name, words in RESPONSES.items():
        a.observe(name, 1 * everywhere, "item", f"specific CD8, but naive ones, {words}")
    share("cd8_proliferation_spleen", divided, observed["cd8_spleen"],
          "CD8 of the spleen that divided lately on a challenge")  # fmt: skip
    everyone = {kind: sum(observed[f"{kind}_{place}"] for place in ("spleen", "dln", "bone_marrow"))
                + observed[f"{kind}_blood"] * a.volume("blood") / p("litre_per_ul")
                for kind in ("cd8", "cd4")}  # fmt: skip
    share("cd8_proliferation_systemic", divided + blood["effector"], everyone["cd8"],
          "CD8 of blood and organs that divided lately on a challenge")  # fmt: skip
    share("t_cell_proliferation_systemic", divided + blood["effector"] + helped,
          everyone["cd8"] + everyone["cd4"],
          "T cells of blood and organs that divided lately on a challenge")  # fmt: skip
    share("cd8_effector_differentiation_spleen", number["effector"], spleen,
          "effectors among CD8 of a challenge in the spleen, but naive ones")  # fmt: skip
    share("cd8_effector_differentiation_systemic", number["effector"] + blood["effector"],
          everywhere, "effectors among CD8 of a challenge, but naive ones")  # fmt: skip
    share("exhausted_cd8_spleen", number["dysfunctional"], spleen,
          "dysfunctional ones among CD8 of a challenge in the spleen")  # fmt: skip

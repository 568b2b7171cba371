"""TCR of a tumour-specific T cell meets self and tumour peptides; two steps of proofreading.

A TCR that lets go loses its phosphates, so that peptides which leave within a tenth of a second
hardly signal, however many there are, and those that stay for ten seconds do.
"""

from itertools import pairwise
from typing import Any, NamedTuple

from immacro.models.cd40_pd1_priming.surface import turns_over
from immacro.models.shared.levers import acting

from immacro.build import Assembly

STEPS = ("none", "half", "full")
KINDS = ("self", "tumour")


class Signal(NamedTuple):
    """Fully phosphorylated TCR (item), and its saturating effect on what an engaged cell makes."""

    signalling: Any
    engaged: Any


def tcr(a: Assembly):
    """The receptor, with its step."""
    return a.monomer("TCR", ("m", "y"), {"y": list(STEPS)})


def recognised(a: Assembly, node, contact) -> Signal:
    """Peptides come and go, bind and leave; LCK phosphorylates what stays bound."""
    p, receptor = a.p, tcr(a)
    free = receptor(m=None, y=STEPS[0]) ** contact
    turns_over(a, contact, "tcr", free, receptor() ** contact,
               p("tcr_per_t_cell") * p("contact_share_t"), p("surface_turnover"))  # fmt: skip
    present = {
        "self": p("pmhc_self_per_dc") * p("contact_share_dc"),
        "tumour": p("pmhc_tumour_per_dc") * p("contact_share_dc")
        * acting(a, "antigen", node),
    }  # fmt: skip
    for kind in KINDS:
        _peptide(a, contact, kind, free, present[kind])
    for before, after in pairwise(STEPS):
        a.rule(f"lck_phosphorylates_tcr_{after}",
               _bound(a, contact, y=before) >> _bound(a, contact, y=after), p("lck_tcr"),
               kind="phosphorylation", note="LCK phosphorylates TCR that is bound.")  # fmt: skip
    full = a.amount("tcr_full", receptor(y=STEPS[-1]) ** contact, "signalling TCR per contact")
    engaged = a.define("tcr_engaged", full / (full + p("tcr_half")), "dimensionless",
                       "effect of TCR on what an activated T cell shows")  # fmt: skip
    return Signal(full, engaged)


def _mhc(a: Assembly):
    return a.monomer("PMHC", ("r", "pep"), {"pep": list(KINDS)})


def _bound(a: Assembly, contact, y: str, **pep):
    return tcr(a)(m=1, y=y) ** contact % _mhc(a)(r=1, **pep) ** contact


def _peptide(a: Assembly, contact, kind: str, receptor, number) -> None:
    p, free = a.p, _mhc(a)(r=None, pep=kind) ** contact
    made = a.define(f"pmhc_{kind}_synthesis", number * p("pmhc_turnover") / a.volume(contact.name),
                    "item/litre/day", f"{kind} peptide on MHC brought to the contact")  # fmt: skip
    a.rule(f"pmhc_{kind}_presented", None >> free, made, kind="production",
           note="Peptide on MHC is presented.")  # fmt: skip
    a.rule(f"pmhc_{kind}_lost", free >> None, p("pmhc_turnover"), kind="degradation",
           note="Peptide on MHC is lost.")  # fmt: skip
    a.rule(f"tcr_binds_{kind}", receptor + free >> _bound(a, contact, STEPS[0], pep=kind),
           p("tcr_kon"), kind="binding", note="TCR binds a peptide on MHC.")  # fmt: skip
    for step in STEPS:
        held = _bound(a, contact, step, pep=kind)
        a.rule(f"tcr_leaves_{kind}_{step}", held >> receptor + free, p(f"tcr_{kind}_koff"),
               kind="binding", note="TCR lets go and loses its phosphates.")  # fmt: skip
        a.rule(f"pmhc_{kind}_lost_{step}", held >> receptor, p("pmhc_turnover"),
               kind="degradation", note="Peptide on MHC is lost bound as well.")  # fmt: skip

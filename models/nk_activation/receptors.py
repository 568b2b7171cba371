"""Receptors: made, held by ligands, phosphorylated, taken in.

Ligand is a rate of being held: one cell's receptors do not use up what its neighbours carry. A held
receptor has its tail phosphorylated by SRC kinases and is taken in faster than a free one. Shed
B7-H6 holds one NKp30 and does not bring two together, so that it blocks, has the receptor taken in
and gives no signal.
"""

from typing import Any, NamedTuple

from immacro.models.nk_activation.stimuli import Given
from immacro.models.nk_activation.tumour import Ligand
from immacro.models.shared.regulation import Signal, saturated, slowed, speeded

from immacro.build import Assembly

ACTIVATING = (("nkp30", "NKp30"), ("nkg2d", "NKG2D"), ("dnam1", "DNAM-1"))


class Receptor(NamedTuple):
    """Numbers per cell: all, those that shed ligand does not block, phosphorylated, in health."""

    total: Any
    able: Any
    phospho: Any
    total_health: Any
    phospho_health: Any


class Tails(NamedTuple):
    """Phosphorylated tails of each receptor, now and in health (item)."""

    now: dict[str, Any]
    health: dict[str, Any]


def turn_over(
    a: Assembly, cell, given: Given, ligand: Ligand, smad3: Signal
) -> dict[str, Receptor]:
    """All four receptors; TGF-beta lowers NKp30 and NKG2D and raises NKG2A."""
    p = a.p
    numbers = {}
    for name, words in ACTIVATING:
        seen = given.contact * (ligand.membrane if name == "nkp30" else 1)
        held = a.define(f"{name}_holding", p(f"{name}_tonic") + p(f"{name}_by_tumour") * seen,
                        "1/day", f"ligands hold a free {words}")  # fmt: skip
        gain = {"nkp30": "ncr3_by_smad3", "nkg2d": "klrk1_by_smad3"}.get(name)
        pace = slowed(a, gain, *smad3) if gain else 1
        shed = p("b7h6_koff") / p("b7h6_kd") * ligand.shed if name == "nkp30" else None
        numbers[name] = receptor(a, cell, name, words, held, pace, shed)
    more = a.define("nkg2a_pace", speeded(a, "nkg2a_by_smad3", *smad3,
                                          p("nkg2a_induction"))
                    * (1 + p("nkg2a_induction") * p("nkg2a_by_priming") * given.priming),
                    "dimensionless", "NKG2A made over health")  # fmt: skip
    held = a.define("nkg2a_holding", p("nkg2a_tonic") * given.nkg2a_left, "1/day",
                    "HLA-E holds a free NKG2A")  # fmt: skip
    numbers["nkg2a"] = receptor(a, cell, "nkg2a", "NKG2A", held, more, None)
    return numbers


def receptor(a: Assembly, cell, name: str, words: str, held, pace, shed) -> Receptor:
    """One receptor with its turnover.

    The switch `nk_desensitisation` at zero keeps what is degraded of held receptors at its healthy
    flux. NKG2A is not degraded when held.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        name: stem of its ledger rows.
        words: its name.
        held: rate at which ligands hold it (1/day).
        pace: synthesis over that in health.
        shed: rate at which shed ligand holds it (1/day), if there is any.
    """
    p, on = a.p, a.p("nk_desensitisation")
    states = ["free", "held", "phospho"] + (["blocked"] if shed is not None else [])
    molecule = a.monomer(name.upper(), ("s",), {"s": states})
    free, bare, phospho = (molecule(s=s) ** cell for s in states[:3])
    base, lost, leave = p(f"{name}_per_cell"), p("receptor_turnover"), p("ligand_koff")
    taken = 0 if name == "nkg2a" else p("receptor_internalisation")
    gone = leave + lost + taken
    tonic = p(f"{name}_tonic")
    busy = a.define(f"{name}_held_health", base * tonic / (tonic + gone), "item",
                    f"{words} with ligand in health")  # fmt: skip
    tails = a.define(f"{name}_phospho_health", busy * p("src_kcat")
                     / (p("src_kcat") + p("tail_dephosphorylation") + gone), "item",
                     f"phosphorylated {words} in health")  # fmt: skip
    for pattern, amount, word in ((free, base - busy, "free"), (bare, busy - tails, "held"),
                                  (phospho, 1 * tails, "phospho")):  # fmt: skip
        a.initial(pattern, a.define(f"{name}_{word}_start", amount, "item", f"{word} {words}"))
    flux = a.define(f"{name}_loss_health", lost * base + taken * busy, "item/day",
                    f"{words} lost in health")  # fmt: skip
    engaged = sum(a.amount(f"{name}_{s}_number", molecule(s=s) ** cell, f"{s} {words} per cell")
                  for s in states[1:])  # fmt: skip
    made_of(a, cell, name, words, free, flux, pace, shed)
    a.rule(f"{name}_held", free | bare, held, leave, kind="binding",
           note="Ligands of neighbours, and of tumour cells in contact, hold it.")  # fmt: skip
    a.rule(f"{name}_tail_phosphorylated", bare | phospho, p("src_kcat"),
           p("tail_dephosphorylation"), kind="phosphorylation",
           note="SRC kinases phosphorylate the tails of held receptors.")  # fmt: skip
    a.rule(f"{name}_let_go", phospho >> free, leave, kind="dephosphorylation",
           note="Without ligand the tail loses its phosphate at once.")  # fmt: skip
    a.rule(f"{name}_lost", molecule() ** cell >> None, lost, kind="degradation",
           note="It turns over in every state.")  # fmt: skip
    if taken != 0:
        rate = a.define(f"{name}_internalisation", taken * (on + (1 - on) * busy / engaged),
                        "1/day", f"held {words} is taken in and degraded")  # fmt: skip
        for s in states[1:]:
            a.rule(f"{name}_{s}_taken_in", molecule(s=s) ** cell >> None, rate,
                   kind="degradation", note="Held receptors are taken in and degraded."
                   )  # fmt: skip
    if shed is not None:
        blocked = molecule(s="blocked") ** cell
        a.absent(blocked)
        rate = a.define("b7h6_blocking", shed, "1/day", "shed B7-H6 holds a free NKp30")
        a.rule("nkp30_blocked", free | blocked, rate, p("b7h6_koff"), kind="binding",
               note="Shed B7-H6 holds NKp30 without bringing two together.")  # fmt: skip
    able = sum(a.amount(f"{name}_{s}_able", molecule(s=s) ** cell, f"{s} {words} per cell")
               if s == "free" else a.model.observables[f"{name}_{s}_number"]
               for s in states[:3])  # fmt: skip
    return Receptor(
        a.amount(f"{name}_total", molecule() ** cell, f"{words} per cell"), able,
        a.model.observables[f"{name}_phospho_number"], 1 * base, tails,
    )  # fmt: skip


def made_of(a: Assembly, cell, name: str, words: str, free, flux, pace, shed) -> None:
    """Synthesis: from its messenger for NKp30, in one step for the others.

    Chronic blockade by shed ligand lowers NCR3: that this follows what is blocked is assumed.
    """
    p, volume = a.p, a.volume(cell.name)
    if shed is None:
        made = a.define(f"{name}_synthesis", flux * pace / volume, "item/litre/day",
                        f"{words} made per cell volume")  # fmt: skip
        a.rule(f"{name}_synthesised", None >> free, made, kind="production",
               note="Made at the rate that keeps its number in health.")  # fmt: skip
        return
    message = a.monomer("NCR3_mRNA")() ** cell
    a.initial(message, p("ncr3_per_cell"))
    share = a.model.observables["nkp30_blocked_number"] / a.amount(
        "nkp30_every", a.known("NKP30")() ** cell, "NKp30 per cell")  # fmt: skip
    less = slowed(a, "ncr3_by_blockade", saturated(share, p("ncr3_blockade_half")), 0,
                  p("nk_desensitisation"))  # fmt: skip
    made = a.define("ncr3_transcription", p("ncr3_per_cell") * p("ncr3_decay") * pace * less
                    / volume, "item/litre/day", "NCR3 made per cell volume")  # fmt: skip
    a.rule("ncr3_transcribed", None >> message, made, kind="transcription",
           note="TGF-beta and chronic blockade by shed B7-H6 lower NCR3.")  # fmt: skip
    a.rule("ncr3_lost", message >> None, p("ncr3_decay"), kind="degradation",
           note="Turnover of the messenger.")  # fmt: skip
    each = a.define("nkp30_translation", flux / p("ncr3_per_cell"), "1/day",
                    "NKp30 made per messenger")  # fmt: skip
    a.rule("nkp30_translated", message >> message + free, each, kind="translation",
           note="Translation at the rate that keeps NKp30 in health.")  # fmt: skip
    number = a.amount("ncr3_number", message, "NCR3 messengers per cell")
    a.observe("ncr3_nk", number / p("ncr3_per_cell"), "dimensionless",
              "NCR3 messenger over health")  # fmt: skip


def in_body(a: Assembly, numbers: dict[str, Receptor]) -> Tails:
    """Tails in the body, as they are."""
    return Tails({name: n.phospho for name, n in numbers.items()},
                 {name: n.phospho_health for name, n in numbers.items()})  # fmt: skip


def on_target(a: Assembly, numbers, crosslinked=0, nkg2a_left=1) -> Tails:
    """Tails on a standard target: the same target for every cell, so that numbers decide.

    Contacts of an assay last for hours and receptors settle in minutes, so that the held share is
    that of the steady state, by the same rates as in the body.

    Args:
        a: the assembly.
        numbers: by receptor, what has ``able`` and ``total_health`` (item).
        crosslinked: rate at which an antibody holds NKp30 (1/day).
        nkg2a_left: share of NKG2A that an antibody leaves.
    """
    p, now, health = a.p, {}, {}
    leave, kin, undo = p("ligand_koff"), p("src_kcat"), p("tail_dephosphorylation")
    tail = kin / (kin + undo + leave)
    for name, number in numbers.items():
        bare = p(f"{name}_by_target")
        found = bare + (crosslinked if name == "nkp30" else 0)
        found = found * (nkg2a_left if name == "nkg2a" else 1)
        for word, rate, count, into in (("now", found, number.able, now),
                                        ("health", bare, number.total_health, health)):  # fmt: skip
            into[name] = a.define(f"{name}_target_{word}", count * rate / (rate + leave) * tail,
                                  "item", f"phosphorylated {name} on the target, {word}"
                                  )  # fmt: skip
    return Tails(now, health)

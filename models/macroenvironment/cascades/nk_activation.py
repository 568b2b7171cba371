"""The cascade nk_activation of an average NK cell, reduced from 60 species to those that are slow.

Receptors, the messenger of NKp30 and granzyme turn over within hours to days and are left. What
holds a receptor, SMAD3 and the machinery from tails to ERK settle within minutes, and follow at
once: in the shares of the cascade's steady state, at today's rates and with its parameters. CD16,
interferon-gamma and chronic cytokines stay with the cascade.
"""

from typing import Any, NamedTuple

from immacro.models.nk_activation import receptors, steady
from immacro.models.nk_activation.tumour import Ligand
from immacro.models.shared.constants import kept
from immacro.models.shared.regulation import Signal, saturated, slowed, speeded
from immacro.models.shared.turnover import turns_over

from immacro.build import Assembly

WORDS = dict(receptors.ACTIVATING) | {"nkg2a": "NKG2A"}


class Education(NamedTuple):
    """What teaches an NK cell: contact with tumour cells, TGF-beta on its receptor, B7-H6."""

    contact: Any
    tgfb: Signal
    b7h6: Ligand


class Receptor(NamedTuple):
    """Numbers per cell: all, those that shed ligand does not block, all in health; and blocked."""

    total: Any
    able: Any
    total_health: Any
    blocked_share: Any


def nk_activation(a: Assembly, cell, given: Education, stress=1):
    """Receptors and granzyme under what the tumour does; returns lysis over health.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        given: what teaches it.
        stress: what divides lysis, one in health.
    """
    smad3 = _smad3(a, given.tgfb)
    numbers = _receptors(a, cell, given, smad3)
    _ncr3(a, cell, numbers["nkp30"], smad3)
    released = _erk_on_target(a, cell, numbers)
    load = _granzyme(a, cell, smad3)
    for name, words in WORDS.items():
        a.observe(f"{name}_nk", numbers[name].total / numbers[name].total_health, "dimensionless",
                  f"{words} of an NK cell over health")  # fmt: skip
    a.observe("granzyme_nk", load, "dimensionless", "granzyme B of an NK cell over health")
    a.observe("nk_degranulation", released, "dimensionless",
              "degranulation on the standard target over health")  # fmt: skip
    return a.observe("nk_cytotoxicity", released * load / stress, "dimensionless",
                     "lysis of the standard target over health")  # fmt: skip


def _smad3(a: Assembly, bound: Signal) -> Signal:
    """What SMAD3 does to genes, 0 to 1, now and in health."""
    p = a.p

    def effect(occupied):
        share = steady.switched(p("smad3_kcat") * occupied, p("smad3_dephosphorylation"),
                                p("signalling_turnover"))  # fmt: skip
        return saturated(share, p("smad3_half"))

    return Signal(
        a.define("smad3_effect", effect(bound.effect), "dimensionless", "what SMAD3 does to genes"),
        a.define("smad3_effect_health", effect(bound.health), "dimensionless",
                 "the same in health"),
    )  # fmt: skip


def _receptors(a: Assembly, cell, given: Education, smad3: Signal) -> dict[str, Receptor]:
    p, b7h6 = a.p, given.b7h6
    shed = p("b7h6_koff") / p("b7h6_kd") * b7h6.shed
    numbers = {}
    for name, words in WORDS.items():
        seen = 0 if name == "nkg2a" else given.contact * p(f"{name}_by_tumour")
        held = p(f"{name}_tonic") + seen * (b7h6.membrane if name == "nkp30" else 1)
        numbers[name] = _receptor(a, cell, name, words, held, shed if name == "nkp30" else 0)
    for name, pace in (
        ("nkg2d", slowed(a, "klrk1_by_smad3", *smad3)),
        ("dnam1", 1),
        ("nkg2a", speeded(a, "nkg2a_by_smad3", *smad3, p("nkg2a_induction"))),
    ):
        rate = a.define(f"{name}_synthesis", _made_in_health(a, name) * pace / a.volume(cell.name),
                        "item/litre/day", f"{WORDS[name]} made per cell volume")  # fmt: skip
        a.rule(f"{name}_synthesised", None >> a.known(name.upper())() ** cell, rate,
               kind="production", note="Made at the rate that keeps its number in health."
               )  # fmt: skip
    return numbers


def _taken_in(a: Assembly, name: str):
    """Rate at which a held receptor is taken in and degraded (1/day); NKG2A is not."""
    return 0 if name == "nkg2a" else a.p("receptor_internalisation")


def _leaving(a: Assembly, name: str):
    """Rate at which a held receptor becomes free or is lost (1/day)."""
    return a.p("ligand_koff") + a.p("receptor_turnover") + _taken_in(a, name)


def _held_in_health(a: Assembly, name: str):
    return steady.switched(a.p(f"{name}_tonic"), _leaving(a, name), 0)


def _made_in_health(a: Assembly, name: str):
    """Receptors made per day in health (item/day)."""
    lost = a.p("receptor_turnover") + _taken_in(a, name) * _held_in_health(a, name)
    return a.p(f"{name}_per_cell") * lost


def _receptor(a: Assembly, cell, name: str, words: str, held, shed) -> Receptor:
    """All of one receptor, and its loss, faster when held.

    The switch `nk_desensitisation` at zero keeps what is degraded of held receptors at its healthy
    flux.
    """
    p, on = a.p, a.p("nk_desensitisation")
    molecule = a.monomer(name.upper())() ** cell
    health = 1 * p(f"{name}_per_cell")
    a.initial(molecule, p(f"{name}_per_cell"))
    number = a.amount(f"{name}_total", molecule, f"{words} per cell")
    bound = held / _leaving(a, name)
    stuck = shed / (p("b7h6_koff") + p("receptor_turnover") + _taken_in(a, name))
    blocked = 0
    if shed != 0:
        blocked = a.define(f"{name}_blocked", stuck / (1 + bound + stuck), "dimensionless",
                           f"share of {words} that shed ligand blocks")  # fmt: skip
    engaged = (bound + stuck) / (1 + bound + stuck)
    kept_up = _held_in_health(a, name) * health / number
    lost = a.define(
        f"{name}_loss",
        p("receptor_turnover") + _taken_in(a, name) * (on * engaged + (1 - on) * kept_up),
        "1/day", f"loss of {words}",
    )  # fmt: skip
    a.rule(f"{name}_lost", molecule >> None, lost, kind="degradation",
           note="It turns over, and is taken in and degraded when held.")  # fmt: skip
    return Receptor(number, number * (1 - blocked), health, blocked)


def _ncr3(a: Assembly, cell, nkp30: Receptor, smad3: Signal) -> None:
    """The messenger of NKp30: TGF-beta and chronic blockade by shed B7-H6 lower it."""
    p = a.p
    message = a.monomer("NCR3_mRNA")() ** cell
    a.initial(message, p("ncr3_per_cell"))
    less = slowed(a, "ncr3_by_blockade", saturated(nkp30.blocked_share, p("ncr3_blockade_half")),
                  0, p("nk_desensitisation"))  # fmt: skip
    made = p("ncr3_per_cell") * p("ncr3_decay") * slowed(a, "ncr3_by_smad3", *smad3) * less
    turns_over(a, cell, "ncr3", "NCR3", message, message, made, p("ncr3_decay"),
               "TGF-beta and chronic blockade by shed B7-H6 lower NCR3.",
               "Turnover of the messenger.")  # fmt: skip
    each = a.define("nkp30_translation", _made_in_health(a, "nkp30") / p("ncr3_per_cell"), "1/day",
                    "NKp30 made per messenger")  # fmt: skip
    a.rule("nkp30_translated", message >> message + a.known("NKP30")() ** cell, each,
           kind="translation", note="Translation at the rate that keeps NKp30 in health."
           )  # fmt: skip


def _erk_on_target(a: Assembly, cell, numbers: dict[str, Receptor]):
    """ERK with two phosphates on a standard target, over health."""
    p, volume, lost = a.p, a.volume(cell.name), a.p("signalling_turnover")
    tails = receptors.on_target(a, numbers)

    def rate(name: str, word: str, kcat: str, number):
        return a.define(f"{name}_{word}", p(kcat) * number / volume, "1/day",
                        f"{name.replace('_', ' ')} on the target, {word}")  # fmt: skip

    def active(word: str, of):
        itam = p("itam_weight") * of["nkp30"]
        sites = steady.two_sites(
            rate("y113_phosphorylation", word, "slp76_kcat", of["dnam1"] + itam),
            rate("y128_phosphorylation", word, "slp76_kcat", of["nkg2d"] + itam),
            p("slp76_dephosphorylation"), lost,
        )  # fmt: skip
        shp1 = steady.switched(rate("shp1_docking", word, "shp1_kon", of["nkg2a"]),
                               p("shp1_koff"), lost)  # fmt: skip
        undone = p("vav1_dephosphorylation") + p("shp1_kcat") * p("shp1_total") * shp1
        both = p("slp76_total") * volume * sites["pp"]
        vav1 = steady.switched(rate("vav1_phosphorylation", word, "vav1_kcat", both), undone, lost)
        on = rate("erk_phosphorylation", word, "erk_kcat", p("vav1_total") * volume * vav1)
        return steady.one_by_one(on, p("erk_dephosphorylation"), lost)["pp"] * p("erk_total")

    health = kept(a, "erk_in_health", active("health", tails.health) * volume, cell,
                  "active ERK of an NK cell on the target in health")  # fmt: skip
    return a.define("erk_relative", active("now", tails.now) * volume / health, "dimensionless",
                    "active ERK on the target over health")  # fmt: skip


def _granzyme(a: Assembly, cell, smad3: Signal):
    """Granzyme B over health; SMAD3 lowers it."""
    p, molecule = a.p, a.monomer("GZMB")() ** cell
    a.initial(molecule, p("granzyme_per_cell"))
    made = p("granzyme_per_cell") * p("granzyme_turnover") * slowed(a, "granzyme_by_smad3", *smad3)
    turns_over(a, cell, "granzyme", "granzyme B", molecule, molecule, made, p("granzyme_turnover"),
               "SMAD3 lowers granzyme B.")  # fmt: skip
    return a.amount("granzyme", molecule, "granzyme B per cell") / p("granzyme_per_cell")

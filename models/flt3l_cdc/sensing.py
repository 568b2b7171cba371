"""Receptors of an average immature dendritic cell, their adaptors, and the activation signal.

Endosomal TLR3 signals through TRIF, cytosolic MDA5 through MAVS, endosomal TLR9 through MyD88, and
pairs of CD40 bridged by an antibody through TRAF6. A receptor that holds its ligand recruits one
adaptor of a limited pool. All four routes activate NF-kB; TRIF and MAVS also activate TBK1 and
IRF3 (lumped as IRF). A tonic rate activates both in health, NF-kB to a small part through TLR and
CD40. NF-kB or IRF suffices for maturation.
"""

from typing import Any, NamedTuple

from immacro.models.shared.bridging import bridges, pair
from immacro.models.shared.knock_out import left_by
from immacro.models.shared.regulation import speeded

from immacro.build import Assembly

TARGETS = ("NFKB", "IRF")


class Route(NamedTuple):
    """A receptor with its adaptor: rule names, signalling pattern, what it activates, knock-out."""

    name: str
    signalling: Any
    targets: tuple[str, ...]
    left: Any


def maturation(a: Assembly, blood, cell, stimuli):
    """How much faster dendritic cells mature than in health."""
    tlr_left, cd40_left = (left_by(a, f"{g}_ko", blood) for g in ("tlr", "cd40"))
    rna, dna = stimuli.rna, stimuli.dna
    routes = (
        _sensor(a, cell, "TLR3", rna, {"loc": "endosome"}, "TRIF", TARGETS, tlr_left),
        _sensor(a, cell, "MDA5", rna, {"loc": "cytosol"}, "MAVS", TARGETS, 1),
        _sensor(a, cell, "TLR9", dna, {}, "MYD88", ("NFKB",), tlr_left),
        _cd40(a, cell, stimuli.antibody, cd40_left),
    )
    tonic = {"IRF": a.p("tonic_activation"), "NFKB": _tonic(a, tlr_left, cd40_left)}
    for target in TARGETS:
        _converge(a, cell, target, routes, tonic[target])
    return _signal(a)


def _tonic(a: Assembly, tlr_left, cd40_left):
    """Tonic activation of NF-kB, part of it by products of commensals and by CD40L of T cells."""
    p = a.p
    lost = p("tonic_share_tlr") * (1 - tlr_left) + p("tonic_share_cd40") * (1 - cd40_left)
    return a.define("nfkb_tonic_rate", p("tonic_activation") * (1 - lost), "1/day",
                    "tonic activation of NF-kB")  # fmt: skip


def _turn_over(a: Assembly, cell, name, new, lost, number) -> None:
    made = a.define(f"{name}_synthesis", number * a.p("sensor_turnover") / a.volume(cell.name),
                    "item/litre/day", f"{name.upper()} made per cell volume")  # fmt: skip
    a.rule(f"{name}_synthesised", None >> new, made, kind="production",
           note="Made at the rate that keeps its number without ligand.")  # fmt: skip
    a.rule(f"{name}_lost", lost >> None, a.p("sensor_turnover"), kind="degradation",
           note="What is free turns over.")  # fmt: skip


def _sensor(a, cell, receptor, ligand, where, adaptor, targets, left) -> Route:
    """A sensor of nucleic acid, its ligand and its adaptor."""
    p, name, hand = a.p, receptor.lower(), adaptor.lower()
    sensor, docking = a.monomer(receptor, ("l", "ad")), a.monomer(adaptor, ("r",))
    free, alone = sensor(l=None, ad=None) ** cell, docking(r=None) ** cell
    held = sensor(l=1, ad=None) ** cell % ligand(s=1, **where) ** cell
    _turn_over(a, cell, name, free, free, p(f"{name}_per_dc"))
    _turn_over(a, cell, hand, alone, alone, p("adaptor_per_dc"))
    binding = a.define(f"{name}_association", p("sensor_koff") / p(f"{name}_kd"), "litre/day/item",
                       f"ligand binds {receptor}")  # fmt: skip
    a.rule(f"{name}_binds", free + ligand(s=None, **where) ** cell | held, binding,
           p("sensor_koff"), kind="binding", note="A sensor binds its ligand.")  # fmt: skip
    loaded = (sensor(l=1, ad=2) ** cell % ligand(s=1, **where) ** cell) % docking(r=2) ** cell
    a.rule(f"{hand}_docks", held + alone | loaded, p("adaptor_kon"), p("adaptor_koff"),
           kind="binding", note="A sensor with ligand recruits its adaptor.")  # fmt: skip
    for pattern, state in ((held, "bound"), (loaded, "signalling")):
        a.rule(f"{name}_{state}_lost", pattern >> None, p("sensor_turnover"), kind="degradation",
               note="The complex turns over as a whole.")  # fmt: skip
    a.amount(f"{name}_signalling", loaded, f"{receptor} with {adaptor} per cell")
    return Route(name, loaded, targets, left)


def _cd40(a, cell, antibody, left) -> Route:
    """CD40 bridged by a bivalent antibody; a pair recruits TRAF6."""
    p, cd40 = a.p, a.monomer("CD40", ("lig", "d", "ad"), {"lig": ["free", "bound"]})
    traf6 = a.monomer("TRAF6", ("r",))
    free, alone = cd40(lig="free", d=None, ad=None) ** cell, traf6(r=None) ** cell
    _turn_over(a, cell, "cd40", free, cd40(d=None) ** cell, p("cd40_per_dc"))
    _turn_over(a, cell, "traf6", alone, alone, p("adaptor_per_dc"))
    bridges(a, "cd40_agonist", cd40, cell, antibody, ad=None)
    held = pair(cd40, cell, ad=None)
    first = cd40(lig="bound", d=1, ad=2) ** cell % (cd40(lig="free", d=1, ad=None) ** cell)
    loaded = first % traf6(r=2) ** cell
    a.rule("traf6_docks", held + alone | loaded, p("adaptor_kon"), p("adaptor_koff"),
           kind="binding", note="Clustered CD40 recruits TRAF6, one per pair.")  # fmt: skip
    for pattern, state in ((held, "pair"), (loaded, "signalling")):
        a.rule(f"cd40_{state}_internalised", pattern >> None, p("cd40_internalisation"),
               kind="degradation", note="Bridged receptors are taken in and degraded.")  # fmt: skip
    a.amount("cd40_paired", pair(cd40, cell), "bridged pairs of CD40 per cell")
    a.amount("cd40_signalling", loaded, "CD40 pairs with TRAF6 per cell")
    return Route("cd40", loaded, ("NFKB",), left)


def _converge(a, cell, target, routes, tonic) -> None:
    """An activator that every route with this target activates."""
    p, name = a.p, target.lower()
    factor = a.monomer(target, ("y",), {"y": ["off", "on"]})
    off, on = factor(y="off") ** cell, factor(y="on") ** cell
    made = a.define(f"{name}_synthesis", p("activator_total") * p("sensor_turnover"),
                    "item/litre/day", f"{target} made per cell volume")  # fmt: skip
    a.initial(off, a.define(f"{name}_start", p("activator_total") * a.volume(cell.name), "item",
                            f"{target} per cell"))  # fmt: skip
    a.rule(f"{name}_synthesised", None >> off, made, kind="production",
           note="Made at the rate that keeps its total.")  # fmt: skip
    a.rule(f"{name}_lost", factor() ** cell >> None, p("sensor_turnover"), kind="degradation",
           note="It turns over, active or not.")  # fmt: skip
    a.rule(f"{name}_tonic", off >> on, tonic, kind="phosphorylation",
           note="Tonic activity without stimulus.")  # fmt: skip
    a.rule(f"{name}_deactivated", on >> off, p("activator_deactivation"),
           kind="dephosphorylation", note="The activator is switched off.")  # fmt: skip
    for route in routes:
        if target in route.targets:
            rate = a.define(f"{name}_by_{route.name}", p("activation_rate") * route.left,
                            "litre/day/item", f"{target} activated by {route.name}")  # fmt: skip
            a.rule(f"{name}_activated_by_{route.name}",
                   route.signalling + off >> route.signalling + on, rate, kind="phosphorylation",
                   note="The adaptor's kinases activate it.")  # fmt: skip
    a.amount(f"{name}_active", on, f"active {target} per cell")
    a.amount(f"{name}_all", factor() ** cell, f"{target} per cell")


def _signal(a: Assembly):
    p, known = a.p, a.model.observables
    parts = [known[f"{t.lower()}_active"] / known[f"{t.lower()}_all"] for t in TARGETS]
    now = a.define("activation_signal", 1 - (1 - parts[0]) * (1 - parts[1]), "dimensionless",
                   "share of the signal for maturation that NF-kB or IRF gives")  # fmt: skip
    tonic = p("tonic_activation") / (
        p("tonic_activation") + p("activator_deactivation") + p("sensor_turnover")
    )
    health = a.define("activation_signal_health", 1 - (1 - tonic) ** len(TARGETS),
                      "dimensionless", "the same in health")  # fmt: skip
    return a.define("maturation_speed",
                    speeded(a, "maturation_gain", now, health, p("maturation_response")),
                    "dimensionless", "maturation relative to health")  # fmt: skip

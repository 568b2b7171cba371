"""Receptors of an average immature dendritic cell, their adaptors, and the activation signal.

Endosomal TLR3 signals through TRIF, cytosolic MDA5 through MAVS, endosomal TLR9 through MyD88, and
pairs of CD40 bridged by an antibody through TRAF6. A receptor that holds its ligand recruits one
adaptor of a limited pool. All four routes activate NF-kB; TRIF and MAVS also activate TBK1 and
IRF3 (lumped as IRF). A tonic rate activates both in health, NF-kB to a small part through TLR and
CD40. NF-kB or IRF suffices for maturation.
"""

from immacro.models.shared.knock_out import left_by
from immacro.models.shared.regulation import speeded
from immacro.models.shared.sensing import Route, activated, cd40_bridged, turns_over

from immacro.build import Assembly

TARGETS = ("NFKB", "IRF")


def maturation(a: Assembly, blood, cell, stimuli):
    """How much faster dendritic cells mature than in health."""
    tlr_left, cd40_left = (left_by(a, f"{g}_ko", blood) for g in ("tlr", "cd40"))
    rna, dna = stimuli.rna, stimuli.dna
    cd40 = a.monomer("CD40", ("lig", "d", "ad"), {"lig": ["free", "bound"]})
    routes = (
        _sensor(a, cell, "TLR3", rna, {"loc": "endosome"}, "TRIF", TARGETS, tlr_left),
        _sensor(a, cell, "MDA5", rna, {"loc": "cytosol"}, "MAVS", TARGETS, 1),
        _sensor(a, cell, "TLR9", dna, {}, "MYD88", ("NFKB",), tlr_left),
        Route("cd40", cd40_bridged(a, cell, stimuli.antibody, cd40), cd40_left, ("NFKB",)),
    )
    tonic = {"IRF": a.p("tonic_activation"), "NFKB": _tonic(a, tlr_left, cd40_left)}
    return _signal(a, [activated(a, cell, target, routes, tonic[target]) for target in TARGETS])


def _tonic(a: Assembly, tlr_left, cd40_left):
    """Tonic activation of NF-kB, part of it by products of commensals and by CD40L of T cells."""
    p = a.p
    lost = p("tonic_share_tlr") * (1 - tlr_left) + p("tonic_share_cd40") * (1 - cd40_left)
    return a.define("nfkb_tonic_rate", p("tonic_activation") * (1 - lost), "1/day",
                    "tonic activation of NF-kB")  # fmt: skip


def _sensor(a, cell, receptor, ligand, where, adaptor, targets, left) -> Route:
    """A sensor of nucleic acid, its ligand and its adaptor."""
    p, name, hand = a.p, receptor.lower(), adaptor.lower()
    sensor, docking = a.monomer(receptor, ("l", "ad")), a.monomer(adaptor, ("r",))
    free, alone = sensor(l=None, ad=None) ** cell, docking(r=None) ** cell
    held = sensor(l=1, ad=None) ** cell % ligand(s=1, **where) ** cell
    turns_over(a, cell, name, free, free, p(f"{name}_per_dc"))
    turns_over(a, cell, hand, alone, alone, p("adaptor_per_dc"))
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
    return Route(name, loaded, left, targets)


def _signal(a: Assembly, parts):
    p = a.p
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

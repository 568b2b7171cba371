"""SLP-76 needs two phosphates, VAV1 SLP-76 with both, ERK two phosphates again; SHP1 undoes VAV1.

Written twice, in the body and on a standard target.
"""

from typing import Any, NamedTuple

from immacro.models.nk_activation import steady
from immacro.models.nk_activation.receptors import Tails
from immacro.models.nk_activation.turnover import keeps_total

from immacro.build import Assembly


class Signals(NamedTuple):
    """Share of ERK with two phosphates and of VAV1 with one, now and in health."""

    erk: Any
    erk_health: Any
    vav1: Any
    vav1_health: Any


def chain(a: Assembly, cell, where: str, tails: Tails) -> Signals:
    """The machinery of one contact.

    Args:
        a: the assembly.
        cell: the compartment that is the cell.
        where: body or assay.
        tails: phosphorylated tails.
    """
    p, volume = a.p, a.volume(cell.name)

    def rate(name: str, kcat: str, number):
        return a.define(f"{name}_{where}", p(kcat) * number / volume, "1/day",
                        f"{name.replace('_', ' ')}, {where}")  # fmt: skip

    itam = p("itam_weight")
    sites = {}
    for word, of in (("now", tails.now), ("health", tails.health)):
        sites["y113", word] = rate(f"y113_phosphorylation_{word}", "slp76_kcat",
                                   of["dnam1"] + itam * of["nkp30"])  # fmt: skip
        sites["y128", word] = rate(f"y128_phosphorylation_{word}", "slp76_kcat",
                                   of["nkg2d"] + itam * of["nkp30"])  # fmt: skip
    both, both_health = slp76(a, cell, where, sites)
    shp1, shp1_health = cycled(
        a, cell, where, "SHP1", rate("shp1_docking_now", "shp1_kon", tails.now["nkg2a"]),
        rate("shp1_docking_health", "shp1_kon", tails.health["nkg2a"]), p("shp1_koff"),
        p("shp1_koff"), ("binding", "Phosphorylated NKG2A recruits SHP1, which opens it."),
    )  # fmt: skip
    undone = [a.define(f"vav1_dephosphorylation_{word}_{where}", p("vav1_dephosphorylation")
                       + p("shp1_kcat") * count / volume, "1/day",
                       f"dephosphorylation of VAV1, {word}, {where}")
              for word, count in (("now", shp1), ("health", shp1_health))]  # fmt: skip
    vav1, vav1_health = cycled(
        a, cell, where, "VAV1", rate("vav1_phosphorylation_now", "vav1_kcat", both),
        rate("vav1_phosphorylation_health", "vav1_kcat", both_health), *undone,
        ("phosphorylation", "VAV1 on SLP-76 with both phosphates is phosphorylated; SHP1 and "
         "other phosphatases undo it."),
    )  # fmt: skip
    active, active_health = erk(a, cell, where, rate("erk_phosphorylation_now", "erk_kcat", vav1),
                                rate("erk_phosphorylation_health", "erk_kcat",
                                     vav1_health))  # fmt: skip
    every = p("vav1_total") * volume
    return Signals(active / (p("erk_total") * volume), active_health / (p("erk_total") * volume),
                   vav1 / every, vav1_health / every)  # fmt: skip


def slp76(a: Assembly, cell, where: str, sites):
    """SLP-76 with two tyrosines; returns that with both phosphates, now and in health."""
    p, off = a.p, a.p("slp76_dephosphorylation")
    adaptor = a.monomer("SLP76", ("at", "y113", "y128"),
                        {"at": ["body", "assay"], "y113": ["u", "p"], "y128": ["u", "p"]}
                        )  # fmt: skip
    lost, number = p("signalling_turnover"), p("slp76_total") * a.volume(cell.name)
    rest = steady.two_sites(sites["y113", "health"], sites["y128", "health"], off, lost)
    for word, share in rest.items():
        a.initial(adaptor(at=where, y113=word[0], y128=word[1]) ** cell,
                  a.define(f"slp76_{word}_start_{where}", number * share, "item",
                           f"SLP-76 {word} in health, {where}"))  # fmt: skip
    keeps_total(a, cell, f"slp76_{where}", adaptor(at=where, y113="u", y128="u") ** cell,
                adaptor(at=where) ** cell, number)  # fmt: skip
    for site in ("y113", "y128"):
        a.rule(f"{site}_phosphorylated_{where}", adaptor(at=where, **{site: "u"}) ** cell
               | adaptor(at=where, **{site: "p"}) ** cell, sites[site, "now"], off,
               kind="phosphorylation",
               note="DNAM-1 reaches tyrosine 113 of SLP-76, NKG2D tyrosine 128, SYK on NKp30 "
                    "both.")  # fmt: skip
    both = a.amount(f"slp76_both_{where}", adaptor(at=where, y113="p", y128="p") ** cell,
                    f"SLP-76 with both phosphates, {where}")  # fmt: skip
    return both, a.model.expressions[f"slp76_pp_start_{where}"]


def cycled(a: Assembly, cell, where: str, name: str, on, on_health, off, off_health, words):
    """A protein that is switched on and off; returns what is on, now and in health."""
    kind, note = words
    stem = name.lower()
    protein = a.monomer(name, ("at", "s"), {"at": ["body", "assay"], "s": ["off", "on"]})
    idle, active = (protein(at=where, s=s) ** cell for s in ("off", "on"))
    number = a.p(f"{stem}_total") * a.volume(cell.name)
    rest = steady.switched(on_health, off_health, a.p("signalling_turnover"))
    health = a.define(f"{stem}_on_start_{where}", number * rest, "item",
                      f"active {name} in health, {where}")  # fmt: skip
    a.initial(active, health)
    a.initial(idle, a.define(f"{stem}_off_start_{where}", number - health, "item",
                             f"idle {name} in health, {where}"))  # fmt: skip
    keeps_total(a, cell, f"{stem}_{where}", idle, protein(at=where) ** cell, number)
    a.rule(f"{stem}_switched_{where}", idle | active, on, off, kind=kind, note=note)
    return a.amount(f"{stem}_on_{where}", active, f"active {name}, {where}"), health


def erk(a: Assembly, cell, where: str, on, on_health):
    """ERK takes two phosphates one after the other; returns what has both."""
    off = a.p("erk_dephosphorylation")
    kinase = a.monomer("ERK", ("at", "y"), {"at": ["body", "assay"], "y": ["u", "p", "pp"]})
    lost, number = a.p("signalling_turnover"), a.p("erk_total") * a.volume(cell.name)
    bare, one, two = (kinase(at=where, y=y) ** cell for y in ("u", "p", "pp"))
    rest = steady.one_by_one(on_health, off, lost)
    for pattern, word in ((bare, "u"), (one, "p"), (two, "pp")):
        health = a.define(f"erk_{word}_start_{where}", number * rest[word], "item",
                          f"ERK {word} in health, {where}")  # fmt: skip
        a.initial(pattern, health)
    keeps_total(a, cell, f"erk_{where}", bare, kinase(at=where) ** cell, number)
    for word, low, high in (("first", bare, one), ("second", one, two)):
        a.rule(f"erk_{word}_phosphate_{where}", low | high, on, off, kind="phosphorylation",
               note="VAV1 drives the cascade to ERK, one phosphate at a time.")  # fmt: skip
    return a.amount(f"erk_active_{where}", two, f"ERK with two phosphates, {where}"), health

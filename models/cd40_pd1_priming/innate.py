"""A toll-like receptor with MyD88, TAK1 on which it meets CD40, and the signal to IKK."""

from typing import Any, NamedTuple

from immacro.build import Assembly


class Route(NamedTuple):
    """What activates TAK1: its name, the signalling complexes, and what a knock-out leaves."""

    name: str
    signalling: tuple[Any, ...]
    left: Any


def turns_over(a: Assembly, cell, name: str, new, lost, number) -> None:
    """A receptor or adaptor of the dendritic cell keeps its number without ligand."""
    made = a.define(f"{name}_synthesis", number * a.p("sensor_turnover") / a.volume(cell.name),
                    "item/litre/day", f"{name.upper()} made per cell volume")  # fmt: skip
    a.rule(f"{name}_synthesised", None >> new, made, kind="production",
           note="Made at the rate that keeps its number without ligand.")  # fmt: skip
    a.rule(f"{name}_lost", lost >> None, a.p("sensor_turnover"), kind="degradation",
           note="What is not in a complex turns over.")  # fmt: skip


def toll_like_receptor(a: Assembly, node, cell) -> Route:
    """The innate stimulus: its ligand is a lever, a share of a saturating level."""
    p = a.p
    tlr, myd88 = a.monomer("TLR", ("l", "ad"), {"l": ["free", "bound"]}), a.monomer("MYD88", ("r",))
    free, alone = tlr(l="free", ad=None) ** cell, myd88(r=None) ** cell
    held, loaded = tlr(l="bound", ad=None) ** cell, tlr(l="bound", ad=1) ** cell
    loaded = loaded % myd88(r=1) ** cell
    turns_over(a, cell, "tlr", free, tlr(ad=None) ** cell, p("tlr_per_dc"))
    turns_over(a, cell, "myd88", alone, alone, p("adaptor_per_dc"))
    level = p("tlr_reference") * innate_stimulus(a, node)
    binding = a.define("tlr_association", p("sensor_koff") / p("tlr_kd") * level, "1/day",
                       "ligand binds the toll-like receptor")  # fmt: skip
    a.rule("tlr_binds", free | held, binding, p("sensor_koff"), kind="binding",
           note="The receptor binds its ligand, of which one cell takes little.")  # fmt: skip
    a.rule("myd88_docks", held + alone | loaded, p("adaptor_kon"), p("adaptor_koff"),
           kind="binding", note="A receptor with ligand recruits MyD88.")  # fmt: skip
    a.rule("tlr_signalling_lost", loaded >> None, p("sensor_turnover"), kind="degradation",
           note="The complex turns over as a whole.")  # fmt: skip
    a.amount("tlr_signalling", loaded, "toll-like receptors with MyD88 per DC")
    return Route("tlr", (loaded,), 1)


def innate_stimulus(a: Assembly, node):
    """Ligand of the receptor over a saturating level: any, or what makes a cell of known state."""
    p = a.p
    sources = {"tlr": 1, "semi_mature_dc": p("semi_mature_dc_stimulus"),
               "mature_dc": p("mature_dc_stimulus")}  # fmt: skip
    given = sum(level * p(f"{lever}_strength") * a.switch(lever, node) / p("one_item")
                for lever, level in sources.items())  # fmt: skip
    return a.define("innate_stimulus", given, "dimensionless",
                    "ligand of toll-like receptors over a saturating level")  # fmt: skip


def signal_to_ikk(a: Assembly, cell, routes: tuple[Route, ...]):
    """TAK1, activated by every route, and the tonic signal."""
    p, tak1 = a.p, a.monomer("TAK1", ("y",), {"y": ["off", "on"]})
    off, on = tak1(y="off") ** cell, tak1(y="on") ** cell
    a.initial(off, a.define("tak1_start", p("activator_total") * a.volume(cell.name), "item",
                            "TAK1 per DC"))  # fmt: skip
    made = a.define("tak1_synthesis", p("activator_total") * p("sensor_turnover"),
                    "item/litre/day", "TAK1 made per cell volume")  # fmt: skip
    a.rule("tak1_synthesised", None >> off, made, kind="production",
           note="Made at the rate that keeps its total.")  # fmt: skip
    a.rule("tak1_lost", tak1() ** cell >> None, p("sensor_turnover"), kind="degradation",
           note="It turns over, active or not.")  # fmt: skip
    a.rule("tak1_deactivated", on >> off, p("activator_deactivation"), kind="dephosphorylation",
           note="Phosphatases switch it off.")  # fmt: skip
    for route in routes:
        rate = a.define(f"tak1_by_{route.name}", p("activation_rate") * route.left,
                        "litre/day/item", f"TAK1 activated by {route.name}")  # fmt: skip
        for number, complex_ in enumerate(route.signalling, 1):
            a.rule(f"tak1_activated_by_{route.name}_{number}", complex_ + off >> complex_ + on,
                   rate, kind="phosphorylation",
                   note="The adaptor's ubiquitin chains activate TAK1.")  # fmt: skip
    active = a.amount("tak1_active", on, "active TAK1 per DC")
    total = a.amount("tak1_all", tak1() ** cell, "TAK1 per DC")
    return a.define("ikk_signal", p("nfkb_tonic") + p("tak1_ikk") * active / total,
                    "dimensionless", "signal that reaches IKK, share of the largest")  # fmt: skip

"""A toll-like receptor with MyD88, TAK1 on which it meets CD40, and the signal to IKK."""

from immacro.models.shared.levers import acting
from immacro.models.shared.sensing import Route, activated, turns_over

from immacro.build import Assembly

TARGETS = ("TAK1",)


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
    return Route("tlr", loaded, 1, TARGETS)


def innate_stimulus(a: Assembly, node):
    """Ligand of the receptor over a saturating level: any, or what makes a cell of known state."""
    p = a.p
    sources = {"tlr": 1, "semi_mature_dc": p("semi_mature_dc_stimulus"),
               "mature_dc": p("mature_dc_stimulus")}  # fmt: skip
    given = sum(level * acting(a, lever, node) for lever, level in sources.items())
    return a.define("innate_stimulus", given, "dimensionless",
                    "ligand of toll-like receptors over a saturating level")  # fmt: skip


def signal_to_ikk(a: Assembly, cell, routes: tuple[Route, ...]):
    """TAK1, activated by every route, and the tonic signal."""
    active = activated(a, cell, *TARGETS, routes)
    return a.define("ikk_signal", a.p("nfkb_tonic") + a.p("tak1_ikk") * active,
                    "dimensionless", "signal that reaches IKK, share of the largest")  # fmt: skip

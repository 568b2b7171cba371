"""Drivers of myelopoiesis in plasma: what tumours secrete beside G-CSF, what receptors see of it.

GM-CSF, IL-8 (CXCL1 in mice), CCL2, TNF, IL-1beta and IL-17 are there in health; an oxysterol and
exosomes come from the tumour alone. IL-8 and the oxysterol compete for CXCR2
(doi:10.1084/jem.20130440). IL-1beta lets the host make IL-17, and IL-17 has its stroma make G-CSF
(doi:10.1038/nature14282). Where each acts on a lineage is written there.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from immacro.models.shared.plasma import kept_level, plasma
from immacro.models.shared.regulation import Signal, saturated, speeded, speeded_by

from immacro.build import Assembly

#: Monomer and name of each factor that healthy tissue makes, and of those that only tumours make.
KEPT = {"gmcsf": ("GMCSF", "GM-CSF"), "il8": ("IL8", "IL-8"), "ccl2": ("CCL2", "CCL2"),
        "tnf": ("TNF", "TNF"), "il1b": ("IL1B", "IL-1beta"), "il17": ("IL17", "IL-17")}  # fmt: skip
SHED = {"oxysterol": ("Oxysterol", "oxysterol"), "exosomes": ("Exosome", "exosomes")}


class Drivers(NamedTuple):
    """What each driver does to the cells that it reaches.

    ``arrest`` is how much slower immature myeloid cells mature outside the marrow than in health.
    """

    gcsf: Signal
    gmcsf: Signal
    cxcr2: Signal
    ccl2: Signal
    tnf: Signal
    il1b: Signal
    exosomes: Signal
    arrest: Any


class Plasma(NamedTuple):
    """The drivers, label and pattern of each factor, and healthy G-CSF production over health."""

    drivers: Drivers
    factors: dict[str, tuple[str, Any]]
    gcsf_made: Any


def in_plasma(a: Assembly, blood, gcsf: Signal) -> Plasma:
    """All drivers in plasma.

    Args:
        a: the assembly.
        blood: the compartment that is blood.
        gcsf: what G-CSF does; its level is kept elsewhere.
    """
    factors = {stem: (label, a.monomer(name)() ** blood)
               for stem, (name, label) in (KEPT | SHED).items()}  # fmt: skip
    made: dict[str, Any] = {}
    driven, occupied = {}, {}
    for stem, (label, pattern) in factors.items():
        if stem in SHED:
            level, health = _shed(a, stem, label, pattern), 0
        else:
            level = kept_level(a, stem, label, pattern,
                               f"Healthy tissue makes {label} at the rate at which it is cleared.",
                               f"{label} is cleared.", made.get(stem, 1))  # fmt: skip
            health = a.p(f"{stem}_baseline") / a.p(f"{stem}_mass")
        a.observe(f"{stem}_blood", level * a.p(f"{stem}_mass") * a.p("litre_per_ml"),
                  "picogram/millilitre", f"{label} in plasma")  # fmt: skip
        half = a.p(f"{stem}_half_effect")
        driven[stem] = level / half, health / half
        occupied[stem] = Signal(*(saturated(part, 1) for part in driven[stem]))
        if stem == "il1b":
            made["il17"] = a.define(
                "il17_induction", speeded(a, "il1b_gain_il17", *occupied[stem], a.p("il17_gcsf")),
                "dimensionless", "IL-17 that the host makes, over health",
            )  # fmt: skip
    cxcr2 = Signal(*(saturated(il8 + oxysterol, 1) for il8, oxysterol in
                     zip(driven["il8"], driven["oxysterol"], strict=True)))  # fmt: skip
    arrest = a.define(
        "maturation_slowing",
        speeded_by(a, {"tnf_gain_arrest": occupied["tnf"],
                       "exosomes_gain_arrest": occupied["exosomes"]}, a.p("maturation_arrest")),
        "dimensionless", "time that immature myeloid cells take to mature, over health",
    )  # fmt: skip
    acting = {stem: occupied[stem] for stem in ("gmcsf", "ccl2", "tnf", "il1b", "exosomes")}
    drivers = Drivers(gcsf, cxcr2=cxcr2, arrest=arrest, **acting)
    gcsf_made = a.define(
        "gcsf_induction", speeded(a, "il17_gain_gcsf", *occupied["il17"], a.p("il17_gcsf")),
        "dimensionless", "G-CSF that the host makes, over health",
    )  # fmt: skip
    return Plasma(drivers, factors, gcsf_made)


def _shed(a: Assembly, stem: str, label: str, pattern):
    """Level of a factor that only tumours make (item/litre)."""
    a.absent(pattern)
    a.rule(f"{stem}_cleared", pattern >> None, a.p(f"{stem}_clearance"), kind="degradation",
           note=f"Plasma loses {label}.")  # fmt: skip
    amount = a.amount(f"{stem}_free", pattern, f"{label} in blood")
    return a.define(f"{stem}_density", amount / plasma(a), "item/litre", f"{label} in plasma")


def inflammation(a: Assembly, signals: Iterable[Signal]) -> None:
    """Observe inflammation: the mean occupancy beyond health, 0 in health and 1 at saturation."""
    beyond = [(signal.effect - signal.health) / (1 - signal.health) for signal in signals]
    a.observe("inflammation_systemic", sum(beyond) / len(beyond), "dimensionless",
              "mean effect of G-CSF, IL-6, TNF and IL-1beta beyond health")  # fmt: skip

"""Drivers of myelopoiesis in plasma: what tumours secrete beside G-CSF, what receptors see of it.

GM-CSF, IL-8 (CXCL1 in mice), CCL2, TNF, IL-1beta and IL-17 are there in health; an oxysterol and
exosomes come from the tumour alone. IL-8 and the oxysterol compete for CXCR2
(doi:10.1084/jem.20130440). IL-1beta lets the host make IL-17, and IL-17 has its stroma make G-CSF
(doi:10.1038/nature14282). Where each acts on a lineage is written there.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from immacro.models.shared.plasma import kept_level, observe_level, shed_level
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
    over_half = {stem: _kept(a, stem, *factors[stem]) for stem in KEPT if stem != "il17"}
    on, il1b = a.p("il17_gcsf"), _occupied(over_half["il1b"])
    induced = a.define(
        "il17_induction", speeded(a, "il1b_gain_il17", *il1b, on), "dimensionless",
        "IL-17 that the host makes, over health",
    )  # fmt: skip
    over_half["il17"] = _kept(a, "il17", *factors["il17"], induced)
    over_half |= {stem: _shed(a, stem, *factors[stem]) for stem in SHED}
    occupied = {stem: _occupied(level) for stem, level in over_half.items()}
    cxcr2 = _occupied(Signal(*map(sum, zip(over_half["il8"], over_half["oxysterol"], strict=True))))
    arrest = a.define(
        "maturation_slowing",
        speeded_by(a, {"tnf_gain_arrest": occupied["tnf"],
                       "exosomes_gain_arrest": occupied["exosomes"]}, a.p("maturation_arrest")),
        "dimensionless", "time that immature myeloid cells take to mature, over health",
    )  # fmt: skip
    acting = {stem: occupied[stem] for stem in ("gmcsf", "ccl2", "tnf", "il1b", "exosomes")}
    gcsf_made = a.define(
        "gcsf_induction", speeded(a, "il17_gain_gcsf", *occupied["il17"], on), "dimensionless",
        "G-CSF that the host makes, over health",
    )  # fmt: skip
    return Plasma(Drivers(gcsf, cxcr2=cxcr2, arrest=arrest, **acting), factors, gcsf_made)


def _kept(a: Assembly, stem: str, label: str, pattern, induced=1) -> Signal:
    """Level over that of half the effect, of a factor that healthy tissue makes."""
    p, half = a.p, a.p(f"{stem}_half_effect")
    level = kept_level(a, stem, label, pattern,
                       f"Healthy tissue makes {label} at the rate at which it is cleared.",
                       f"{label} is cleared.", induced)  # fmt: skip
    observe_level(a, stem, level, f"{label} in plasma")
    return Signal(level / half, p(f"{stem}_baseline") / p(f"{stem}_mass") / half)


def _shed(a: Assembly, stem: str, label: str, pattern) -> Signal:
    """The same of a factor that only tumours make."""
    return Signal(shed_level(a, stem, label, pattern) / a.p(f"{stem}_half_effect"), 0)


def _occupied(over_half: Signal) -> Signal:
    """Half-saturating effect of a level over that of half the effect."""
    return Signal(*(saturated(level, 1) for level in over_half))


def inflammation(a: Assembly, signals: Iterable[Signal]) -> None:
    """Observe inflammation: the mean occupancy beyond health, 0 in health and 1 at saturation."""
    beyond = [(signal.effect - signal.health) / (1 - signal.health) for signal in signals]
    a.observe("inflammation_systemic", sum(beyond) / len(beyond), "dimensionless",
              "mean effect of G-CSF, IL-6, TNF and IL-1beta beyond health")  # fmt: skip

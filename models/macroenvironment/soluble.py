"""Soluble factors: what tumours secrete, what carriers hold, and CXCL12 of the marrow niche."""

from typing import Any, NamedTuple

from immacro.models.shared.plasma import dosed_level, observe_drug, observe_level, plasma
from immacro.models.shared.regulation import Signal, speeded_by

from immacro.build import Assembly


class Level(NamedTuple):
    """Free factor per plasma volume (picogram/litre), now and in health."""

    now: Any
    health: Any

    def left(self, competitors) -> "Level":
        """What receptors feel of it when something else holds all but one in so many of them."""
        return Level(self.now / competitors, self.health)


def secreted_by_tumour(a: Assembly, stem: str, label: str, pattern, tumour, whole, blood) -> None:
    """Each tumour cell secretes; the lever ``<stem>`` multiplies what it secretes.

    Args:
        a: the assembly.
        stem: of the lever and of the ledger rows ``tumour_<stem>_secretion``, ``<stem>_mass``.
        label: the factor's name.
        pattern: the factor, with its place.
        tumour: the tumour cell.
        whole: share of tumour cells that are whole.
        blood: where the lever's helper is.
    """
    p = a.p
    strength = secretion_strength(a, stem, label, blood)
    secretion = a.define(
        f"{stem}_secretion",
        strength * p(f"tumour_{stem}_secretion") / p(f"{stem}_mass") * whole, "1/day",
        f"{label} secreted per tumour cell",
    )  # fmt: skip
    a.rule(
        f"tumour_secretes_{stem}",
        tumour >> tumour + pattern,
        secretion,
        kind="production",
        note=f"Tumour cells secrete {label}, which reaches the circulation.",
    )


def secretion_strength(a: Assembly, stem: str, label: str, blood):
    """What the lever ``<stem>`` makes of the tumour's own secretion of a factor, one unless set."""
    p, on = a.p, a.switch(stem, blood) / a.p("one_item")
    return a.define(
        f"{stem}_drive", 1 + (p(f"{stem}_strength") - 1) * on, "dimensionless",
        f"tumour secretion of {label} relative to the context's own",
    )  # fmt: skip


def arms(a: Assembly, lever: str, words: str, blood):
    """Arms of a dosed antibody in plasma over their dissociation constant (dimensionless).

    Args:
        a: the assembly.
        lever: the dosed lever, with rows ``<lever>_mass``, ``_clearance`` and ``_kd``.
        words: the antibody's name.
        blood: where it is.
    """
    level = dosed_level(a, lever, blood)
    observe_drug(a, lever, level, words)
    return a.define(f"{lever}_arms", 2 * level / a.p(f"{lever}_kd"), "dimensionless",
                    f"arms of {words} over their dissociation constant")  # fmt: skip


def carried(a: Assembly, stem: str, label: str, pattern, held=0) -> Level:
    """A factor of plasma that soluble receptors carry, and that an antibody can hold.

    Carriers and antibody are in excess of it, and bind and let go within minutes, so that free and
    bound are one species. Free factor is cleared fast, bound factor as slowly as what holds it: an
    antibody lowers what is free and has the whole pile up.

    Args:
        a: the assembly.
        stem: of the ledger rows ``<stem>_baseline`` (free), ``_mass``, ``_free_share``,
            ``_clearance`` and ``_bound_clearance``, and of the antibody's
            ``anti_<stem>_clearance``.
        label: the factor's name.
        pattern: the factor, free and bound, with its place.
        held: what an antibody holds over what is free.
    """
    p, free = a.p, a.p(f"{stem}_free_share")
    health = p(f"{stem}_baseline") / p(f"{stem}_mass") / free
    a.initial(pattern, a.define(f"{stem}_amount_health", health * plasma(a), "item",
                                f"{label} of plasma in health, free and bound"))  # fmt: skip
    usual = p(f"{stem}_clearance") * free + p(f"{stem}_bound_clearance") * (1 - free)
    share, lost = free, usual
    if held:
        share = a.define(f"{stem}_free_now", free / (1 + free * held), "dimensionless",
                         f"share of plasma {label} that is free")  # fmt: skip
        lost = share * (usual / free + p(f"anti_{stem}_clearance") * held)
    lost = a.define(f"{stem}_loss", lost, "1/day", f"{label} cleared, free and bound")
    made = a.define(f"{stem}_production", usual * health * p("plasma_fraction"), "item/litre/day",
                    f"healthy {label} production per blood volume")  # fmt: skip
    a.rule(f"{stem}_made", None >> pattern, made, kind="production",
           note=f"Healthy tissue makes {label} at the rate at which it is cleared.")  # fmt: skip
    a.rule(f"{stem}_cleared", pattern >> None, lost, kind="degradation",
           note=f"{label} leaves, free and with what holds it.")  # fmt: skip
    amount = a.amount(f"{stem}_amount", pattern, f"{label} in blood, free and bound")
    density = a.define(f"{stem}_density", amount * share / plasma(a), "item/litre",
                       f"free {label} in plasma")  # fmt: skip
    observe_level(a, stem, density, f"free {label} in plasma")
    return Level(density * p(f"{stem}_mass"), p(f"{stem}_baseline"))


def niche(a: Assembly, marrow, gcsf: Signal, tnf: Signal):
    """CXCL12 holds cells in the marrow; G-CSF and TNF lower its production.

    Returns:
        CXCL12 relative to health.
    """
    p = a.p
    cxcl12 = a.monomer("CXCL12")() ** marrow
    density = p("cxcl12_baseline") / p("cxcl12_mass")
    health = a.define(
        "cxcl12_amount_health", density * a.volume("bone_marrow"), "item", "CXCL12 in health"
    )
    a.initial(cxcl12, health)
    made = a.define(
        "cxcl12_production",
        p("cxcl12_decay") * density
        / speeded_by(a, {"gcsf_gain_niche": gcsf, "tnf_gain_niche": tnf},
                     p("niche_suppression")),
        "item/litre/day", "CXCL12 made per marrow volume",
    )  # fmt: skip
    a.rule(
        "cxcl12_made",
        None >> cxcl12,
        made,
        kind="production",
        note="G-CSF and TNF quiet the stromal cells that make CXCL12.",
    )
    a.rule(
        "cxcl12_lost",
        cxcl12 >> None,
        p("cxcl12_decay"),
        kind="degradation",
        note="CXCL12 is degraded.",
    )
    amount = a.amount("cxcl12_amount", cxcl12, "CXCL12 in marrow")
    return a.define(
        "retention", amount / health, "dimensionless", "CXCL12 of the niche relative to health"
    )

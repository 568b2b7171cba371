"""A soluble factor or a drug in plasma: its volume, its level, and what a tumour adds to it."""

from immacro.models.shared.levers import camel

from immacro.build import Assembly


def plasma(a: Assembly):
    """Plasma volume (litre)."""
    return a.volume("blood") * a.p("plasma_fraction")


def free_level(a: Assembly, stem: str, label: str, free):
    """Free factor per plasma volume (item/litre), as receptors see it in blood and marrow.

    Args:
        a: the assembly.
        stem: of the ledger rows ``<stem>_baseline`` and ``<stem>_mass``.
        label: the factor's name.
        free: its pattern, with its place.
    """
    start = a.define(
        f"{stem}_amount_health",
        a.p(f"{stem}_baseline") / a.p(f"{stem}_mass") * plasma(a),
        "item",
        f"free {label} in health",
    )
    a.initial(free, start)
    amount = a.amount(f"{stem}_free", free, f"free {label} in blood")
    return a.define(f"{stem}_density", amount / plasma(a), "item/litre", f"free {label} in plasma")


def kept_level(a: Assembly, stem: str, label: str, free, made: str, lost: str, induced=1):
    """Level of a factor that healthy tissue makes as fast as it is cleared at the baseline.

    Args:
        a: the assembly.
        stem: of the ledger rows ``<stem>_baseline``, ``<stem>_mass`` and ``<stem>_clearance``.
        label: the factor's name.
        free: its pattern, with its place.
        made: on making it, for the SBML notes.
        lost: on clearing it.
        induced: what is made, over health.

    Returns:
        Free factor per plasma volume (item/litre).
    """
    p, level = a.p, free_level(a, stem, label, free)
    rate = a.define(
        f"{stem}_production",
        p(f"{stem}_clearance") * p(f"{stem}_baseline") / p(f"{stem}_mass") * plasma(a)
        / a.volume("blood") * induced,
        "item/litre/day", f"{label} that the host makes per blood volume",
    )  # fmt: skip
    a.rule(f"{stem}_made", None >> free, rate, kind="production", note=made)
    a.rule(f"{stem}_cleared", free >> None, p(f"{stem}_clearance"), kind="degradation", note=lost)
    return level


def shed_level(a: Assembly, stem: str, label: str, shed):
    """Level of what only tumours make: absent in health, cleared at first order, observed.

    Args:
        a: the assembly.
        stem: of the ledger rows ``<stem>_mass`` and ``<stem>_clearance``.
        label: its name.
        shed: its pattern, with its place.

    Returns:
        What there is per plasma volume (item/litre).
    """
    a.absent(shed)
    a.rule(f"{stem}_cleared", shed >> None, a.p(f"{stem}_clearance"), kind="degradation",
           note=f"Plasma loses {label}.")  # fmt: skip
    amount = a.amount(f"{stem}_free", shed, f"{label} in blood")
    level = a.define(f"{stem}_density", amount / plasma(a), "item/litre", f"{label} in plasma")
    observe_level(a, stem, level, f"{label} in plasma")
    return level


def observe_level(a: Assembly, stem: str, level, words: str) -> None:
    """A factor's level in plasma, as assays give it.

    Args:
        a: the assembly.
        stem: of the ledger row ``<stem>_mass``; the observable is ``<stem>_blood``.
        level: factor per plasma volume (item/litre).
        words: what is observed.
    """
    a.observe(f"{stem}_blood", level * a.p(f"{stem}_mass") * a.p("litre_per_ml"),
              "picogram/millilitre", words)  # fmt: skip


def secreted_by_tumour(a: Assembly, lever: str, label: str, free, blood, note: str) -> None:
    """The driver: ``<lever>_strength`` times the secretion of a reference tumour.

    Args:
        a: the assembly.
        lever: the lever, and stem of its factor's ledger rows.
        label: the factor's name.
        free: its pattern, with its place.
        blood: where the lever's helper is.
        note: what happens, for the SBML notes.
    """
    p = a.p
    a.switch(lever, blood)
    secretion = a.define(
        f"{lever}_secretion",
        p(f"{lever}_strength") * p(f"{lever}_secretion_reference") / p(f"{lever}_mass")
        / p("one_item"),
        "1/day", f"{label} secreted by the tumour",
    )  # fmt: skip
    source = a.monomer(f"{lever}_on")() ** blood
    a.rule(
        f"tumour_secretes_{lever}",
        source >> source + free,
        secretion,
        kind="production",
        note=note,
    )


def injected(a: Assembly, lever: str, depot: str, stem: str, free, blood, note: str) -> None:
    """A recombinant factor, injected under the skin and absorbed at first order.

    Args:
        a: the assembly.
        lever: the dosed lever; the ledger has ``<lever>_absorption`` and ``_bioavailability``.
        depot: name of the monomer under the skin.
        stem: of the ledger row ``<stem>_mass``.
        free: pattern of the factor, with its place.
        blood: where the depot is counted.
        note: what happens, for the SBML notes.
    """
    p, under_skin = a.p, a.monomer(depot)() ** blood
    a.absent(under_skin)
    a.rule(f"{lever}_absorbed", under_skin >> free, p(f"{lever}_absorption"), kind="transport",
           note=note)  # fmt: skip
    a.bolus(lever, under_skin, p(f"{lever}_dose") * p("body_weight") * p("pg_per_ug")
            * p(f"{lever}_bioavailability") / p(f"{stem}_mass"))  # fmt: skip


def observe_drug(a: Assembly, lever: str, density, words: str) -> None:
    """A drug's level in plasma, in the unit of the clinic.

    Args:
        a: the assembly.
        lever: the dosed lever; the observable is ``<lever>_blood``.
        density: drug per plasma volume (item/litre).
        words: the drug's name.
    """
    p = a.p
    a.observe(f"{lever}_blood",
              density * p(f"{lever}_mass") / p("pg_per_ug") * p("litre_per_ml"),
              "microgram/millilitre", f"{words} in plasma")  # fmt: skip


def dosed_level(a: Assembly, lever: str, blood):
    """A dosed drug in plasma, cleared at first order.

    Args:
        a: the assembly.
        lever: the dosed lever; the ledger has ``<lever>_mass`` and ``<lever>_clearance``.
        blood: the compartment that is blood.

    Returns:
        Drug per plasma volume (item/litre).
    """
    p, words = a.p, lever.replace("_", " ")
    drug = a.monomer(f"{camel(lever)}Drug")() ** blood
    a.absent(drug)
    a.bolus(lever, drug, p(f"{lever}_dose") * p("body_weight") * p("pg_per_mg")
            / p(f"{lever}_mass"))  # fmt: skip
    a.rule(f"{lever}_cleared", drug >> None, p(f"{lever}_clearance"), kind="degradation",
           note="The drug leaves the plasma.")  # fmt: skip
    amount = a.amount(f"{lever}_amount", drug, f"{words} in plasma")
    return a.define(f"{lever}_density", amount / plasma(a),
                    "item/litre", f"{words} in plasma")  # fmt: skip

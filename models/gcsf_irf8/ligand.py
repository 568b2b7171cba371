"""G-CSF in plasma: made, secreted by the tumour, injected, neutralised and cleared."""

from immacro.models.shared.antibody import neutralises
from immacro.models.shared.plasma import free_level, injected, plasma, secreted_by_tumour
from pysb.core import MultiState

from immacro.build import Assembly


def _monomer(a: Assembly):
    return a.monomer("GCSF", ("b",))


def free_gcsf(a: Assembly, blood):
    """Free G-CSF per plasma volume (item/litre), as receptors see it in blood and marrow."""
    return free_level(a, "gcsf", "G-CSF", _monomer(a)(b=None) ** blood)


def gcsf_made_and_cleared(a: Assembly, blood, density, neutrophils, dendritic, induced=1):
    """Health is a fixed point: production is what clearance takes at the baseline.

    Args:
        a: the assembly.
        blood: the compartment that is blood.
        density: free G-CSF per plasma volume (item/litre).
        neutrophils: cells that take it up.
        dendritic: pre-DC, which take it up.
        induced: what is made, over health.
    """
    p, one = a.p, a.p("one_item")
    kd = p("gcsf_kd")

    def uptake(name, words, cells, receptors, level):
        return a.define(
            name, cells / one * receptors * p("csf3r_internalisation") / (kd + level) / plasma(a),
            "1/day", words,
        )  # fmt: skip

    baseline = a.p("gcsf_baseline") / a.p("gcsf_mass")
    now = [
        uptake("uptake_neutrophils", "receptor uptake of G-CSF by the neutrophil lineage",
               neutrophils.bearing, p("csf3r_per_neutrophil"), density),
        uptake("uptake_pre_dc", "receptor uptake of G-CSF by pre-DC",
               dendritic.pre_dc, p("csf3r_per_pre_dc"), density),
    ]  # fmt: skip
    health = [
        uptake("uptake_neutrophils_health", "the same in health",
               neutrophils.bearing_health, p("csf3r_per_neutrophil"), baseline),
        uptake("uptake_pre_dc_health", "the same in health",
               p("pre_dc_baseline"), p("csf3r_per_pre_dc"), baseline),
    ]  # fmt: skip
    production = a.define(
        "gcsf_production",
        baseline * p("plasma_fraction") * (p("gcsf_elimination") + sum(health)) * induced,
        "item/litre/day", "G-CSF that the host makes per blood volume",
    )  # fmt: skip
    free = _monomer(a)(b=None) ** blood
    a.rule(
        "gcsf_made",
        None >> free,
        production,
        kind="production",
        note="Healthy tissue makes G-CSF at the rate at which it is cleared at the baseline.",
    )
    a.rule(
        "gcsf_eliminated",
        free >> None,
        p("gcsf_elimination"),
        kind="degradation",
        note="Renal and other clearance without receptors.",
    )
    for name, rate in zip(("neutrophils", "pre_dc"), now, strict=True):
        a.rule(
            f"gcsf_taken_up_by_{name}",
            free >> None,
            rate,
            kind="degradation",
            note="Cells times receptors per cell times internalisation of the occupied share: "
            "an average cell's receptors do not consume one ligand each.",
        )


def tumour_secretes(a: Assembly, blood) -> None:
    """The driver: gcsf_strength times the secretion of a reference tumour."""
    secreted_by_tumour(
        a, "gcsf", "G-CSF", _monomer(a)(b=None) ** blood, blood,
        "The tumour secretes G-CSF into the circulation.",
    )  # fmt: skip


def filgrastim(a: Assembly, blood):
    """Recombinant G-CSF, injected under the skin."""
    injected(a, "filgrastim", "FilgrastimDepot", "gcsf", _monomer(a)(b=None) ** blood, blood,
             "Filgrastim is absorbed from the depot and then acts as G-CSF.")  # fmt: skip


def anti_gcsf(a: Assembly, blood):
    """A neutralising antibody to G-CSF."""
    p = a.p
    antibody = neutralises(a, "anti_gcsf", _monomer(a), "b", blood, plasma(a))
    free = antibody(fab=MultiState(None, None)) ** blood
    a.absent(free)
    a.bolus(
        "anti_gcsf",
        free,
        p("anti_gcsf_dose") * p("body_weight") * p("pg_per_mg") / p("anti_gcsf_mass"),
    )
    a.amount("anti_gcsf_total", antibody() ** blood, "anti-G-CSF in blood, free and loaded")

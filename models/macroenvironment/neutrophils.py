"""Neutrophils: marrow precursors, maturing and mature cells, blood, spleen and tumour.

One flux passes in health from GMP through the marrow pools to blood; pool sizes and the losses from
blood are parameters, every other rate follows. G-CSF and GM-CSF amplify precursors and speed
maturation; G-CSF and ligands of CXCR2 speed egress; all of them, and exosomes, let maturing cells
out early: immature neutrophils outside the marrow are PMN-MDSC, and TNF and exosomes keep them
immature. Splenic GMP make immature neutrophils on the spot. CXCR2 also lets them into the tumour.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.drivers import Drivers
from immacro.models.macroenvironment.haematopoiesis import Progenitors
from immacro.models.shared.regulation import speeded, speeded_by

from immacro.build import Assembly


class Neutrophils(NamedTuple):
    """Amounts (item); ``bearing`` are those whose receptors plasma reaches."""

    bearing: Any
    bearing_health: Any
    immature_spleen: Any
    immature_spleen_health: Any
    immature_tumour: Any


def neutrophils(
    a: Assembly, body, progenitors: Progenitors, drivers: Drivers, retention, recruited
) -> Neutrophils:
    """The lineage from GMP to blood, spleen and tumour."""
    p = a.p
    cell = a.monomer("Neutrophil", ("stage",), {"stage": ["maturing", "mature"]})
    _marrow(a, body, progenitors, cell, drivers, retention)
    _blood(a, body, cell, drivers.arrest)
    _spleen(a, body, progenitors, cell, drivers.gcsf, drivers.arrest)
    _tumour(a, body, cell, drivers, recruited.tumour)
    inside = ("bone_marrow", "blood", "spleen")
    bearing = [
        a.amount(f"neutrophil_pool_{place}", cell() ** getattr(body, place),
                 f"post-mitotic neutrophils, {place.replace('_', ' ')}")
        for place in inside
    ]  # fmt: skip
    pools = ("neutrophil_maturing", "neutrophil_reserve", "neutrophil_blood",
             "immature_neutrophil_blood", "neutrophil_spleen",
             "immature_neutrophil_spleen")  # fmt: skip
    return Neutrophils(
        sum(bearing),
        sum(p(f"{pool}_baseline") for pool in pools),
        a.amount("immature_neutrophil_pool_spleen", cell(stage="maturing") ** body.spleen,
                 "immature neutrophils in spleen"),
        p("immature_neutrophil_spleen_baseline"),
        a.amount("immature_neutrophil_pool_tumour", cell(stage="maturing") ** body.tumour,
                 "immature neutrophils in the tumour"),
    )  # fmt: skip


def _marrow(a, body, progenitors, cell, drivers, retention) -> None:
    p, marrow = a.p, body.bone_marrow
    precursor = a.monomer("NeutrophilPrecursor")() ** marrow
    maturing, reserve = (cell(stage=s) ** marrow for s in ("maturing", "mature"))
    immature_blood, blood = (cell(stage=s) ** body.blood for s in ("maturing", "mature"))
    for pattern, pool in ((precursor, "neutrophil_precursor"), (maturing, "neutrophil_maturing"),
                          (reserve, "neutrophil_reserve"), (blood, "neutrophil_blood"),
                          (immature_blood, "immature_neutrophil_blood")):  # fmt: skip
        a.initial(pattern, p(f"{pool}_baseline"))

    released = p("immature_neutrophil_loss") * p("immature_neutrophil_blood_baseline")
    egress = (
        p("neutrophil_loss") * p("neutrophil_blood_baseline")
        - p("immature_neutrophil_share_maturing") * released
    )
    on, gcsf = p("progenitor_expansion"), drivers.gcsf
    held = retention ** p("retention_power_neutrophil")
    made = a.define(
        "neutrophil_commitment",
        (egress + released) / p("gmp_bone_marrow_baseline")
        * speeded_by(a, {"gcsf_gain_production": gcsf, "gmcsf_gain_production": drivers.gmcsf},
                     on),
        "1/day", "neutrophil precursors made per GMP",
    )  # fmt: skip
    mature = speeded_by(a, {"gcsf_gain_maturation": gcsf, "gmcsf_gain_maturation": drivers.gmcsf},
                        on)  # fmt: skip
    exit_mitosis = a.define(
        "neutrophil_exit_mitosis",
        (egress + released) / p("neutrophil_precursor_baseline") * mature,
        "1/day", "precursors leave mitosis",
    )  # fmt: skip
    maturation = a.define(
        "neutrophil_maturation", egress / p("neutrophil_maturing_baseline") * mature, "1/day",
        "maturation in marrow",
    )  # fmt: skip
    leaving = a.define(
        "neutrophil_egress",
        egress / p("neutrophil_reserve_baseline") / held
        * speeded_by(a, {"gcsf_gain_egress": gcsf, "cxcr2_gain_egress": drivers.cxcr2}, on),
        "1/day", "release from the marrow reserve",
    )  # fmt: skip
    early = a.define(
        "neutrophil_early_release",
        released / p("neutrophil_maturing_baseline") / held
        * speeded_by(a, {"gcsf_gain_early_release": gcsf,
                         "gmcsf_gain_early_release": drivers.gmcsf,
                         "cxcr2_gain_early_release": drivers.cxcr2,
                         "exosomes_gain_early_release": drivers.exosomes},
                     p("emergency_release")),
        "1/day", "release of immature neutrophils",
    )  # fmt: skip
    a.rule(
        "neutrophil_precursors_made",
        progenitors.gmp >> progenitors.gmp + precursor,
        made,
        kind="production",
        note="Progeny of GMP; G-CSF and GM-CSF amplify them.",
    )
    a.rule(
        "precursors_become_postmitotic",
        precursor >> maturing,
        exit_mitosis,
        kind="cell transition",
        note="Precursors stop dividing.",
    )
    a.rule(
        "neutrophils_mature_in_marrow",
        maturing >> reserve,
        maturation,
        kind="cell transition",
        note="G-CSF and GM-CSF shorten maturation in the marrow.",
    )
    a.rule(
        "neutrophils_leave_marrow",
        reserve >> blood,
        leaving,
        kind="transport",
        note="G-CSF and CXCR2 release the marrow reserve; CXCL12 holds it back.",
    )
    a.rule(
        "immature_neutrophils_leave_marrow",
        maturing >> immature_blood,
        early,
        kind="transport",
        note="In an emergency the marrow lets immature neutrophils go: PMN-MDSC.",
    )


def _blood(a, body, cell, arrested) -> None:
    p = a.p
    immature, mature = (cell(stage=s) ** body.blood for s in ("maturing", "mature"))
    immature_spleen, mature_spleen = (cell(stage=s) ** body.spleen for s in ("maturing", "mature"))
    leaving = p("immature_neutrophil_loss")
    shares = p("immature_neutrophil_share_maturing"), p("immature_neutrophil_share_spleen")
    matures, settles, dies = (
        a.define(f"immature_neutrophil_{name}", leaving * share, "1/day", words)
        for name, share, words in (
            ("matures", shares[0] / arrested, "immature neutrophils that mature in blood"),
            ("settles", shares[1], "immature neutrophils that settle in the spleen"),
            ("dies", 1 - shares[0] - shares[1], "immature neutrophils that die or leave"),
        )
    )
    to_spleen, lost = (
        a.define(name, p("neutrophil_loss") * share, "1/day", words)
        for name, share, words in (
            ("neutrophil_to_spleen", p("neutrophil_share_spleen"), "neutrophils that go to spleen"),
            ("neutrophil_lost", 1 - p("neutrophil_share_spleen"), "neutrophils that die or leave"),
        )
    )
    for name, reaction, rate, kind, note in (
        ("immature_neutrophils_mature", immature >> mature, matures, "cell transition",
         "Immature neutrophils mature in blood."),
        ("immature_neutrophils_settle", immature >> immature_spleen, settles, "transport",
         "Immature neutrophils settle in the spleen."),
        ("immature_neutrophils_lost", immature >> None, dies, "cell death",
         "Immature neutrophils die or leave for other tissue."),
        ("neutrophils_go_to_spleen", mature >> mature_spleen, to_spleen, "transport",
         "Neutrophils marginate in the spleen."),
        ("neutrophils_lost", mature >> None, lost, "cell death",
         "Neutrophils leave the blood and die."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)


def _spleen(a, body, progenitors, cell, gcsf, arrested) -> None:
    p = a.p
    immature, mature = (cell(stage=s) ** body.spleen for s in ("maturing", "mature"))
    a.initial(immature, p("immature_neutrophil_spleen_baseline"))
    a.initial(mature, p("neutrophil_spleen_baseline"))
    settled = (
        p("immature_neutrophil_share_spleen")
        * p("immature_neutrophil_loss")
        * p("immature_neutrophil_blood_baseline")
    )
    turnover = settled / (1 - p("neutrophil_share_splenic"))
    matured = turnover * p("immature_neutrophil_spleen_share_maturing")
    arrived = p("neutrophil_share_spleen") * p("neutrophil_loss") * p("neutrophil_blood_baseline")
    made = a.define(
        "neutrophil_commitment_spleen",
        turnover * p("neutrophil_share_splenic") / p("gmp_spleen_baseline")
        * speeded(a, "gcsf_gain_production", *gcsf, on=p("splenic_granulopoiesis")),
        "1/day", "immature neutrophils made per splenic GMP",
    )  # fmt: skip
    matures, dies, leaves = (
        a.define(f"neutrophil_spleen_{name}", flux / p(f"{pool}_baseline"), "1/day", words)
        for name, flux, pool, words in (
            ("matures", matured / arrested, "immature_neutrophil_spleen", "maturation in spleen"),
            ("dies", turnover - matured, "immature_neutrophil_spleen",
             "death of immature neutrophils in spleen"),
            ("lost", arrived + matured, "neutrophil_spleen", "death of neutrophils in spleen"),
        )
    )  # fmt: skip
    for name, reaction, rate, kind, note in (
        ("splenic_gmp_make_neutrophils", progenitors.gmp_spleen >> progenitors.gmp_spleen
         + immature, made, "production", "Splenic granulopoiesis."),
        ("neutrophils_mature_in_spleen", immature >> mature, matures, "cell transition",
         "Immature neutrophils mature in the spleen."),
        ("immature_neutrophils_die_in_spleen", immature >> None, dies, "cell death",
         "Immature neutrophils die in the spleen."),
        ("neutrophils_die_in_spleen", mature >> None, leaves, "cell death",
         "Neutrophils die in the spleen."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)


def _tumour(a, body, cell, drivers, recruited) -> None:
    called = speeded(a, "cxcr2_gain_entry", *drivers.cxcr2)
    for stage in ("maturing", "mature"):
        blood, tumour = cell(stage=stage) ** body.blood, cell(stage=stage) ** body.tumour
        name = {"maturing": "immature_neutrophil", "mature": "neutrophil"}[stage]
        entry = a.define(
            f"{name}_entry", a.p(f"{name}_tumour_entry") * recruited * called, "1/day",
            f"{name.replace('_', ' ')}s that enter the tumour",
        )  # fmt: skip
        a.rule(
            f"{name}s_enter_tumour",
            blood >> tumour,
            entry,
            kind="transport",
            note="Neutrophils enter the tumour in proportion to its vessels, called by CXCR2.",
        )
        a.rule(
            f"{name}s_die_in_tumour",
            tumour >> None,
            a.p("neutrophil_tumour_loss"),
            kind="cell death",
            note="Neutrophils die in the tumour.",
        )

"""Monocytes: marrow, blood, spleen, node and tumour; released early they are M-MDSC.

As with neutrophils, one flux passes from GMP to blood in health. Classical monocytes and immature
ones released early share the routes to spleen, node and tumour. CCL2 on CCR2 lets both go from the
marrow (doi:10.1038/ni1309). GM-CSF makes more of them, and with G-CSF and exosomes lets them out
early; TNF and exosomes keep them immature.
"""

from typing import Any, NamedTuple

from immacro.models.macroenvironment.drivers import Drivers
from immacro.models.macroenvironment.haematopoiesis import Progenitors
from immacro.models.macroenvironment.tumour import draws
from immacro.models.shared.regulation import speeded, speeded_by

from immacro.build import Assembly

STAGES = {"maturing": "immature_monocyte", "mature": "monocyte"}


class Monocytes(NamedTuple):
    """Amounts (item)."""

    immature_spleen: Any
    immature_spleen_health: Any
    immature_tumour: Any


def monocytes(
    a: Assembly, body, progenitors: Progenitors, drivers: Drivers, retention, recruited
) -> Monocytes:
    """The lineage from GMP to blood, spleen, node and tumour."""
    p = a.p
    cell = a.monomer("Monocyte", ("stage",), {"stage": ["maturing", "mature"]})
    _marrow(a, body, progenitors, cell, drivers, retention)
    _blood(a, body, cell, draws(a, "node_gain_myeloid", recruited), drivers.arrest)
    _organs(a, body, cell)
    _tumour(a, body, cell, recruited.tumour)
    return Monocytes(
        a.amount("immature_monocyte_pool_spleen", cell(stage="maturing") ** body.spleen,
                 "immature monocytes in spleen"),
        p("immature_monocyte_spleen_baseline"),
        a.amount("immature_monocyte_pool_tumour", cell(stage="maturing") ** body.tumour,
                 "immature monocytes in the tumour"),
    )  # fmt: skip


def _marrow(a, body, progenitors, cell, drivers, retention) -> None:
    p = a.p
    maturing, mature = (cell(stage=s) ** body.bone_marrow for s in STAGES)
    immature_blood, blood = (cell(stage=s) ** body.blood for s in STAGES)
    for pattern, pool in ((maturing, "monocyte_maturing"), (mature, "monocyte_bone_marrow"),
                          (immature_blood, "immature_monocyte_blood"),
                          (blood, "monocyte_blood")):  # fmt: skip
        a.initial(pattern, p(f"{pool}_baseline"))
    released = p("immature_monocyte_loss") * p("immature_monocyte_blood_baseline")
    egress = (
        p("monocyte_loss") * p("monocyte_blood_baseline")
        - p("immature_monocyte_share_maturing") * released
    )
    called = a.define("monocyte_call", speeded(a, "ccl2_gain_release", *drivers.ccl2,
                                               on=p("ccl2_monocyte_release")),
                      "dimensionless", "release of monocytes by CCL2 over health")  # fmt: skip
    held = retention ** p("retention_power_monocyte") / called
    made, matures, leaving, early = (
        a.define(f"monocyte_{name}", rate, "1/day", words)
        for name, rate, words in (
            ("commitment", (egress + released) / p("gmp_bone_marrow_baseline")
             * speeded(a, "gmcsf_gain_production_monocyte", *drivers.gmcsf,
                       on=p("progenitor_expansion")),
             "monocytes made per GMP"),
            ("maturation", egress / p("monocyte_maturing_baseline"), "maturation in marrow"),
            ("egress", egress / p("monocyte_bone_marrow_baseline") / held,
             "release of monocytes"),
            ("early_release", released / p("monocyte_maturing_baseline") / held
             * speeded_by(a, {"gcsf_gain_early_release_monocyte": drivers.gcsf,
                              "gmcsf_gain_early_release_monocyte": drivers.gmcsf,
                              "exosomes_gain_early_release": drivers.exosomes},
                          p("emergency_release")),
             "release of immature monocytes"),
        )
    )  # fmt: skip
    for name, reaction, rate, kind, note in (
        ("monocytes_made", progenitors.gmp >> progenitors.gmp + maturing, made, "production",
         "Progeny of GMP; GM-CSF raises them."),
        ("monocytes_mature_in_marrow", maturing >> mature, matures, "cell transition",
         "Monocytes mature in the marrow."),
        ("monocytes_leave_marrow", mature >> blood, leaving, "transport",
         "Monocytes enter the blood."),
        ("immature_monocytes_leave_marrow", maturing >> immature_blood, early, "transport",
         "In an emergency the marrow lets immature monocytes go: M-MDSC."),
    ):  # fmt: skip
        a.rule(name, reaction, rate, kind=kind, note=note)


def _shares(a: Assembly, name: str):
    """Loss from blood, and which shares of it go to spleen and node or mature."""
    p = a.p
    shares = [p(f"{name}_share_spleen"), p(f"{name}_share_dln")]
    if name == "immature_monocyte":
        shares.append(p(f"{name}_share_maturing"))
    return p(f"{name}_loss"), shares


def _blood(a, body, cell, node, arrested) -> None:
    for stage, name in STAGES.items():
        loss, shares = _shares(a, name)
        here = cell(stage=stage) ** body.blood
        targets = [cell(stage=stage) ** body.spleen, cell(stage=stage) ** body.dln]
        if stage == "maturing":
            targets.append(cell(stage="mature") ** body.blood)
        words = ("settle_in_spleen", "settle_in_dln", "mature_in_blood")
        for word, share, target in zip(words, shares, targets, strict=False):
            more = {"settle_in_dln": node, "mature_in_blood": 1 / arrested}.get(word, 1)
            rate = a.define(f"{name}s_{word}_rate", loss * share * more, "1/day",
                            f"{name}s {word}".replace("_", " "))  # fmt: skip
            kind = "cell transition" if word == "mature_in_blood" else "transport"
            a.rule(f"{name}s_{word}", here >> target, rate, kind=kind,
                   note="Monocytes leave the blood or mature there.")  # fmt: skip
        rate = a.define(f"{name}_lost", loss * (1 - sum(shares)), "1/day",
                        f"{name}s that die or leave".replace("_", " "))  # fmt: skip
        a.rule(f"{name}s_lost", here >> None, rate, kind="cell death",
               note="Monocytes die or leave for other tissue.")  # fmt: skip


def _organs(a, body, cell) -> None:
    p = a.p
    for stage, name in STAGES.items():
        loss, shares = _shares(a, name)
        for place, share in zip(("spleen", "dln"), shares, strict=False):
            here = cell(stage=stage) ** getattr(body, place)
            baseline = p(f"{name}_{place}_baseline")
            a.initial(here, baseline)
            rate = a.define(
                f"{name}_{place}_loss", share * loss * p(f"{name}_blood_baseline") / baseline,
                "1/day", f"loss of {name}s in {place}".replace("_", " "),
            )  # fmt: skip
            a.rule(f"{name}s_lost_in_{place}", here >> None, rate, kind="cell death",
                   note="Monocytes die, differentiate or move on.")  # fmt: skip


def _tumour(a, body, cell, recruited) -> None:
    for stage, name in STAGES.items():
        blood, tumour = cell(stage=stage) ** body.blood, cell(stage=stage) ** body.tumour
        entry = a.define(
            f"{name}_entry", a.p(f"{name}_tumour_entry") * recruited, "1/day",
            f"{name}s that enter the tumour".replace("_", " "),
        )  # fmt: skip
        a.rule(
            f"{name}s_enter_tumour",
            blood >> tumour,
            entry,
            kind="transport",
            note="Monocytes enter the tumour in proportion to its vessels.",
        )
        a.rule(
            f"{name}s_lost_in_tumour",
            tumour >> None,
            a.p("monocyte_tumour_loss"),
            kind="cell death",
            note="Monocytes die or become macrophages, which are not followed.",
        )

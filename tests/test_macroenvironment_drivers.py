"""Drivers of myelopoiesis beside G-CSF: their levels, what each does, and a GM-CSF drug.

Some gains and halves were fitted so that a driver alone raises immature cells of an AT3 host by a
quarter, and those of GM-CSF to neutrophils of volunteers; what else they do was not.
"""

import numpy as np
import pytest
from runners import DRIVERS, READ, silenced

from immacro.errors import InvalidValueError

NEW = ("gmcsf", "il8", "tnf", "il1b", "il17", "oxysterol", "exosomes")


def secreting(model, *stems, context=None, parameters=None, days=None):
    """The last day of a host whose tumour secretes these drivers and no other."""
    usual, day = READ[model.host]
    where = {"context": context or usual, "days": days or day}
    return model.simulate(silenced(*stems), parameters, points=2, **where).isel(time=-1)


@pytest.fixture(scope="module")
def silent(mouse):
    return secreting(mouse)


def immature(course):
    return float(course["immature_myeloid_blood"])


class TestLevels:
    @pytest.mark.parametrize("stem", NEW)
    def test_a_tumour_raises_it_and_without_its_secretion_it_is_as_in_health(self, model, stem):
        context, day = READ[model.host]
        name = f"{stem}_blood"
        course = model.simulate(None, None, context, days=day, points=2)[name]
        assert float(course[-1]) > 1.2 * float(course[0])
        # IL-1beta alone makes the host raise IL-17.
        left = secreting(model, *(other for other in DRIVERS if other not in (stem, "il1b")))
        assert float(left[name]) == pytest.approx(float(course[0]), rel=1e-6)

    @pytest.mark.parametrize(
        ("stem", "minutes"), [("gmcsf", 68), ("il8", 9.9), ("tnf", 13.2), ("exosomes", 20.8)]
    )
    def test_it_leaves_plasma_with_its_half_life(self, mouse, stem, minutes):
        stopped = {f"{stem}_strength": 0.0, f"{stem}_start": 6.0}
        course = mouse.simulate(stopped, None, "at3", days=7, points=7 * 288 + 1)[f"{stem}_blood"]
        excess = np.asarray(course.sel(time=slice(6, 6.2))) - float(course[0])
        after = np.asarray(course.time.sel(time=slice(6, 6.2)) - 6) * 24 * 60
        assert np.interp(minutes, after, excess / excess[0]) == pytest.approx(0.5, rel=0.05)

    def test_inflammation_is_none_in_health_and_goes_with_its_four_cytokines(self, model):
        context, day = READ[model.host]
        course = model.simulate(None, None, context, days=day, points=2)["inflammation_systemic"]
        assert float(course[0]) == pytest.approx(0, abs=1e-9)
        assert 0.1 < float(course[-1]) < 0.8
        four = ("gcsf", "il6", "tnf", "il1b")
        left = secreting(model, *(other for other in DRIVERS if other not in (*four, "il17")))
        assert float(left["inflammation_systemic"]) == pytest.approx(0, abs=0.02)


class TestWhatEachDoes:
    @pytest.mark.parametrize("stem", [stem for stem in NEW if stem != "exosomes"])
    def test_alone_it_raises_immature_myeloid_cells(self, mouse, silent, stem):
        assert immature(secreting(mouse, stem)) > 1.1 * immature(silent)

    def test_exosomes_do_so_where_there_are_many(self, mouse):
        melanoma, other = ({"context": c, "days": d} for c, d in (("b16", 21), ("ct26", 24)))
        rise = [
            immature(secreting(mouse, "exosomes", **at)) / immature(secreting(mouse, **at))
            for at in (melanoma, other)
        ]
        assert rise[0] - 1 > 3 * (rise[1] - 1) > 0

    def test_cxcr2_lets_neutrophils_go_and_spares_monocytes(self, mouse, silent):
        course = secreting(mouse, "il8")
        assert float(course["pmn_mdsc_blood"]) > 1.2 * float(silent["pmn_mdsc_blood"])
        assert float(course["m_mdsc_blood"]) == pytest.approx(
            float(silent["m_mdsc_blood"]), rel=0.02
        )
        entered = [
            float(c["neutrophil_tumour"]) / float(c["neutrophil_blood"]) for c in (course, silent)
        ]
        assert entered[0] > 1.2 * entered[1]

    def test_two_ligands_of_one_receptor_add_less_than_each_alone(self, mouse, silent):
        rise = {
            stems: immature(secreting(mouse, *stems)) - immature(silent)
            for stems in (("il8",), ("oxysterol",), ("il8", "oxysterol"))
        }
        both = rise["il8", "oxysterol"]
        alone = rise["il8",], rise["oxysterol",]
        assert max(alone) < both < sum(alone)

    def test_gmcsf_raises_monocytes_more_than_neutrophils(self, mouse, silent):
        course = secreting(mouse, "gmcsf")
        rise = {
            name: float(course[name]) / float(silent[name])
            for name in ("m_mdsc_blood", "pmn_mdsc_blood", "monocyte_blood", "neutrophil_blood")
        }
        assert rise["m_mdsc_blood"] > rise["pmn_mdsc_blood"] > 1.2
        assert rise["monocyte_blood"] > rise["neutrophil_blood"] > 1.05

    def test_tnf_lowers_cxcl12_and_keeps_cells_immature(self, mouse, silent):
        course = secreting(mouse, "tnf")
        assert float(course["cxcl12_bone_marrow"]) < 0.9 * float(silent["cxcl12_bone_marrow"])
        niche = secreting(mouse, "tnf", parameters={"niche_suppression": 0.0})
        assert float(niche["cxcl12_bone_marrow"]) == pytest.approx(
            float(silent["cxcl12_bone_marrow"]), rel=1e-3
        )
        mature = secreting(mouse, "tnf", parameters={"maturation_arrest": 0.0})
        assert immature(silent) < immature(mature) < immature(course)

    def test_il1b_has_the_host_make_il17_and_il17_gcsf(self, mouse, silent):
        first, second = secreting(mouse, "il1b"), secreting(mouse, "il17")
        assert float(first["il17_blood"]) > 1.5 * float(silent["il17_blood"])
        assert float(first["myeloid_fate_fraction_bone_marrow"]) > float(
            silent["myeloid_fate_fraction_bone_marrow"]
        )
        for course in (first, second):
            assert float(course["gcsf_blood"]) > 1.1 * float(silent["gcsf_blood"])
        quiet = secreting(mouse, "il1b", "il17", parameters={"il17_gcsf": 0.0})
        assert float(quiet["il17_blood"]) == pytest.approx(float(second["il17_blood"]), rel=0.02)
        assert float(quiet["gcsf_blood"]) < 1.02 * float(silent["gcsf_blood"])


@pytest.fixture(scope="module")
def treated(human):
    return human.simulate({"sargramostim_dose": 6.5}, days=28, points=29)


class TestGmCsfDrug:
    def test_it_raises_blood_as_in_volunteers(self, treated):
        # Neutrophils 3.5-fold after 14 days of 250 ug/m2 (Am J Hematol 1998 57:7); monocytes
        # 4.4-fold and lymphocytes 1.1-fold after five days of 5 ug/kg (Ann Hematol 1999).
        fold = {name: treated[name] / float(treated[name][0])
                for name in ("neutrophil_blood", "monocyte_blood", "lymphocyte_blood")}  # fmt: skip
        assert 2.3 < float(fold["neutrophil_blood"][14]) < 5
        assert 2 < float(fold["monocyte_blood"][5]) < 6
        assert float(fold["lymphocyte_blood"][5]) == pytest.approx(1, rel=0.15)

    def test_it_is_over_two_weeks_after_the_last_dose(self, treated):
        for name in ("gmcsf_blood", "neutrophil_blood", "monocyte_blood"):
            assert float(treated[name][28]) == pytest.approx(float(treated[name][0]), rel=0.35)

    @pytest.mark.parametrize("dose", [-1.0, float("nan"), 1e9])
    def test_a_dose_that_cannot_be_is_refused(self, mouse, dose):
        with pytest.raises(InvalidValueError, match="sargramostim_dose"):
            mouse.simulate({"sargramostim_dose": dose}, days=1, points=2)

"""A wound and CCL2: what an operation does beside taking the tumour out.

That the switches leave nothing of it holds by construction. Size and time were set for IL-6 and
G-CSF of plasma alone; what cells do of it was not.
"""

import numpy as np
import pytest
from runners import READ

import immacro
from immacro.errors import InvalidValueError

FACTORS = ("il6_blood", "gcsf_blood", "ccl2_blood")


def operated(model, lever="wound_only", parameters=None, context="healthy", days=28, **levers):
    """A course, twice a day, with an operation on day 7."""
    levers = {f"{lever}_day": 7.0, f"{lever}_extent": 1.0} | levers
    return model.simulate(levers, parameters, context, days=days, points=2 * days + 1)


def on(course, name, after):
    """An observable so many days after the operation."""
    return float(course[name].sel(time=7 + after, method="nearest"))


class TestWound:
    def test_it_raises_its_factors_and_is_over_in_two_weeks(self, model):
        course = operated(model)
        for name in FACTORS:
            before = on(course, name, -0.5)
            assert on(course, name, 1) > 2.5 * before, name
            assert on(course, name, 14) == pytest.approx(before, rel=0.35, abs=2), name

    def test_plasma_is_as_in_patients(self):
        # PMID:7727600: above 100 pg/mL for 36 hours; 233 pg/mL of G-CSF after gastrectomy.
        course = operated(immacro.load("macroenvironment", host="human"))
        above = int((course["il6_blood"] > 100).sum()) / 2
        assert 1 <= above <= 3
        assert 150 < float(course["gcsf_blood"].max()) < 500

    def test_neutrophils_and_monocytes_follow_within_days(self, model):
        course = operated(model)
        for name in ("neutrophil_blood", "pmn_mdsc_blood", "m_mdsc_blood"):
            assert on(course, name, 2) > 1.5 * on(course, name, -0.5), name
        assert on(course, "classical_monocyte_blood", 1) > 1.2 * on(
            course, "classical_monocyte_blood", -0.5
        )

    def test_it_weakens_natural_killer_cells_and_costs_a_mouse_some(self, model):
        course = operated(model)
        assert on(course, "nk_cytotoxicity", 1) < 0.8
        assert on(course, "nk_cytotoxicity", 14) > 0.98
        lost = 1 - on(course, "nk_systemic", 3) / on(course, "nk_systemic", -0.5)
        # Their number is unchanged in patients, doi:10.1245/s10434-018-6691-3.
        assert lost > 0.1 if model.host == "mouse" else abs(lost) < 0.02

    def test_each_switch_takes_its_part(self, model):
        quiet = operated(model, parameters={"wound_programme": 0.0})
        for name in (*FACTORS, "neutrophil_blood"):
            assert on(quiet, name, 2) == pytest.approx(on(quiet, name, -0.5), rel=1e-6), name
        assert on(quiet, "nk_cytotoxicity", 1) < 0.8
        spared = operated(model, parameters={"wound_nk_suppression": 0.0})
        assert on(spared, "nk_cytotoxicity", 1) == pytest.approx(1, rel=1e-6)
        assert on(spared, "il6_blood", 1) > 10 * on(spared, "il6_blood", -0.5)

    def test_an_operation_that_leaves_the_tumour_leaves_it(self, mouse):
        sham, cured = operated(mouse, context="mc38"), operated(mouse, "surgery", context="mc38")
        assert on(cured, "tumour_burden", 1) == 0
        assert on(sham, "tumour_burden", 1) > on(sham, "tumour_burden", -0.5)
        assert on(sham, "il6_blood", 1) == pytest.approx(on(cured, "il6_blood", 1), rel=0.05)

    def test_half_an_operation_makes_half_a_wound(self, mouse):
        whole, half = operated(mouse), operated(mouse, wound_only_extent=0.5)
        base = on(whole, "ccl2_blood", -0.5)
        rise = [on(course, "ccl2_blood", 1) - base for course in (half, whole)]
        assert rise[0] == pytest.approx(rise[1] / 2, rel=1e-3)

    def test_without_an_extent_its_day_does_nothing(self, model):
        course = model.simulate({"wound_only_day": 7.0}, days=14, points=15)
        for name in (*FACTORS, "nk_blood", "monocyte_blood"):
            assert course[name].values == pytest.approx(float(course[name][0]), rel=1e-6), name

    @pytest.mark.parametrize("extent", [-0.1, 1.1, float("nan")])
    def test_an_extent_that_is_no_share_is_refused(self, mouse, extent):
        with pytest.raises(InvalidValueError, match="wound_only_extent"):
            mouse.simulate({"wound_only_extent": extent}, days=1, points=2)


class TestCcl2:
    def test_it_lets_monocytes_go_and_its_switch_keeps_them(self, model):
        course = operated(model)
        quiet = operated(model, parameters={"ccl2_monocyte_release": 0.0})
        assert on(course, "ccl2_blood", 1) == pytest.approx(on(quiet, "ccl2_blood", 1), rel=1e-3)
        assert on(course, "monocyte_blood", 1) > 1.2 * on(quiet, "monocyte_blood", 1)

    def test_a_tumour_raises_it_late_and_little(self, model):
        context, day = READ[model.host]
        course = model.simulate(None, None, context, days=day, points=29)["ccl2_blood"]
        rise = np.array(course) / float(course[0])
        assert rise[14] < 1.1
        assert 1.1 < rise[-1] < 2
        none = model.simulate({"ccl2_strength": 0.0}, None, context, days=day, points=2)
        assert float(none["ccl2_blood"][-1]) == pytest.approx(float(course[0]), rel=1e-6)

"""Antibodies to IL-6R and to VEGF, and poly-ICLC: what they leave, wake and give back."""

import pytest

#: Host -> context, day of the first dose, days until it is read, and a usual dose of each.
GIVEN = {
    "mouse": ("kpc", 14.0, 16, {"anti_il6": 10.0, "anti_vegf": 5.0}),
    "human": ("breast", 360.0, 40, {"anti_il6": 8.0, "anti_vegf": 5.0}),
}


def treated(model, lever=None, days=None, **more):
    """A tumour-bearing host from onset to the day that is read."""
    context, start, after, dose = GIVEN[model.host]
    levers = {f"{lever}_dose": dose[lever], f"{lever}_start": start} if lever else {}
    total = days or int(start) + after
    return model.simulate(levers | more, context=context, days=total, points=10 * total + 1)


def last(run, name):
    return float(run[name][-1])


@pytest.fixture(scope="module")
def untreated(model):
    return treated(model)


class TestLevels:
    def test_free_vegf_falls_within_a_day_and_stays_low_under_the_usual_regimen(
        self, model, untreated
    ):
        run, start = treated(model, "anti_vegf"), GIVEN[model.host][1]
        before = float(untreated["vegf_blood"].sel(time=start, method="nearest"))
        assert float(run["vegf_blood"].sel(time=start + 1, method="nearest")) < 0.1 * before
        assert last(run, "vegf_blood") < 0.2 * last(untreated, "vegf_blood")
        assert last(run, "il6_blood") == pytest.approx(last(untreated, "il6_blood"), rel=0.1)

    def test_an_antibody_to_the_receptor_leaves_il6_of_plasma(self, model, untreated):
        run = treated(model, "anti_il6")
        assert last(run, "il6_blood") == pytest.approx(last(untreated, "il6_blood"), rel=0.1)
        assert last(run, "inflammation_systemic") < last(untreated, "inflammation_systemic")

    def test_ten_times_the_dose_leaves_less(self, mouse):
        some, more = (treated(mouse, "anti_vegf", anti_vegf_dose=dose) for dose in (0.05, 0.5))
        assert last(more, "vegf_blood") < 0.5 * last(some, "vegf_blood")

    def test_it_is_back_when_the_antibody_is_gone(self, mouse):
        once = {"anti_vegf_dose": 1.0, "anti_vegf_count": 1, "anti_vegf_start": 5.0}
        run = mouse.simulate(once, days=150, points=151)
        assert float(run["vegf_blood"][6]) < 0.1 * float(run["vegf_blood"][0])
        assert last(run, "vegf_blood") == pytest.approx(float(run["vegf_blood"][0]), rel=0.05)


class TestDendriticCells:
    def test_anti_il6_ends_the_excess_of_apoptosis(self, model, untreated):
        health = float(untreated["dc_apoptosis_systemic"][0])
        run = treated(model, "anti_il6")
        assert last(run, "dc_apoptosis_systemic") < 1.02 * health
        assert last(run, "dc_spleen") > 1.05 * last(untreated, "dc_spleen")

    def test_anti_vegf_lets_more_be_made(self, model, untreated):
        assert last(treated(model, "anti_vegf"), "dc_spleen") > 1.1 * last(untreated, "dc_spleen")

    def test_without_what_the_factor_does_the_antibody_does_nothing(self, mouse):
        context, start, _, dose = GIVEN["mouse"]
        off = {"il6_dc_death": 0.0, "semi_maturation": 0.0}
        with_and_without = [
            mouse.simulate(levers, off, context, days=30, points=31)
            for levers in ({}, {"anti_il6_dose": dose["anti_il6"], "anti_il6_start": start})
        ]
        with_, without = (last(run, "dc_spleen") for run in with_and_without)
        assert with_ == pytest.approx(without, rel=1e-3)


class TestPolyIclc:
    def test_it_wakes_dendritic_cells_for_days_and_primes_no_cell_of_a_challenge(self, model):
        dose = {"mouse": 2.5, "human": 0.02}[model.host]
        run = model.simulate({"poly_iclc_dose": dose}, days=60, points=601)
        rest = float(run["dc_activation_spleen"][0])
        assert float(run["dc_activation_spleen"].max()) > 2 * rest
        assert last(run, "dc_activation_spleen") == pytest.approx(rest, rel=0.02)
        assert abs(last(run, "secondary_response_systemic")) < 1e-6

    def test_in_the_tumours_node_more_cells_are_primed(self, model, untreated):
        _, start, _, _ = GIVEN[model.host]
        dose = {"mouse": 2.5, "human": 0.02}[model.host]
        run = treated(model, poly_iclc_dose=dose, poly_iclc_start=start)
        after = slice(start, start + 7)
        gained = run["primed_cd8_dln"].sel(time=after).max()
        assert float(gained) > 1.2 * float(untreated["primed_cd8_dln"].sel(time=after).max())

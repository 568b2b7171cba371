"""A second challenge: what infections and vaccines do in health, and what a tumour takes away."""

import numpy as np
import pytest

from immacro.errors import InvalidValueError

INFECTED = {"listeria_dose": 5e4}
VACCINATED = {"ova_cpg_vaccine_dose": 100.0}
RESPONSE = "secondary_response_systemic"
LOAD = {"listeria": "bacterial_load_spleen", "lcmv": "viral_load_spleen"}


def course(model, levers, *, days=60, **more):
    return model.simulate(levers, days=days, points=10 * days + 1, **more)


def peak(run, name):
    """The highest value and its day."""
    values = np.asarray(run[name])
    return values.max(), float(run["time"][values.argmax()])


def on(run, name, day):
    return float(run[name].sel(time=day, method="nearest"))


@pytest.fixture(scope="module")
def infected(mouse):
    return course(mouse, INFECTED, days=120)


@pytest.fixture(scope="module")
def vaccinated(mouse):
    return course(mouse, VACCINATED)


class TestAcuteInfection:
    @pytest.mark.parametrize(("lever", "dose"), [("listeria", 5e4), ("lcmv", 2e5)])
    def test_the_pathogen_multiplies_for_days_and_is_gone_for_good(self, mouse, lever, dose):
        run = course(mouse, {f"{lever}_dose": dose}, days=120)
        highest, day = peak(run, LOAD[lever])
        assert highest > 10 * float(run[LOAD[lever]][0])
        assert 1.5 < day < 5
        late = np.asarray(run[LOAD[lever]].sel(time=slice(14, None)))
        assert late.max() < 0.01

    def test_dendritic_cells_mature_within_two_days_and_come_to_rest(self, infected):
        rest = on(infected, "dc_cd86_spleen", 0)
        assert 2 * rest < on(infected, "dc_cd86_spleen", 2) < 6 * rest
        assert on(infected, "dc_cd86_spleen", 30) == pytest.approx(rest, rel=0.01)
        assert on(infected, "dc_spleen", 4) < 0.95 * on(infected, "dc_spleen", 0)

    def test_cd8_expand_contract_and_remember(self, infected):
        cells, day = peak(infected, "challenge_cd8_spleen")
        assert 3e5 < cells < 1e7
        assert 6 <= day <= 9
        assert 0.05 < on(infected, "challenge_cd8_spleen", 30) / cells < 0.2
        assert on(infected, "challenge_cd8_spleen", 120) > 1e4

    def test_the_last_to_be_seen_are_memory_cells(self, infected):
        assert on(infected, "cd8_effector_differentiation_spleen", 7) > 0.2
        assert on(infected, "cd8_effector_differentiation_spleen", 60) < 1e-3
        assert on(infected, "cd8_proliferation_spleen", 60) < 1e-4

    def test_ten_times_the_dose_gives_nearly_the_same_response(self, mouse, infected):
        more = course(mouse, {"listeria_dose": 5e5}, days=12)
        ratio = peak(more, RESPONSE)[0] / peak(infected, RESPONSE)[0]
        assert 1 < ratio < 2

    def test_memory_blunts_a_second_infection(self, mouse):
        again = INFECTED | {"listeria_count": 2, "listeria_interval": 40.0}
        load = course(mouse, again, days=55)[LOAD["listeria"]]
        first = float(load.sel(time=slice(0, 20)).max())
        assert float(load.sel(time=slice(40, None)).max()) < 0.2 * first

    def test_without_cd8_the_bacteria_stay(self, mouse):
        run = course(mouse, INFECTED | {"cd8_depletion_strength": 1.0}, days=20)
        assert on(run, LOAD["listeria"], 20) > 1e4

    def test_without_cdc1_there_are_fewer_bacteria_and_fewer_specific_cells(self, mouse, infected):
        late = {"listeria_dose": 5e4, "listeria_start": 20.0, "batf3_ko_strength": 1.0}
        run = course(mouse, late, days=30)
        assert peak(run, LOAD["listeria"])[0] < 0.1 * peak(infected, LOAD["listeria"])[0]
        assert peak(run, RESPONSE)[0] < 0.1 * peak(infected, RESPONSE)[0]

    def test_man_answers_as_the_mouse_does(self, human):
        run = course(human, {"listeria_dose": 5e7})
        cells, day = peak(run, "challenge_cd8_spleen")
        assert 1e8 < cells < 1e10
        assert 5 <= day <= 16
        assert on(run, LOAD["listeria"], 20) < 0.01


class TestVaccine:
    def test_specific_cells_rise_for_a_week_and_fall(self, vaccinated):
        cells, day = peak(vaccinated, "challenge_cd8_spleen")
        assert 3e5 < cells < 1e7
        assert 6 <= day <= 9
        assert on(vaccinated, "challenge_cd8_spleen", 30) < 0.2 * cells

    def test_antibody_comes_later_and_leaves_slowly(self, vaccinated):
        titre, day = peak(vaccinated, "antibody_titre")
        assert on(vaccinated, "antibody_titre", 1) < 0.05 * titre
        assert 8 < day < 20
        assert on(vaccinated, "antibody_titre", 50) < 0.5 * on(vaccinated, "antibody_titre", 35)

    def test_cells_held_in_the_spleen_do_not_reach_the_blood(self, mouse, vaccinated):
        held = course(mouse, VACCINATED | {"egress_block_strength": 1.0}, days=10)
        name = "challenge_cd8_blood"
        assert peak(held, name)[0] < 0.3 * float(vaccinated[name].sel(time=slice(0, 10)).max())

    def test_a_boost_is_more_than_one_dose(self, mouse, vaccinated):
        twice = VACCINATED | {"ova_cpg_vaccine_count": 2, "ova_cpg_vaccine_interval": 14.0}
        boosted = course(mouse, twice, days=40)
        assert on(boosted, "antibody_titre", 28) > 1.3 * on(vaccinated, "antibody_titre", 28)


class TestTumour:
    def test_it_weakens_the_response_more_the_larger_it_is(self, mouse):
        def response(context, start):
            levers = VACCINATED | {"ova_cpg_vaccine_start": start}
            run = course(mouse, levers, days=int(start) + 10, context=context)
            return peak(run, RESPONSE)[0]

        health = response("healthy", 7.0)
        early, middle, late = (response("kpc", start) for start in (7.0, 21.0, 28.0))
        assert late < middle < early
        assert early == pytest.approx(health, rel=0.1)
        assert late < 0.6 * health

    def test_the_weak_response_to_a_vaccine_is_that_of_dendritic_cells(self, mouse):
        levers = VACCINATED | {"ova_cpg_vaccine_start": 23.0}
        whole = {"semi_maturation": 0.0, "vegf_nfkb_block": 0.0, "il6_dc_death": 0.0,
                 "irf8_repression": 0.0}  # fmt: skip
        name = "cd8_proliferation_spleen"
        health = on(course(mouse, levers, days=30), name, 30)
        weak = on(course(mouse, levers, days=30, context="kpc"), name, 30)
        mended = on(course(mouse, levers, days=30, context="kpc", parameters=whole), name, 30)
        assert weak < 0.8 * health
        assert mended > 0.9 * health


class TestAbsence:
    def test_a_host_that_is_not_challenged_shows_nothing(self, model):
        run = model.simulate(days=30, points=4)
        for name in (*LOAD.values(), RESPONSE, "antibody_titre", "cd8_proliferation_spleen",
                     "plasma_cell_spleen", "exhausted_cd8_spleen"):  # fmt: skip
            assert np.abs(np.asarray(run[name])).max() == 0, name

    @pytest.mark.parametrize("dose", [-1.0, np.nan, np.inf, 1e12])
    def test_a_dose_that_cannot_be_is_refused(self, mouse, dose):
        with pytest.raises(InvalidValueError, match="listeria_dose"):
            mouse.simulate({"listeria_dose": dose}, days=1, points=2)

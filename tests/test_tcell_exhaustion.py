"""tcell_exhaustion behaves as published, in size, direction and time.

Three things hold by construction and are tested as switches only: without TOX nothing can hold a
locus, ROS reaches chromatin by one way, and nothing leads back from a terminal cell. The times of
the two waves were set by hand; that the fate flips between them, and stays, was not.
"""

import numpy as np
import pytest
from parity import draw

import immacro

CONTEXT = {"mouse": "b16", "human": "melanoma"}
#: Antibody to PD-1, mg/kg.
DOSE = {"mouse": 10.0, "human": 3.0}
ACUTE = {"antigen_strength": 1.0, "antigen_stop": 5.0}
LOCK, IFNG, TOX = "epigenetic_lock_cd8_tumour", "ifng_cd8_tumour", "tox_cd8_tumour"
TERMINAL = "terminally_exhausted_cd8_tumour"


@pytest.fixture(scope="module", params=["mouse", "human"])
def model(request):
    return immacro.load("tcell_exhaustion", host=request.param)


@pytest.fixture(scope="module")
def mouse():
    return immacro.load("tcell_exhaustion")


def run(model, levers=None, parameters=None, context="tumour", days=60):
    """A course of one value per day, in a tumour unless said otherwise."""
    where = CONTEXT[model.host] if context == "tumour" else context
    return model.simulate(levers, parameters, where, days=days, points=int(days) + 1)


def on(course, observable, day):
    return float(course[observable].sel(time=day, method="nearest"))


def taken_out(day):
    """Levers that end antigen and stress on a day."""
    return {"antigen_stop": float(day), "metabolic_stress_stop": float(day)}


class TestHealth:
    def test_memory_cells_signal_weakly_and_are_functional(self, model):
        course = run(model, context="healthy", days=1)
        assert 5e-4 < on(course, "tcr_signal_cd8_tumour", 0) < 5e-3
        assert 100 < on(course, "nfat_nuclear_cd8_tumour", 0) < 2000
        assert on(course, LOCK, 0) < 0.01
        assert on(course, TERMINAL, 0) < 0.01
        assert on(course, IFNG, 0) > 0.8 * model.parameters.loc["ifng_per_cell", "value"]
        assert on(course, "mito_membrane_potential_cd8_tumour", 0) > 0.95

    @pytest.mark.parametrize("switch", ["checkpoint_signal", "mito_to_epigenome", "tox_feedback"])
    def test_a_switch_leaves_health_as_it_is(self, model, switch):
        usual, off = (run(model, None, p, "healthy", 1) for p in ({}, {switch: 0.0}))
        for name in (TOX, IFNG, "cd8_tumour", "memory_survival_programme_cd8_tumour"):
            assert on(off, name, 0) == pytest.approx(on(usual, name, 0), rel=0.1), name

    def test_random_healthy_cells_are_not_locked_and_bear_acute_antigen(self, mouse):
        # Of 20 random sets none may be locked at rest, and few by five days of antigen.
        locked = []
        for seed in range(20):
            rows = mouse.ledger.rows
            values = {i: v for i, v in draw(mouse.ledger, seed).items() if rows[i].role != "lever"}
            course = run(mouse, ACUTE, values, "healthy")
            assert on(course, LOCK, 0) < 0.1, seed
            locked.append(on(course, LOCK, 60) > 0.2)
        assert sum(locked) <= 2


class TestAcuteAndChronic:
    def test_acute_antigen_gives_effectors_then_memory(self, model):
        # Philip et al. 2017 (doi:10.1038/nature22367) and Scott et al. 2019
        # (doi:10.1038/s41586-019-1324-y): acute infection gives effector, then functional memory.
        course = run(model, ACUTE, context="healthy")
        assert course["effector_cd8_tumour"].max() > 1.5 * on(course, "effector_cd8_tumour", 0)
        assert course["ifng_output_tumour"].max() > 20 * on(course, "ifng_output_tumour", 0)
        assert on(course, IFNG, 28) > 0.95 * on(course, IFNG, 0)
        memory = course["memory_survival_programme_exhausted_cd8_tumour"]
        assert float(memory.min()) < 0.7 * float(memory[0])
        assert on(course, memory.name, 28) > 0.95 * float(memory[0])
        assert float(course[LOCK].max()) < 0.05

    def test_tox_is_transient_in_acute_and_rises_in_chronic_antigen(self, model):
        # Khan et al. 2019 (doi:10.1038/s41586-019-1325-x), Scott et al. 2019.
        acute, chronic = (run(model, levers, context="healthy")
                          for levers in (ACUTE, {"antigen_strength": 1.0}))  # fmt: skip
        assert on(acute, TOX, 21) < 0.25 * float(acute[TOX].max())
        assert on(chronic, TOX, 60) > on(chronic, TOX, 21) > on(chronic, TOX, 7)
        assert on(chronic, TOX, 21) > 5 * on(acute, TOX, 21)

    def test_lasting_antigen_leaves_nfat_without_its_partner(self, model):
        # Martinez et al. 2015 (doi:10.1016/j.immuni.2015.01.006): exhaustion is NFAT without AP-1.
        course = run(model)
        paired = course["nfat_ap1_cd8_tumour"] / course["nfat_nuclear_cd8_tumour"]
        assert float(paired[14]) < 0.75 * float(paired[1])

    def test_tnf_is_lost_more_than_ifng(self, model):
        course = run(model)
        for name in (IFNG, "tnf_cd8_tumour"):
            assert on(course, name, 28) < 0.65 * on(course, name, 0), name
        assert (on(course, "tnf_cd8_tumour", 28) / on(course, "tnf_cd8_tumour", 0)
                < on(course, IFNG, 28) / on(course, IFNG, 0))  # fmt: skip


class TestTwoWaves:
    # Philip et al. 2017 (doi:10.1038/nature22367): dysfunctional T cells taken out of the tumour in
    # the first week or two regain function, after three to four weeks they do not; CD38 and CD101
    # mark the second.

    def test_the_first_recovers_and_the_second_does_not(self, model):
        stays, early, late = (run(model, x) for x in ({}, taken_out(8), taken_out(30)))
        health = on(stays, IFNG, 0)
        lost = health - on(stays, IFNG, 8)
        assert lost > 0.3 * health
        assert on(early, IFNG, 60) - on(early, IFNG, 8) > 0.4 * lost
        assert on(early, IFNG, 60) > 1.6 * on(stays, IFNG, 60)
        # Taken out late it is no better than left in, rather worse: NFAT with AP-1 is gone too.
        assert 0.65 < on(late, IFNG, 60) / on(stays, IFNG, 60) < 1.05
        assert on(late, IFNG, 60) < on(late, IFNG, 30) < 0.6 * health
        assert on(early, LOCK, 60) < 0.5 * on(early, LOCK, 14) + 0.05
        assert on(late, LOCK, 60) >= 0.95 * on(late, LOCK, 30)

    def test_the_point_of_no_return_lies_in_the_third_week(self, model):
        left = [on(run(model, taken_out(d), days=600), LOCK, 600) for d in (7, 14, 18, 25, 30)]
        assert max(left[:2]) < 0.05
        assert min(left[2:]) > 0.6

    def test_cd101_and_cd38_mark_the_second(self, model):
        course = run(model)
        for name in ("cd101_cd38_cd8_tumour", "cd103_cd38_cd8_tumour"):
            assert on(course, name, 7) < 3 * on(course, name, 0)
            assert on(course, name, 28) > 5 * on(course, name, 7)

    def test_terminal_cells_accrue(self, model):
        course = run(model)
        assert on(course, TERMINAL, 7) < 0.03 < 0.25 < on(course, TERMINAL, 28)


class TestLock:
    @staticmethod
    def settled(model, strength, locked, feedback=1.0):
        """Lock after years at an antigen strength, from cells that are locked or are not.

        Locked cells are those of four years of full antigen: the strength is changed on the way.
        """
        rr = model.roadrunner()
        rr.timeCourseSelections = [LOCK]
        rr["tox_feedback"] = feedback
        rr["antigen_strength"] = 1.0 if locked else strength
        rr.reset()
        rr.simulate(0, 1500, 2)
        rr["antigen_strength"] = strength
        return float(rr.simulate(1500, 5000, 2)[-1, 0])

    @pytest.mark.parametrize("strength", [0.0, 0.03])
    def test_two_states_are_stable_at_the_same_antigen(self, model, strength):
        assert self.settled(model, strength, False) < 0.1
        assert self.settled(model, strength, True) > 0.6

    @pytest.mark.parametrize("strength", [0.0, 0.1, 0.3, 1.0])
    def test_without_the_feedback_there_is_one(self, model, strength):
        low, high = (self.settled(model, strength, locked, 0.0) for locked in (False, True))
        assert high == pytest.approx(low, abs=0.01)

    def test_without_the_feedback_late_cells_recover(self, model):
        # Khan et al. 2019: TOX becomes sustained and independent of calcineurin.
        course = run(model, taken_out(30), {"tox_feedback": 0.0}, days=120)
        assert on(course, IFNG, 120) > 0.95 * on(course, IFNG, 0)
        kept = run(model, taken_out(30), days=120)
        assert on(kept, IFNG, 120) < 0.5 * on(kept, IFNG, 0)


class TestTox:
    def test_without_tox_no_exhausted_programme(self, model):
        # Scott et al. 2019: inhibitory receptors stay low, TCF1 high, chromatin closed.
        usual, without = (run(model, x) for x in ({}, {"tox_ko_strength": 1.0}))
        assert on(without, LOCK, 28) < 0.01
        assert on(without, "cd39_tim3_exhausted_cd8_tumour", 28) < 0.5 * on(
            usual, "cd39_tim3_exhausted_cd8_tumour", 28)  # fmt: skip
        assert on(without, "memory_survival_programme_exhausted_cd8_tumour", 28) > 2 * on(
            usual, "memory_survival_programme_exhausted_cd8_tumour", 28)  # fmt: skip

    def test_but_more_function_and_fewer_cells(self, model):
        # Alfei et al. 2019 (doi:10.1038/s41586-019-1326-9): more cytokine, lower PD-1, decline.
        usual, without = (run(model, x) for x in ({}, {"tox_ko_strength": 1.0}))
        assert on(without, IFNG, 28) > 1.5 * on(usual, IFNG, 28)
        assert on(without, "coinhibitory_receptor_exhausted_cd8_tumour", 28) < 0.7 * on(
            usual, "coinhibitory_receptor_exhausted_cd8_tumour", 28)  # fmt: skip
        assert on(without, "cd8_tumour", 28) < 0.85 * on(usual, "cd8_tumour", 28)

    def test_acute_responses_do_not_need_it(self, model):
        usual, without = (run(model, {**ACUTE, **x}, context="healthy")
                          for x in ({}, {"tox_ko_strength": 1.0}))  # fmt: skip
        assert on(without, "cd8_tumour", 28) == pytest.approx(on(usual, "cd8_tumour", 28), rel=0.2)


class TestMitochondria:
    # Scharping et al. 2021 (doi:10.1038/s41590-020-00834-9).

    def test_stimulation_and_stress_together_damage_more_than_their_sum(self, model):
        def damage(**levers):
            course = run(model, levers, context="healthy")
            return on(course, "mito_damage_cd8_tumour", 21)

        rest = damage()
        stress = damage(metabolic_stress_strength=1.0) - rest
        antigen = damage(antigen_strength=1.0) - rest
        both = damage(antigen_strength=1.0, metabolic_stress_strength=1.0) - rest
        assert both > 1.3 * (stress + antigen)

    def test_either_alone_leaves_cells_functional_for_longer(self, model):
        b16 = run(model)
        calm = run(model, {"metabolic_stress_strength": 0.0})
        assert on(calm, LOCK, 28) < 0.6 * on(b16, LOCK, 28)

    def test_imposed_damage_is_enough(self, model):
        # No antigen but tonic signal: the cell drifts over its threshold by ROS alone.
        damage = {"mito_damage_strength": 1.0}
        alone = run(model, damage, context="healthy", days=200)
        assert on(alone, LOCK, 200) > 0.6
        assert on(alone, TERMINAL, 200) > 20 * on(alone, TERMINAL, 0)
        spared = run(model, damage, {"mito_to_epigenome": 0.0}, "healthy", 200)
        assert on(spared, LOCK, 200) < 0.01

    def test_damage_after_acute_antigen_makes_terminal_cells_within_weeks(self, model):
        usual, damaged = (run(model, {**ACUTE, **x}, context="healthy")
                          for x in ({}, {"mito_damage_strength": 1.0}))  # fmt: skip
        assert on(damaged, TERMINAL, 28) > 3 * on(usual, TERMINAL, 28)

    def test_activation_delays_the_terminal_state(self, model):
        # Menk et al. 2018 (doi:10.1084/jem.20171068): 4-1BB raises PGC1A and mitochondria.
        usual, active = (run(model, x) for x in ({}, {"mito_activation_strength": 1.0}))
        for name, most in (("mito_damage_cd8_tumour", 0.5), (TERMINAL, 0.8), (LOCK, 0.85)):
            assert on(active, name, 28) < most * on(usual, name, 28), name


class TestBlockade:
    def treated(self, model, start, days=100):
        levers = {"anti_pd1_dose": DOSE[model.host], "anti_pd1_start": start}
        return run(model, levers, days=days)

    def test_it_expands_stem_like_cells_and_their_output(self, model):
        # Stem-like cells are the subset that blockade reaches (doi:10.3389/fimmu.2021.715234).
        usual, treated = run(model), self.treated(model, 28.0)
        assert on(treated, "stem_like_cd8_tumour", 38) > 1.2 * on(usual, "stem_like_cd8_tumour", 38)
        assert on(treated, "stem_like_output_tumour", 38) > 1.5 * on(
            usual, "stem_like_output_tumour", 38)  # fmt: skip

    def test_more_ifng_but_not_for_good(self, model):
        # Pauken et al. 2016 (doi:10.1126/science.aaf2807): reinvigorated, then exhausted again.
        usual, treated = run(model, days=365), self.treated(model, 28.0, 365)
        more = treated["ifng_output_tumour"] / usual["ifng_output_tumour"]
        top = float(more.max())
        assert top > 1.5
        assert float(more[-1]) < 1.2

    def test_locked_chromatin_stays_as_it_is(self, model):
        # Pauken et al. 2016: the epigenetic profile is minimally remodelled.
        treated = self.treated(model, 40.0)
        lock = treated[LOCK].sel(time=slice(40, 100))
        assert float(lock.min()) > 0.85 * float(lock[0])

    def test_terminal_cells_do_not_fall(self, model):
        # No rule leads back; more differentiated cells then become terminal as well.
        usual, treated = run(model, days=100), self.treated(model, 40.0)
        for day in (50, 60, 80):
            assert on(treated, "terminal_cd8_tumour", day) > 0.8 * on(
                usual, "terminal_cd8_tumour", day)  # fmt: skip

    def test_without_shp2_it_does_nothing_to_cells(self, model):
        off = {"checkpoint_signal": 0.0}
        dose = {"anti_pd1_dose": DOSE[model.host]}
        usual, treated = (run(model, x, off, days=30) for x in ({}, dose))
        for name in (LOCK, "stem_like_cd8_tumour", "ifng_output_tumour"):
            assert on(treated, name, 30) == pytest.approx(on(usual, name, 30), rel=1e-4), name


class TestNiches:
    def test_stem_like_cells_have_fewer_inhibitory_receptors_and_more_tcf1(self, model):
        # Same network, less antigen and stress, more costimulation (the review's reference 107).
        course = run(model)
        for name, most in (("coinhibitory_receptor", 0.6), ("cd39_tim3", 0.5)):
            assert on(course, f"{name}_cd8_tumour", 28) < most * on(
                course, f"{name}_exhausted_cd8_tumour", 28)  # fmt: skip
        assert on(course, "memory_survival_programme_cd8_tumour", 28) > 3 * on(
            course, "memory_survival_programme_exhausted_cd8_tumour", 28)  # fmt: skip


def test_a_larger_site_changes_no_count(mouse):
    values = []
    for factor in (1.0, 2.0):
        rr = mouse.roadrunner()
        rr.timeCourseSelections = ["cd8_tumour", TERMINAL]
        rr["antigen_strength"] = 1.0
        rr["onset"] = 1000.0
        rr["tumour"] = factor * rr["tumour"]
        rr.reset()
        values.append(np.array(rr.simulate(0, 1030, 2))[-1])
    assert values[1] == pytest.approx(values[0], rel=1e-6)


def test_a_larger_cell_dilutes_tox_that_locks(mouse):
    # Copy numbers of NFAT and AP-1 differ in how they scale: NFAT by volume, receptors by cell.
    locks = [on(run(mouse, None, {"cd8_cell": v}), LOCK, 28) for v in (0.18e-12, 0.23e-12)]
    assert abs(locks[1] / locks[0] - 1) > 0.05

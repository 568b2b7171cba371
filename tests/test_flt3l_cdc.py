"""flt3l_cdc behaves as an immunologist expects, in size, direction and time.

What holds by construction is named as such: no rule leads from FLT3 to maturation or from a
stimulus to division, so that the tests of the two switches and of "numbers, not activation" show
only that the routes are the ones intended. Clearance that depends on dose, on what was given before
and on cells, the bell, saturation and the lag follow from binding, turnover and transit.
"""

from pathlib import Path

import libsbml
import numpy as np
import pytest
import roadrunner

import immacro
from immacro import catalogue, ledger

HOSTS = ("mouse", "human")
#: Usual courses: nine days of 22 ug in a mouse, five days of 75 ug/kg in volunteers.
COURSE = {"mouse": {"flt3l_dose": 1000.0}, "human": {"flt3l_dose": 75.0}}
LAST_DOSE = {"mouse": 8.0, "human": 4.0}
STIMULUS = {
    "mouse": {"poly_iclc_dose": 2.5, "cd40_agonist_dose": 5.0, "cpg_dose": 2.5},
    "human": {"poly_iclc_dose": 0.02, "cd40_agonist_dose": 0.2, "cpg_dose": 0.1},
}
MODELS = Path(__file__).parents[1] / "models"


@pytest.fixture(scope="module", params=HOSTS)
def model(request):
    return immacro.load("flt3l_cdc", host=request.param)


@pytest.fixture(scope="module")
def mouse():
    return immacro.load("flt3l_cdc")


@pytest.fixture(scope="module")
def human():
    return immacro.load("flt3l_cdc", host="human")


def course(model, levers, parameters=None, days=30, context=None):
    return model.simulate(levers, parameters, context=context, days=days, points=20 * days + 1)


def fold(run, observable):
    return run[observable] / run[observable][0]


def peak(run, observable):
    """Largest fold of the start, and its day."""
    values = fold(run, observable)
    return float(values.max()), float(run["time"][int(np.argmax(values.values))])


def clamped(model, density, observable, lever="FLT3L__blood", slow="flt3l_elimination"):
    """A level inside the cell after ten days at a constant number of ligands."""
    rr = model.roadrunner()
    rr.timeCourseSelections = [observable]
    rr["onset"] = 1e6
    rr.reset()
    # Elimination sets production and uptake as well, so that without it the number stays.
    rr[slow] = 1e-12
    rr[lever] = density
    return float(rr.simulate(0, 10, 2)[-1, 0])


def bell(model, ligands, observable, **where):
    return np.array([clamped(model, n, observable, **where) for n in ligands])


class TestHealth:
    def test_healthy_levels_are_those_of_the_ledger(self, model):
        run, value = course(model, {}, days=1), model.parameters["value"]
        baseline = value["flt3l_baseline"] * 1e-3  # pg/litre to pg/mL
        assert float(run["flt3l_blood"][0]) == pytest.approx(baseline)
        for kind in ("cdc1", "cdc2"):
            expected = value[f"{kind}_blood_baseline"] / value["blood"] * 1e-6
            assert float(run[f"{kind}_blood"][0]) == pytest.approx(expected)
            assert float(run[f"{kind}_spleen"][0]) == pytest.approx(
                value[f"{kind}_spleen_baseline"]
            )

    def test_healthy_levels_lie_in_their_usual_ranges(self, model):
        run = course(model, {}, days=1)
        # Human: Lyman et al. 1995 (PMID:7492765), most below 100 pg/mL, mean 14.
        low, high = {"mouse": (100, 400), "human": (1, 100)}[model.host]
        assert low < float(run["flt3l_blood"][0]) < high
        assert 0.1 < float(run["cdc1_blood"][0]) < 3

    def test_flt3_signals_in_health_but_little(self, model):
        run = course(model, {}, days=1)
        assert float(run["pflt3_pre_dc"][0]) > 1
        assert 0.001 < float(run["flt3_effect_pre_dc"][0]) < 0.3

    def test_the_closed_form_of_the_healthy_receptor_is_what_the_network_settles_at(self, model):
        rr = model.roadrunner()
        for factor in (0.5, 1, 2):
            rr["onset"] = 1e6
            rr["flt3_per_pre_dc"] = factor * model.parameters.loc["flt3_per_pre_dc", "value"]
            rr.reset()
            rr.simulate(0, 500, 2)
            assert rr["flt3_effect"] == pytest.approx(rr["flt3_effect_health"], rel=1e-6)

    def test_parameters_of_other_models_have_the_same_values_here(self, model):
        here = ledger.read(MODELS / "flt3l_cdc", model.host).rows
        for other, least in (("gcsf_irf8", 15), ("macroenvironment", 20)):
            theirs = ledger.read(MODELS / other, model.host).rows
            shared = [i for i in here if i in theirs and here[i].role != "lever"]
            assert len(shared) >= least
            for i in shared:
                assert (here[i].value, here[i].low, here[i].high) == (
                    theirs[i].value, theirs[i].low, theirs[i].high), i  # fmt: skip


class TestBridging:
    """FLT3L is a dimer that bridges two receptors.

    PMID:10881197; doi:10.1182/blood-2011-01-329532.
    """

    def test_pairs_rise_with_flt3l_and_fall_at_very_high_levels(self, model):
        litres = model.parameters.loc["flt3l_distribution", "value"] * (
            model.parameters.loc["body_weight", "value"])  # fmt: skip
        nanomolar = np.array([0.001, 0.03, 1, 30, 1000, 300000])
        pairs = bell(model, nanomolar * 6.022e14 * litres, "pflt3_pre_dc")
        assert np.all(np.diff(pairs[:3]) > 0)
        assert 0 < int(np.argmax(pairs)) < 5
        assert pairs[-1] < 0.5 * pairs.max()

    def test_the_usual_doses_are_below_the_fall(self, model):
        dose = COURSE[model.host]["flt3l_dose"]
        low, usual, high = (
            peak(course(model, {"flt3l_dose": d}, days=20), "dc_systemic")[0]
            for d in (0.01 * dose, dose, 3 * dose)
        )  # fmt: skip
        assert usual > 1.2 * low
        # Receptors are saturated: three times the dose adds little.
        assert 1.0 < high / usual < 1.2

    def test_a_saturating_level_takes_receptors_from_the_surface(self, model):
        run = course(model, COURSE[model.host], days=5)
        assert float(fold(run, "flt3_surface_pre_dc").min()) < 0.5

    def test_a_bivalent_cd40_antibody_pairs_most_at_a_middle_level(self, model):
        litres = model.parameters.loc["blood", "value"] * (
            model.parameters.loc["plasma_fraction", "value"])  # fmt: skip
        levels = np.array([0.01, 1, 30, 1000, 100000]) * 6.022e14 * litres
        pairs = bell(model, levels, "cd40_paired_dc", lever="Cd40AgonistDrug__blood",
                     slow="cd40_agonist_clearance")  # fmt: skip
        assert 0 < int(np.argmax(pairs)) < 4
        assert pairs[0] < 0.3 * pairs.max()
        assert pairs[-1] < 0.3 * pairs.max()


class TestClearance:
    """Target-mediated disposition, enhanced by expansion (doi:10.3390/pharmaceutics16050660)."""

    @staticmethod
    def exposure(model, dose):
        """Area under the excess over health, per dose."""
        levers = {"flt3l_dose": dose, "flt3l_count": 1.0}
        run = model.simulate(levers, {"flt3_response": 0.0}, days=15, points=3001)
        excess = run["flt3l_blood"] - run["flt3l_blood"][0]
        return float(excess.integrate("time")) / dose

    def test_a_low_dose_is_cleared_faster_than_a_high_one(self, model):
        low, high = (self.exposure(model, d) for d in (0.01, 100.0))
        assert low < 0.6 * high

    def test_a_dose_is_cleared_faster_when_earlier_doses_have_raised_the_cells(self, human):
        levels = {}
        for response in (1.0, 0.0):
            levers = {"flt3l_dose": 10.0, "flt3l_count": 10.0}
            run = human.simulate(levers, {"flt3_response": response}, days=10, points=2001)
            levels[response] = run["flt3l_blood"]
        first, last = (slice(0, 1), slice(9, 10))
        grown, still = (levels[r].sel(time=last).mean() / levels[r].sel(time=first).mean()
                        for r in (1.0, 0.0))  # fmt: skip
        assert float(still) > 1
        assert float(grown) < 0.7 * float(still)

    def test_after_a_course_flt3l_falls_below_health_until_the_cells_are_gone(self, model):
        run = course(model, COURSE[model.host], days=120)
        after = fold(run, "flt3l_blood").sel(time=slice(LAST_DOSE[model.host] + 2, None))
        assert float(after.min()) < 0.7
        assert float(after[-1]) == pytest.approx(1, abs=0.05)

    def test_marrow_failure_raises_flt3l(self, model):
        # Lyman et al. 1995 (PMID:7492765): 14 pg/mL in health, 460 in aplastic anaemia. The model
        # keeps production constant and reaches only part of the 33-fold.
        run = course(model, {"marrow_failure_strength": 1.0}, days=60)
        assert 2 < float(fold(run, "flt3l_blood")[-1]) < 33

    def test_loss_of_cdc_raises_flt3l_and_with_it_their_precursors(self, mouse):
        # Birnberg et al. 2008 (Immunity): mice without cDC have more FLT3L in serum and more
        # myelopoiesis. No rule leads from cDC to precursors.
        run = course(mouse, {"cdc_depletion_strength": 1.0})
        assert float(fold(run, "flt3l_blood")[-1]) > 1.2
        assert float(fold(run, "pre_dc_bone_marrow")[-1]) > 1.1
        deaf = course(mouse, {"cdc_depletion_strength": 1.0}, {"flt3_response": 0.0})
        assert float(fold(deaf, "pre_dc_bone_marrow")[-1]) == pytest.approx(1, abs=0.01)

    def test_cdc_matter_less_for_flt3l_than_the_marrow(self, model):
        levels = [float(fold(course(model, {f"{lever}_strength": 1.0}), "flt3l_blood")[-1])
                  for lever in ("cdc_depletion", "marrow_failure")]  # fmt: skip
        assert levels[0] < levels[1]


class TestExpansion:
    def test_a_course_raises_dendritic_cells_many_fold_and_reversibly(self, model):
        # Mouse: time-dependent, reversible accumulation in spleen (PMID:9268501).
        run = course(model, COURSE[model.host], days=120)
        for place in ("blood", "spleen"):
            assert 5 < peak(run, f"dc_{place}")[0] < 100
            assert float(fold(run, f"dc_{place}")[-1]) == pytest.approx(1, abs=0.1)

    def test_cells_peak_days_after_the_last_dose_and_precursors_before_them(self, model):
        run = course(model, COURSE[model.host], days=40)
        days = [peak(run, o)[1] for o in ("flt3l_blood", "cdp_bone_marrow", "dc_spleen")]
        assert days == sorted(days)
        assert days[2] > LAST_DOSE[model.host] + 2

    def test_volunteers_get_more_cdc2_than_cdc1(self, human):
        run = course(human, COURSE["human"])
        assert peak(run, "cdc2_blood")[0] > 1.3 * peak(run, "cdc1_blood")[0]

    def test_mice_get_more_cdc1_than_cdc2(self, mouse):
        # Selective expansion of CD8+ dendritic cells of the spleen (Blood 2002 99:2122).
        run = course(mouse, COURSE["mouse"])
        assert peak(run, "cdc1_spleen")[0] > 1.2 * peak(run, "cdc2_spleen")[0]

    @pytest.mark.parametrize(
        ("dose", "count", "cdc1", "cdc2"),
        [(3, 5, 11, 10), (10, 5, 17, 28), (25, 5, 22, 45), (75, 5, 32, 62), (25, 10, 41, 63)],
    )
    def test_volunteers_respond_as_in_a_published_model_of_cdx301(
        self, human, dose, count, cdc1, cdc2
    ):
        # Folds of doi:10.3390/pharmaceutics16050660, simulated from its parameters. Gains were set
        # to the doses of 25 and 75 ug/kg for five days; the others are predictions.
        run = course(human, {"flt3l_dose": float(dose), "flt3l_count": float(count)})
        assert peak(run, "cdc1_blood")[0] == pytest.approx(cdc1, rel=0.7)
        assert peak(run, "cdc2_blood")[0] == pytest.approx(cdc2, rel=0.7)

    def test_without_response_cells_stay_and_the_drug_does_what_it_did(self, model):
        off = course(model, COURSE[model.host], {"flt3_response": 0.0})
        assert peak(off, "dc_systemic")[0] == pytest.approx(1, abs=1e-4)
        assert peak(off, "flt3_effect_pre_dc")[0] > 3

    def test_flt3l_raises_numbers_and_not_activation(self, model):
        # Activation per cell unchanged in treated mice (PMC3048623); by construction, but for the
        # young cells that dilute the mature ones, and that are missing afterwards.
        run = course(model, COURSE[model.host], days=20)
        assert peak(run, "dc_spleen")[0] > 5
        activation = fold(run, "dc_activation_spleen")
        assert 0.7 < float(activation.sel(time=LAST_DOSE[model.host] + 1)) < 1
        assert float(activation.max()) < 1.3


class TestTumour:
    @pytest.mark.parametrize("context", ["at3", "kpc"])
    def test_flt3l_makes_up_for_what_a_tumour_diverts(self, mouse, context):
        regimen = {"flt3l_dose": 1000.0, "flt3l_start": 18.0}
        plain, treated = (course(mouse, levers, context=context) for levers in ({}, regimen))
        lost = 1 - float(fold(plain, "dc_systemic").sel(time=28))
        assert lost > 0.2
        regained = float((treated["dc_systemic"] - plain["dc_systemic"]).sel(time=28))
        assert regained > 0.5 * lost * float(plain["dc_systemic"][0])

    def test_flt3l_rises_in_part_against_the_tumour(self, model):
        run = course(model, {"tumour_strength": 1.0}, days=60)
        assert float(fold(run, "flt3l_blood")[-1]) > 1.1
        deaf = course(model, {"tumour_strength": 1.0}, {"flt3_response": 0.0}, days=60)
        assert float(fold(run, "dc_spleen")[-1]) > float(fold(deaf, "dc_spleen")[-1])


class TestMaturation:
    @pytest.mark.parametrize("lever", ["poly_iclc_dose", "cd40_agonist_dose"])
    def test_stimuli_raise_activation_and_not_numbers(self, model, lever):
        run = course(model, {lever: STIMULUS[model.host][lever]})
        for place in ("blood", "spleen", "systemic"):
            assert peak(run, f"dc_activation_{place}")[0] > 1.5
            assert peak(run, f"dc_costim_{place}")[0] > 1.5
        assert peak(run, "dc_spleen")[0] < 1.05

    def test_activation_peaks_within_days_and_returns(self, model):
        run = course(model, {"poly_iclc_dose": STIMULUS[model.host]["poly_iclc_dose"]}, days=40)
        assert 0.5 < peak(run, "dc_activation_spleen")[1] < 4
        assert float(fold(run, "dc_activation_spleen")[-1]) == pytest.approx(1, abs=0.03)

    def test_mature_cells_die_faster_so_that_activation_costs_cells(self, model):
        run = course(model, {"cd40_agonist_dose": STIMULUS[model.host]["cd40_agonist_dose"]})
        assert float(fold(run, "dc_spleen").min()) < 0.95

    def test_flt3l_and_a_cd40_agonist_together_make_the_most_mature_cells(self, mouse):
        flt3l, cd40 = COURSE["mouse"], {"cd40_agonist_dose": 5.0, "cd40_agonist_start": 9.0}
        alone = [peak(course(mouse, levers), "mature_dc_spleen")[0] for levers in (flt3l, cd40)]
        assert peak(course(mouse, {**flt3l, **cd40}), "mature_dc_spleen")[0] > 2 * max(alone)

    def test_without_response_stimuli_activate_nfkb_and_mature_nothing(self, model):
        off = course(model, STIMULUS[model.host], {"maturation_response": 0.0})
        assert peak(off, "nfkb_active_dc")[0] > 10
        assert peak(off, "dc_activation_spleen")[0] == pytest.approx(1, abs=1e-4)


class TestRoutes:
    @staticmethod
    def gained(model, levers):
        run = course(model, levers, days=10)
        return float((run["dc_activation_spleen"] - run["dc_activation_spleen"][0]).max())

    def test_poly_iclc_uses_tlr3_and_mda5(self, model):
        # Longhi et al. 2009 (J Exp Med 206:1589): mda5 is needed, and TLR3 is used as well.
        dose = {"poly_iclc_dose": STIMULUS[model.host]["poly_iclc_dose"]}
        left = self.gained(model, {**dose, "tlr_ko_strength": 1.0}) / self.gained(model, dose)
        assert 0.1 < left < 0.95

    def test_cpg_needs_tlr(self, mouse):
        assert self.gained(mouse, {"cpg_dose": 2.5}) > 0.2
        assert self.gained(mouse, {"cpg_dose": 2.5, "tlr_ko_strength": 1.0}) < 0.01

    def test_cpg_activates_cdc_of_mice_and_hardly_of_man(self, mouse, human):
        # Human CD11c+ cells have TLR 1, 2 and 3, plasmacytoid ones 9 (J Exp Med 2001 194:863).
        assert self.gained(human, {"cpg_dose": 1.0}) < 0.1 * self.gained(mouse, {"cpg_dose": 1.0})

    def test_a_cd40_agonist_needs_cd40_and_not_tlr(self, model):
        dose = {"cd40_agonist_dose": STIMULUS[model.host]["cd40_agonist_dose"]}
        with_cd40 = self.gained(model, dose)
        assert self.gained(model, {**dose, "tlr_ko_strength": 1.0}) > 0.95 * with_cd40
        assert self.gained(model, {**dose, "cd40_ko_strength": 1.0}) < 0.01

    def test_double_stranded_rna_activates_irf_and_nfkb_cpg_only_nfkb(self, mouse):
        rna, dna = (course(mouse, {d: 2.5}, days=5) for d in ("poly_iclc_dose", "cpg_dose"))
        assert float(rna["irf_active_dc"].max()) > 0.2
        assert float(dna["nfkb_active_dc"].max()) > 0.2
        assert float(dna["irf_active_dc"].max()) < 0.01


class TestFewMolecules:
    """The receptor alone at the healthy level of ligand, in whole molecules."""

    RULES = ("flt3_", "flt3l_binds_flt3", "flt3l_bridges_flt3")

    def receptor(self, host):
        document = libsbml.readSBMLFromFile(str(catalogue.sbml_path("flt3l_cdc", host)))
        model = document.getModel()
        for reaction in [r.getId() for r in model.getListOfReactions()]:
            if not reaction.startswith(self.RULES):
                model.removeReaction(reaction)
        for event in [e.getId() for e in model.getListOfEvents()]:
            model.removeEvent(event)
        return roadrunner.RoadRunner(libsbml.writeSBMLToString(document))

    @pytest.mark.slow
    @pytest.mark.parametrize(("host", "days"), [("mouse", 0.5), ("human", 3)])
    def test_the_mean_of_random_runs_is_the_course_of_the_equations(self, host, days):
        rr = self.receptor(host)
        species = [i for i in rr.model.getFloatingSpeciesIds() if i.startswith("FLT3_")]
        pair = next(i for i in species if i.count("_p_loc_surface") == 2)
        free = next(i for i in species if "__FLT3" not in i and "_free_" in i)
        start = {i: float(rr[i]) for i in species}
        rr.timeCourseSelections = [pair, free]
        rr.setIntegrator("gillespie")
        rr.integrator.seed = 11
        runs = []
        for _ in range(200):
            rr.reset()
            for i in species:
                rr[i] = round(start[i])
            runs.append(np.array(rr.simulate(0, days, 31))[6:].mean(axis=0))
        assert np.std(runs, axis=0).min() > 0
        assert np.mean(runs, axis=0) == pytest.approx([start[pair], start[free]], rel=0.05)

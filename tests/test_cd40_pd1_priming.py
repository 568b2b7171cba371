"""cd40_pd1_priming behaves as published, in size, direction and time.

What holds by construction is named as such: that CD28 is preferred by SHP2 is a number of the
ledger, but the test sets it to one; that MAPK needs TCR and CD28 is the product of the two.
"""

import numpy as np
import pytest

import immacro

HOSTS = ("mouse", "human")
CONTEXTS = ("naive_dc", "semi_mature_dc", "activated_dc")
#: Usual doses (mg/kg).
USUAL = {"mouse": {"cd40_agonist": 5.0, "anti_pd1": 10.0, "anti_pdl1": 10.0, "anti_ctla4": 10.0},
         "human": {"cd40_agonist": 0.2, "anti_pd1": 3.0, "anti_pdl1": 17.0,
                   "anti_ctla4": 3.0}}  # fmt: skip
READ = ("primed_cd8_dln", "effector_cd8_dln", "cd8_proliferation_dln")


@pytest.fixture(scope="module", params=HOSTS)
def model(request):
    return immacro.load("cd40_pd1_priming", host=request.param)


def dosed(model, *drugs, **levers):
    return {f"{d}_dose": USUAL[model.host][d] for d in drugs} | levers


def at(model, context, observable, *drugs, day=3.0, parameters=None, **levers):
    """A readout on one day after the start of antigen and drugs."""
    course = model.simulate(dosed(model, *drugs, **levers), parameters, context=context, days=day,
                            points=4)  # fmt: skip
    return float(course[observable][-1])


def fold(model, context, observable, *drugs, **rest):
    parameters = rest.pop("parameters", None)
    return (at(model, context, observable, *drugs, parameters=parameters, **rest)
            / at(model, context, observable, parameters=parameters))  # fmt: skip


class TestHealth:
    def test_anchors_of_the_ledger_are_the_healthy_levels(self, model):
        course, value = model.simulate(days=1, points=2), model.parameters["value"]
        nfkb = value["nfkb_reference"] * value["dendritic_cell"]
        assert float(course["nfkb_dc"][0]) == pytest.approx(nfkb, rel=1e-2)
        assert float(course["shp2_contact"][0]) == pytest.approx(value["shp2_reference"], rel=1e-2)
        assert float(course["pdl1_dc"][0]) == pytest.approx(value["pdl1_per_dc"], rel=1e-2)

    def test_signalling_is_low_but_not_zero(self, model):
        course = model.simulate(days=1, points=2)
        for observable in ("cd40_signalling_dc", "pcd28_contact", "shp2_contact",
                           "il12_secretion_dc"):  # fmt: skip
            assert float(course[observable][0]) > 1
        # Self peptides leave too soon: less than one of four thousand TCR signals at a time.
        assert 0.01 < float(course["ptcr_contact"][0]) < 1
        assert 0 < float(course["primed_cd8_dln"][0]) < 1e-4 * float(course["naive_cd8_dln"][0])

    @pytest.mark.parametrize("switch", ["nfkb_expression", "shp2_recruitment"])
    def test_these_switches_leave_it_as_it_is(self, model, switch):
        on, off = (model.simulate(parameters={switch: v}, days=1, points=2) for v in (1.0, 0.0))
        for observable in ("cd80_dc", "pdl1_dc", "pcd28_contact", "ptcr_contact"):
            assert float(off[observable][0]) == pytest.approx(float(on[observable][0]), rel=2e-3)

    @pytest.mark.parametrize("switch", ["cis_binding", "transendocytosis"])
    def test_these_switches_shift_it_little(self, model, switch):
        on, off = (model.simulate(parameters={switch: v}, days=1, points=2) for v in (1.0, 0.0))
        for observable in ("cd80_dc", "pcd28_contact", "pd1_bound_contact"):
            assert float(off[observable][0]) == pytest.approx(float(on[observable][0]), rel=0.12)


class TestDendriticCell:
    def test_semi_mature_has_pdl1_and_some_b7_but_no_il12(self, model):
        # The order of the promoters is assumed; that the three states lie apart is not said.
        health = model.simulate(days=1, points=2)
        rise = {}
        for observable in ("pdl1_dc", "dc_costim_dln", "il12_secretion_dc"):
            base = float(health[observable][0])
            semi, full = (at(model, c, observable, day=6, antigen_strength=0.0)
                          for c in CONTEXTS[1:])  # fmt: skip
            rise[observable] = (semi - base) / (full - base)
        assert rise["pdl1_dc"] > 1.5 * rise["dc_costim_dln"] > 3 * rise["il12_secretion_dc"]
        assert rise["pdl1_dc"] > 0.35
        assert rise["il12_secretion_dc"] < 0.12

    def test_levers_make_the_cells_of_the_contexts(self, model):
        for lever, context in (("semi_mature_dc", "semi_mature_dc"), ("mature_dc", "activated_dc")):
            made = at(model, "naive_dc", "dc_t_cell_stimulation", **{f"{lever}_strength": 1.0})
            assert made == pytest.approx(at(model, context, "dc_t_cell_stimulation"), rel=1e-4)

    def test_a_semi_mature_cell_stimulates_a_part_of_what_a_mature_one_does(self, model):
        # Review: dendritic cells of tumour-bearing hosts stimulate T cells partly.
        states = ({}, {"semi_mature_dc_strength": 1.0}, {"mature_dc_strength": 1.0})
        naive, semi, mature = (
            at(model, "naive_dc", "dc_t_cell_stimulation", **levers) for levers in states
        )
        assert 1.5 * naive < semi < 0.6 * mature

    def test_a_mature_cell_has_ten_times_the_b7_of_a_naive_one(self, model):
        # Jansson et al. 2005 (doi:10.4049/jimmunol.175.3.1575) count 47,000 on a mature cell; the
        # gain was set to the ratio, the size of the signal was not.
        health = float(model.simulate(days=1, points=2)["dc_costim_dln"][0])
        full = at(model, "activated_dc", "dc_costim_dln", day=6, antigen_strength=0.0)
        assert 5 < full / health < 12
        assert 25e3 < full < 60e3

    @pytest.mark.parametrize("stimulus", ["cd40_agonist", "cd40l"])
    def test_cd40_activates_without_tlr_and_not_without_cd40(self, model, stimulus):
        # Review (ref. 118): the CD40 agonist works without TLR and needs CD40 of the host.
        drugs, levers = (("cd40_agonist",), {}) if stimulus == "cd40_agonist" else (
            (), {"cd40l_strength": 1.0})  # fmt: skip
        helped = at(model, "healthy", "dc_activation_dln", *drugs, day=2, **levers)
        none = at(model, "healthy", "dc_activation_dln", day=2)
        gone = at(model, "healthy", "dc_activation_dln", *drugs, day=2, cd40_ko_strength=1.0,
                  **levers)  # fmt: skip
        assert helped > 3 * none
        assert gone <= none

    def test_the_bivalent_agonist_gives_a_bell(self, model):
        # With an antibody on each CD40 none is left to bridge. No rule says so.
        rows = []
        for dose in (0.01, 0.1, 1.0, 10.0, 100.0, 1000.0):
            rr = model.roadrunner()
            rr["cd40_agonist_dose"] = dose
            rr.timeCourseSelections = ["cd40_paired"]
            rr.reset()
            rows.append(rr.simulate(0, 0.125, 2)[-1][0])
        top = int(np.argmax(rows))
        assert 0 < top < 4
        assert np.all(np.diff(rows[: top + 1]) > 0)
        assert np.all(np.diff(rows[top:]) < 0)
        assert rows[-1] < 0.3 * rows[top]

    def test_more_help_is_more_clusters_over_the_range_of_the_lever(self, model):
        levels = [at(model, "healthy", "cd40_signalling_dc", day=1, cd40l_strength=s)
                  for s in (0.0, 0.01, 0.1, 0.3, 1.0)]  # fmt: skip
        assert np.all(np.diff(levels) > 0)

    def test_b7_follows_nfkb_by_hours(self, model):
        course = model.simulate(dosed(model, tlr_strength=1.0), days=3, points=289)
        half = {}
        for observable in ("nfkb_dc", "dc_costim_dln"):
            rise = course[observable].values
            half[observable] = float(course.time[np.argmax(rise > (rise[0] + rise[-1]) / 2)])
        assert half["nfkb_dc"] < 0.1 < half["dc_costim_dln"] < 1.0

    def test_nothing_matures_without_expression_by_nfkb(self, model):
        for drugs, levers in ((("cd40_agonist",), {}), ((), {"tlr_strength": 1.0})):
            on, off = (at(model, "healthy", "dc_costim_dln", *drugs, parameters=p, **levers)
                       for p in (None, {"nfkb_expression": 0.0}))  # fmt: skip
            assert on > 3 * off
            assert off == pytest.approx(at(model, "healthy", "dc_costim_dln"), rel=0.01)


class TestPd1:
    @pytest.mark.parametrize("context", CONTEXTS)
    @pytest.mark.parametrize("preference", [None, 1.0])
    def test_blockade_rescues_cd28_more_than_tcr(self, model, context, preference):
        # Hui et al. 2017 (doi:10.1126/science.aaf1292): CD28, not TCR, is the main target. It is
        # so even if SHP2 works on both alike, as LCK rephosphorylates bound TCR at once.
        parameters = {} if preference is None else {"shp2_tcr_preference": preference}
        folds = {o: fold(model, context, o, "anti_pd1", parameters=parameters)
                 for o in ("pcd28_contact", "ptcr_contact")}  # fmt: skip
        assert folds["pcd28_contact"] > 1.9
        assert 1 < folds["ptcr_contact"] < (1.05 if preference is None else 1.3)

    def test_it_is_lost_without_shp2(self, model):
        off = {"shp2_recruitment": 0.0}
        for observable in ("pcd28_contact", "primed_cd8_dln"):
            assert fold(model, "semi_mature_dc", observable, "anti_pd1") > 2
            assert fold(model, "semi_mature_dc", observable, "anti_pd1",
                        parameters=off) == pytest.approx(1, abs=0.1)  # fmt: skip

    @pytest.mark.parametrize("observable", READ)
    def test_it_needs_cd28(self, model, observable):
        # Kamphorst et al. 2017 (doi:10.1126/science.aaf0683): PD1 blockade needs CD28.
        with_, without = (at(model, "semi_mature_dc", observable, "anti_pd1", cd28_block_strength=b)
                          for b in (0.0, 1.0))  # fmt: skip
        none = at(model, "semi_mature_dc", observable)
        assert with_ > 2 * none
        assert without < 0.01 * none

    def test_it_adds_little_when_the_dendritic_cell_is_activated(self, model):
        folds = [fold(model, c, "primed_cd8_dln", "anti_pd1") for c in CONTEXTS]
        assert folds[0] > 2
        assert folds[1] > 2
        assert folds[2] < 1.6

    def test_loss_of_pdl1_from_the_dendritic_cell_mimics_it(self, model):
        # By day 10, as PDL1 of the membrane has to turn over; PDL2 stays.
        for context in CONTEXTS[:2]:
            none, blocked, lost = (at(model, context, "pcd28_contact", *d, day=10, **k)
                                   for d, k in (((), {}), (("anti_pd1",), {}),
                                                ((), {"pdl1_ko_cdc_strength": 1.0})))  # fmt: skip
            assert lost > none + 0.7 * (blocked - none)

    def test_without_pdl1_its_antibody_finds_nothing_to_do(self, model):
        # Review (ref. 97): without PDL1 on cDC, PDL1 blockade loses its effect on CD8.
        levers = {"pdl1_ko_cdc_strength": 1.0}
        both = at(model, "semi_mature_dc", "effector_cd8_dln", "anti_pdl1", day=10, **levers)
        lost = at(model, "semi_mature_dc", "effector_cd8_dln", day=10, **levers)
        assert fold(model, "semi_mature_dc", "effector_cd8_dln", "anti_pdl1", day=10) > 1.3
        assert both == pytest.approx(lost, rel=0.05)

    def test_cd80_in_cis_keeps_pdl1_from_pd1(self, model):
        # Sugiura et al. 2019 (doi:10.1126/science.aav7062): cis CD80 keeps PDL1 from PD1.
        on, off = ([at(model, "activated_dc", o, parameters={"cis_binding": s})
                    for o in ("pd1_bound_contact", "pcd28_contact", "cd80_on_ctla4_contact")]
                   for s in (1.0, 0.0))  # fmt: skip
        assert on[0] < off[0]
        assert on[1] > off[1]
        assert on[2] < off[2]

    def test_more_cd80_strengthens_the_effect_of_cis(self, model):
        value = model.parameters.loc["cd80_per_dc", "high"]
        kd = model.parameters.loc["cd80_pdl1_kd", "low"]
        bound = {}
        for switch in (1.0, 0.0):
            bound[switch] = at(model, "activated_dc", "pd1_bound_contact", parameters={
                "cis_binding": switch, "cd80_per_dc": value, "cd80_pdl1_kd": kd})  # fmt: skip
        assert bound[1.0] < 0.95 * bound[0.0]


class TestCtla4:
    def test_it_outcompetes_cd28_for_cd80_more_than_for_cd86(self, model):
        # Collins et al. 2002 (doi:10.1016/S1074-7613(02)00362-X): CD80 markedly favours CTLA4,
        # CD86 has less bias (2 to 3-fold there, less by the affinities of the ledger). There are
        # fewer CTLA4 than CD28 in the contact.
        course = model.simulate(context="semi_mature_dc", days=3, points=4)
        last = {n: float(course[f"{n}_contact"][-1]) for n in
                ("cd80_on_ctla4", "cd86_on_ctla4", "cd80_on_cd28", "cd28_bound")}  # fmt: skip
        cd80 = last["cd80_on_ctla4"] / last["cd80_on_cd28"]
        cd86 = last["cd86_on_ctla4"] / (last["cd28_bound"] - last["cd80_on_cd28"])
        value = model.parameters["value"]
        assert value["ctla4_activated"] < 0.25 * value["cd28_per_t_cell"]
        assert cd80 > 1.5
        assert cd80 > 1.1 * cd86

    def test_it_takes_b7_from_the_dendritic_cell(self, model):
        # Qureshi et al. 2011 (doi:10.1126/science.1202947): trans-endocytosis stimulated by TCR.
        with_antigen = at(model, "semi_mature_dc", "dc_costim_dln")
        assert with_antigen < 0.8 * at(model, "semi_mature_dc", "dc_costim_dln",
                                       antigen_strength=0.0)  # fmt: skip
        off = {"transendocytosis": 0.0}
        kept = at(model, "semi_mature_dc", "dc_costim_dln", parameters=off)
        assert kept == pytest.approx(
            at(model, "semi_mature_dc", "dc_costim_dln", parameters=off, antigen_strength=0.0),
            rel=0.01,
        )

    def test_blockade_brings_new_priming(self, model):
        # Review (ref. 111): CTLA4 blockade acts by priming.
        assert fold(model, "semi_mature_dc", "primed_cd8_dln", "anti_ctla4") > 1.4


class TestAntibodies:
    DOSES = (0.001, 0.01, 0.1, 1.0, 10.0)

    def occupancies(self, model, target):
        return np.array([1 - at(model, "semi_mature_dc", f"{target}_unblocked_contact", day=1,
                                **{f"anti_{target}_dose": d}) for d in self.DOSES])  # fmt: skip

    def test_occupancy_follows_affinity_and_dose(self, model):
        taken = {t: self.occupancies(model, t) for t in ("pd1", "pdl1", "ctla4")}
        for course in taken.values():
            assert np.all(np.diff(course) > 0)
        # 0.4, 2.6 and 18 nM.
        assert np.all(taken["pdl1"] > taken["pd1"])
        assert np.all(taken["pd1"] > taken["ctla4"])

    def test_pd1_is_full_well_below_the_clinical_dose(self, model):
        # Wang et al. 2014 (doi:10.1158/2326-6066.CIR-14-0040) for the affinity; patients got 0.1 to
        # 10 mg/kg (Topalian et al. 2012, PMID:22658127), and PD1 stays bound for months after the
        # last dose (Nose et al. 2022, doi:10.3892/mco.2022.2537).
        taken = self.occupancies(model, "pd1")
        assert taken[2] > 0.7
        assert taken[4] - taken[2] < 0.3
        human = immacro.load("cd40_pd1_priming", host="human")
        course = human.simulate({"anti_pd1_dose": 3.0, "anti_pd1_count": 1}, days=56, points=57,
                                context="semi_mature_dc")  # fmt: skip
        assert float(course["pd1_unblocked_contact"][-1]) < 0.2

    def test_two_arms_hold_more_than_one(self, model):
        weak = {"anti_pd1_bridge_kd": model.parameters.loc["anti_pd1_bridge_kd", "high"]}
        strong = {"anti_pd1_bridge_kd": model.parameters.loc["anti_pd1_bridge_kd", "low"]}
        levers = {"day": 1, "anti_pd1_dose": 0.01}
        left = [at(model, "semi_mature_dc", "pd1_unblocked_contact", parameters=p, **levers)
                for p in (strong, weak)]  # fmt: skip
        assert left[0] < left[1] - 0.1

    def test_one_contact_does_not_empty_the_plasma(self, model):
        level = [at(model, c, "anti_pd1_blood", "anti_pd1", day=1)
                 for c in ("healthy", "activated_dc")]  # fmt: skip
        assert level[0] == pytest.approx(level[1], rel=1e-4)

    def test_clearance_of_nivolumab(self):
        # Bajaj et al. 2017 (doi:10.1002/psp4.12143): 0.2256 L/day of 6.41 L, 20 days.
        human = immacro.load("cd40_pd1_priming", host="human")
        course = human.simulate({"anti_pd1_dose": 3.0, "anti_pd1_count": 1}, days=40, points=41)
        level = course["anti_pd1_blood"]
        assert float(level[40] / level[20]) == pytest.approx(0.5, abs=0.02)


class TestTogether:
    @pytest.mark.parametrize("observable", READ)
    def test_cd40_agonism_and_pd1_blockade_are_more_than_their_sum(self, model, observable):
        # Review (ref. 118): the combination regresses pancreatic tumours that resist blockade.
        context = {"mouse": "kpc", "human": "pancreatic"}[model.host]
        none, pd1, cd40, both = (at(model, context, observable, *d)
                                 for d in ((), ("anti_pd1",), ("cd40_agonist",),
                                           ("cd40_agonist", "anti_pd1")))  # fmt: skip
        assert both - none > 1.2 * ((pd1 - none) + (cd40 - none))
        assert cd40 > 3 * none

    def test_an_activated_cell_gains_nothing_from_the_agonist(self, model):
        assert fold(model, "activated_dc", "primed_cd8_dln", "cd40_agonist") < 1.1
        assert fold(model, "naive_dc", "primed_cd8_dln", "cd40_agonist") > 5

    def test_the_combination_needs_cd40_and_cd28(self, model):
        drugs = ("cd40_agonist", "anti_pd1")
        full = at(model, "naive_dc", "effector_cd8_dln", *drugs)
        for gone in ("cd40_ko_strength", "cd28_block_strength"):
            assert at(model, "naive_dc", "effector_cd8_dln", *drugs, **{gone: 1.0}) < 0.25 * full

    def test_priming_needs_antigen_and_b7(self, model):
        full = at(model, "activated_dc", "primed_cd8_dln")
        assert at(model, "activated_dc", "primed_cd8_dln", antigen_strength=0.0) < 0.01 * full
        assert at(model, "activated_dc", "primed_cd8_dln", cd28_block_strength=1.0) < 0.01 * full

    def test_peptides_that_stay_signal_and_those_that_leave_do_not(self, model):
        # Kinetic proofreading (Lever et al. 2014, doi:10.1038/nri3728): 36 tumour peptides signal
        # more than 240 self peptides.
        none = at(model, "healthy", "ptcr_contact")
        assert at(model, "naive_dc", "ptcr_contact") > 100 * none

    def test_tumour_contexts_prime_less_than_activated_cells(self, model):
        names = {"mouse": ("at3", "kpc"), "human": ("melanoma", "pancreatic")}[model.host]
        best = at(model, "activated_dc", "primed_cd8_dln")
        for name in names:
            assert at(model, name, "primed_cd8_dln") < 0.4 * best

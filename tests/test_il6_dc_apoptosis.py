"""il6_dc_apoptosis behaves as an immunologist expects, in size, direction and time.

What holds by construction is named as such: with ``il6_dc_death`` off, no other route leads from
STAT3 to BIM, so that the test of that switch shows only that the route is the one intended.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

import immacro

BINDINGS = Path(__file__).parents[1] / "models" / "macroenvironment" / "bindings.csv"
HOSTS = ("mouse", "human")
TUMOUR = {"il6_strength": 1.0}


@pytest.fixture(scope="module", params=HOSTS)
def model(request):
    return immacro.load("il6_dc_apoptosis", host=request.param)


@pytest.fixture(scope="module")
def mouse():
    return immacro.load("il6_dc_apoptosis")


def end(dataset, observable):
    return float(dataset[observable][-1])


def fold(model, observable, levers, parameters=None, days=30):
    """Value at the end over the value in health under the same biology."""
    course = model.simulate(levers, parameters, days=days, points=31)
    return end(course, observable) / float(course[observable][0])


def settled(model, observables, days=20.0, **values):
    """Readouts in health and after days with a tumour, for biology beyond the ledger's ranges."""
    rr = model.roadrunner()
    rr.timeCourseSelections = list(observables)
    for identifier, value in values.items():
        rr[identifier] = value
    rr["onset"] = 1000.0
    rr.reset()
    rr.simulate(0, 999, 2)
    return np.array(rr.simulate(999, 1000 + days, 2))


def response(model, days=20.0, **values):
    """pSTAT3 that a tumour adds."""
    health, ill = settled(model, ["pstat3_dc"], days, il6_strength=1.0, **values)
    return float(ill[0] - health[0])


class TestHealth:
    def test_the_shipped_baselines_are_those_of_the_ledger(self, model):
        course = model.simulate(days=1, points=2)
        value = model.parameters["value"]
        assert float(course["il6_blood"][0]) == pytest.approx(value["il6_baseline"] / 1000)
        assert float(course["dc_systemic"][0]) == pytest.approx(value["dc_baseline"], rel=1e-3)

    def test_the_ledgers_caspase_reference_is_the_healthy_level(self, model):
        level = float(model.simulate(days=1, points=2)["caspase3_dc"][0])
        assert level == pytest.approx(model.parameters.loc["caspase3_reference", "value"], rel=1e-3)

    def test_signalling_in_health_is_low_but_not_zero(self, model):
        course = model.simulate(days=1, points=2)
        assert 1e-5 < float(course["il6r_occupancy_dc"][0]) < 0.01
        assert 0.1 < float(course["pstat3_dc"][0]) < 100
        assert 0.005 < float(course["apoptotic_dc_systemic"][0]) < 0.1

    def test_numbers_that_gcsf_irf8_has_too_are_the_same(self, model):
        other = immacro.load("gcsf_irf8", host=model.host).parameters
        shared = [
            i
            for i in model.parameters.index.intersection(other.index)
            if i.startswith(("stat3_", "socs3_", "shp2_", "pp1_", "pp2_", "jak_inhibitor_"))
        ]
        assert len(shared) > 30
        columns = ["value", "low", "high"]
        assert model.parameters.loc[shared, columns].equals(other.loc[shared, columns])


class TestTumour:
    def test_the_findings_bound_to_this_model_hold_and_need_their_control(self, mouse):
        # Lin et al. 2020 (doi:10.1084/jem.20190673): IL-6 raises apoptosis of cDC1 in KPC mice.
        # Without the link both arms are the same by construction.
        with BINDINGS.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["model"] == "il6_dc_apoptosis"]
        assert {row["arm_a"] for row in rows} == {"context=kpc"}
        assert {row["arm_b"] for row in rows} == {"context=kpc; il6_strength=0"}
        assert {row["id"] for row in rows} == {
            "p-il6-dc-apoptosis-up",
            "fig3b-il6-drives-dc-apoptosis",
        }

        def ratio(parameters=None):
            arms = [mouse.simulate(levers, parameters, context="kpc", days=30, points=3)
                    for levers in ({}, {"il6_strength": 0.0})]  # fmt: skip
            return end(arms[0], "dc_apoptosis_systemic") / end(arms[1], "dc_apoptosis_systemic")

        assert 2 < ratio() < 3.5
        assert ratio({"il6_dc_death": 0.0}) == pytest.approx(1, abs=1e-6)

    def test_apoptosis_rises_and_dendritic_cells_fall_with_every_step_of_il6(self, model):
        courses = [model.simulate({"il6_strength": d}, days=40, points=3)
                   for d in (0, 0.1, 0.3, 1, 3)]  # fmt: skip
        assert np.all(np.diff([end(c, "dc_apoptosis_systemic") for c in courses]) > 0)
        assert np.all(np.diff([end(c, "dc_systemic") for c in courses]) < 0)

    def test_death_follows_il6_by_a_day_and_the_fall_in_number_by_days(self, mouse):
        course = mouse.simulate({**TUMOUR, "il6_stop": 20.0}, days=60, points=1201)
        times = course["time"].values

        def half(observable):
            y = course[observable].values[:400]
            return times[np.argmax(np.abs(y - y[0]) > np.abs(y[-1] - y[0]) / 2)]

        order = [half(o) for o in ("pstat3_dc", "bim_dc", "dc_apoptosis_systemic", "dc_systemic")]
        assert np.all(np.diff(order) > 0)
        assert 0.2 < order[2] < 2
        assert end(course, "dc_systemic") == pytest.approx(
            float(course["dc_systemic"][0]), rel=0.02
        )

    def test_human_reference_tumour_raises_apoptosis_by_a_fifth_at_least(self):
        human = immacro.load("il6_dc_apoptosis", host="human")
        assert fold(human, "dc_apoptosis_systemic", TUMOUR) > 1.2


class TestTransSignalling:
    """Rose-John 2012 (doi:10.7150/ijbs.4989): gp130 sees IL-6 only with IL-6R."""

    FEW = 2.0

    def test_a_cell_without_il6r_responds_only_if_the_blood_has_soluble_il6r(self, model):
        baseline = model.parameters.loc["sil6r_baseline", "value"]
        trans = response(model, il6r_per_dc=self.FEW)
        neither = response(model, il6r_per_dc=self.FEW, sil6r_baseline=baseline / 1000)
        assert trans > 10
        assert neither < 0.01 * trans

    def test_soluble_gp130_blocks_trans_and_spares_classic_signalling(self, model):
        baseline = model.parameters.loc["sil6r_baseline", "value"]
        classic = {"sil6r_baseline": baseline / 1000}
        trans = {"il6r_per_dc": self.FEW}
        left = {name: response(model, sgp130_dose=10.0, **cell) / response(model, **cell)
                for name, cell in (("classic", classic), ("trans", trans))}  # fmt: skip
        assert left["trans"] < 0.05
        assert left["classic"] > 0.95

    def test_with_soluble_il6r_about_soluble_gp130_traps_free_il6_too(self, model):
        # Garbers et al., "Inhibition of classic signaling is a novel function of soluble
        # glycoprotein 130", found that sgp130 traps free IL-6 in complexes if sIL-6R is in excess.
        start = settled(model, ["il6_blood", "il6_total_blood"], il6_strength=1.0)[-1]
        dosed = settled(model, ["il6_blood", "il6_total_blood"], il6_strength=1.0,
                        sgp130_dose=10.0)[-1]  # fmt: skip
        assert dosed[0] < 0.7 * start[0]
        assert dosed[1] > 3 * start[1]

    def test_a_low_dose_of_soluble_gp130_lowers_trans_more_than_classic(self, mouse):
        names = ["gp130_own", "gp130_trans"]
        without = settled(mouse, names, il6_strength=1.0)[-1]
        low = settled(mouse, names, days=18.5, il6_strength=1.0, sgp130_dose=0.5)[-1]
        own, trans = low / without
        assert trans < own - 0.15


class TestSaturation:
    def test_signalling_saturates_as_internalised_il6r_is_not_replaced(self, mouse):
        readouts = ["il6_blood", "pstat3_dc", "il6r_all"]
        levels = np.array([settled(mouse, readouts, il6_strength=s)[-1]
                           for s in (0.1, 1.0, 100.0, 1000.0)])  # fmt: skip
        ligand, pstat3, receptors = levels.T
        assert ligand[3] > 10 * ligand[2]
        assert pstat3[3] == pytest.approx(pstat3[2], rel=0.03)
        assert pstat3[1] > 10 * pstat3[0]
        assert receptors[3] < 0.3 * receptors[0]

    def test_receptor_uptake_of_il6_saturates(self, mouse):
        levels = [settled(mouse, ["il6_blood"], il6_strength=s)[-1][0] for s in (30.0, 300.0)]
        assert levels[1] > 15 * levels[0]


class TestTherapies:
    def test_blocking_il6r_raises_il6_and_soluble_il6r_while_signalling_stops(self, model):
        # Nishimoto et al. 2008 (doi:10.1182/blood-2008-05-155846): serum IL-6 and sIL-6R rise after
        # tocilizumab. Mihara et al. (doi:10.1016/j.intimp.2008.07.002): by blocked clearance.
        levers = {**TUMOUR, "anti_il6_dose": 8.0, "anti_il6_start": 10.0}
        course = model.simulate(levers, days=30, points=61)
        before, after = course.sel(time=9.5), course.sel(time=30)
        assert float(after["il6_blood"]) > 2 * float(before["il6_blood"])
        assert float(after["sil6r_blood"]) > 3 * float(before["sil6r_blood"])
        assert float(after["pstat3_dc"]) < 0.05 * float(before["pstat3_dc"])

    def test_uptake_by_receptors_is_why_il6_rises_after_blockade(self, mouse):
        dosed = {"il6_strength": 1.0, "anti_il6_dose": 8.0}
        few = {"clearing_cells": 1e5}
        rise = [settled(mouse, ["il6_blood"], **dosed, **p)[-1][0]
                / settled(mouse, ["il6_blood"], il6_strength=1.0, **p)[-1][0]
                for p in ({}, few)]  # fmt: skip
        assert rise[0] > 3
        assert rise[1] < 1.5

    @pytest.mark.parametrize("levers", [{"anti_il6_dose": 8.0, "anti_il6_start": 15.0},
                                        {"jak_inhibitor_strength": 1.0,
                                         "jak_inhibitor_start": 15.0}])  # fmt: skip
    def test_blockade_restores_dendritic_cells(self, model, levers):
        # Lin et al. 2020 (doi:10.1084/jem.20190673): neutralised IL-6 rescues cDC1 abundance.
        health = float(model.simulate(days=1, points=2)["dc_systemic"][0])
        ill = end(model.simulate(TUMOUR, days=50, points=3), "dc_systemic")
        back = end(model.simulate({**TUMOUR, **levers}, days=50, points=3), "dc_systemic")
        assert (back - ill) / (health - ill) > 0.5

    def test_soluble_gp130_lowers_apoptosis_less_than_the_antibody(self, mouse):
        levels = [end(mouse.simulate({**TUMOUR, **levers}, days=20, points=3),
                      "dc_apoptosis_systemic")
                  for levers in ({"anti_il6_dose": 8.0}, {"sgp130_dose": 5.0}, {})]  # fmt: skip
        assert levels[0] < 0.8 * levels[1] < 0.8 * 0.9 * levels[2]

    def test_half_a_block_of_jak_lies_between(self, mouse):
        levels = [fold(mouse, "dc_apoptosis_systemic", {**TUMOUR, "jak_inhibitor_strength": s})
                  for s in (0.0, 0.5, 1.0)]  # fmt: skip
        assert levels[0] > 1.05 * levels[1] > 1.05 * levels[2]

    def test_low_doses_of_the_antibody_leave_faster(self, mouse):
        def left(dose):
            levers = {"anti_il6_dose": dose, "anti_il6_count": 1.0}
            level = mouse.simulate(levers, days=10, points=201)["anti_il6_blood"]
            return float(level[-1]) / float(level.max())

        assert left(0.05) < 0.8 * left(20.0)

    def test_each_dose_of_antibody_is_a_peak(self, mouse):
        levers = {"anti_il6_dose": 5.0, "anti_il6_count": 3.0, "anti_il6_start": 1.0}
        level = mouse.simulate(levers, days=30, points=2001)["anti_il6_blood"].values
        inner = (level[1:-1] > level[:-2]) & (level[1:-1] >= level[2:])
        assert inner.sum() == 3


class TestMechanisms:
    def test_without_the_link_pstat3_still_rises_but_cells_do_not_die(self, model):
        off = {"il6_dc_death": 0.0}
        assert fold(model, "dc_systemic", TUMOUR, off) == pytest.approx(1, abs=1e-6)
        assert fold(model, "pstat3_dc", TUMOUR, off) == pytest.approx(
            fold(model, "pstat3_dc", TUMOUR), rel=1e-3
        )

    @staticmethod
    def step(model, **switches):
        """Minutes and pSTAT3 after a sudden 10 ng/mL of IL-6 that nothing clears."""
        rr = model.roadrunner()
        rr.timeCourseSelections = ["time", "pstat3_dc"]
        for switch, value in switches.items():
            rr[switch] = value
        rr["onset"] = 300.0
        rr.reset()
        rr.simulate(0, 200, 2)
        rr["IL6__blood"] = rr["IL6__blood"] * 1e7 / rr["il6_baseline"]
        rr["il6_elimination"], rr["clearing_cells"] = 1e-3, 1e-3
        time, pstat3 = np.array(rr.simulate(200, 200.125, 501)).T
        return (time - 200) * 1440, pstat3

    def test_pstat3_is_transient_and_peaks_within_the_hour(self, model):
        time, pstat3 = self.step(model)
        assert 5 < time[pstat3.argmax()] < 60
        assert pstat3[-1] < 0.3 * pstat3.max()

    def test_without_socs3_induction_pstat3_lasts_longer(self, model):
        # Croker et al. 2003, as told by Reactome (detail 1112755) and by Fischer et al.: impaired
        # SOCS3 leads to enhanced and prolonged IL-6 signalling.
        normal, without = (self.step(model, **s)[1] for s in ({}, {"socs3_feedback": 0.0}))
        assert without.max() > 1.05 * normal.max()
        assert without[-1] / without.max() > 1.3 * normal[-1] / normal.max()

    def test_bcl2_buffers_bim_so_that_death_rises_more_than_bim_is_held(self, mouse):
        # Titration, which no rule states: twofold BIM makes more than twofold free BIM.
        names = ["BIM__dendritic_cell", "bim_dc"]
        health, ill = settled(mouse, names, il6_strength=1.0)
        assert ill[0] / health[0] > 1.1 * ill[1] / health[1]

    def test_more_bcl2_protects_and_without_it_cells_die_in_health(self, mouse):
        base = mouse.parameters.loc["bcl2_total", "value"]
        levels = [settled(mouse, ["dc_apoptosis_systemic"], bcl2_total=f * base)[0][0]
                  for f in (0.2, 1.0, 3.0)]  # fmt: skip
        assert levels[0] > 1.5 * levels[1] > 1.5 * 1.5 * levels[2]


class TestVolumes:
    def test_more_blood_dilutes_the_tumours_il6_and_spares_dendritic_cells(self, model):
        names = ["il6_blood", "dc_apoptosis_systemic"]
        size = {h: {"mouse": 1.8e-3, "human": 5.0}[h] for h in HOSTS}[model.host]
        small = settled(model, names, il6_strength=1.0)[-1]
        large = settled(model, names, il6_strength=1.0, blood=2 * size)[-1]
        assert large[0] < small[0]
        assert large[1] < small[1]

    def test_a_larger_cell_slows_every_encounter_inside_it(self, model):
        names = ["hexamer_dc", "pstat3_dc", "il6_blood"]
        size = model.roadrunner()["dendritic_cell"]
        small = settled(model, names, il6_strength=1.0)[-1]
        large = settled(model, names, il6_strength=1.0, dendritic_cell=2 * size)[-1]
        assert large[0] < 0.9 * small[0]
        assert large[2] == pytest.approx(small[2], rel=1e-6)

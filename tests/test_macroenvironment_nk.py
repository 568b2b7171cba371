"""Natural killer cells of the composed model: the reduced cascade against the whole, and sense.

That no tumour cell is killed by cells that are depleted, or with `nk_killing` off, holds by
construction. How much they kill, and how much of it a tumour takes from them, does not.
"""

import numpy as np
import pytest
from assembled import assembled
from runners import READ, course, runner

import immacro
from immacro.ledger import HOSTS

#: What the reduction and the whole both observe.
SHARED = ["nkp30_nk", "nkg2d_nk", "dnam1_nk", "nkg2a_nk", "granzyme_nk", "nk_degranulation",
          "nk_cytotoxicity"]  # fmt: skip
#: Strengths of contact, TGF-beta and shedding.
TUMOURS = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0.7, 0.3), (1, 1, 5), (3, 3, 10)]
#: Numbers of the cascade away from where they are shipped.
PERTURBED = {"receptor_internalisation": 1.5, "nkp30_per_cell": 1.3, "shp1_kcat": 0.6,
             "erk_kcat": 1.4, "smad3_half": 0.7, "b7h6_kd": 0.5, "src_kcat": 0.6}  # fmt: skip


def reduced_cascade(a):
    """The levers and the tumour of nk_activation, with the cell as the composed model has it."""
    from immacro.models.macroenvironment.cascades import nk_activation as cascade
    from immacro.models.nk_activation import stimuli, tumour

    blood, cell = map(a.compartment, ("blood", "nk_cell"))
    given = stimuli.given(a, blood)
    ligand = tumour.b7h6(a, blood, a.compartment("tumour_cell"), given)
    met = cascade.Education(given.contact, tumour.tgfb(a, blood), ligand)
    cascade.nk_activation(a, cell, met)


@pytest.fixture(scope="module", params=HOSTS)
def host(request):
    return request.param


@pytest.fixture(scope="module")
def pair(host, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nk")
    reduced = assembled(reduced_cascade, host, folder, ("macroenvironment", "nk_activation"),
                        ["erk_in_health"])  # fmt: skip
    return reduced, runner("nk_activation", host)


class TestReduction:
    """Within two percent of what the cascade shows, at all times."""

    @pytest.mark.parametrize("strengths", TUMOURS)
    @pytest.mark.parametrize("off", [None, "nk_desensitisation", "nkg2a_induction"])
    def test_it_meets_the_cascade(self, pair, strengths, off):
        self.compare(pair, strengths, {off: 0.0} if off else {})

    @pytest.mark.parametrize("strengths", TUMOURS[1:])
    def test_it_meets_the_cascade_with_other_numbers(self, pair, host, strengths):
        row = immacro.load("nk_activation", host=host).parameters["value"]
        self.compare(pair, strengths, {name: row[name] * by for name, by in PERTURBED.items()})

    def test_it_meets_the_recovery(self, pair):
        self.compare(pair, (1, 1, 1), {f"{name}_stop": 30.0 for name in
                                       ("tumour_contact", "tgfb", "b7h6")})  # fmt: skip

    @staticmethod
    def compare(pair, strengths, settings):
        levers = ("tumour_contact", "tgfb", "b7h6")
        given = {f"{lever}_strength": float(s) for lever, s in zip(levers, strengths, strict=True)}
        ours, whole = (course(rr, given | settings, SHARED, 60, 241) for rr in pair)
        assert ours == pytest.approx(whole, rel=0.02)


@pytest.fixture(scope="module")
def model(host):
    return immacro.load("macroenvironment", host=host)


def last(model, levers=None, parameters=None, context=None, days=None):
    usual, day = READ[model.host]
    values = model.simulate(levers, parameters, context or usual, days=days or day, points=2)
    return {name: float(value[-1]) for name, value in values.data_vars.items()}


class TestEducation:
    def test_a_tumour_takes_receptors_raises_nkg2a_and_weakens_killing(self, model):
        ill = last(model)
        for name in ("nkp30_nk", "nkg2d_nk", "dnam1_nk", "nk_cytotoxicity"):
            assert ill[name] < 0.8, name
        assert ill["nkg2a_nk"] > 1.2
        assert ill["nk_cytotoxicity"] < min(ill["nkp30_nk"], ill["nkg2d_nk"], ill["dnam1_nk"])

    def test_contact_and_tgfb_each_take_a_part(self, model):
        ill = last(model)["nk_cytotoxicity"]
        alone = last(model, parameters={"tumour_nk_contact": 0.0})["nk_cytotoxicity"]
        without = last(model, {"tgfb_strength": 0.0})["nk_cytotoxicity"]
        assert alone > ill + 0.1
        assert without > ill + 0.1
        assert max(alone, without) < 0.9

    def test_each_switch_gives_its_receptors_back_and_no_others(self, model):
        ill = last(model)
        held = last(model, parameters={"nk_desensitisation": 0.0})
        assert held["dnam1_nk"] == pytest.approx(1, rel=1e-3)
        assert held["nkg2d_nk"] > ill["nkg2d_nk"] + 0.15
        assert held["nkg2a_nk"] == pytest.approx(ill["nkg2a_nk"], rel=0.02)
        calm = last(model, parameters={"nkg2a_induction": 0.0})
        assert calm["nkg2a_nk"] == pytest.approx(1, rel=1e-3)
        assert calm["nkp30_nk"] == pytest.approx(ill["nkp30_nk"], rel=0.02)
        assert min(held["nk_cytotoxicity"], calm["nk_cytotoxicity"]) > ill["nk_cytotoxicity"] + 0.05

    def test_shedding_takes_nkp30_alone(self):
        human = immacro.load("macroenvironment", host="human")
        ill, kept = last(human), last(human, {"b7h6_strength": 0.0})
        assert kept["b7h6_blood"] == pytest.approx(0, abs=1e-9)
        assert ill["nkp30_nk"] < 0.8 * kept["nkp30_nk"]
        assert ill["nkg2d_nk"] == pytest.approx(kept["nkg2d_nk"], rel=0.05)

    def test_they_recover_within_weeks_of_surgery(self, mouse):
        operated = {"surgery_day": 21.0, "surgery_extent": 1.0}
        assert last(mouse, days=21)["nk_cytotoxicity"] < 0.7
        assert last(mouse, operated, days=42)["nk_cytotoxicity"] > 0.9

    def test_without_a_tumour_its_levers_do_nothing(self, model):
        ours = last(model, {"tgfb_strength": 3.0, "b7h6_strength": 3.0}, context="healthy")
        for name in (*SHARED, "nk_blood", "tgfb_blood"):
            assert ours[name] == pytest.approx(last(model, context="healthy")[name], rel=1e-6)


class TestKilling:
    def test_they_slow_a_tumour_a_little_and_their_switch_gives_that_back(self, model):
        with_them, without = last(model), last(model, parameters={"nk_killing": 0.0})
        gone = last(model, {"nk_depletion_strength": 1.0})
        assert 0.5 < with_them["tumour_burden"] / without["tumour_burden"] < 0.99
        assert gone["tumour_burden"] == pytest.approx(without["tumour_burden"], rel=0.02)

    def test_what_the_tumour_takes_from_them_costs_killing(self, mouse):
        fresh = last(mouse, {"tgfb_strength": 0.0}, {"tumour_nk_contact": 0.0})
        assert fresh["nk_cytotoxicity"] == pytest.approx(1, rel=1e-3)
        assert fresh["tumour_burden"] < 0.98 * last(mouse)["tumour_burden"]

    def test_a_small_tumour_suffers_more_than_a_large_one(self, mouse):
        # They enter from blood at a rate that saturates, and meet ever more cells.
        course = mouse.simulate(None, None, "at3", days=28, points=29)
        per_cell = course["nk_tumour"] / course["tumour_burden"]
        assert float(per_cell[7]) > 5 * float(per_cell[28])

    def test_an_antibody_depletes_them_and_no_other_lymphocyte(self, model):
        healthy = last(model, context="healthy", days=28)
        lost = last(model, {"nk_depletion_strength": 1.0}, context="healthy", days=28)
        for place in ("blood", "spleen", "dln", "bone_marrow"):
            assert lost[f"nk_{place}"] < 0.1 * healthy[f"nk_{place}"], place
            assert lost[f"t_cell_{place}"] == pytest.approx(healthy[f"t_cell_{place}"], rel=1e-3)


class TestTraffic:
    def test_an_egress_block_spares_them(self, model):
        # doi:10.1038/ni1523; in treated patients they are as many, doi:10.4049/jimmunol.1003823
        healthy = last(model, context="healthy", days=14)
        blocked = last(model, {"egress_block_strength": 1.0}, context="healthy", days=14)
        assert blocked["t_cell_blood"] < 0.5 * healthy["t_cell_blood"]
        assert blocked["nk_blood"] == pytest.approx(healthy["nk_blood"], rel=0.01)

    def test_half_of_those_of_the_spleen_are_replaced_in_weeks(self, model):
        death = float(model.parameters["value"]["nk_death"])
        assert 7 < np.log(2) / death < 25

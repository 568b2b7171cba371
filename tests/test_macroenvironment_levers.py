"""Genes, cells and the node taken away; B cells from the marrow; tumours that differ in G-CSF.

That CCR7, the node and CD8 T cells are needed holds by construction: each is on the only route.
What is not built in is the size: that losing cDC1 costs more of the priming than of the antigen,
and what stays as it is.
"""

import numpy as np
import pytest
from runners import silenced


def run(model, context="healthy", days=28, parameters=None, **levers):
    return model.simulate(levers, parameters, context=context, days=days, points=29)


def fold(course, other, name):
    return float(course[name][-1] / other[name][-1])


@pytest.fixture(scope="module")
def at3(mouse):
    return run(mouse, "at3")


@pytest.fixture(scope="module")
def mc38(mouse):
    return run(mouse, "mc38", days=24)


class TestLossOfBatf3:
    def test_takes_cdc1_of_all_places_and_spares_cdc2(self, model):
        healthy, lost = run(model), run(model, batf3_ko_strength=1.0)
        for place in ("blood", "spleen", "dln"):
            assert fold(lost, healthy, f"cdc1_{place}") < 0.1, place
            assert fold(lost, healthy, f"cdc2_{place}") == pytest.approx(1, abs=0.15), place

    def test_costs_more_of_the_priming_than_of_the_antigen(self, mouse, mc38):
        # cDC2 carry antigen as well, but hardly present it to CD8 T cells.
        lost = run(mouse, "mc38", days=24, batf3_ko_strength=1.0)
        assert fold(lost, mc38, "antigen_dc_dln") > 0.5
        assert fold(lost, mc38, "primed_cd8_dln") < 0.5


class TestLossOfCcr7:
    def test_no_dendritic_cell_travels_to_the_node(self, mouse, at3):
        lost = run(mouse, "at3", ccr7_ko_strength=1.0)
        assert fold(lost, at3, "migratory_dc_dln") < 0.01
        assert fold(lost, at3, "effector_cd8_tumour") < 0.05

    def test_neither_spleen_nor_monocytes_of_the_node_miss_it(self, model):
        healthy, lost = run(model), run(model, ccr7_ko_strength=1.0)
        for name in ("dc_spleen", "monocyte_dln", "resident_dc_dln"):
            assert fold(lost, healthy, name) == pytest.approx(1, abs=0.02), name


class TestResectionOfTheNode:
    def test_it_leaves_no_cell_there_and_the_rest_of_the_body_as_it_is(self, model):
        healthy, gone = run(model), run(model, dln_resection_strength=1.0, dln_resection_start=7.0)
        for name in ("lymphocyte", "dc", "monocyte"):
            assert fold(gone, healthy, f"{name}_dln") < 1e-4, name
        for name in ("lymphocyte_blood", "lymphocyte_spleen", "monocyte_blood", "dc_spleen"):
            assert fold(gone, healthy, name) == pytest.approx(1, abs=0.1), name

    def test_effectors_already_primed_go_on_but_no_new_ones_come(self, mouse, mc38):
        # Half a day after the operation most effectors are still there. Ten days later stem-like
        # cells of the tumour have kept up a fifth.
        early, late = (
            run(mouse, "mc38", days=24, dln_resection_strength=1.0, dln_resection_start=start)
            for start in (14.0, 23.5)
        )
        assert 0.05 < fold(early, mc38, "effector_cd8_tumour") < 0.4
        assert fold(late, mc38, "effector_cd8_tumour") > 0.7


class TestDepletionOfCd8:
    def test_a_hundredth_is_left_and_others_stay(self, model):
        healthy, lost = run(model), run(model, cd8_depletion_strength=1.0, cd8_depletion_start=7.0)
        for place in ("blood", "spleen", "dln", "bone_marrow"):
            assert fold(lost, healthy, f"cd8_{place}") < 0.02, place
            assert fold(lost, healthy, f"cd4_{place}") == pytest.approx(1, abs=0.01), place

    def test_an_immunogenic_tumour_grows_faster_without_them(self, mouse, mc38):
        lost = run(mouse, "mc38", days=24, cd8_depletion_strength=1.0)
        assert fold(lost, mc38, "tumour_burden") > 1.05


class TestBCells:
    def test_gcsf_costs_their_precursors_before_the_cells_of_the_spleen(self, mouse, at3):
        healthy = run(mouse)
        assert fold(at3, healthy, "b_cell_bone_marrow") < 0.7
        assert 0.8 < fold(at3, healthy, "b_cell_spleen") < 1

    def test_without_drivers_of_the_tumour_they_stay(self, mouse):
        course = run(mouse, "at3", **silenced())
        assert fold(course, run(mouse), "b_cell_bone_marrow") == pytest.approx(1, abs=0.1)

    def test_they_follow_the_niche_and_the_competing_fates(self, mouse, at3):
        kept = run(mouse, "at3", parameters={"niche_suppression": 0.0, "myeloid_bias": 0.0})
        assert fold(kept, run(mouse), "b_cell_bone_marrow") > 0.95

    def test_of_three_born_one_joins_the_pool(self, model):
        row = model.parameters["value"]
        pool = sum(row[f"b_cell_{p}_baseline"] for p in ("blood", "spleen", "dln", "bone_marrow"))
        born = row["b_precursor_exit"] * row["b_precursor_baseline"]
        assert 0.2 < row["b_cell_death"] * pool / born < 0.5


class TestTumours:
    def test_they_are_ordered_by_their_gcsf(self, mouse):
        courses = [run(mouse, context) for context in ("mc38", "kpc", "at3", "4t1")]
        for name in ("gcsf_blood", "pmn_mdsc_spleen", "hspc_blood"):
            assert np.all(np.diff([float(c[name][-1]) for c in courses]) > 0), name

    def test_4t1_is_a_leukaemoid_reaction(self, mouse):
        assert fold(run(mouse, "4t1"), run(mouse), "pmn_mdsc_spleen") > 20

    def test_mc38_primes_most_and_changes_the_body_least(self, mouse, at3, mc38):
        assert float(mc38["primed_cd8_dln"][-1]) > 3 * float(at3["primed_cd8_dln"][-1])
        assert fold(mc38, run(mouse), "dc_systemic") > 0.9

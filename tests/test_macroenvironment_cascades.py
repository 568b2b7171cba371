"""The dendritic-cell cascades in the composed model: their reductions against the whole, and sense.

A reduction may differ by five percent of the largest value over the range of its lever.
"""

from types import SimpleNamespace

import numpy as np
import pytest
from assembled import assembled
from runners import course, runner

from immacro.ledger import HOSTS

DAYS, POINTS = 60, 61
#: Cells and, per strength, secretion (pg/day) of the reference tumour of a cascade.
CELLS = {"mouse": 1e8, "human": 1e10}
SECRETION = {"il6": {"mouse": 6e3, "human": 6e6}, "vegf": {"mouse": 1.3e3, "human": 3.5e6}}
STRENGTHS = (0.0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0)


def held_tumour(stem, host, strength):
    """A tumour in the composed model that neither grows nor shrinks and secretes one factor."""
    others = {f"{other}_strength": 0.0 for other in ("gcsf", "il6", "vegf") if other != stem}
    return {
        "tumour_dose": CELLS[host],
        "tumour_growth": 0.0,
        "killing": 0.0,
        "nk_killing": 0.0,
        f"tumour_{stem}_secretion": strength * SECRETION[stem][host] / CELLS[host],
        **others,
    }


@pytest.fixture(scope="module", params=HOSTS)
def host(request):
    return request.param


class TestReductions:
    @pytest.mark.parametrize("strength", STRENGTHS)
    def test_il6_raises_apoptosis_as_in_the_cascade(self, host, strength):
        names = ["il6_blood", "dc_apoptosis_systemic"]
        whole = course(runner("il6_dc_apoptosis", host),
                       {"il6_strength": strength}, names, DAYS, POINTS)  # fmt: skip
        ours = course(runner("macroenvironment", host),
                      held_tumour("il6", host, strength), names, DAYS, POINTS)  # fmt: skip
        # After a sudden step the cascade overshoots for some days, which the reduction does not.
        settled = slice(5, None)
        assert ours[settled] / ours[0] == pytest.approx(whole[settled] / whole[0], rel=0.05)

    @pytest.mark.parametrize("strength", STRENGTHS)
    def test_vegf_lowers_output_and_maturation_as_in_the_cascade(self, host, strength):
        whole = course(runner("vegf_dc_maturation", host),
                       {"vegf_strength": strength},
                       ["dc_commitment", "dc_maturation_share"], DAYS, POINTS)  # fmt: skip
        ours = course(runner("macroenvironment", host),
                      held_tumour("vegf", host, strength),
                      ["dc_output_relative", "dc_maturation_relative"], DAYS, POINTS)  # fmt: skip
        assert np.abs(ours - whole / whole[0]).max() < 0.05

    def test_flt3l_and_cd40_agonist_do_as_in_the_cascade(self, host, tmp_path):
        reduced = assembled(flt3l_cdc_reduced, host, tmp_path, ("macroenvironment", "flt3l_cdc"),
                            ["flt3l_uptake_in_health", "flt3_effect_in_health"])  # fmt: skip
        whole = runner("flt3l_cdc", host)
        names = ["flt3l_blood", "pre_dc_bone_marrow", "dc_blood", "dc_spleen", "mature_dc_spleen"]
        # In the first hours after CD40, NF-kB is up to six percent ahead: it follows at once.
        points = 2 * DAYS + 1
        doses = {"mouse": (5000.0, 50.0), "human": (250.0, 2.0)}[host]
        for lever, most in zip(("flt3l", "cd40_agonist"), doses, strict=True):
            for share in (0.003, 0.03, 0.2, 1.0):
                settings = {f"{lever}_dose": share * most, f"{lever}_start": 1.0}
                expected = course(whole, settings, names, DAYS, points)
                error = np.abs(course(reduced, settings, names, DAYS, points) - expected)
                assert (error < 0.05 * expected.max(axis=0)).all(), (settings, error / expected)


def flt3l_cdc_reduced(a):
    """The model flt3l_cdc with the receptors as the composed model has them."""
    from immacro.models.flt3l_cdc import ligand, lineage, readouts, receptor
    from immacro.models.macroenvironment.cascades import cd40
    from immacro.models.macroenvironment.cascades import flt3l_cdc as cascade

    places = ("blood", "bone_marrow", "spleen", "pre_dc", "dendritic_cell")
    body = SimpleNamespace(**{name: a.compartment(name) for name in places})
    organs = {"blood": body.blood, "spleen": body.spleen}
    density = ligand.free_flt3l(a, body.blood)
    ligand.recombinant(a, body.blood)
    flt3 = cascade._flt3(a, body.pre_dc, density)
    health = receptor.in_health(a, body.pre_dc, flt3)
    activation = cd40.cd40_activates(a, body)
    pre_dc = lineage.progenitors(a, body.bone_marrow, body.blood, flt3.effect, health.effect)
    lineage.dendritic_cells(a, organs, pre_dc, flt3.effect, health.effect, activation.maturation)
    cells = lineage.counted(a, body.bone_marrow, organs, pre_dc)
    ligand.made_and_cleared(a, body.blood, flt3, health, cells)
    readouts.observe_cells(a, organs)
    a.observe("flt3l_blood", density * a.p("flt3l_mass") * a.p("litre_per_ml"),
              "picogram/millilitre", "FLT3L in plasma")  # fmt: skip


def last(model, levers=None, parameters=None, context="kpc", days=30):
    values = model.simulate(levers, parameters, context, days=days, points=2)
    return {name: float(value[-1]) for name, value in values.data_vars.items()}


class TestDendriticCells:
    FLT3L = {"flt3l_dose": 1000.0, "flt3l_start": 14.0}  # noqa: RUF012
    CD40 = {"cd40_agonist_dose": 5.0, "cd40_agonist_start": 23.0}  # noqa: RUF012

    def test_flt3l_gives_many_dendritic_cells_and_its_switch_takes_them(self, mouse):
        untreated, treated = last(mouse, days=23), last(mouse, self.FLT3L, days=23)
        off = last(mouse, self.FLT3L, {"flt3_response": 0.0}, days=23)
        assert treated["dc_spleen"] > 3 * untreated["dc_spleen"]
        assert (
            off["dc_spleen"] < 1.1 * last(mouse, None, {"flt3_response": 0.0}, days=23)["dc_spleen"]
        )
        assert off["flt3l_blood"] > 5 * untreated["flt3l_blood"]

    def test_own_flt3l_rises_when_dendritic_cells_are_few_and_gives_some_back(self, mouse):
        ill, off = last(mouse), last(mouse, None, {"flt3_response": 0.0})
        assert ill["flt3l_blood"] > 1.15 * last(mouse, context="healthy")["flt3l_blood"]
        assert off["dc_systemic"] < ill["dc_systemic"]

    def test_a_cd40_agonist_matures_dendritic_cells_and_primes_t_cells(self, mouse):
        untreated, treated = last(mouse, days=25), last(mouse, self.CD40, days=25)
        assert treated["dc_activation_spleen"] > 1.5 * untreated["dc_activation_spleen"]
        assert treated["semi_mature_dc_spleen"] < 0.7 * untreated["semi_mature_dc_spleen"]
        knocked_out = last(mouse, {**self.CD40, "cd40_ko_strength": 1.0}, days=25)
        assert knocked_out["dc_activation_spleen"] < 1.1 * untreated["dc_activation_spleen"]
        assert last(mouse, self.CD40)["effector_cd8_dln"] > 2 * last(mouse)["effector_cd8_dln"]

    def test_il6_and_vegf_take_dendritic_cells_each_by_its_own_way(self, mouse):
        ill = last(mouse)
        calm, starved = last(mouse, {"il6_strength": 0.0}), last(mouse, {"vegf_strength": 0.0})
        for without in (calm, starved):
            assert without["dc_systemic"] > 1.1 * ill["dc_systemic"]
        assert calm["dc_apoptosis_systemic"] < 0.5 * ill["dc_apoptosis_systemic"]
        assert starved["dc_apoptosis_systemic"] == pytest.approx(
            ill["dc_apoptosis_systemic"], rel=0.02
        )
        assert starved["mature_dc_dln"] > 1.2 * ill["mature_dc_dln"]

    def test_no_il6_or_vegf_without_a_tumour(self, mouse):
        health = last(mouse, context="healthy")
        assert health["il6_blood"] == pytest.approx(6)
        assert health["vegf_blood"] == pytest.approx(40)
        assert health["flt3l_blood"] == pytest.approx(200)

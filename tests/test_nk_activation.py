"""nk_activation behaves as published, in size, direction and time.

What holds by construction is named as such. That two receptors do together what neither does alone
is in no rule: each reaches one of two tyrosines of SLP-76.
"""

import numpy as np
import pytest

import immacro

HOSTS = ("mouse", "human")
ACTIVATING = ("nkp30", "nkg2d", "dnam1")
#: A target that has next to no ligand for a receptor (1/day).
NONE = 0.03


@pytest.fixture(scope="module", params=HOSTS)
def model(request):
    return immacro.load("nk_activation", host=request.param)


@pytest.fixture(scope="module")
def human():
    return immacro.load("nk_activation", host="human")


def last(model, name, context="healthy", days=360.0, numbers=None, **levers):
    """An observable on a day."""
    return float(model.simulate(levers, numbers, context=context, days=days, points=2)[name][-1])


def on_target(model, name="perk_nk_assay", *, ligands=ACTIVATING, more=None, **levers):
    """What a target with ligands of some receptors only does to a healthy cell."""
    numbers = {f"{r}_by_target": NONE for r in ACTIVATING if r not in ligands}
    return last(model, name, days=1.0, numbers=numbers | (more or {}), **levers)


class TestHealth:
    def test_rest_is_one_and_signalling_is_above_zero(self, model):
        course = model.simulate(days=60, points=3)
        for name in ("nkp30_nk", "ncr3_nk", "cd16_nk", "nkg2a_nk", "nk_cytotoxicity", "ifng_nk"):
            assert course[name].values == pytest.approx(1, rel=1e-6)
        assert 0.05 < float(course["perk_nk_assay"][-1]) < 0.5

    def test_health_is_closed_form(self, human):
        # By construction, for any number: here receptors and a phosphatase are changed.
        numbers = {
            "dnam1_per_cell": 9000.0,
            "receptor_turnover": 1.0,
            "erk_dephosphorylation": 1000.0,
        }
        for name in ("dnam1_nk", "cd16_nk", "nk_degranulation", "ifng_nk"):
            assert last(human, name, days=30.0, numbers=numbers) == pytest.approx(1, rel=1e-5)


class TestDecision:
    def test_two_receptors_do_what_neither_does(self, model):
        # Bryceson et al., Blood 2006 107:159; doi:10.1126/scisignal.2002754: resting cells need
        # pairs whose tyrosines of SLP-76 are complementary, as NKG2D with 2B4. DNAM-1 stands in
        # the place of 2B4 here, which is assumed.
        alone = [on_target(model, ligands=(r,)) for r in ("nkg2d", "dnam1")]
        both = on_target(model, ligands=("nkg2d", "dnam1"))
        assert both > 0.05
        assert max(alone) < 0.01 * both

    def test_more_of_one_receptor_is_no_substitute(self, model):
        # The same study: not simple amplification of one signal (Immune Netw 12(6), review).
        much = on_target(model, ligands=("nkg2d",), more={"nkg2d_by_target": 350.0})
        assert much < 0.01 * on_target(model, ligands=("nkg2d", "dnam1"))

    def test_an_itam_receptor_reaches_both_tyrosines(self, model):
        # doi:10.3389/fimmu.2017.00789; a weak signal alone, against the other two.
        alone = on_target(model, ligands=("nkp30",))
        assert alone > 100 * on_target(model, ligands=("nkg2d",))
        assert alone < 0.2 * on_target(model, ligands=("nkg2d", "dnam1"))

    def test_erk_is_steeper_than_vav1(self, human):
        # Two phosphates: the share of ERK falls more than that of VAV1 when receptors fall.
        number = human.parameters.loc["nkg2d_by_target", "value"]
        less = {"nkg2d_by_target": number / 4}
        falls = [on_target(human, name, more=less) / on_target(human, name)
                 for name in ("pvav1_nk_assay", "perk_nk_assay")]  # fmt: skip
        assert falls[1] < falls[0] ** 1.3

    def test_hla_e_abolishes_the_signal_through_vav1(self, model):
        # doi:10.1128/mcb.23.17.6291-6299.2003: SHP1 of a receptor for HLA-C takes the phosphate of
        # VAV1, whatever activates; NKG2A is taken to be alike. One rate was set for the size;
        # that it falls monotonously and that ERK falls more than VAV1 is not.
        doses = (NONE, 5.0, 48.0, 200.0, 1400.0)
        erk, vav1 = (np.array([on_target(model, name, more={"nkg2a_by_target": dose})
                               for dose in doses])
                     for name in ("perk_nk_assay", "pvav1_nk_assay"))  # fmt: skip
        assert np.all(np.diff(erk) < 0)
        assert erk[-1] < 0.1 * erk[0]
        assert 0.05 < vav1[-1] / vav1[0] < 0.3

    def test_a_block_of_nkg2a_restores_it(self, model):
        much = {"nkg2a_by_target": 480.0}
        freed = on_target(model, more=much, anti_nkg2a_strength=1.0)
        assert freed > 5 * on_target(model, more=much)
        assert freed < 1.05 * on_target(model, more={"nkg2a_by_target": NONE})

    def test_a_cross_linked_receptor_adds(self, model):
        assert on_target(model, nkp30_crosslink_strength=1.0) > 1.1 * on_target(model)


class TestB7h6:
    def test_shed_ligand_desensitises_and_the_cell_recovers_within_days(self, human):
        # doi:10.1080/2162402X.2014.1001224, doi:10.1126/scitranslmed.aaa2327: NKp30 is low where
        # soluble B7-H6 is. Recovery within a week follows from turnover, no study was found.
        course = human.simulate({"b7h6_strength": 2.0, "b7h6_stop": 60.0}, days=90, points=91)
        nkp30 = course["nkp30_nk"].values
        assert nkp30[60] < 0.5
        assert float(course["nk_degranulation"][60]) < 0.9
        assert nkp30[61] < 0.6
        assert nkp30[67] > 0.9
        assert float(course["nkg2d_nk"][60]) == pytest.approx(1, abs=0.02)

    def test_membrane_ligand_triggers_and_shed_ligand_silences(self, human):
        # doi:10.1158/0008-5472.CAN-13-3017: shedding impairs recognition, its inhibition helps.
        erk = "erk_nk_blood"
        contact = last(human, erk, days=2.0, tumour_contact_strength=1.0)
        assert contact > 2
        shed = last(human, erk, days=2.0, tumour_contact_strength=1.0, b7h6_strength=1.0)
        assert shed < 0.9 * contact
        assert last(human, erk, days=2.0, b7h6_strength=1.0) < 0.9

    def test_serum_levels_are_nanograms_per_millilitre(self, human):
        # The order that assays for it read; set by numbers of cells and turnover.
        assert 500 < last(human, "b7h6_blood", b7h6_strength=1.0) < 20000


class TestTgfb:
    def test_lowers_nkp30_more_than_nkg2d_and_not_dnam1(self, model):
        # doi:10.1073/pnas.0730640100; by construction in direction (which genes SMAD3 reaches).
        nkp30, ncr3, nkg2d, dnam1 = (
            last(model, n, tgfb_strength=1.0)
            for n in ("nkp30_nk", "ncr3_nk", "nkg2d_nk", "dnam1_nk")
        )
        assert nkp30 < 0.9 * nkg2d < 0.9 * dnam1
        assert nkp30 == pytest.approx(ncr3, rel=0.05)
        assert dnam1 > 0.98

    def test_takes_ifng_within_hours_and_granzyme_within_days(self, model):
        # PMID:18768831: an extended treatment is needed to lower granzyme.
        course = model.simulate({"tgfb_strength": 1.0}, days=10, points=241)
        ifng, granzyme = course["ifng_nk"].values, course["granzyme_nk"].values
        assert ifng[24] - ifng[-1] < 0.3 * (1 - ifng[-1])
        assert 1 - granzyme[24] < 0.4 * (1 - granzyme[-1])

    def test_lysis_falls_more_than_degranulation(self, model):
        cut = [last(model, n, tgfb_strength=1.0) for n in ("nk_cytotoxicity", "nk_degranulation")]
        assert cut[0] < 0.9 * cut[1] < 0.9


class TestEducation:
    def test_contact_lowers_receptors_but_does_not_empty_the_cell(self, model):
        for name in ("nkg2d_nk", "dnam1_nk", "cd16_nk"):
            assert 0.4 < last(model, name, tumour_contact_strength=1.0) < 0.85, name

    def test_cd16_falls_within_a_day_of_contact(self, model):
        # Romee et al., Blood 2013 121:3599: cells that meet targets lose CD16 by ADAM17.
        course = model.simulate({"tumour_cell_coculture_strength": 1.0}, days=1, points=25)
        assert float(course["cd16_nk"][-1]) < 0.8

    def test_gist_makes_more_ifng_and_releases_fewer_granules(self, human):
        # The review, with doi:10.1038/nm.2366 for degranulation: two branches, one raised by
        # priming, which is put in, the other lowered by ligands.
        for stimulus in ("il2_stimulation", "dc_coculture"):
            levers = {f"{stimulus}_strength": 1.0, f"{stimulus}_start": 360.0}
            ill, well = (last(human, "ifng_nk", c, 361.0, **levers) for c in ("gist", "healthy"))
            assert ill > 1.2 * well
        levers = {"nkp30_crosslink_strength": 1.0, "nkp30_crosslink_start": 360.0}
        ill, well = (last(human, "nk_degranulation", c, 360.2, **levers)
                     for c in ("gist", "healthy"))  # fmt: skip
        assert ill < 0.6 * well

    def test_priming_outlasts_its_cytokines_for_weeks(self, model):
        # doi:10.1182/blood-2012-04-419283: more interferon-gamma 7 to 21 days after.
        levers = {"chronic_priming_strength": 1.0, "chronic_priming_stop": 30.0}
        course = model.simulate(levers, days=80, points=81)["ifng_nk"].values
        assert course[30] > 1.5
        assert course[37] > 1 + 0.3 * (course[30] - 1)
        assert course[80] < 1.1


class TestSwitches:
    @pytest.mark.parametrize(("switch", "lever", "names"), [
        ("nk_desensitisation", "tumour_contact", ("nkg2d_nk", "dnam1_nk", "cd16_nk")),
        ("nkg2a_induction", "tgfb", ("nkg2a_nk",)),
        ("nk_cytokine_priming", "chronic_priming", ("ifng_nk", "nkg2a_nk")),
        ("nk_ifng_suppression", "tgfb", ("ifng_nk",)),
    ])  # fmt: skip
    def test_off_takes_the_effect_away(self, model, switch, lever, names):
        # By construction: no other route leads there.
        levers = {f"{lever}_strength": 1.0}
        for name in names:
            assert abs(last(model, name, days=100.0, **levers) - 1) > 0.1, name
            off = last(model, name, days=100.0, numbers={switch: 0.0}, **levers)
            assert off == pytest.approx(1, abs=0.01), name

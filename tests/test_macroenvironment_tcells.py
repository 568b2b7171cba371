"""T cells of the composed model: the reductions of two cascades, and checkpoint antibodies.

That an antibody does nothing with `checkpoint_signal` off holds by construction. Sizes, what needs
what, and which tumour answers follow.
"""

from types import SimpleNamespace

import numpy as np
import pytest
from assembled import assembled
from runners import course, runner

import immacro
from immacro.ledger import HOSTS

PD1 = {"anti_pd1_dose": 10.0, "anti_pd1_start": 10.0}
CD40 = {"cd40_agonist_dose": 5.0, "cd40_agonist_start": 16.0}


def last(model, context, levers=None, parameters=None, days=24):
    values = model.simulate(levers, parameters, context=context, days=days, points=2)
    return {name: float(value[-1]) for name, value in values.data_vars.items()}


@pytest.fixture(scope="module")
def mc38(mouse):
    return last(mouse, "mc38")


@pytest.fixture(scope="module")
def blocked(mouse):
    return last(mouse, "mc38", PD1)


class TestContact:
    """The map of cd40_pd1_priming against the cascade, on day 3 of a drug."""

    LEVERS = (
        *({f"{drug}_dose": dose, f"{drug}_count": 1.0}
          for drug in ("anti_pd1", "anti_pdl1", "anti_ctla4") for dose in (0.01, 0.3, 10.0)),
        {"anti_pd1_dose": 1.0, "anti_pd1_count": 1.0, "anti_ctla4_dose": 3.0,
         "anti_ctla4_count": 1.0},
        {"pdl1_ko_cdc_strength": 0.9},
        {"cd28_block_strength": 0.5}, {},
    )  # fmt: skip

    @pytest.mark.parametrize("host", HOSTS)
    @pytest.mark.parametrize(("state", "context"), [("semi", "semi_mature_dc"),
                                                    ("mat", "activated_dc")])  # fmt: skip
    def test_active_mapk_is_within_seven_percent(self, host, state, context):
        cascade = immacro.load("cd40_pd1_priming", host=host)
        ours = runner("macroenvironment", host)
        name = f"priming_exist_{state}"
        for levers in self.LEVERS:
            days = 10.0 if "pdl1_ko_cdc_strength" in levers else 3.0
            expected = cascade.simulate(levers, context=context, days=days, points=2)
            found = float(course(ours, {**levers, "immunogenicity": 1.0}, [name], days, 2)[-1, 0])
            signal = float(expected["dc_t_cell_stimulation"][-1])
            assert found == pytest.approx(signal, rel=0.07), levers


def tumour_alone(a):
    """CD8 T cells of the tumour as composed, with the arrivals of the cascade."""
    from immacro.models.macroenvironment import checkpoint_antibodies, tumour_cd8
    from immacro.models.macroenvironment.cascades import tcell_exhaustion
    from immacro.models.macroenvironment.cd8 import cd8

    p = a.p
    body = SimpleNamespace(**{name: a.compartment(name) for name in ("blood", "dln", "tumour")})
    checkpoint = checkpoint_antibodies.given(a, body)
    antigen = a.define("plenty", 1e6 * p("antigen_half"), "item", "tumour cells, a great many")
    tumour_cd8.change(a, body, tcell_exhaustion.exhaustion(a, antigen, checkpoint))
    for state, rate in (("stem", 2 * p("stem_loss")), ("effector", p("effector_loss"))):
        a.absent(cd8(a)(clone="new", state=state) ** body.tumour)
        cells = cd8(a)(clone="exist", state=state) ** body.tumour
        a.initial(cells, p(f"{state}_cd8_baseline"))
        arrival = rate * p(f"{state}_cd8_baseline") / a.volume("tumour")
        a.rule(f"{state}_arrive", None >> cells,
               a.define(f"{state}_arrival", arrival, "item/litre/day", "cells that arrive"),
               kind="transport", note="Cells arrive.")  # fmt: skip


class TestExhaustion:
    """The rates of tcell_exhaustion against the cascade, where cells have met a B16 tumour."""

    @pytest.mark.parametrize("levers", [{}, {"anti_pd1_dose": 10.0, "anti_pd1_start": 10.0,
                                             "anti_pd1_count": 8.0}])  # fmt: skip
    def test_counts_are_within_a_quarter_and_shares_within_seven_points(self, levers, tmp_path):
        models = ("tcell_exhaustion", "macroenvironment")
        reduced = assembled(tumour_alone, "mouse", tmp_path, models)
        whole = immacro.load("tcell_exhaustion").simulate(levers, context="b16", days=28, points=29)
        for identifier, value in levers.items():
            reduced[identifier] = value
        reduced.reset()
        states = ("stem", "effector", "dysfunctional", "terminal")
        start = (whole["stem_like_cd8_tumour"], whole["effector_cd8_tumour"], (0.0,), (0.0,))
        for state, values in zip(states, start, strict=True):
            reduced[f"CD8_clone_exist_state_{state}__tumour"] = float(values[0])
        reduced.timeCourseSelections = [f"exist_{state}_cd8_tumour" for state in states]
        stem, free, held, terminal = np.array(reduced.simulate(0, 28, 29)).T
        late = slice(7, None)
        for ours, name in ((stem, "stem_like"), (free + held, "effector")):
            expected = whole[f"{name}_cd8_tumour"].to_numpy()
            assert ours[late] == pytest.approx(expected[late], rel=0.25), name
        share = (held + terminal) / (stem + free + held + terminal)
        exhausted = whole["exhausted_cd8_tumour"].to_numpy()
        assert share[late] == pytest.approx(exhausted[late], abs=0.07)

    def test_cells_that_stay_become_dysfunctional_and_newcomers_dilute_them(self, mouse):
        course = mouse.simulate(context="mc38", days=24, points=25)["exhausted_cd8_tumour"]
        assert float(course[24]) > 1.5 * float(course[14]) > 0
        levers = {"dln_resection_strength": 1.0, "dln_resection_start": 14.0}
        alone = last(mouse, "mc38", levers)["exhausted_cd8_tumour"]
        assert alone > 2 * float(course[24])

    def test_without_a_tumour_there_are_none(self, mouse):
        healthy = last(mouse, "healthy")
        for name in ("cd8_tumour", "exhausted_cd8_tumour", "new_clone_fraction_tumour"):
            assert healthy[name] == 0


class TestBlockade:
    @pytest.mark.parametrize("drug", ["anti_pd1", "anti_pdl1"])
    def test_it_primes_more_cells_and_shrinks_an_immunogenic_tumour(self, mouse, mc38, drug):
        treated = last(mouse, "mc38", {f"{drug}_dose": 10.0, f"{drug}_start": 10.0})
        assert treated["tumour_burden"] < 0.3 * mc38["tumour_burden"]
        assert (
            last(mouse, "mc38", {f"{drug}_dose": 10.0, f"{drug}_start": 10.0}, days=17)[
                "primed_cd8_dln"
            ]
            > 1.5 * last(mouse, "mc38", days=17)["primed_cd8_dln"]
        )

    def test_a_dose_of_nothing_does_nothing(self, mouse, mc38):
        assert last(mouse, "mc38", {"anti_pd1_start": 10.0}) == pytest.approx(mc38, rel=1e-4)

    def test_with_shp2_off_the_antibody_does_nothing(self, mouse):
        off = {"checkpoint_signal": 0.0}
        treated, untreated = (last(mouse, "mc38", levers, off) for levers in (PD1, {}))
        assert treated["tumour_burden"] == pytest.approx(untreated["tumour_burden"], rel=1e-3)

    @pytest.mark.parametrize("lever", ["egress_block", "dln_resection", "cd28_block",
                                       "cd8_depletion"])  # fmt: skip
    def test_it_needs_exit_the_node_cd28_and_cd8(self, mouse, mc38, blocked, lever):
        also = {f"{lever}_strength": 1.0, f"{lever}_start": 9.0}
        response = 1 - blocked["tumour_burden"] / mc38["tumour_burden"]
        without = 1 - (last(mouse, "mc38", {**PD1, **also})["tumour_burden"]
                       / last(mouse, "mc38", also)["tumour_burden"])  # fmt: skip
        assert without < 0.7 * response

    def test_a_cold_tumour_answers_late_and_with_a_cd40_agonist_more(self, mouse):
        course = {
            name: last(mouse, "kpc", levers, days=28)["tumour_burden"]
            for name, levers in (
                ("none", {}),
                ("pd1", PD1),
                ("cd40", CD40),
                ("both", {**PD1, **CD40}),
            )
        }
        gained = {name: np.log(course["none"] / course[name]) for name in ("pd1", "cd40", "both")}
        assert gained["both"] > 1.2 * (gained["pd1"] + gained["cd40"])

    def test_human_pancreatic_cancer_resists_and_melanoma_answers(self, human):
        levers = {"anti_pd1_dose": 3.0, "anti_pd1_start": 360.0, "anti_pd1_count": 6.0}
        left = {
            context: last(human, context, levers, days=444)["tumour_burden"]
            / last(human, context, days=444)["tumour_burden"]
            for context in ("pancreatic", "melanoma")
        }
        assert left["pancreatic"] > 0.9
        assert left["melanoma"] < 0.9

    def test_new_clones_gain_most_and_enter_the_tumour(self, mouse, mc38, blocked):
        assert blocked["new_clone_fraction_tumour"] > 1.1 * mc38["new_clone_fraction_tumour"]
        day_17 = [last(mouse, "mc38", levers, days=17) for levers in ({}, PD1)]
        before, after = (day["new_clone_expansion_dln"] for day in day_17)
        assert after > 2 * before

    def test_fewer_cells_are_dysfunctional(self, mc38, blocked):
        assert blocked["exhausted_cd8_tumour"] < 0.6 * mc38["exhausted_cd8_tumour"]

    def test_anti_ctla4_acts_by_priming_alone(self, mouse, mc38):
        treated = last(mouse, "mc38", {"anti_ctla4_dose": 10.0, "anti_ctla4_start": 10.0})
        assert treated["primed_cd8_dln"] > 1.4 * mc38["primed_cd8_dln"]
        assert mc38["tumour_burden"] > treated["tumour_burden"]

    def test_pdl1_of_the_node_and_of_the_tumour(self, mouse, mc38):
        node, tumour = (last(mouse, "mc38", {f"pdl1_ko_{where}_strength": 1.0})
                        for where in ("cdc", "tumour"))  # fmt: skip
        assert node["primed_cd8_dln"] > 1.4 * mc38["primed_cd8_dln"]
        for lost in (node, tumour):
            assert lost["tumour_burden"] < mc38["tumour_burden"]
        # With PDL1 of the node gone an antibody to it primes no more.
        drug = {"anti_pdl1_dose": 10.0, "anti_pdl1_start": 10.0, "pdl1_ko_cdc_strength": 1.0}
        both = last(mouse, "mc38", drug, days=13)["primed_cd8_dln"]
        assert both == pytest.approx(
            last(mouse, "mc38", {"pdl1_ko_cdc_strength": 1.0}, days=13)["primed_cd8_dln"], rel=0.1
        )

    def test_pdl1_of_the_host_matters_more_than_that_of_the_tumour(self, mouse):
        left = {
            whose: last(mouse, "mc38", {f"pdl1_ko_{whose}_strength": 1.0})["tumour_burden"]
            for whose in ("host", "tumour")
        }
        assert left["host"] < 0.5 * left["tumour"]

    def test_nothing_is_left_to_block_without_pd1(self, mouse):
        none, drug = (
            last(mouse, "mc38", {"pd1_ko_host_strength": 1.0, **levers})["primed_cd8_dln"]
            for levers in ({}, PD1)
        )
        assert drug == pytest.approx(none, rel=1e-3)

"""The lever study and its command give tables and figures that say the same thing each time."""

import sys

import numpy as np
import pandas as pd
import pytest
from scripts import script

import immacro
from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity import report
from immacro.sensitivity.running import run


@pytest.fixture(scope="module")
def model():
    return immacro.load("gcsf_irf8")


@pytest.fixture(scope="module")
def outcome(model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    factors = ["gcsf_strength", "jak_inhibitor_strength", "irf8_overexpression_fold=1:3"]
    return run(model, factors, ["cdc1_blood@20", "neutrophil_blood"], method="sobol", samples=32,
               seed=3, days=20, points=5, out=folder, workers=1, progress=False)  # fmt: skip


def total(outcome, observable):
    return outcome.indices["ST"].sel(observable=observable).to_series()


class TestRun:
    def test_a_transgene_in_dendritic_precursors_cannot_reach_neutrophils(self, outcome):
        st = total(outcome, "neutrophil_blood@20")
        assert st["irf8_overexpression_fold"] < 1e-6
        assert st["gcsf_strength"] > 0.1
        assert total(outcome, "cdc1_blood@20")["irf8_overexpression_fold"] > 0.1

    def test_a_factor_without_effect_gets_nothing(self, outcome):
        assert total(outcome, "cdc1_blood@20")["dummy"] == pytest.approx(0, abs=1e-9)

    def test_only_the_asked_days_are_simulated(self, outcome):
        assert outcome.courses["time"].values.tolist() == [0, 5, 10, 15, 20]
        assert set(outcome.courses.data_vars) >= {"cdc1_blood", "neutrophil_blood"}
        assert "gcsf_blood" not in outcome.courses

    def test_rows_that_differ_in_the_dummy_alone_are_run_once(self, outcome):
        table = outcome.study.parameters
        assert outcome.courses.sizes["run"] == outcome.study.runs
        twin = table[table.duplicated(keep=False)].index
        assert len(twin) > 0
        first, *_ = twin
        same = [i for i in twin if (table.loc[i] == table.loc[first]).all()]
        values = outcome.courses["cdc1_blood"].isel(run=same).values
        assert len(same) > 1
        assert np.array_equal(values[0], values[1])

    def test_indices_over_time_come_for_an_observable_without_a_day(self, outcome):
        assert list(outcome.over_time["observable"].values) == ["neutrophil_blood"]
        assert outcome.over_time.sizes["time"] == 5

    @pytest.mark.parametrize("workers", [1, 2])
    def test_the_same_seed_gives_the_same_indices(self, model, workers, tmp_path):
        results = [
            run(model, ["gcsf_strength", "jak_inhibitor_strength"], ["cdc1_blood@10"], seed=5,
                method="morris", samples=4, out=tmp_path / str(i), workers=n, progress=False)
            for i, n in enumerate((1, workers))
        ]  # fmt: skip
        first, second = (report.table(r.indices) for r in results)
        pd.testing.assert_frame_equal(first, second, check_exact=True)

    @pytest.mark.parametrize("request_", ["cdc1_blood@0", "cdc1_blood@x", "cdc1_blood@nan", ""])
    def test_an_observable_on_no_day_is_refused(self, model, request_):
        with pytest.raises((InvalidValueError, UnknownNameError)):
            run(model, ["levers"], [request_], progress=False)


class TestReport:
    def test_everything_is_written_and_read_back(self, outcome, tmp_path):
        written = report.write(outcome, tmp_path)
        assert {p.name for p in written} >= {"indices.csv", "indices.nc", "summary.txt",
                                             "indices_over_time.nc", "heatmap.png"}  # fmt: skip
        rows = pd.read_csv(tmp_path / "indices.csv")
        row = rows.query("observable == 'cdc1_blood@20' and factor == 'gcsf_strength'")
        st = row[row["index"] == "ST"]["value"].item()
        assert st == pytest.approx(total(outcome, "cdc1_blood@20")["gcsf_strength"], rel=1e-9)

    def test_the_summary_names_the_size_and_the_verdict(self, outcome):
        text = report.summary(outcome)
        assert "N = 32" in text
        assert outcome.verdict.rstrip(".") in text


@pytest.mark.slow
def test_the_study_script_says_what_its_numbers_say(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["levers", "--out", str(tmp_path / "r"), "--workers", "2"])
    with script("gcsf_irf8_levers") as study:
        monkeypatch.setattr(study, "STUDIES", {"morris": (4, {}),
                                               "sobol": (16, {"second_order": False})})  # fmt: skip
        study.main()
    said = capsys.readouterr().out
    assert "cDC1 in blood on day 30" in said
    neutrophils = said.split("neutrophils in blood on day 30")[1]
    assert "irf8_overexpression_fold" in neutrophils.split("Not told from the dummy")[1]
    assert (tmp_path / "r" / "sobol" / "figures" / "heatmap.png").stat().st_size > 10_000

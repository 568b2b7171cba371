"""What a user writes as a factor, and what becomes of it."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity import Factor, parse

NAN = float("nan")


def tables(parameters, levers=()):
    columns = ["id", "low", "high", "distribution", "unit", "name"]
    lever_columns = ["id", "lever", "field", "low", "high", "unit", "name"]
    return SimpleNamespace(
        parameters=pd.DataFrame(parameters, columns=columns).set_index("id"),
        levers=pd.DataFrame(list(levers), columns=lever_columns).set_index("id"),
        observables=pd.DataFrame({"id": ["cells_blood"], "unit": "1/L"}).set_index("id"),
    )


@pytest.fixture
def model():
    return tables(
        [
            ("k_in", 0.1, 10, "loguniform", "1/day", "influx"),
            ("volume", 1, 1, "fixed", "litre", "blood"),
            ("scale", 0, 5, "uniform", "1", "scale"),
            ("switch", 0, 1, "fixed", "1", "switch"),
            ("drug_dose", 0, 100, "uniform", "mg/kg", "drug, dose"),
            ("drug_count", 0, 12, "uniform", "1", "drug, doses"),
            ("drug_start", 0, 30, "uniform", "day", "drug, start"),
            ("gcsf_strength", 0, 3, "uniform", "1", "G-CSF"),
            ("surgery_extent", 0, 1, "uniform", "1", "surgery"),
        ],
        [
            ("drug_dose", "drug", "dose", 0, 100, "mg/kg", "drug, dose"),
            ("drug_count", "drug", "count", 0, 12, "1", "drug, doses"),
            ("drug_start", "drug", "start", 0, 30, "day", "drug, start"),
            ("gcsf_strength", "gcsf", "strength", 0, 3, "1", "G-CSF"),
            ("surgery_extent", "surgery", "extent", 0, 1, "1", "surgery"),
        ],
    )


@pytest.fixture
def foreign():
    return tables([("k", NAN, NAN, "", "", ""), ("v", NAN, NAN, "", "", "")])


class TestParsing:
    def test_an_id_takes_range_distribution_and_name_from_the_ledger(self, model):
        (factor,) = parse(["k_in"], model)
        assert factor == Factor("k_in", 0.1, 10, "loguniform", name="influx", unit="1/day")

    def test_a_given_range_keeps_the_ledgers_distribution(self, model):
        (factor,) = parse(["k_in=1:2"], model)
        assert (factor.low, factor.high, factor.distribution) == (1, 2, "loguniform")

    def test_a_distribution_may_be_given(self, model):
        assert parse(["scale=1:2:loguniform"], model)[0].distribution == "loguniform"

    def test_levers_are_the_amplitudes_and_nothing_of_the_schedule(self, model):
        ids = [factor.id for factor in parse(["levers"], model)]
        assert ids == ["drug_dose", "gcsf_strength", "surgery_extent"]

    def test_levers_and_others_combine(self, model):
        ids = [factor.id for factor in parse(["levers", "k_in=1:2"], model)]
        assert ids[-1] == "k_in"
        assert len(ids) == 4

    def test_a_count_takes_whole_numbers_all_equally_often(self, model):
        (factor,) = parse(["drug_count=1:3"], model)
        values = factor.from_unit(np.linspace(0, 1, 3001))
        assert np.unique(values).tolist() == [1, 2, 3]
        assert np.bincount(values.astype(int))[1:].tolist() == [1000, 1000, 1001]

    def test_a_file_without_a_ledger_takes_given_ranges(self, foreign):
        (factor,) = parse(["k=-1:1e3"], foreign)
        assert (factor.low, factor.high, factor.distribution) == (-1, 1000, "uniform")

    def test_lever_parameters_that_only_the_lever_table_has_are_found(self, model):
        model.parameters = model.parameters.drop(index="drug_dose")
        assert parse(["drug_dose"], model)[0].high == 100

    def test_groups_are_put_on_their_members(self, model):
        factors = parse(["levers", "k_in"], model, ["drugs=drug_dose, gcsf_strength"])
        assert [f.group for f in factors] == ["drugs", "drugs", None, None]


class TestRefusals:
    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (["k_inn"], "Unknown factor 'k_inn'. Did you mean 'k_in'"),
            (["switch"], "'switch' has no range to vary in. Give one, as switch=low:high"),
            (["switch=0:2"], "leaves the ledger's range 0 to 1"),
            (["volume"], "'volume' is fixed at 1. Leave it out"),
            (["volume=0:2"], "'volume' is fixed at 1. Leave it out"),
            (["k_in=2:1"], "Give a lower bound that is less"),
            (["k_in=2:2"], "Give a lower bound that is less"),
            (["scale=0:nan"], "Give two finite numbers"),
            (["k_in=1"], "is not a range"),
            (["k_in="], "is not a range"),
            (["k_in=a:b"], "is not a range"),
            (["k_in=1:2:3:4"], "is not a range"),
            (["k_in=1:2:normal"], "Unknown distribution 'normal'"),
            (["k_in=0.01:2"], "leaves the ledger's range 0.1 to 10"),
            (["scale=0:5:loguniform"], "write scale=0:5:uniform"),
            (["drug_count=0.5:3"], "Give two whole numbers"),
            (["k_in", "k_in=1:2"], "The factor 'k_in' is given twice"),
            (["levers", "drug_dose=0:1"], "already holds the amplitude"),
            (["drug"], "Vary one of its parameters: drug_dose, drug_count, drug_start."),
            (["levers=0:1"], "gives one range to all levers"),
            (["cells_blood=0:1"], "Vary what it depends on; the table of parameters lists all"),
            ([""], "The factor '' has no name"),
            (["=0:1"], "The factor '=0:1' has no name"),
            (["dummy"], "kept for the factor without effect"),
            ([], "No factor is given"),
        ],
    )
    def test_a_wrong_factor_is_refused_with_a_remedy(self, model, words, message):
        with pytest.raises((InvalidValueError, UnknownNameError)) as error:
            parse(words, model)
        assert message in str(error.value)

    def test_a_range_that_overflows_is_refused(self, foreign):
        with pytest.raises(InvalidValueError, match="too wide to compute with"):
            parse(["k=-1e308:1e308"], foreign)

    def test_a_foreign_parameter_without_a_range_is_refused(self, foreign):
        with pytest.raises(InvalidValueError, match="k=low:high"):
            parse(["k"], foreign)

    def test_a_model_without_levers_is_refused(self, foreign):
        with pytest.raises(InvalidValueError, match="no lever"):
            parse(["levers"], foreign)

    @pytest.mark.parametrize(
        ("groups", "message"),
        [
            (["drugs"], "is not a group"),
            (["drugs="], "is not a group"),
            (["=drug_dose"], "is not a group"),
            (["g=drug_dose", "g=k_in"], "already taken"),
            (["k_in=drug_dose"], "already taken"),
            (["dummy=drug_dose"], "already taken"),
            (["a=drug_dose", "b=drug_dose"], "is in the groups 'a' and 'b'"),
            (["a=drug_dose,drug_dose"], "'drug_dose' is named twice in the group 'a'"),
            (["a=drug_dos"], "Unknown member of the group 'a' 'drug_dos'"),
        ],
    )
    def test_a_wrong_group_is_refused(self, model, groups, message):
        with pytest.raises((InvalidValueError, UnknownNameError)) as error:
            parse(["drug_dose", "k_in"], model, groups)
        assert message in str(error.value)


class TestDistributions:
    def test_uniform_and_loguniform_have_their_medians(self):
        half = np.array([0.5])
        assert Factor("a", 1, 100).from_unit(half) == pytest.approx(50.5)
        assert Factor("a", 1, 100, "loguniform").from_unit(half) == pytest.approx(10)

    @pytest.mark.parametrize("distribution", ["uniform", "loguniform"])
    def test_rounding_never_leaves_the_range(self, distribution):
        rng = np.random.default_rng(1)
        for low, high in np.sort(rng.lognormal(0, 5, (200, 2))):
            ends = Factor("a", low, high, distribution).from_unit(np.array([0.0, 1.0]))
            assert low <= ends[0] <= ends[1] <= high

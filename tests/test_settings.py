"""What a user may set, and what is refused with which words."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import immacro
from immacro.catalogue import Entry
from immacro.errors import ImmacroError, InvalidValueError, UnknownNameError
from immacro.simulation.settings import parse_assignments, time_grid


class TestOrder:
    def test_levers_override_the_context(self, tiny: immacro.Model) -> None:
        settings = tiny.allowed.resolve({"boost_strength": 5}, context="boosted")
        assert settings.values == {"boost_strength": 5.0}
        assert settings.context == "boosted"

    def test_parameters_override_the_context(self, tiny: immacro.Model) -> None:
        assert tiny.allowed.resolve(parameters={"loss": 0.3}, context="thinned").values == {
            "loss": 0.3
        }

    def test_a_lever_may_stand_among_the_parameters(self, tiny: immacro.Model) -> None:
        assert tiny.allowed.resolve(parameters={"drug_dose": 3}).values == {"drug_dose": 3.0}

    def test_an_id_in_levers_and_parameters_is_refused(self, tiny: immacro.Model) -> None:
        with pytest.raises(InvalidValueError, match="both as a lever and as a parameter"):
            tiny.allowed.resolve({"drug_dose": 3}, {"drug_dose": 3})


class TestBiology:
    @pytest.mark.parametrize("name", ["loss", "cells_initial", "blood", "drug_kills"])
    def test_changing_it_is_noticed(self, tiny: immacro.Model, name: str) -> None:
        value = float(tiny.parameters.loc[name, "low"])
        assert tiny.allowed.resolve(parameters={name: value}).changed_biology == (name,)

    def test_setting_it_to_its_own_value_changes_nothing(self, tiny: immacro.Model) -> None:
        assert tiny.allowed.resolve(parameters={"loss": 0.1}).changed_biology == ()

    @pytest.mark.parametrize("context", ["boosted", "thinned"])
    def test_levers_and_contexts_do_not_change_it(self, tiny: immacro.Model, context: str) -> None:
        settings = tiny.allowed.resolve({"drug_dose": 100}, context=context)
        assert settings.changed_biology == ()


class TestRefusedValues:
    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            ("loss", -0.1, "negative"),
            ("loss", math.nan, "not finite"),
            ("loss", math.inf, "not finite"),
            ("loss", 5.0, "outside its range. Give a value from 0.0001 to 1"),
            ("loss", "0.2", "not a number"),
            ("loss", None, "not a number"),
            ("drug_count", 4, "outside its range. Give a value from 0 to 3"),
            ("drug_count", 1.5, "not a whole number"),
            ("per_cell", 0.002, "fixes it at 0.001"),
            ("onset", 5, "the clock of the simulation"),
            ("cells_blood", 5, "tiny computes it"),
            ("boost_stop", 0, "boost_stop = 0 is not after boost_start = 0"),
            ("boost_start", 30, "boost_stop = 30 is not after boost_start = 30"),
        ],
    )
    def test_the_message_says_why(
        self, tiny: immacro.Model, name: str, value: object, words: str
    ) -> None:
        with pytest.raises(InvalidValueError) as caught:
            tiny.allowed.resolve(parameters={name: value})  # type: ignore[dict-item]
        assert words in str(caught.value)
        assert name in str(caught.value)
        assert caught.value.remedy

    @pytest.mark.parametrize("bound", ["low", "high"])
    def test_a_bound_itself_is_allowed(self, tiny: immacro.Model, bound: str) -> None:
        for name, row in tiny.parameters.iterrows():
            if name not in ("boost_start", "boost_stop"):
                tiny.allowed.resolve(parameters={str(name): row[bound]})

    def test_numpy_numbers_are_numbers(self, tiny: immacro.Model) -> None:
        for value in (np.float32(0.5), np.int64(1), np.float64(0.5)):
            tiny.allowed.resolve(parameters={"loss": value})

    def test_a_row_of_a_table_will_do(self, tiny: immacro.Model) -> None:
        row = pd.Series({"loss": 0.5, "drug_dose": 3.0})
        assert tiny.allowed.resolve(parameters=row).values == {"loss": 0.5, "drug_dose": 3.0}

    def test_a_list_is_not_a_mapping(self, tiny: immacro.Model) -> None:
        with pytest.raises(InvalidValueError, match="levers is a list"):
            tiny.allowed.resolve(["drug_dose"])  # type: ignore[arg-type]


class TestUnknownNames:
    def test_a_lever_is_suggested(self, tiny: immacro.Model) -> None:
        with pytest.raises(UnknownNameError, match=r"Unknown lever 'drug_dos'.*'drug_dose'"):
            tiny.allowed.resolve({"drug_dos": 1})

    def test_a_parameter_among_the_levers_is_pointed_out(self, tiny: immacro.Model) -> None:
        with pytest.raises(UnknownNameError, match=r"'loss' is not a lever\. Pass it in"):
            tiny.allowed.resolve({"loss": 0.1})

    def test_the_name_of_a_lever_leads_to_its_parameters(self, tiny: immacro.Model) -> None:
        for arguments in ({"levers": {"drug": 1}}, {"parameters": {"drug": 1}}):
            with pytest.raises(UnknownNameError, match="Set drug_dose or drug_start"):
                tiny.allowed.resolve(**arguments)

    def test_a_parameter_is_suggested(self, tiny: immacro.Model) -> None:
        with pytest.raises(UnknownNameError, match=r"Unknown parameter 'los'.*'loss'"):
            tiny.allowed.resolve(parameters={"los": 1})

    def test_contexts_are_listed(self, tiny: immacro.Model) -> None:
        with pytest.raises(UnknownNameError, match="Known: boosted, healthy, thinned"):
            tiny.allowed.resolve(context="nowhere")

    def test_observables_are_listed(self, tiny: immacro.Model) -> None:
        with pytest.raises(UnknownNameError, match="Known: cells_blood, drug_blood"):
            tiny.allowed.outputs(["nothing"])

    def test_asking_for_no_observable_is_refused(self, tiny: immacro.Model) -> None:
        with pytest.raises(InvalidValueError, match="no observable"):
            tiny.allowed.outputs([])

    def test_hosts_are_listed(self, tiny_entry: Entry) -> None:
        with pytest.raises(UnknownNameError, match=r"Unknown host 'rat'\. Known: human, mouse"):
            immacro.load(tiny_entry, host="rat")

    def test_models_are_listed(self) -> None:
        with pytest.raises(UnknownNameError, match="Unknown model 'nothing'"):
            immacro.load("nothing")

    def test_a_context_of_another_host_is_unknown(self, tiny_entry: Entry) -> None:
        human = immacro.load(tiny_entry, host="human")
        assert sorted(human.contexts) == ["boosted", "healthy"]
        with pytest.raises(UnknownNameError, match="thinned"):
            human.simulate(context="thinned")


class TestTimeGrid:
    @pytest.mark.parametrize("days", [0, -1, math.nan, math.inf, "60"])
    def test_a_length_must_be_positive_and_finite(self, days: object) -> None:
        with pytest.raises(InvalidValueError, match="days"):
            time_grid(days, 601)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("unit", "last"), [("day", 36525), ("hour", 876600), ("second", 3155760000)]
    )
    def test_nothing_is_simulated_beyond_a_hundred_years(self, unit: str, last: int) -> None:
        assert time_grid(last, 2, unit) == (last, 2)
        with pytest.raises(InvalidValueError, match=f"Give at most {last} {unit}s"):
            time_grid(last + 1, 2, unit)

    @pytest.mark.parametrize("unit", ["", "dimensionless", "86.4 second"])
    def test_where_the_unit_of_time_is_unknown_there_is_no_limit(self, unit: str) -> None:
        assert time_grid(1e12, 2, unit) == (1e12, 2)

    @pytest.mark.parametrize("points", [0, 1, -5, 10**9, 2.5, 601.0, "601", None])
    def test_points_must_be_a_sensible_whole_number(self, points: object) -> None:
        with pytest.raises(InvalidValueError, match="points"):
            time_grid(60, points)  # type: ignore[arg-type]

    def test_numpy_whole_numbers_will_do(self, tiny: immacro.Model) -> None:
        course = tiny.simulate(days=np.float64(3), points=np.int64(4))
        assert course.time.values.tolist() == [0, 1, 2, 3]


class TestAssignments:
    def test_ids_get_values(self) -> None:
        assert parse_assignments(["a=1", " b = -2.5e3 "]) == {"a": 1.0, "b": -2500.0}

    @pytest.mark.parametrize(
        ("word", "words"),
        [
            ("a", "Write ID=VALUE"),
            ("=1", "Write ID=VALUE"),
            ("a=", "Write ID=VALUE"),
            ("", "Write ID=VALUE"),
            ("a=5 mg/kg", "no unit"),
            ("a=0,5", "decimal point"),
            ("a=1=2", "plain number"),
            ("a=nan", "not finite"),
            ("a=inf", "not finite"),
        ],
    )
    def test_anything_else_is_refused(self, word: str, words: str) -> None:
        with pytest.raises(InvalidValueError) as caught:
            parse_assignments([word])
        assert words in str(caught.value)

    def test_an_id_is_set_once(self) -> None:
        with pytest.raises(InvalidValueError, match="'a' is set twice"):
            parse_assignments(["a=1", "a=2"])


def test_every_refusal_is_an_error_of_ours(tiny: immacro.Model) -> None:
    with pytest.raises(ImmacroError):
        immacro.load(3)  # type: ignore[arg-type]
    with pytest.raises(ImmacroError):
        tiny.allowed.resolve({3: 1})  # type: ignore[dict-item]

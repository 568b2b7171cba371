"""Any SBML file can be simulated, and settings mean in it what SBML says they mean."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import immacro
from immacro.errors import InvalidValueError, SbmlError, SimulationError, UnknownNameError
from immacro.export import write

Writer = Callable[..., Path]

DECAY = """
model decay
  compartment cell = 2
  species S in cell, P in cell
  S = 10; P = 0; k = 0.1; total := S + P
  J0: S -> P; cell * k * S
end
"""

#: Everything that a reset does not restore or does not work out again.
STUBBORN = """
model stubborn
  compartment cell = 2, wall = 1
  species S in cell, P in cell, $B in cell, Q in wall
  substanceOnly species N in cell
  k = 0.1; base = 3; twice = 2 * base; n0 = 4; height = 1
  S = 10 * twice; P = base; B = base; Q = 5; N = n0; z = base
  z' = 0.1 * height
  w = 2; w' = -k * w
  J0: S -> P; cell * k * S * B
  J1: N -> ; k * N * z
  J2: Q -> ; wall * k * Q * height
  rise: at time >= 1, t0=false: height = height * 3, B = B + 1, wall = wall * 2
  at_once: at time >= 0, t0=false: height = height + 1
end
"""


#: What events change and a reset does not restore, in a file that need not be loaded again.
EVENTFUL = """
model eventful
  compartment cell = 2
  substanceOnly species S in cell, $B in cell
  S = 10; B = 3; k = 0.1
  J0: S -> ; k * S * B / cell
  at_once: at time >= 0, t0=false: k = k + 0.1
  later: at time >= 1, t0=false: k = k * 2, B = B + 1, cell = cell + 1
end
"""


@pytest.fixture
def decay(sbml_file: Writer) -> immacro.Model:
    return immacro.load(sbml_file(DECAY))


@pytest.fixture
def stubborn(sbml_file: Writer) -> immacro.Model:
    return immacro.load(sbml_file(STUBBORN))


class TestLoading:
    def test_what_changes_is_observed(self, decay: immacro.Model) -> None:
        assert list(decay.observables.index) == ["total", "S", "P"]

    def test_concentrations_and_amounts_are_what_the_file_means(
        self, stubborn: immacro.Model
    ) -> None:
        course = stubborn.simulate(days=1, points=2)
        assert float(course.S[0]) == pytest.approx(60)  # concentration: not 120
        assert float(course.N[0]) == pytest.approx(4)  # amount: not 2

    def test_constants_and_initial_values_can_be_set(self, decay: immacro.Model) -> None:
        assert list(decay.parameters.index) == ["cell", "k", "S", "P"]
        row = decay.parameters.loc["k"]
        assert (row["value"], row["status"], row["source"]) == (0.1, "", "")
        assert math.isnan(row["low"])

    def test_it_has_no_levers_contexts_or_host(self, decay: immacro.Model) -> None:
        assert decay.levers.empty
        assert decay.contexts == {}
        assert decay.ledger is None
        assert decay.host == ""
        assert decay._repr_html_()

    def test_a_host_is_refused(self, sbml_file: Writer) -> None:
        with pytest.raises(InvalidValueError, match="no host 'human'"):
            immacro.load(sbml_file(DECAY), host="human")

    def test_a_path_may_be_text(self, sbml_file: Writer) -> None:
        assert immacro.load(str(sbml_file(DECAY))).name == "decay"

    def test_a_missing_file_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(SbmlError, match=r"missing\.xml"):
            immacro.load(tmp_path / "missing.xml")

    def test_algebraic_rules_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "model.xml"
        path.write_text(
            '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1">'
            '<model id="m"><listOfParameters><parameter id="a" constant="false"/>'
            "</listOfParameters><listOfRules><algebraicRule>"
            '<math xmlns="http://www.w3.org/1998/Math/MathML"><ci>a</ci></math>'
            "</algebraicRule></listOfRules></model></sbml>"
        )
        with pytest.raises(SbmlError, match="algebraic rules"):
            immacro.load(path)

    def test_a_file_of_rules_alone_can_be_simulated(self, sbml_file: Writer) -> None:
        model = immacro.load(sbml_file("model f; x1 = 1; x2 = 2; y := sin(x1) + x2; end"))
        course = model.simulate(parameters={"x2": 5}, days=1, points=2)
        np.testing.assert_allclose(course["y"], math.sin(1) + 5)

    def test_level_2_can_be_simulated(self, sbml_file: Writer) -> None:
        model = immacro.load(sbml_file(DECAY, level=2, version=4))
        course = model.simulate(days=10, points=11)
        np.testing.assert_allclose(course.S, 10 * np.exp(-0.1 * course.time), rtol=1e-6)
        assert course.time.attrs["units"] == "second"
        assert model.observables.loc["S", "unit"] == "mole/litre"


class TestUnits:
    def test_they_are_spelled_where_pint_knows_them(self, sbml_file: Writer) -> None:
        text = """
        model u
          unit time_unit = 3600 second; unit substance = 1e-9 mole; unit volume = 1e-3 litre
          unit per_hour = 1 / (3600 second); unit odd = 7 item; unit nM = 1e-9 mole / litre
          unit item_per_microlitre = item / (1e-6 litre)
          compartment c = 1; species S in c; S = 1
          k = 1; k has per_hour; o = 1; o has odd; n = 1; n has nM; plain = 1
          d = 1; d has item_per_microlitre
          J: S -> ; c * k * S
        end
        """
        model = immacro.load(sbml_file(text))
        units = model.parameters["unit"]
        assert units["k"] == "1/hour"
        assert units["o"] == "7 item"
        assert units["n"] == "nanomolar"
        assert units["d"] == "item/microlitre"
        assert units["plain"] == ""
        assert model.simulate(days=1, points=2).time.attrs["units"] == "hour"


class TestSettings:
    def test_they_act(self, decay: immacro.Model) -> None:
        course = decay.simulate(parameters={"k": 0.5, "S": 3}, days=4, points=5)
        np.testing.assert_allclose(course.S, 3 * np.exp(-0.5 * course.time), rtol=1e-6)

    def test_a_computed_value_cannot_be_set(self, stubborn: immacro.Model) -> None:
        for name in ("S", "twice", "J0"):
            with pytest.raises(InvalidValueError, match="computes it"):
                stubborn.simulate(parameters={name: 1})

    def test_unknown_names_and_contexts_are_refused(self, decay: immacro.Model) -> None:
        with pytest.raises(UnknownNameError, match="Known: P, S, cell, k"):
            decay.simulate(parameters={"nothing": 1})
        with pytest.raises(UnknownNameError, match="There is none"):
            decay.simulate(context="healthy")
        with pytest.raises(UnknownNameError, match="'k' is not a lever"):
            decay.simulate(levers={"k": 1})

    def test_a_value_must_be_finite(self, decay: immacro.Model) -> None:
        with pytest.raises(InvalidValueError, match="not finite"):
            decay.simulate(parameters={"k": math.nan})

    def test_there_is_no_burn_in(self, decay: immacro.Model) -> None:
        assert decay.simulate(parameters={"k": 0.5}).attrs["burn_in"] == 0

    def test_an_onset_of_another_kind_is_a_parameter_like_any(self, sbml_file: Writer) -> None:
        text = DECAY.replace("k = 0.1;", "k = 0.1; onset = 5;")
        model = immacro.load(sbml_file(text))
        course = model.simulate(parameters={"onset": 7, "k": 0.5}, days=4, points=5)
        np.testing.assert_allclose(course.S, 10 * np.exp(-0.5 * course.time), rtol=1e-6)

    def test_a_rate_rule_starts_where_it_is_set(self, sbml_file: Writer) -> None:
        model = immacro.load(sbml_file("model b; species X = 1; k = 1; X' = -k * X; end"))
        for start in (5, 1, 3):
            course = model.simulate(parameters={"X": start}, days=2, points=5)
            np.testing.assert_allclose(course.X, start * np.exp(-course.time), rtol=1e-6)

    def test_failures_are_said(self, sbml_file: Writer) -> None:
        model = immacro.load(sbml_file("model b; species X = 1; k = 1; X' = k * X^2; end"))
        with pytest.raises(SimulationError, match="grows without bound"):
            model.simulate(days=2)
        assert float(model.simulate(days=0.5).X[-1]) == pytest.approx(2, rel=1e-6)

    def test_a_result_that_is_not_finite_is_a_failure(self, sbml_file: Writer) -> None:
        model = immacro.load(sbml_file("model b; species X = 1; X' = -1; y := log(X); end"))
        with pytest.raises(SimulationError, match="y is not a finite number at time 1"):
            model.simulate(days=2, points=21)


class TestEvents:
    def test_what_they_change_is_restored_before_the_next_run(self, sbml_file: Writer) -> None:
        model = immacro.load(sbml_file(EVENTFUL))
        assert not model.source.contents.needs_reload(["k", "B", "cell", "S"])
        names = ["S", "k", "B", "cell"]

        def run(settings: dict[str, float]) -> np.ndarray:
            course = model.simulate(parameters=settings, days=2, points=21, observables=names)
            return course.to_array().values

        first = run({})
        assert first[1:, [0, -1]].tolist() == [[0.2, 0.4], [3.0, 4.0], [2.0, 3.0]]
        exact = 10 * np.exp(-0.2 * 3 / 2 - 0.4 * 4 / 3)
        assert first[0, -1] == pytest.approx(exact, rel=1e-6)
        changed = run({"k": 0.4, "B": 1, "cell": 5, "S": 7})
        assert changed[1:, 0].tolist() == [0.5, 1.0, 5.0]
        assert changed[0, 0] == 7
        assert np.array_equal(run({}), first)


class TestStubbornValues:
    SETTINGS = (
        {},
        {"k": 0.3},
        {"base": 5},
        {"cell": 3},
        {"wall": 0.5},
        {"n0": 8},
        {"Q": 9},
        {"height": 2},
        {"w": 7},
        {"base": 1, "cell": 1, "Q": 2, "height": 3},
    )

    @pytest.mark.parametrize("settings", SETTINGS)
    def test_settings_mean_what_a_file_with_them_means_in_copasi(
        self, stubborn: immacro.Model, tmp_path: Path, settings: dict[str, float]
    ) -> None:
        basico = pytest.importorskip("basico")
        stubborn.simulate(parameters={"k": 1, "height": 7})  # what an earlier run leaves behind
        course = stubborn.simulate(parameters=settings, days=3, points=31)
        path = write(stubborn, tmp_path / "out.xml", parameters=settings)
        document = basico.load_model(str(path))
        columns = {
            "S": "[S]",
            "P": "[P]",
            "B": "[B]",
            "Q": "[Q]",
            "z": "Values[z]",
            "w": "Values[w]",
        }
        theirs = basico.run_time_course_with_output(
            ["Time", *columns.values()],
            model=document,
            duration=3,
            intervals=30,
            r_tol=1e-9,
            a_tol=1e-14,
        )
        basico.remove_datamodel(document)
        away = np.abs(course.time.values - 1) > 1e-9  # of the event itself
        for name, column in columns.items():
            np.testing.assert_allclose(
                course[name].values[away], theirs[column].to_numpy()[away], rtol=1e-5, err_msg=name
            )

    def test_the_order_of_runs_changes_no_bit(self, stubborn: immacro.Model) -> None:
        def run(settings: dict[str, float]) -> np.ndarray:
            return stubborn.simulate(parameters=settings, days=3).to_array().values

        forth = [run(s) for s in self.SETTINGS]
        back = [run(s) for s in reversed(self.SETTINGS)][::-1]
        assert all(np.array_equal(a, b) for a, b in zip(forth, back, strict=True))


def test_small_amounts_are_as_accurate_as_large_ones(sbml_file: Writer) -> None:
    text = DECAY.replace("S = 10", "S = 1e-12").replace("cell = 2", "cell = 1e-15")
    course = immacro.load(sbml_file(text)).simulate(days=50)
    np.testing.assert_allclose(course.S, 1e-12 * np.exp(-0.1 * course.time), rtol=1e-5)

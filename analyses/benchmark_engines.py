"""How fast are ensembles of `gcsf_irf8`, beside the other ways to run the same SBML?

    python analyses/benchmark_engines.py [--amici-python /path/to/amici/bin/python] [--memory 1000]

Everyone integrates the file sbml/mouse/gcsf_irf8.xml over 60 days, reports two observables at 61
points, has the same relative and absolute tolerance, and gets the same random lever settings. All
are warm: files are loaded and code is compiled before the clock starts. The ways take turns,
several times over, and ratios are taken within a turn, so that a busy machine disturbs all alike.

``error`` is the largest difference from immacro, relative to the largest value of the observable.
PySB knows no events: its rows are switched on by its initial state, and it runs without doses only.
AMICI needs an environment of its own, and its compilation is not counted. What is not installed is
said to be so.

Printed below: how long a worker is busy with anything but roadrunner's ``simulate``, memory of a
worker over many runs (on request), and error against time for tolerances.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import roadrunner

import immacro
from immacro.simulation import engine

DAYS, POINTS = 60, 61
OBSERVABLES = ["cdc1_blood", "neutrophil_blood"]
MODEL = immacro.load("gcsf_irf8", host="mouse")
#: Way -> how many of the rows it runs in a turn: the slow ones need not run all.
WAYS = {
    "immacro, 2 workers": 1.0,
    "immacro, 1 worker": 1.0,
    "(a) tellurium loop": 1.0,
    "(b) PySB, ScipyOdeSimulator": 0.025,
    "(c) COPASI, basico": 0.25,
    "(d) bngsim": 1.0,
    "(e) AMICI": 1.0,
}
TARGETS = {
    "(a) tellurium loop": 1.8,
    "(b) PySB, ScipyOdeSimulator": 50.0,
    "(c) COPASI, basico": 4.0,
}
#: The loop around what AMICI and bngsim do, in a process of their own: AMICI in an environment of
#: its own, bngsim because it cannot read SBML beside other users of libsbml.
LOOP = """
print("ready", flush=True)
for line in sys.stdin:
    rows = json.loads(line)
    begun = time.perf_counter()
    courses = [run(row) for row in rows]
    seconds = time.perf_counter() - begun
    print(json.dumps([seconds, [y.tolist() for y in courses]]), flush=True)
"""
#: Runs settings and returns courses, (run, time, observable).
Way = Callable[[pd.DataFrame], np.ndarray]

AMICI = """
import json, sys, tempfile, time
import amici
from amici.sim.sundials import run_simulation
path, days, points, relative, absolute, names = json.loads(sys.stdin.readline())
folder = tempfile.mkdtemp()
channels = [amici.MeasurementChannel(id_="y_" + n, formula=n) for n in names]
amici.SbmlImporter(path).sbml2amici(
    "gcsf_irf8_amici", folder, observation_model=channels, verbose=False,
    compute_conservation_laws=False, generate_sensitivity_code=False)
model = amici.import_model_module("gcsf_irf8_amici", folder).get_model()
model.set_timepoints([days * i / (points - 1) for i in range(points)])
solver = model.create_solver()
solver.set_relative_tolerance(relative)
solver.set_absolute_tolerance(absolute)
solver.set_max_steps(100000)

def run(row):
    for name, value in row.items():
        model.set_free_parameter_by_id(name, value)
    data = run_simulation(model, solver)
    assert data.status == 0, data.status
    return data.y
"""
BNGSIM = """
import json, sys, time
import bngsim, numpy
path, days, points, relative, absolute, names = json.loads(sys.stdin.readline())
model = bngsim.Model.from_sbml(path)
simulator = bngsim.Simulator(model, "ode")

def run(row):
    model.set_params(row)
    model.reset()
    result = simulator.run((0, days), points, rtol=relative, atol=absolute)
    known = list(result.expression_names)
    return numpy.asarray(result.expressions)[:, [known.index(n) for n in names]]
"""


def settings(runs: int, doses: bool) -> pd.DataFrame:
    """Return random lever settings, the same ones each time."""
    generator = np.random.default_rng(2024)
    table = pd.DataFrame(
        {
            "gcsf_strength": generator.uniform(0, 3, runs),
            "jak_inhibitor_strength": generator.uniform(0, 1, runs),
            "irf8_overexpression_fold": generator.uniform(1, 3, runs),
        }
    )
    if doses:
        table["anti_gcsf_dose"] = 10 ** generator.uniform(-3, 0, runs)
        table["filgrastim_dose"] = generator.uniform(0, 250, runs)
    return table


def immacro_way(executor: ProcessPoolExecutor | None) -> Way:
    """Return ``run_many`` in warm worker processes, or in this one."""

    def run(table: pd.DataFrame) -> np.ndarray:
        data = immacro.run_many(
            MODEL, table, days=DAYS, points=POINTS, observables=OBSERVABLES, progress=False,
            executor=executor, workers=None if executor else 1,
        )  # fmt: skip
        return np.stack([data[name].to_numpy() for name in OBSERVABLES], axis=-1)

    return run


def tellurium_way() -> Way:
    """Return the loop that a user of tellurium writes."""
    runner = MODEL.tellurium()
    runner.timeCourseSelections = ["time", *OBSERVABLES]

    def run(table: pd.DataFrame) -> np.ndarray:
        courses = []
        for row in table.to_dict("records"):
            for name, value in row.items():
                runner[name] = value
            runner.reset()
            courses.append(np.array(runner.simulate(0, DAYS, POINTS))[:, 1:])
        return np.stack(courses)

    return run


def pysb_way() -> Way:
    """Return PySB's own equations; levers are on from the start, for there are no events."""
    from immacro.models.gcsf_irf8 import model as rules
    from pysb.simulator import ScipyOdeSimulator

    from immacro.build import Assembly, identifiers, network

    assembly = Assembly("gcsf_irf8", MODEL.ledger)
    rules.write(assembly)
    ids = identifiers.species_ids(network.generate(assembly.model))
    runner = MODEL.roadrunner()
    amounts = np.array([runner[f"init({name})"] for name in ids])
    species = [str(s) for s in assembly.model.species]
    for switch in assembly.switches:
        amounts[species.index(str(switch.target))] = 1.0
    simulator = ScipyOdeSimulator(
        assembly.model, tspan=np.linspace(0, DAYS, POINTS), integrator="lsoda",
        integrator_options={
            "rtol": engine.RELATIVE_TOLERANCE, "atol": engine.ABSOLUTE_TOLERANCE, "mxstep": 100_000,
        },
    )  # fmt: skip

    def run(table: pd.DataFrame) -> np.ndarray:
        courses = []
        for row in table.to_dict("records"):
            result = simulator.run(param_values=row, initials=amounts)
            courses.append(np.column_stack([result.expressions[name] for name in OBSERVABLES]))
        return np.stack(courses)

    return run


def copasi_way() -> Way:
    """Return COPASI's LSODA; therapies are the file's events."""
    import basico

    model = basico.load_model_from_string(MODEL.sbml_text)
    values = {q.getSBMLId(): q for q in model.getModel().getModelValues()}
    shown = [str(values[name].getValueReference().getCN().getString()) for name in OBSERVABLES]

    def run(table: pd.DataFrame) -> np.ndarray:
        courses = []
        for row in table.to_dict("records"):
            for name, value in row.items():
                basico.set_parameters(
                    values[name].getObjectName(), exact=True, initial_value=value, model=model
                )
            course = basico.run_time_course_with_output(
                shown, model=model, method="deterministic", start_time=0, duration=DAYS,
                intervals=POINTS - 1, use_initial_values=True, max_steps=1_000_000,
                r_tol=engine.RELATIVE_TOLERANCE, a_tol=engine.ABSOLUTE_TOLERANCE,
            )  # fmt: skip
            courses.append(course.to_numpy(float))
        return np.stack(courses)

    return run


class Elsewhere:
    """A simulator in a process of its own; its seconds are counted there, without the pipe."""

    def __init__(self, python: str, code: str) -> None:
        folder = str(Path(python).parent)
        self._process = subprocess.Popen(
            [python, "-c", code + LOOP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL, cwd=tempfile.gettempdir(),
            env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
        )  # fmt: skip
        self._say([str(MODEL.sbml_path), DAYS, POINTS, engine.RELATIVE_TOLERANCE,
                   engine.ABSOLUTE_TOLERANCE, OBSERVABLES])  # fmt: skip
        while (line := self._process.stdout.readline()) != "ready\n":
            if not line:
                raise RuntimeError("not installed, or it could not load the model")
        self.seconds = 0.0

    def __call__(self, table: pd.DataFrame) -> np.ndarray:
        """Run settings."""
        self._say(table.to_dict("records"))
        self.seconds, courses = json.loads(self._process.stdout.readline())
        return np.array(courses)

    def _say(self, words: object) -> None:
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()


def compare(ways: dict[str, Way], table: pd.DataFrame, turns: int) -> pd.DataFrame:
    """Return rates, errors and how much faster immacro with two workers is, turn by turn."""
    ours = "immacro, 2 workers"
    truth = ways[ours](table)
    shares = {name: table.head(max(2, round(WAYS[name] * len(table)))) for name in ways}
    errors = {}
    for name, way in ways.items():  # warms up, too
        few = shares[name].head(5)
        courses, reference = way(few), truth[: len(few)]
        scale = np.abs(reference).max(axis=(0, 1))
        errors[name] = float((np.abs(courses - reference).max(axis=(0, 1)) / scale).max())
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(turns):
        for name, way in ways.items():
            begun = time.perf_counter()
            way(shares[name])
            seconds = way.seconds if isinstance(way, Elsewhere) else time.perf_counter() - begun
            rates[name].append(len(shares[name]) / seconds)
    rows = []
    for name in ways:
        ratios = np.array(rates[ours]) / np.array(rates[name])
        rows.append((name, np.median(rates[name]), np.median(ratios), ratios.min(), ratios.max(),
                     TARGETS.get(name, np.nan), errors[name]))  # fmt: skip
    columns = ["way", "runs/s", "ours is faster by", "least", "most", "target", "error"]
    return pd.DataFrame(rows, columns=columns)


def outside(table: pd.DataFrame) -> str:
    """Return the share of processor time that is not roadrunner's ``simulate``."""
    way, original, inside = immacro_way(None), roadrunner.RoadRunner.simulate, [0.0]

    def timed(*arguments: object, **named: object) -> object:
        begun = time.process_time()
        try:
            return original(*arguments, **named)
        finally:
            inside[0] += time.process_time() - begun

    way(table)
    roadrunner.RoadRunner.simulate = timed
    try:
        begun = time.process_time()
        way(table)
        total = time.process_time() - begun
    finally:
        roadrunner.RoadRunner.simulate = original
    return (f"Outside simulate: {1 - inside[0] / total:.1%} of processor time "
            f"({1e3 * total / len(table):.2f} ms per run)")  # fmt: skip


def resident(_: object = None) -> float:
    """Return the memory of this process in megabytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory(counts: list[int]) -> str:
    """Return the memory of one worker after so many runs."""
    said = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        way, done = immacro_way(pool), 0
        for count in [100, *counts]:
            while done < count:
                part = min(500, count - done)
                way(settings(part, doses=True))
                done += part
            said.append(f"{pool.submit(resident).result():.1f} MB after {done:,} runs")
    return f"Memory of a worker: {', '.join(said)}"


def tolerances() -> pd.DataFrame:
    """Return error against time for tolerances, the worst of five scenarios."""
    scenarios = [
        {"gcsf_strength": 1.0},
        {"gcsf_strength": 3.0, "jak_inhibitor_strength": 0.5},
        {"gcsf_strength": 1.0, "anti_gcsf_dose": 1.0, "anti_gcsf_start": 15.0},
        {"filgrastim_dose": 250.0},
        {"gcsf_strength": 0.5, "irf8_overexpression_fold": 3.0, "filgrastim_dose": 20.0,
         "anti_gcsf_dose": 0.05},
    ]  # fmt: skip
    names = list(MODEL.observables.index)

    def courses(relative: float, absolute: float) -> tuple[list[np.ndarray], float]:
        runner = MODEL.roadrunner()
        runner.timeCourseSelections = names
        runner.integrator.relative_tolerance = relative
        states = len(runner.integrator.getAbsoluteToleranceVector())
        runner.integrator.absolute_tolerance = [absolute] * states
        runner.simulate(0, DAYS, 601)
        results, begun = [], time.process_time()
        for scenario in scenarios:
            runner.resetAll()
            for name, value in scenario.items():
                runner[name] = value
            runner.reset()
            results.append(np.array(runner.simulate(0, DAYS, 601)))
        return results, (time.process_time() - begun) / len(scenarios)

    truth, _ = courses(1e-12, 1e-14)
    scales = [np.where((top := np.abs(t).max(axis=0)) > 0, top, 1.0) for t in truth]
    rows = []
    for relative in (1e-6, 1e-7, 1e-8, 1e-9):
        for absolute in (1e-6, 1e-8, 1e-10, 1e-12):
            got, seconds = courses(relative, absolute)
            error = max(
                float((np.abs(g - t).max(axis=0) / s).max())
                for g, t, s in zip(got, truth, scales, strict=True)
            )
            shipped = (relative, absolute) == (
                engine.RELATIVE_TOLERANCE, engine.ABSOLUTE_TOLERANCE,
            )  # fmt: skip
            rows.append((relative, absolute, error, 1e3 * seconds, "<- ours" if shipped else ""))
    return pd.DataFrame(rows, columns=["relative", "absolute", "error", "ms per run", ""])


@contextlib.contextmanager
def prepared(amici: str | None, missing: dict[str, str]) -> Iterator[dict[str, Way]]:
    """Load the model everywhere it can be loaded."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        makers: dict[str, Callable[[], Way]] = {
            "immacro, 2 workers": lambda: immacro_way(pool),
            "immacro, 1 worker": lambda: immacro_way(None),
            "(a) tellurium loop": tellurium_way,
            "(b) PySB, ScipyOdeSimulator": pysb_way,
            "(c) COPASI, basico": copasi_way,
            "(d) bngsim": lambda: Elsewhere(sys.executable, BNGSIM),
            "(e) AMICI": lambda: Elsewhere(amici, AMICI) if amici else _absent(),
        }
        ways = {}
        for name, make in makers.items():
            try:
                ways[name] = make()
            except (ImportError, OSError, RuntimeError) as error:
                missing[name] = str(error)
        yield ways


def _absent() -> Way:
    raise ImportError("not installed; --amici-python names its environment")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--amici-python", metavar="PATH")
    parser.add_argument("--memory", type=int, nargs="*", default=[], metavar="RUNS")
    arguments = parser.parse_args()
    show = {"float_format": lambda x: f"{x:.3g}", "na_rep": "", "index": False}
    missing: dict[str, str] = {}
    with prepared(arguments.amici_python, missing) as ways:
        for doses in (False, True):
            table = settings(arguments.runs, doses)
            able = {n: w for n, w in ways.items() if not (doses and "PySB" in n)}
            print(f"{'With' if doses else 'Without'} doses, {len(table)} settings, "
                  f"{arguments.turns} turns, load {os.getloadavg()[0]:.1f}")  # fmt: skip
            print(compare(able, table, arguments.turns).to_string(**show), flush=True)
            print(outside(table) + "\n", flush=True)
    for name, reason in missing.items():
        print(f"{name}: {reason}")
    if arguments.memory:
        print(memory(sorted(arguments.memory)), flush=True)
    print("\nTolerances: the worst error of five scenarios, processor time of a run")
    print(tolerances().to_string(float_format=lambda x: f"{x:.2g}", index=False))


if __name__ == "__main__":
    sys.exit(main())

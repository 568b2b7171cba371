"""Run one file in roadrunner or COPASI under the circumstances in which dosing goes wrong.

Every runner returns (times, amount of ``drug``). A circumstance is

- ``first run``: a fresh model;
- ``after reset``: the second run of an instance whose first run went to the end;
- ``after reset mid-dose``: the second run of an instance whose first run stopped at ``MID``, while
  the course was under way;
- ``two points``: a fresh model that reports only its start and its end, so that nothing stops the
  integrator on the way.

COPASI has no reset of its own; starting again from the initial values is what its users do.
"""

from __future__ import annotations

import basico
import numpy as np
import roadrunner

DAYS = 12.0
#: A grid with an exact binary step: integer dose times are output times, to the last bit.
POINTS = 97
#: Within the first dosing interval, the infusion and the delay of every protocol used here.
MID = 3.0
CIRCUMSTANCES = ("first run", "after reset", "after reset mid-dose", "two points")

Run = tuple[np.ndarray, np.ndarray]


def in_roadrunner(sbml: str, circumstance: str = "first run") -> Run:
    """Simulate with roadrunner's CVODE."""
    runner = roadrunner.RoadRunner(sbml)
    runner.timeCourseSelections = ["time", "drug"]
    runner.integrator.relative_tolerance = 1e-10
    runner.integrator.absolute_tolerance = 1e-12
    if circumstance.startswith("after reset"):
        runner.simulate(0, MID if "mid" in circumstance else DAYS, POINTS)
        runner.reset()
    points = 2 if circumstance == "two points" else POINTS
    result = np.array(runner.simulate(0, DAYS, points))
    return result[:, 0], result[:, 1]


def in_copasi(sbml: str, circumstance: str = "first run") -> Run:
    """Simulate with COPASI's LSODA."""
    document = basico.load_model_from_string(sbml)
    try:

        def run(days: float, points: int) -> Run:
            frame = basico.run_time_course_with_output(
                ["Time", "Values[drug]"],
                start_time=0,
                duration=days,
                intervals=points - 1,
                use_initial_values=True,
                r_tol=1e-10,
                a_tol=1e-14,
                model=document,
            ).to_numpy(float)
            return frame[:, 0], frame[:, 1]

        if circumstance.startswith("after reset"):
            run(MID if "mid" in circumstance else DAYS, POINTS)
        return run(DAYS, 2 if circumstance == "two points" else POINTS)
    finally:
        basico.remove_datamodel(document)


def in_gillespie(sbml: str, seed: int, segments: list[tuple[float, float]] | None = None) -> Run:
    """Simulate with roadrunner's direct method.

    Args:
        sbml: the file.
        seed: of the random numbers.
        segments: (time, amount of drug to add then), given by this function between runs; None
            leaves the dosing to the file.
    """
    runner = roadrunner.RoadRunner(sbml)
    runner.timeCourseSelections = ["time", "drug"]
    runner.setIntegrator("gillespie")
    runner.integrator.variable_step_size = False
    runner.integrator.seed = seed
    parts, start = [], 0.0
    for stop, extra in segments or ():
        # Without its last row, which is the state before the dose.
        parts.append(np.array(runner.simulate(start, stop, 25))[:-1])
        runner["body_drug"] = runner["body_drug"] + extra
        start = stop
    result = np.concatenate([*parts, np.array(runner.simulate(start, DAYS, 25))])
    return result[:, 0], result[:, 1]


RUNNERS = {"roadrunner": in_roadrunner, "copasi": in_copasi}

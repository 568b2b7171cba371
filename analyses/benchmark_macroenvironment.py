"""How long the composed model takes to integrate 60 days.

Without files, the shipped mouse model; with files, other versions of it as well, all in one run, as

    git show REVISION:sbml/mouse/macroenvironment.xml > before.xml
    python analyses/benchmark_macroenvironment.py before.xml

Each is integrated at roadrunner's tolerances as immacro sets them, writing two times only, so that
output costs nothing. Printed is the least of five runs on one core, in milliseconds.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from one_line_errors import exit_code

import immacro

DAYS = 60
TURNS = 5
ANTIBODY = {"anti_gcsf_dose": 10.0, "anti_gcsf_start": 7.0}


def milliseconds(model: immacro.Model, settings: dict[str, float]) -> float:
    """Return the least time of an integration; what a version does not know is left out."""
    rr = model.roadrunner()
    rr.timeCourseSelections = ["time", "tumour_burden"]
    known = set(rr.keys())
    for identifier, value in settings.items():
        if identifier in known:
            rr[identifier] = value
    times = []
    for _ in range(TURNS):
        rr.reset()
        start = time.perf_counter()
        rr.simulate(0, DAYS, 2)
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> None:
    """Time every version and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "files", nargs="*", help="other versions of sbml/mouse/macroenvironment.xml"
    )
    arguments = parser.parse_args()
    shipped = immacro.load("macroenvironment", host="mouse")
    at3 = shipped.contexts["at3"]
    arms = {"healthy": {}, "at3": at3, "at3, anti-G-CSF": at3 | ANTIBODY}
    models = {Path(name).name: immacro.load(name) for name in arguments.files}
    print(f"{'':<24}{'species':>9}{'reactions':>11}" + "".join(f"{a:>18}" for a in arms))
    for name, model in {**models, "shipped": shipped}.items():
        rr = model.roadrunner()
        sizes = f"{rr.model.getNumFloatingSpecies():>9}{rr.model.getNumReactions():>11}"
        taken = "".join(f"{milliseconds(model, s):>15.1f} ms" for s in arms.values())
        print(f"{name:<24}{sizes}{taken}")


if __name__ == "__main__":
    sys.exit(exit_code(main))

"""What follows in cd4_cytokine_response that no rule states: the table of its README, both hosts.

Patients are the context at3 in the mouse and breast in man, a month after onset. Run it with

    python analyses/cd4_cytokine_response_behaviours.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from hosts_table import print_table
from one_line_errors import exit_code

import immacro

CONTEXT = {"mouse": "at3", "human": "breast"}
STATS = ("pstat1_cd4_blood", "pstat3_cd4_blood")
CD4 = ("il2_memory_cd4", "ifng_memory_cd4")
#: Day on which cells are taken.
TAKEN = 30.0


class Blood:
    """The model of one host, from which cells are taken and stimulated."""

    def __init__(self, host: str) -> None:
        self.model = immacro.load("cd4_cytokine_response", host=host)
        self.context = CONTEXT[host]

    def course(
        self, stimulus: str, context="healthy", numbers=None, hours=3.0, later=0.0, **levers
    ):
        """Return a course of one value per minute from the start of a stimulus."""
        start = TAKEN + later
        levers = {f"{stimulus}_strength": 1.0, f"{stimulus}_start": start} | levers
        days = start + hours / 24
        course = self.model.simulate(levers, numbers, context=context, days=days,
                                     points=round(days * 1440) + 1)  # fmt: skip
        return course.sel(time=slice(start - 1e-6, days))

    def peaks(self, stimulus: str, names, *arguments, **rest):
        """Return the largest values."""
        course = self.course(stimulus, *arguments, **rest)
        return np.array([float(course[name].max()) for name in names])

    def ratio(self, stimulus: str, names, numbers=None, **rest):
        """Return patients' over healthy peaks."""
        ill, well = (self.peaks(stimulus, names, c, numbers, **rest)
                     for c in (self.context, "healthy"))  # fmt: skip
        return list(ill / well)

    def mix(self, numbers=None, **levers):
        """Return IL-2 and IFN-gamma of CD4 cells at five hours."""
        course = self.course("pma_ionomycin", numbers=numbers, hours=5.0, **levers)
        return np.array([float(course[name][-1]) for name in CD4])


def lines(host: str) -> Iterator[tuple[str, list[float]]]:
    """Yield what is read, and its values."""
    cell = Blood(host)
    course = cell.course("il6_stimulation")
    stat3 = course["pstat3_cd4_blood"].values
    yield "pSTAT3 after IL-6: peak (min), share left at 3 h", [
        float(stat3.argmax()), stat3[-1] / stat3.max()]  # fmt: skip
    lost = cell.course("il6_stimulation", numbers={"socs3_feedback": 0.0})["pstat3_cd4_blood"]
    yield "  without SOCS3: peak over that, share left at 1 h and with", [
        float(lost.max()) / stat3.max(), float(lost[60] / lost.max()),
        stat3[60] / stat3.max()]  # fmt: skip
    yield "pSTAT1 over pSTAT3 at their peaks", [
        float(course["pstat1_cd4_blood"].max()) / stat3.max()]  # fmt: skip
    number = cell.model.parameters.loc["il6r_per_cd4", "value"]
    full = cell.peaks("il6_stimulation", STATS)
    half = cell.peaks("il6_stimulation", STATS, numbers={"il6r_per_cd4": number / 2})
    yield "half the IL-6R: pSTAT1, pSTAT3", list(half / full)
    yield "patients: pSTAT1, pSTAT3", cell.ratio("il6_stimulation", STATS)
    yield "  shedding off", cell.ratio(
        "il6_stimulation", STATS, {"il6_receptor_shedding": 0.0})  # fmt: skip
    there, here = (cell.course("il6_stimulation", c, hours=0.1) for c in (cell.context, "healthy"))
    yield "  IL-6R, gp130 on their cells", [
        float(there[n][0] / here[n][0]) for n in ("il6r_cd4_blood", "gp130_cd4_blood")]  # fmt: skip
    shed = cell.course("pma_ionomycin", hours=1.0)["il6r_cd4_blood"]
    yield "IL-6R left after 1 h of PMA", [float(shed[-1] / shed[0])]
    both = cell.mix()
    yield "PMA alone, ionomycin alone over both: IL-2", [
        float(cell.mix({name: 0.0})[0] / both[0])
        for name in ("calcium_ionomycin", "pma_in_mix")]  # fmt: skip
    yield "cyclosporin: IL-2, IFN-gamma", list(cell.mix(cyclosporin_strength=1.0) / both)
    yield "mix for 1 h instead of 5 h: IL-2, IFN-gamma", list(
        cell.mix(pma_ionomycin_stop=TAKEN + 1 / 24) / both)  # fmt: skip
    yield "patients: IL-2, IFN-gamma of CD4 cells at 5 h", cell.ratio("pma_ionomycin", CD4, hours=5)
    yield "  myeloid cells gone with the wash, 1 day before, 4 days before", [
        cell.ratio("pma_ionomycin", CD4, hours=5, later=later,
                   suppressive_myeloid_stop=TAKEN)[0] for later in (0.0, 1.0, 4.0)]  # fmt: skip


def main() -> None:
    """Print the table."""
    print_table(lines, 66)


if __name__ == "__main__":
    sys.exit(exit_code(main))

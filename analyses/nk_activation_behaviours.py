"""What follows in nk_activation that no rule states: the tables of its README.

A target without a ligand is one with next to none. Run it with

    python analyses/nk_activation_behaviours.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from hosts_table import print_table
from one_line_errors import exit_code

import immacro

ACTIVATING = ("nkp30", "nkg2d", "dnam1")
#: Rate at which a target with next to no ligand holds a receptor (1/day).
NONE = 0.03
PATIENTS = ("breast", "nsclc", "gist", "nb", "nb_localised", "crc")
READ = ("nkp30_nk", "ncr3_nk", "nkg2d_nk", "dnam1_nk", "cd16_nk", "nkg2a_nk", "nk_degranulation",
        "nk_cytotoxicity", "ifng_nk")  # fmt: skip


class Cell:
    """The model of one host."""

    def __init__(self, host: str) -> None:
        self.model = immacro.load("nk_activation", host=host)

    def at(self, name: str, days=360.0, context="healthy", numbers=None, **levers) -> float:
        """Return an observable on a day."""
        course = self.model.simulate(levers, numbers, context=context, days=days, points=2)
        return float(course[name][-1])

    def target(self, *ligands: str, read="perk_nk_assay", more=None, **levers) -> float:
        """Return what a target with ligands of these receptors does to a healthy cell."""
        numbers = {f"{r}_by_target": NONE for r in ACTIVATING if r not in ligands}
        return self.at(read, 1.0, numbers=numbers | (more or {}), **levers)


def lines(host: str) -> Iterator[tuple[str, list[float]]]:
    """Yield what is read, and its values."""
    cell = Cell(host)
    pair = cell.target("nkg2d", "dnam1")
    yield "Active ERK: standard target; NKG2D with DNAM-1", [cell.target(*ACTIVATING), pair]
    yield "  NKG2D alone, threefold ligand, NKp30 alone: over the pair", [
        cell.target("nkg2d") / pair,
        cell.target("nkg2d", more={"nkg2d_by_target": 350.0}) / pair,
        cell.target("nkp30") / pair]  # fmt: skip
    bare = {read: cell.target(*ACTIVATING, read=read, more={"nkg2a_by_target": NONE})
            for read in ("pvav1_nk_assay", "perk_nk_assay")}  # fmt: skip
    for dose in (48.0, 480.0, 1400.0):
        more = {"nkg2a_by_target": dose}
        yield f"HLA-E {dose:g}/d over none: VAV1, ERK, ERK with NKG2A blocked", [
            *(cell.target(*ACTIVATING, read=r, more=more) / bare[r] for r in bare),
            cell.target(*ACTIVATING, more=more, anti_nkg2a_strength=1.0) / bare["perk_nk_assay"],
        ]  # fmt: skip
    yield "Body ERK on day 2: contact, with shedding, shedding alone", [
        cell.at("erk_nk_blood", 2.0, **levers) for levers in (
            {"tumour_contact_strength": 1.0},
            {"tumour_contact_strength": 1.0, "b7h6_strength": 1.0}, {"b7h6_strength": 1.0})
    ]  # fmt: skip
    yield "NKp30: two months of shedding (2), 1, 3, 5 days after", [
        cell.at("nkp30_nk", day, b7h6_strength=2.0, b7h6_stop=60.0)
        for day in (60.0, 61.0, 63.0, 65.0)]  # fmt: skip
    yield (
        "TGF-beta: NKp30, NKG2D, DNAM-1, NKG2A",
        [cell.at(n, tgfb_strength=1.0) for n in ("nkp30_nk", "nkg2d_nk", "dnam1_nk", "nkg2a_nk")],
    )


def main() -> None:
    """Print both tables."""
    print_table(lines, 66)
    cell = Cell("human")
    print("\n" + " ".join(("context", *READ)))
    for context in PATIENTS:
        print(context, *(f"{cell.at(name, context=context):.2f}" for name in READ))
    for lever in ("il2_stimulation", "dc_coculture"):
        levers = {f"{lever}_strength": 1.0, f"{lever}_start": 360.0}
        ill, well = (cell.at("ifng_nk", 361.0, c, **levers) for c in ("gist", "healthy"))
        print(f"gist, {lever}: IFN-gamma over healthy cells {ill / well:.2f}")
    levers = {"nkp30_crosslink_strength": 1.0, "nkp30_crosslink_start": 360.0}
    ill, well = (cell.at("nk_degranulation", 360.2, c, **levers) for c in ("gist", "healthy"))
    print(f"gist, cross-linked: degranulation over healthy cells {ill / well:.2f}")


if __name__ == "__main__":
    sys.exit(exit_code(main))

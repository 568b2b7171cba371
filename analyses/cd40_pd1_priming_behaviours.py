"""What follows in cd40_pd1_priming that no rule states: the table of its README, for both hosts.

Each line is a ratio of two courses read on day 3 of antigen, unless it says otherwise, at usual
doses. Run it with

    python analyses/cd40_pd1_priming_behaviours.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from hosts_table import print_table
from one_line_errors import exit_code

import immacro

#: Usual doses (mg/kg).
DOSES = {"mouse": {"cd40_agonist": 5.0, "anti_pd1": 10.0},
         "human": {"cd40_agonist": 0.2, "anti_pd1": 3.0}}  # fmt: skip
#: Tumours with little antigen and little stimulus.
COLD = {"mouse": "kpc", "human": "pancreatic"}
NAIVE, SEMI, ACTIVATED = "naive_dc", "semi_mature_dc", "activated_dc"
CD28, TCR, PRIMED = "pcd28_contact", "ptcr_contact", "primed_cd8_dln"


class Contact:
    """The model of one host, read on one day."""

    def __init__(self, host: str) -> None:
        self.model = immacro.load("cd40_pd1_priming", host=host)
        self.host = host

    def at(self, context: str, name: str, *drugs: str, day=3.0, numbers=None, **levers) -> float:
        """Return an observable on a day under drugs, other numbers and levers."""
        levers |= {f"{drug}_dose": DOSES[self.host][drug] for drug in drugs}
        course = self.model.simulate(levers, numbers, context=context, days=day, points=2)
        return float(course[name][-1])

    def fold(self, context: str, name: str, *drugs: str, numbers=None) -> float:
        """Return what drugs multiply an observable by."""
        none = self.at(context, name, numbers=numbers)
        return self.at(context, name, *drugs, numbers=numbers) / none

    def mimicry(self, context: str) -> float:
        """Return the share of what PD1 blockade does to CD28 that loss of PDL1 does, on day 10."""
        none = self.at(context, CD28, day=10)
        lost = self.at(context, CD28, day=10, pdl1_ko_cdc_strength=1.0)
        return (lost - none) / (self.at(context, CD28, "anti_pd1", day=10) - none)

    def synergy(self) -> float:
        """Return the effect of agonist and blockade together over the sum of their effects."""
        cold = COLD[self.host]
        none, agonist, blockade, both = (
            self.at(cold, PRIMED, *drugs)
            for drugs in ((), ("cd40_agonist",), ("anti_pd1",), ("cd40_agonist", "anti_pd1"))
        )
        return (both - none) / (agonist + blockade - 2 * none)

    def preference(self) -> tuple[float, float]:
        """Return CTLA4 over CD28 on CD80, and on CD86."""
        pairs = ("cd80_on_ctla4", "cd86_on_ctla4", "cd80_on_cd28", "cd28_bound")
        on = {pair: self.at(SEMI, f"{pair}_contact") for pair in pairs}
        cd86_on_cd28 = on["cd28_bound"] - on["cd80_on_cd28"]
        return on["cd80_on_ctla4"] / on["cd80_on_cd28"], on["cd86_on_ctla4"] / cd86_on_cd28

    def rise(self, name: str) -> float:
        """Return the rise of a semi-mature over that of an activated cell, without antigen."""
        health, semi, full = (self.at(context, name, antigen_strength=0.0)
                              for context in ("healthy", SEMI, ACTIVATED))  # fmt: skip
        return (semi - health) / (full - health)

    def held(self, dose: float) -> float:
        """Return the share of PD1 that an antibody holds on day 1."""
        return 1 - self.at(SEMI, "pd1_unblocked_contact", day=1, anti_pd1_dose=dose)


def lines(host: str) -> Iterator[tuple[str, list[float]]]:
    """Yield what is compared, and the ratios."""
    cell = Contact(host)
    alike = {"shp2_tcr_preference": 1.0}
    yield "PD1 blockade, pCD28 and pTCR", [cell.fold(SEMI, n, "anti_pd1") for n in (CD28, TCR)]
    yield ("  SHP2 works on both alike",
           [cell.fold(SEMI, n, "anti_pd1", numbers=alike) for n in (CD28, TCR)])  # fmt: skip
    yield ("  primed, naive, semi-mature, activated",
           [cell.fold(c, PRIMED, "anti_pd1") for c in (NAIVE, SEMI, ACTIVATED)])  # fmt: skip
    blocked = cell.at(SEMI, PRIMED, "anti_pd1", cd28_block_strength=1.0)
    yield "  with CD28 blocked, over no drug", [blocked / cell.at(SEMI, PRIMED)]
    yield "CD40 agonist with PD1 blockade over the sum", [cell.synergy()]
    yield "Loss of PDL1 over PD1 blockade, naive, semi-mature", [
        cell.mimicry(c) for c in (NAIVE, SEMI)]  # fmt: skip
    yield "CTLA4 over CD28 on CD80, on CD86", list(cell.preference())
    costim = "dc_costim_dln"
    bare = cell.at(SEMI, costim, antigen_strength=0.0)
    yield "B7 with antigen over without", [cell.at(SEMI, costim) / bare]
    bound = "pd1_bound_contact"
    single = cell.at(ACTIVATED, bound, numbers={"cis_binding": 0.0})
    yield "PD1 with ligand, cis pairs over none", [cell.at(ACTIVATED, bound) / single]
    yield "PD1 held at 0.01, 0.1, 10 mg/kg", [cell.held(dose) for dose in (0.01, 0.1, 10.0)]
    yield ("Semi-mature over activated: PDL1, B7, IL-12",
           [cell.rise(n) for n in ("pdl1_dc", costim, "il12_secretion_dc")])  # fmt: skip


def main() -> None:
    """Print the table."""
    print_table(lines, 52)


if __name__ == "__main__":
    sys.exit(exit_code(main))

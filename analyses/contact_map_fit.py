"""Fit the map by which the composed model has the contact of cd40_pd1_priming, and say how well.

In the composed model TCR, CD28, CTLA4 and PD1 of a contact follow the antibodies at once: the drive
of MAPK is what it is without a drug, times what SHP2 gives back when antibodies or a knock-out keep
PD1 from its ligands, times what B7 gives back when an antibody keeps CTLA4 from it. The constants
are fitted to the cascade on day 3 of antigen, for a semi-mature and a mature dendritic cell, over
doses of each antibody and of all of them. Run it with

    python analyses/contact_map_fit.py
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np
from one_line_errors import exit_code
from scipy.optimize import least_squares

import immacro

CASCADE = "cd40_pd1_priming"
#: Contexts of the cascade that have the two states of a dendritic cell of the node.
STATES = {"semi": "semi_mature_dc", "mat": "activated_dc"}
ANTIBODIES = ("anti_pd1", "anti_pdl1", "anti_ctla4")
DOSES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 20.0)
#: One microgram of an antibody of 149 kDa per millilitre (nM).
NM_PER_UG_ML = 1000 / 149
#: Constants of both states, and of each.
SHARED = ("pd1_blockade_half", "pd1_blockade_half_late", "pd1_blockade_late", "pdl1_blockade_half")
OF_STATE = ("contact_drive", "shp2_gain", "pdl1_share", "pdl1_excess", "ctla4_gain",
            "ctla4_blockade_half", "cd28_reserve")  # fmt: skip
START = {"pd1_blockade_half": 1.0, "pd1_blockade_half_late": 20.0,
         "pd1_blockade_late": 0.2, "pdl1_blockade_half": 1.0, "contact_drive": 0.5,
         "shp2_gain": 2.0, "pdl1_share": 0.93, "pdl1_excess": 1.0, "ctla4_gain": 1.0,
         "ctla4_blockade_half": 20.0, "cd28_reserve": 1.0}  # fmt: skip


class Reading(NamedTuple):
    """State of the cell, antibodies of the node (nM), PDL1 and CD28 left, active share of MAPK."""

    state: str
    level: np.ndarray
    pdl1: float
    cd28: float
    signal: float


def measured(host: str) -> list[Reading]:
    """Return what the cascade gives."""
    model = immacro.load(CASCADE, host=host)
    node = float(model.parameters.loc["antibody_node_share", "value"])
    doses = [{}]
    doses += [{drug: dose} for drug in ANTIBODIES for dose in DOSES]
    doses += [dict.fromkeys(ANTIBODIES[::2], dose) for dose in DOSES]
    doses += [dict.fromkeys(ANTIBODIES[1:], dose) for dose in DOSES[::2]]
    rows = []
    for state, context in STATES.items():
        for given in doses:
            levers = {f"{drug}_dose": dose for drug, dose in given.items()}
            levers |= {f"{drug}_count": 1 for drug in given}
            course = model.simulate(levers, context=context, days=3, points=2)
            level = [float(course[f"{drug}_blood"][-1]) for drug in ANTIBODIES]
            signal = float(course["dc_t_cell_stimulation"][-1])
            rows.append(Reading(state, np.array(level) * NM_PER_UG_ML * node, 1.0, 1.0, signal))
        for lever in ("pdl1_ko_cdc", "cd28_block"):
            for lost in (0.5, 0.9):
                course = model.simulate({f"{lever}_strength": lost}, context=context, days=10,
                                        points=2)  # fmt: skip
                left = {"pdl1_ko_cdc": 1.0, "cd28_block": 1.0, lever: 1 - lost}
                rows.append(Reading(state, np.zeros(3), *left.values(),
                                    float(course["dc_t_cell_stimulation"][-1])))  # fmt: skip
    return rows


def stimulation(constants: dict[str, float], row: Reading) -> float:
    """Return the active share of MAPK that the map gives."""
    own = {name: constants[f"{name}_{row.state}"] for name in OF_STATE}
    pd1, pdl1, ctla4 = row.level
    late = constants["pd1_blockade_late"]
    open_pd1 = (1 - late) / (1 + pd1 / constants["pd1_blockade_half"])
    open_pd1 += late / (1 + pd1 / constants["pd1_blockade_half_late"])
    open_pdl1 = row.pdl1 / (1 + pdl1 / constants["pdl1_blockade_half"])
    held = open_pdl1 * (1 + own["pdl1_excess"]) / (open_pdl1 + own["pdl1_excess"])
    shp2 = open_pd1 * (own["pdl1_share"] * held + 1 - own["pdl1_share"])
    b7 = 1 + own["ctla4_gain"] * ctla4 / (ctla4 + own["ctla4_blockade_half"])
    reserve = own["cd28_reserve"]
    b7 *= row.cd28 * (1 + reserve) / (1 + reserve * row.cd28)
    drive = own["contact_drive"] * (1 + own["shp2_gain"]) / (1 + own["shp2_gain"] * shp2) * b7
    return drive**2 / (1 + drive + drive**2)


def fitted(rows) -> tuple[dict[str, float], np.ndarray]:
    """Return the constants and the relative errors."""
    names = [*SHARED, *(f"{name}_{state}" for state in STATES for name in OF_STATE)]
    start = np.log([START[name.removesuffix("_semi").removesuffix("_mat")] for name in names])

    def errors(logs):
        constants = dict(zip(names, np.exp(logs), strict=True))
        return [stimulation(constants, row) / row.signal - 1 for row in rows]

    best = least_squares(errors, start)
    return dict(zip(names, np.exp(best.x), strict=True)), np.array(best.fun)


def main() -> None:
    """Print constants and errors for both hosts together."""
    rows = [row for host in ("mouse", "human") for row in measured(host)]
    constants, errors = fitted(rows)
    for name, value in constants.items():
        print(f"{name:28s} {value:.4g}")
    print(f"{len(rows)} states, largest error {abs(errors).max():.1%}, "
          f"mean {abs(errors).mean():.1%}")  # fmt: skip
    for row, error in zip(rows, errors, strict=True):
        if abs(error) > 0.05:
            print(f"  {row.state:5s} {np.round(row.level, 2)} nM, PDL1 {row.pdl1:.1f}, "
                  f"CD28 {row.cd28:.1f}: {row.signal:.4f}, off by {error:+.1%}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(exit_code(main))

"""Fit the map by which the composed model has tcell_exhaustion, and say how well.

In the composed model cells of the tumour are stem-like, reversibly dysfunctional as far as TOX
holds their loci, or terminal, and their molecules are not followed: NFAT with AP-1 in stem-like and
in differentiated cells, and the rate at which TOX takes hold, follow the SHP2 that antibodies leave
on PD-1. Cells that TOX holds make it easier for others of their clone to be held, which is how the
first days without TOX enter. The constants are fitted to counts and shares of the cascade from day
3 to day 35 in a B16 tumour, without a drug, with one from the onset, and from day 10. Run it with

    python analyses/exhaustion_map_fit.py
"""

from __future__ import annotations

import sys

import numpy as np
from one_line_errors import exit_code
from scipy.integrate import solve_ivp
from scipy.optimize import least_squares

import immacro

DAYS = np.arange(0.0, 36.0)
READ = DAYS >= 3
COURSES = {"no drug": {}, "anti-PD1 from the onset": {"anti_pd1_dose": 10.0},
           "anti-PD1 from day 10": {"anti_pd1_dose": 10.0, "anti_pd1_start": 10.0}}  # fmt: skip
START = {"stem_signal": 1.97, "stem_signal_shp2": 1.4, "effector_signal": 2.0,
         "effector_signal_shp2": 1.0, "hold_rate": 0.12, "hold_first": 0.28,
         "hold_shp2_free": 0.27}  # fmt: skip


def measured(model, levers) -> dict[str, np.ndarray]:
    """Return stem-like, differentiated and terminal cells, the held share of all, SHP2 left."""
    levers = {**levers, "anti_pd1_count": 8} if levers else levers
    course = model.simulate(levers, context="b16", days=DAYS[-1], points=len(DAYS))
    free = model.simulate(context="b16", days=DAYS[-1], points=len(DAYS))
    values = {name: course[f"{name}_cd8_tumour"].to_numpy()
              for name in ("stem_like", "effector", "terminal", "exhausted")}  # fmt: skip
    values["shp2"] = (course["pd1_shp2_cd8_tumour"] / free["pd1_shp2_cd8_tumour"]).to_numpy()
    return values


def counts(constants: dict[str, float], known: dict[str, float], shp2: np.ndarray) -> np.ndarray:
    """Return stem-like, free, held and terminal cells on DAYS."""
    c, k = constants, known

    def change(day, cells):
        stem, free, held, terminal = cells
        left = np.interp(day, DAYS, shp2)
        paired = c["stem_signal"] / (1 + c["stem_signal_shp2"] * left)
        late = c["effector_signal"] / (1 + c["effector_signal_shp2"] * left)
        share = held / (free + held)
        output = k["effector_output"] * paired * stem
        loss = k["effector_loss"] + k["overstimulation_death"] * late
        hold = c["hold_rate"] * (c["hold_first"] + share)
        hold *= c["hold_shp2_free"] + (1 - c["hold_shp2_free"]) * left
        ends = k["terminal_rate"] * share**2
        crowd = k["stem_loss"] * (1 + stem / k["stem_cd8_baseline"])
        return (
            2 * k["stem_loss"] * k["stem_cd8_baseline"]
            + (k["stem_division"] * paired - crowd) * stem,
            k["effector_loss"] * k["effector_cd8_baseline"]
            + output * (1 - share) - (loss + hold + ends) * free,
            output * share + hold * free - (loss + ends) * held,
            ends * (free + held) - k["terminal_loss"] * terminal,
        )  # fmt: skip

    start = (k["stem_start"], k["effector_start"], 1.0, 0.0)
    return solve_ivp(change, (0, DAYS[-1]), start, method="LSODA", t_eval=DAYS, rtol=1e-7).y


def compared(constants, known, truth) -> np.ndarray:
    """Return log ratios of the three counts, and differences of the held share."""
    stem, free, held, terminal = counts(constants, known, truth["shp2"])
    share = (held + terminal) / (stem + free + held + terminal)
    return np.concatenate([
        np.log(stem / truth["stem_like"])[READ],
        np.log((free + held) / truth["effector"])[READ],
        np.log(terminal[DAYS >= 10] / truth["terminal"][DAYS >= 10]) / 2,
        2 * (share - truth["exhausted"])[READ],
    ])  # fmt: skip


def main() -> None:
    """Print constants and errors."""
    model = immacro.load("tcell_exhaustion", host="mouse")
    rows = ("effector_output", "effector_loss", "overstimulation_death", "terminal_rate",
            "stem_loss", "stem_cd8_baseline", "effector_cd8_baseline", "stem_division",
            "terminal_loss")  # fmt: skip
    known = {row: float(model.parameters.loc[row, "value"]) for row in rows}
    truth = {name: measured(model, levers) for name, levers in COURSES.items()}
    known["stem_start"] = truth["no drug"]["stem_like"][0]
    known["effector_start"] = truth["no drug"]["effector"][0]

    def errors(logs):
        constants = dict(zip(START, np.exp(logs), strict=True))
        return np.concatenate([compared(constants, known, values) for values in truth.values()])

    best = least_squares(errors, np.log(list(START.values())), diff_step=1e-3)
    constants = dict(zip(START, np.exp(best.x), strict=True))
    for name, value in constants.items():
        print(f"{name:22s} {value:.4g}")
    for name, values in truth.items():
        stem, free, held, terminal = counts(constants, known, values["shp2"])
        share = (held + terminal) / (stem + free + held + terminal)
        off = {"stem-like": stem / values["stem_like"] - 1,
               "differentiated": (free + held) / values["effector"] - 1}  # fmt: skip
        words = ", ".join(f"{kind} {abs(error[READ]).max():.0%}" for kind, error in off.items())
        worst = abs(share - values["exhausted"])[READ].max()
        late = abs(terminal / values["terminal"] - 1)[DAYS >= 14].max()
        print(f"{name}: largest errors {words}, terminal from day 14 {late:.0%}, "
              f"held or terminal share {worst:.3f}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(exit_code(main))

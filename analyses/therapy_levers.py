"""Which therapy moves the tumour: all levers by Morris, the strongest by Sobol' with their pairs.

In a mouse with a breast (at3) or a pancreatic tumour (kpc) and in a patient with melanoma, every
therapy of the composed model varies from none to its usual dose or full strength, and begins on any
day of a window. Morris screens all of them. Sobol' splits the variance of the logarithms among the
strongest on the tumour, each with dose and start as one; surgery stays with Morris. Run it with

    python analyses/therapy_levers.py

It writes tables, figures and ``reading.txt`` per context below ``results/therapy_levers``, and
``therapy_levers.png`` there, or where ``--figure`` says. Finished runs are kept: started again, it
continues.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pandas as pd
from cascade_study import Study, conclude, reading
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from one_line_errors import exit_code

import immacro
from immacro import plots
from immacro.sensitivity import report
from immacro.sensitivity.running import Outcome

READ = ("tumour_burden", "primed_cd8_dln", "effector_cd8_tumour", "cdc1_blood", "neutrophil_blood")
#: Largest doses by host, as usual; in man those of anti-G-CSF and FLT3L are assumed.
DOSES = {
    "mouse": {"anti_pd1": 10, "anti_pdl1": 10, "anti_ctla4": 10, "cd40_agonist": 5,
              "poly_iclc": 2.5, "flt3l": 1000, "sargramostim": 100, "anti_gcsf": 1,
              "anti_il6": 10, "anti_vegf": 5},
    "human": {"anti_pd1": 3, "anti_pdl1": 15, "anti_ctla4": 3, "cd40_agonist": 0.2,
              "poly_iclc": 0.02, "flt3l": 75, "sargramostim": 6, "anti_gcsf": 1,
              "anti_il6": 8, "anti_vegf": 10},
}  # fmt: skip
STRENGTHS = ("egress_block", "dln_resection")
#: Cells of a tumour too small to be measured, ten milligrams and a centimetre: added to burdens.
UNMEASURED = {"mouse": 1e7, "human": 1e9}
#: How many levers Sobol' takes from Morris.
STRONGEST = 6


@dataclass(frozen=True)
class Setting:
    """A context: its host, the window in which therapies begin, the days that are read."""

    host: str
    window: tuple[float, float]
    days: tuple[int, int, int]

    def factors(self) -> dict[str, list[str]]:
        """Return lever -> its factors, the amplitude first."""
        low, high = self.window
        levers = {name: [f"{name}_dose=0:{dose:g}"] for name, dose in DOSES[self.host].items()}
        levers |= {name: [f"{name}_strength=0:1"] for name in STRENGTHS}
        for name, factors in levers.items():
            factors.append(f"{name}_start={low:g}:{high:g}:uniform")
        return levers | {"surgery": ["surgery_extent=0:1", f"surgery_day={low:g}:{high:g}:uniform"]}

    def study(self, context: str) -> Study:
        """Return what is read of a context, on a logarithmic scale."""
        *_, last = self.days
        asked = [f"{name}@{day}" for name in READ for day in self.days]
        floors = dict.fromkeys(READ, 1.0) | {
            "tumour_burden": UNMEASURED[self.host], "cdc1_blood": 1e-3,
        }  # fmt: skip
        return Study(model="macroenvironment", levers=(), observables=asked, days=last,
                     context=context, host=self.host, sobol_context=context, second_order=True,
                     floors=floors)  # fmt: skip


SETTINGS = {
    "at3": Setting("mouse", (7, 21), (21, 28, 35)),
    "kpc": Setting("mouse", (9, 23), (23, 30, 37)),
    "melanoma": Setting("human", (305, 365), (390, 420, 480)),
}
#: Levers whose dose and start Morris varies apart.
APART = ("anti_pd1", "cd40_agonist")


def groups(levers: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the groups in which amplitude and start of a lever move together."""
    return [f"{name}=" + ",".join(factor.partition("=")[0] for factor in factors)
            for name, factors in levers.items() if len(factors) > 1]  # fmt: skip


def strongest(screen: Outcome, levers: Mapping[str, Sequence[str]], number: int) -> list[str]:
    """Return the levers with the largest effect on the tumour on any day, surgery aside."""
    effects = screen.indices["mu_star"]
    burden = [name for name in effects["observable"].values if name.startswith("tumour_burden@")]
    largest = effects.sel(observable=burden).max("observable").to_series()
    scores = {}
    for name, factors in levers.items():
        labels = {name, *(factor.partition("=")[0] for factor in factors)}
        scores[name] = max(float(largest[label]) for label in labels & set(largest.index))
    scores.pop("surgery")
    return sorted(scores, key=lambda name: -scores[name])[:number]


def carry_out(context: str, arguments: argparse.Namespace) -> tuple[Outcome, Outcome]:
    """Run or continue both studies of a context; return Morris's and Sobol's."""
    setting = SETTINGS[context]
    study, levers = setting.study(context), setting.factors()
    model = immacro.load(study.model, host=study.host)
    folder = arguments.out / context
    together = {name: factors for name, factors in levers.items() if name not in APART}
    screen = study.run(model, "morris", folder, arguments.workers,
                       factors=list(chain(*levers.values())), groups=groups(together),
                       samples=arguments.trajectories, context=context)  # fmt: skip
    chosen = {name: levers[name] for name in strongest(screen, levers, arguments.levers)}
    shares = study.run(model, "sobol", folder, arguments.workers,
                       factors=list(chain(*chosen.values())), groups=groups(chosen),
                       samples=arguments.samples, context=context)  # fmt: skip
    pairs_told = [f"Strongest pairs, {name}: {pairs_in_words(shares, name)}."
                  for name in burden_on(context)]  # fmt: skip
    conclude(folder, [reading(study, screen, "Morris mu* of all levers (log10)"),
                      reading(study, shares, "Total Sobol' indices (log10)"),
                      *pairs_told, shares.verdict + "."], "sobol/figures")  # fmt: skip
    return screen, shares


def burden_on(context: str) -> list[str]:
    """Return the names of the tumour's burden on the days that are read."""
    return [f"tumour_burden@{day}" for day in SETTINGS[context].days]


def pairs(shares: Outcome, observable: str) -> pd.DataFrame:
    """Return second-order indices of pairs of levers, largest first."""
    names = shares.indices["factor"].values
    values = shares.indices[["S2", "S2_conf"]].assign_coords(factor2=names)
    rows = report.table(values.sel(observable=[observable]))
    place = {name: k for k, name in enumerate(names)}
    first, second = rows["factor"].map(place), rows["factor2"].map(place)
    told = (first < second) & (rows["factor"] != "dummy") & (rows["factor2"] != "dummy")
    return rows[told].sort_values("value", ascending=False, ignore_index=True)


def pairs_in_words(shares: Outcome, observable: str) -> str:
    """Return the three strongest pairs with their intervals."""
    return ", ".join(f"{r.factor} x {r.factor2} ({r.value:.2f}, {r.low:.2f} to {r.high:.2f})"
                     for r in pairs(shares, observable).head(3).itertuples())  # fmt: skip


def words(name: str) -> str:
    """Return a lever as it is called in print."""
    known = {"anti_pd1": "anti-PD1", "anti_pdl1": "anti-PDL1", "anti_ctla4": "anti-CTLA4",
             "cd40_agonist": "CD40 agonist", "poly_iclc": "poly-ICLC", "flt3l": "FLT3L",
             "sargramostim": "GM-CSF", "anti_gcsf": "anti-G-CSF", "anti_il6": "anti-IL-6R",
             "anti_vegf": "anti-VEGF", "egress_block": "egress block",
             "dln_resection": "node resection"}  # fmt: skip
    return known.get(name, name)


def draw(outcomes: Mapping[str, Outcome]) -> Figure:
    """Draw total indices on the tumour over the days, and below them the strongest pairs."""
    style = {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    with rc_context(style):
        figure = Figure(figsize=(3.5 * len(outcomes), 5.2), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(2, len(outcomes), squeeze=False, height_ratios=(5, 2.2))
        for column, (context, shares) in zip(axes.T, outcomes.items(), strict=True):
            host = SETTINGS[context].host
            column[0].set_title(f"{context.upper()}, {host} (N = {shares.study.samples})",
                                loc="left", fontweight="bold")  # fmt: skip
            _totals(column[0], shares, context)
            _pairs(column[1], shares, burden_on(context)[1])
        axes[0, 0].set_ylabel("Lever")
        axes[1, 0].set_ylabel("Pair")
        figure.suptitle("Hollow: the interval includes 0, so that no effect is shown", fontsize=9)
    return figure


def _totals(panel: Axes, shares: Outcome, context: str) -> None:
    days = burden_on(context)
    standard = report.leading(shares, days[1])
    order = [name for name in standard["factor"] if name != "dummy"][::-1]
    colours = (plots.OKABE_ITO[6], plots.OKABE_ITO[2], plots.OKABE_ITO[0])
    for i, (observable, colour) in enumerate(zip(days, colours, strict=True)):
        rows = report.leading(shares, observable).set_index("factor").loc[order]
        _bars(panel, rows, [k + 0.27 * (1 - i) for k in range(len(order))], 0.25, colour,
              f"day {observable.partition('@')[2]}")  # fmt: skip
    panel.set_yticks(range(len(order)), [words(name) for name in order])
    panel.set_xlim(0, 1.5)
    panel.set_xlabel("Total share of the tumour's variance")
    panel.legend(loc="lower right", frameon=False)


def _pairs(panel: Axes, shares: Outcome, observable: str) -> None:
    rows = pairs(shares, observable).head(3)[::-1]
    _bars(panel, rows, list(range(len(rows))), 0.6, plots.OKABE_ITO[1], None)
    names = [f"{words(r.factor)} and\n{words(r.factor2)}" for r in rows.itertuples()]
    panel.set_yticks(range(len(rows)), names, fontsize=8)
    panel.set_xlim(-0.25, 0.5)
    panel.axvline(0, color="0.5", linewidth=0.7)
    panel.set_xlabel(f"Share of the pair, day {observable.partition('@')[2]}")


def _bars(panel: Axes, rows: pd.DataFrame, at: list[float], height: float, colour: str,
          label: str | None) -> None:  # fmt: skip
    reach = [(rows["value"] - rows["low"]).clip(lower=0), (rows["high"] - rows["value"])]
    bars = panel.barh(at, rows["value"], height=height, color=colour, label=label, xerr=reach,
                      error_kw={"ecolor": "0.45", "elinewidth": 0.8})  # fmt: skip
    for bar, low in zip(bars, rows["low"], strict=True):
        if low <= 0:  # hollow: not told from none
            bar.set(facecolor="white", edgecolor=colour)


def main() -> None:
    """Run all contexts and draw the figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("results/therapy_levers"))
    parser.add_argument("--figure", type=Path, help="the composed figure; below --out by default")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--contexts", nargs="+", choices=list(SETTINGS), default=list(SETTINGS))
    parser.add_argument("--samples", type=int, default=128, help="size of Sobol', a power of two")
    parser.add_argument("--trajectories", type=int, default=16, help="size of Morris")
    parser.add_argument("--levers", type=int, default=STRONGEST, help="how many Sobol' takes")
    arguments = parser.parse_args()
    outcomes = {context: carry_out(context, arguments)[1] for context in arguments.contexts}
    path = arguments.figure or arguments.out / "therapy_levers.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    print(f"Figure: {plots.save(draw(outcomes), path)}")


if __name__ == "__main__":
    sys.exit(exit_code(main))

"""Figures: what they show and that nothing is clipped, overlaps or is too small to read."""

import itertools

import matplotlib.text
import numpy as np
import pytest
import xarray as xr
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity import Factor, Study, growth, plots
from immacro.sensitivity.plots import style

NAMES = ("Tumour G-CSF", "Receptor copies on progenitors of dendritic cells", "Dose", "Half-life")
FACTORS = tuple(Factor(f"x{i}", 0, 1, name=name) for i, name in enumerate(NAMES))
TIME = np.linspace(0, 60, 13)


def course(study: Study) -> xr.Dataset:
    x = [study.parameters[f.id].to_numpy()[:, np.newaxis] for f in study.factors[:4]]
    cells = 10 + TIME * (x[0] + x[1] * x[2]) + 0 * x[3]
    ligand = np.exp(x[2] * TIME / 30)
    dims = ("run", "time")
    return xr.Dataset(
        {
            "cells": (dims, cells, {"units": "cells/uL", "long_name": "cDC1 in blood"}),
            "ligand": (dims, ligand, {"units": "pg/mL", "long_name": "G-CSF in blood"}),
        },
        coords={"time": ("time", TIME, {"units": "day"})},
    )


@pytest.fixture(scope="module")
def studies():
    sobol, morris = Study(FACTORS, "sobol", 64), Study(FACTORS, "morris", 10)
    over_time = sobol.analyse(course(sobol))
    screened = morris.analyse(course(morris))
    end = course(sobol).isel(time=-1, drop=True)
    return {
        "time": over_time,
        "morris": screened,
        "end": sobol.analyse(end),
        "grown": growth(sobol, end),
    }


DRAWINGS = {
    "bars": lambda s, width: plots.bars(s["end"], "cells", width=width),
    "bars of a day": lambda s, width: plots.bars(s["time"], "cells", time=30, width=width),
    "bars of nothing": lambda s, width: plots.bars(s["time"], "cells", time=0, width=width),
    "bars of morris": lambda s, width: plots.bars(s["morris"], "ligand", width=width),
    "heatmap": lambda s, width: plots.heatmap(s["end"], width=width),
    "heatmap of a day": lambda s, width: plots.heatmap(s["time"], time=30, width=width),
    "heatmap of morris": lambda s, width: plots.heatmap(s["morris"], width=width),
    "over time": lambda s, width: plots.over_time(s["time"], "cells", width=width),
    "second order": lambda s, width: plots.second_order(s["end"], "cells", width=width),
    "convergence": lambda s, width: plots.convergence(s["grown"], "cells", width=width),
    "scatter": lambda s, width: plots.scatter(s["morris"], "cells", width=width),
}


def texts(figure: Figure) -> list[matplotlib.text.Text]:
    found = figure.findobj(matplotlib.text.Text)
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def drawn(figure: Figure) -> Figure:
    FigureCanvasAgg(figure).draw()
    return figure


@pytest.fixture(
    scope="module",
    params=list(itertools.product(DRAWINGS, (style.COLUMN, style.PAGE))),
    ids=lambda param: f"{param[0]}, {param[1]:g} mm",
)
def sized(request, studies):
    name, width = request.param
    return drawn(DRAWINGS[name](studies, width)), width


class TestReadability:
    def test_it_is_as_wide_as_asked_with_type_of_at_least_seven_points(self, sized):
        figure, width = sized
        assert figure.get_size_inches()[0] * 25.4 == pytest.approx(width)
        assert min(text.get_fontsize() for text in texts(figure)) >= 7

    def test_no_text_is_clipped(self, sized):
        figure, _ = sized
        frame = figure.bbox
        ticks = [*figure.axes[0].get_xticklabels(), *figure.axes[0].get_yticklabels()]
        for text in texts(figure):
            box = text.get_window_extent()
            inside = (
                box.x0 >= frame.x0 - 2
                and box.x1 <= frame.x1 + 2
                and box.y0 >= frame.y0 - 2
                and box.y1 <= frame.y1 + 2
            )
            assert inside or (text in ticks and not _shown(figure, text)), text.get_text()

    def test_tick_labels_do_not_overlap(self, sized):
        figure, _ = sized
        for axes in figure.axes:
            for labels in (axes.get_xticklabels(), axes.get_yticklabels()):
                upright = [t for t in labels if t.get_text() and t.get_rotation() in (0, 90)]
                for one, other in itertools.pairwise(upright):
                    assert not one.get_window_extent().overlaps(other.get_window_extent())


def _shown(figure: Figure, label: matplotlib.text.Text) -> bool:
    """Tick labels beyond the limits exist but are not drawn."""
    axes = figure.axes[0]
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    x, y = label.get_position()
    return min(x0, x1) <= x <= max(x0, x1) and min(y0, y1) <= y <= max(y0, y1)


def words(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in texts(drawn(figure)))


class TestContent:
    def test_bars_show_both_indices_intervals_and_the_dummys_level(self, studies):
        figure = plots.bars(studies["end"], "cells")
        said = words(figure)
        for word in ("total index ST", "first-order index S1", "level of the dummy", "cDC1"):
            assert word in said
        bars = [c for c in figure.axes[0].containers if hasattr(c, "patches")]
        widths = [[patch.get_width() for patch in bar.patches] for bar in bars]
        assert sorted(widths[0]) == sorted(studies["end"]["ST"].sel(observable="cells").values)

    def test_the_most_influential_factor_is_on_top_and_the_dummy_at_the_bottom(self, studies):
        labels = [
            t.get_text() for t in plots.bars(studies["end"], "ligand").axes[0].get_yticklabels()
        ]
        assert labels[0].startswith("dummy")
        assert labels[-1] == "Dose"

    def test_an_output_that_does_not_vary_says_so(self, studies):
        assert "constant: 10 in all runs" in words(plots.bars(studies["time"], "cells", time=0))

    def test_axes_carry_units(self, studies):
        assert "cells/uL per whole range" in words(plots.scatter(studies["morris"], "cells"))
        assert "time (day)" in words(plots.over_time(studies["time"], "cells"))
        assert "share of variance" in words(plots.bars(studies["end"], "cells"))

    def test_the_heat_map_has_a_row_per_observable_and_a_column_per_factor(self, studies):
        figure = plots.heatmap(studies["end"])
        assert figure.axes[0].images[0].get_array().shape == (2, 5)
        value = float(studies["end"]["ST"].sel(observable="ligand", factor="x2"))
        assert f"{value:.2f}" in words(figure)

    def test_the_second_order_map_shows_the_interaction(self, studies):
        image = plots.second_order(studies["end"], "cells").axes[0].images[0].get_array()
        assert np.ma.count(image) == 10
        assert np.unravel_index(image.filled(0).argmax(), image.shape) == (1, 1)  # x1 with x2

    def test_only_the_largest_of_many_factors_are_drawn_and_that_is_said(self):
        many = [Factor(f"x{i}", 0, 1) for i in range(30)]
        study = Study(many, "morris", 6)
        indices = study.analyse(study.parameters.to_numpy() @ np.arange(30.0))
        for figure in (plots.bars(indices), plots.heatmap(indices)):
            assert "largest 20 of 30" in words(figure)

    @pytest.mark.parametrize("drawing", DRAWINGS)
    def test_a_dollar_in_a_name_is_a_dollar_and_no_formula(self, drawing):
        names = (r"a $\frac$", r"b$\undefined{$", "c^_$x$", r"\alpha$ d")
        factors = tuple(Factor(f"x{i}", 0, 1, name=name) for i, name in enumerate(names))
        sobol, morris = Study(factors, "sobol", 32), Study(factors, "morris", 4)
        courses = course(sobol)
        courses["cells"].attrs["long_name"] = courses["ligand"].attrs["long_name"] = r"$\ligand{$"
        end = courses.isel(time=-1, drop=True)
        dollars = {
            "time": sobol.analyse(courses),
            "morris": morris.analyse(course(morris)),
            "end": sobol.analyse(end),
            "grown": growth(sobol, end, sizes=[16, 32]),
        }
        assert "$" in words(DRAWINGS[drawing](dollars, style.PAGE))

    def test_twenty_factors_look_different(self):
        looks = [tuple(style.look(i).values()) for i in range(20)]
        assert len(set(looks)) == 20


class TestRefusals:
    def test_an_unknown_observable_or_index_is_refused(self, studies):
        with pytest.raises(UnknownNameError, match="cells"):
            plots.bars(studies["end"], "cell")
        with pytest.raises(UnknownNameError, match="S1"):
            plots.heatmap(studies["end"], "S")

    def test_one_of_several_observables_must_be_named(self, studies):
        with pytest.raises(InvalidValueError, match="Name one: cells, ligand"):
            plots.bars(studies["end"])

    def test_courses_second_order_and_morris_are_required_where_needed(self, studies):
        with pytest.raises(InvalidValueError, match="not over time"):
            plots.over_time(studies["end"], "cells")
        with pytest.raises(InvalidValueError, match="no second-order"):
            plots.second_order(studies["morris"], "cells")
        with pytest.raises(InvalidValueError, match="not a morris study"):
            plots.scatter(studies["end"], "cells")

"""Figures of time courses: what is on them, and how they are written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from matplotlib.colors import to_hex

from immacro import plots
from immacro.errors import InvalidValueError, OutputError, UnknownNameError


def run(scale: float = 1.0, unit: str = "item/microlitre") -> xr.Dataset:
    time = np.linspace(0.0, 10.0, 11)
    return xr.Dataset(
        {
            "cdc1_blood": (
                "time",
                scale * (1 + time),
                {"units": unit, "long_name": "cDC1 in blood"},
            ),
            "gcsf_blood": (
                "time",
                700 - time,
                {"units": "picogram/millilitre", "long_name": "free G-CSF in plasma"},
            ),
        },
        coords={"time": ("time", time, {"units": "day"})},
    )


class TestPanels:
    def test_each_observable_has_a_panel_with_its_name_and_unit(self):
        figure = plots.time_courses(run())
        assert [a.get_title(loc="left") for a in figure.axes] == [
            "cDC1 in blood",
            "Free G-CSF in plasma",
        ]
        assert [a.get_ylabel().strip() for a in figure.axes] == ["per µL", "pg/mL"]
        assert {a.get_xlabel() for a in figure.axes} == {"Days from onset"}

    def test_observables_are_drawn_in_the_order_that_is_asked_for(self):
        figure = plots.time_courses(run(), ["gcsf_blood", "cdc1_blood"])
        assert figure.axes[0].get_title(loc="left") == "Free G-CSF in plasma"

    def test_eleven_panels_have_time_on_the_lowest_of_each_column(self):
        wide = xr.merge([run()["gcsf_blood"].rename(f"o{i}") for i in range(11)])
        figure = plots.time_courses(wide)
        assert len(figure.axes) == 11
        assert [bool(a.get_xlabel()) for a in figure.axes] == [False] * 8 + [True] * 3

    def test_a_line_shows_the_data(self):
        line = plots.time_courses(run(), ["cdc1_blood"]).axes[0].lines[0]
        assert line.get_xdata()[-1] == 10
        assert line.get_ydata()[-1] == 11

    def test_large_numbers_are_multiples_of_a_power_of_ten_named_on_the_axis(self):
        panel = plots.time_courses(run(scale=2e6, unit="item"), ["cdc1_blood"]).axes[0]
        assert panel.get_ylabel() == "$10^{6}$ (number)"
        assert panel.lines[0].get_ydata()[-1] == pytest.approx(22)

    def test_an_axis_of_positive_values_starts_at_zero(self):
        figure = plots.time_courses(run())
        assert [a.get_ylim()[0] for a in figure.axes] == [0, 0]

    def test_an_axis_shows_values_below_zero(self):
        panel = plots.time_courses(run(scale=-1), ["cdc1_blood"]).axes[0]
        assert panel.get_ylim()[0] < -10

    def test_a_failed_run_leaves_an_empty_panel(self):
        assert plots.time_courses(run() * np.nan, ["cdc1_blood"]).axes[0].lines

    def test_a_file_without_units_has_a_plain_time_axis(self):
        data = run()
        data["time"].attrs["units"] = ""
        assert plots.time_courses(data).axes[0].get_xlabel() == "Time"


class TestRuns:
    def test_several_runs_share_a_panel_and_a_legend(self):
        figure = plots.time_courses({"healthy": run(), "tumour": run(2)})
        assert [len(a.lines) for a in figure.axes] == [2, 2]
        assert [t.get_text() for t in figure.legends[0].get_texts()] == ["healthy", "tumour"]

    def test_one_run_needs_no_legend(self):
        assert not plots.time_courses(run()).legends

    def test_seven_runs_have_seven_colours_of_okabe_and_ito(self):
        figure = plots.time_courses({str(i): run(i + 1) for i in range(7)})
        colours = [to_hex(line.get_color()).upper() for line in figure.axes[0].lines]
        assert colours == list(plots.OKABE_ITO)
        assert len(set(colours)) == 7

    def test_runs_in_different_units_are_refused(self):
        with pytest.raises(InvalidValueError, match="different units"):
            plots.time_courses({"a": run(), "b": run(unit="item")})

    def test_an_unknown_observable_is_refused(self):
        with pytest.raises(UnknownNameError, match="Did you mean 'cdc1_blood'"):
            plots.time_courses(run(), ["cdc1_blod"])

    def test_many_runs_at_once_are_refused(self):
        many = xr.concat([run(), run(2)], dim="run")
        with pytest.raises(InvalidValueError, match="Choose one run"):
            plots.time_courses(many)

    @pytest.mark.parametrize(("data", "names"), [({}, None), ("run", [])])
    def test_nothing_to_draw_is_refused(self, data, names):
        with pytest.raises(InvalidValueError, match="at least one"):
            plots.time_courses(run() if data == "run" else data, names)


@pytest.mark.parametrize(
    ("unit", "short"),
    [
        ("item/microlitre", "per µL"),
        ("item", "number"),
        ("picogram/millilitre", "pg/mL"),
        ("microgram/kilogram", "µg/kg"),
        ("dimensionless", "dimensionless"),
        ("", ""),
        ("mole/litre", "mole/L"),
    ],
)
def test_units_are_shown_short(unit, short):
    assert plots.short_unit(unit) == short


class TestSaving:
    def test_the_same_figure_gives_the_same_file(self, tmp_path: Path):
        for name in ("a.svg", "b.svg"):
            plots.save(plots.time_courses(run()), tmp_path / name)
        assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()

    def test_text_in_an_svg_stays_text(self, tmp_path: Path):
        plots.save(plots.time_courses(run()), tmp_path / "a.svg")
        assert "cDC1 in blood</text>" in (tmp_path / "a.svg").read_text("utf-8")

    @pytest.mark.parametrize("name", ["a", "a.xyz", "a.xml"])
    def test_an_unknown_format_is_refused(self, tmp_path: Path, name):
        with pytest.raises(OutputError, match=r"\.png"):
            plots.save(plots.time_courses(run()), tmp_path / name)
        assert list(tmp_path.iterdir()) == []

    def test_a_missing_folder_is_refused(self, tmp_path: Path):
        with pytest.raises(OutputError, match="Create the folder"):
            plots.save(plots.time_courses(run()), tmp_path / "no" / "a.png")

    def test_an_old_figure_survives_a_failure(self, tmp_path: Path, monkeypatch):
        path = tmp_path / "a.png"
        path.write_bytes(b"old")
        monkeypatch.setattr("os.fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OutputError, match="full"):
            plots.save(plots.time_courses(run()), path)
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]

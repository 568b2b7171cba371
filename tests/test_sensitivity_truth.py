"""Functions with known indices, as numpy and as SBML, must give them within their intervals."""

import numpy as np
import pytest
import xarray as xr
from sensitivity_functions import Ishigami, Sbml, SobolG

from immacro.sensitivity import Study


@pytest.fixture(scope="module", params=["numpy", "sbml"])
def form(request):
    return (lambda known: known) if request.param == "numpy" else Sbml


@pytest.fixture(scope="module", params=[Ishigami, SobolG])
def known(request, form):
    return form(request.param)


def analysed(known, method, samples, **options):
    study = Study(known.factors, method, samples, seed=0, options=options)
    return study.analyse(known.values(study.parameters))


def assert_within(indices: xr.Dataset, name: str, truth: np.ndarray) -> None:
    """The dummy, which comes last, has the index 0."""
    interval = indices[f"{name}_conf"].isel(observable=0)
    low, high = interval.sel(bound="low").values, interval.sel(bound="high").values
    expected = np.pad(truth, [(0, 1)] * truth.ndim)
    at = ~np.eye(len(expected), dtype=bool) if truth.ndim == 2 else slice(None)
    assert (low[at] <= expected[at] + 1e-12).all(), (low, expected)
    assert (high[at] >= expected[at] - 1e-12).all(), (high, expected)


def width(indices: xr.Dataset, name: str) -> float:
    """The largest half width of the intervals."""
    return float(indices[f"{name}_conf"].diff("bound").max()) / 2


@pytest.mark.parametrize("function", [Ishigami, SobolG])
def test_the_sbml_file_is_the_function(function):
    study = Study(function.factors, "rbd_fast", 100)
    np.testing.assert_allclose(
        Sbml(function).values(study.parameters), function.values(study.parameters), rtol=1e-12
    )


def test_sobol_gives_first_second_and_total_indices(known):
    indices = analysed(known, "sobol", 1024)
    assert_within(indices, "S1", known.s1)
    assert_within(indices, "ST", known.st)
    assert_within(indices, "S2", known.s2)
    assert width(indices, "ST") < 0.15
    np.testing.assert_allclose(indices["ST"][0, :-1], known.st, atol=0.02)
    np.testing.assert_allclose(indices["S1"][0, :-1], known.s1, atol=0.03)


def test_efast_gives_first_and_total_indices(known):
    indices = analysed(known, "efast", 513)
    assert_within(indices, "S1", known.s1)
    assert_within(indices, "ST", known.st)
    assert width(indices, "ST") < 0.1


def test_delta_gives_the_moment_independent_index(known):
    indices = analysed(known, "delta", 2048)
    assert_within(indices, "delta", known.delta)
    assert width(indices, "delta") < 0.13


def test_rbd_fast_gives_first_order_indices(known):
    indices = analysed(known, "rbd_fast", 2000)
    assert_within(indices, "S1", known.s1)
    assert width(indices, "S1") < 0.06


def test_hdmr_gives_all_indices_of_a_polynomial():
    study = Study(SobolG.factors[:3], "hdmr", 600, options={"order": 2})
    x1, x2, x3 = study.parameters.to_numpy().T
    indices = study.analyse(x1 + 2 * x2**2 + 3 * x1 * x3, resamples=10)
    parts = np.array([2.5**2 / 12, 4 * (1 / 5 - 1 / 9), 1.5**2 / 12])
    pair = 9 / 144
    variance = parts.sum() + pair
    assert float(indices["explained"][0]) > 0.99
    np.testing.assert_allclose(indices["S1"][0, :-1], parts / variance, atol=0.03)
    np.testing.assert_allclose(
        indices["ST"][0, :-1], (parts + np.array([pair, 0, pair])) / variance, atol=0.03
    )
    np.testing.assert_allclose(indices["S2"][0, 0, 2], pair / variance, atol=0.02)


def test_dgsm_bounds_the_total_index(known):
    indices = analysed(known, "dgsm", 512)
    assert (indices["dgsm"][0, :-1].values >= known.st).all()


def test_dgsm_gives_the_mean_squared_derivative_of_ishigami():
    """By hand: E[(df/dx1)²] and so on, times (2 pi)² for the unit cube."""
    mean_x4, mean_x8, mean_x6 = np.pi**4 / 5, np.pi**8 / 9, np.pi**6 / 7
    squared = np.array(
        [
            0.5 * (1 + 0.2 * mean_x4 + 0.01 * mean_x8),
            49 / 2,
            0.16 * mean_x6 * 0.5,
        ]
    )
    indices = analysed(Ishigami, "dgsm", 2048)
    np.testing.assert_allclose(indices["vi"][0, :-1], squared * (2 * np.pi) ** 2, rtol=0.05)


@pytest.mark.parametrize("method", ["sobol", "morris", "dgsm"])
def test_the_dummy_of_a_deterministic_model_is_exactly_zero(method):
    study = Study(Ishigami.factors, method)
    indices = study.analyse(Ishigami.values(study.parameters))
    assert float(indices[study.kind.headline].sel(factor="dummy").item()) == 0


@pytest.mark.parametrize("method", ["efast", "rbd_fast", "delta", "pawn", "rsa", "hdmr"])
def test_the_dummy_is_near_zero_and_far_below_active_factors(method):
    study = Study(SobolG.factors[:2], method, None if method == "efast" else 1000, seed=3)
    x1, x2 = study.parameters.to_numpy().T
    value = study.analyse(x1 + x2**2)[study.kind.headline].isel(observable=0)
    dummy = float(value.sel(factor="dummy"))
    assert abs(dummy) < 0.1
    assert dummy < 0.3 * float(value.drop_sel(factor="dummy").min())


def test_morris_finds_the_inert_factor():
    inert = SobolG.factors
    study = Study(inert, "morris", samples=20, seed=5)
    table = study.parameters
    values = Ishigami.values(table.rename(columns={"x4": "unused"}) * 2 * np.pi - np.pi)
    indices = study.analyse(values).isel(observable=0)
    assert float(indices["mu_star"].sel(factor="x4")) == 0
    assert (indices["mu_star"].sel(factor=["x1", "x2", "x3"]) > 1).all()


@pytest.mark.parametrize("method", ["pawn", "rsa"])
def test_distribution_methods_rank_the_factors_of_g(method):
    study = Study(SobolG.factors, method, samples=2000, seed=1)
    value = study.analyse(SobolG.values(study.parameters))[study.kind.headline][0].values
    assert value[0] > value[1] > value[2:4].max()

"""The statistics of PAWN and RSA as SALib computes them, fast enough to be resampled.

SALib calls scipy's two-sample tests slice by slice, p-values included. Here all slices or bins of
a factor are done at once from cumulative counts; the numbers are the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def slices(x: FloatArray, count: int) -> IntArray:
    """Return the slice of each row by quantiles of the factor, or -1.

    As in SALib, the largest value is in no slice.
    """
    edges = np.quantile(x, np.linspace(0, 1, count + 1))
    found = np.searchsorted(edges, x, side="right") - 1
    return np.where(found < count, found, -1).astype(np.int64)


def kolmogorov(slice_of: IntArray, count: int, y: FloatArray) -> FloatArray:
    """Return the Kolmogorov distance of ``y`` in each slice from all of ``y``.

    Args:
        slice_of: (row, factor) slices.
        count: of slices.
        y: the output.

    Returns:
        (factor, slice); an empty slice gives NaN.
    """
    order = np.argsort(y, kind="stable")
    last_of_ties = np.append(np.diff(y[order]) > 0, True)
    member = slice_of[order][:, :, np.newaxis] == np.arange(count)
    reached = np.cumsum(member, axis=0, dtype=np.float32)[last_of_ties]
    total = member.sum(axis=0)
    overall = (np.flatnonzero(last_of_ties) + 1)[:, np.newaxis, np.newaxis] / len(y)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(reached / total - overall).max(axis=0), dtype=np.float64)


def bins(y: FloatArray, count: int) -> IntArray:
    """Return the bin of each row by quantiles of the output."""
    edges = np.quantile(y, np.append(np.arange(0.0, 1.0, 1 / count), 1.0))
    return np.maximum(np.searchsorted(edges, y, side="left") - 1, 0).astype(np.int64)


def cramer_von_mises(orders: IntArray, bin_of: IntArray, usable: NDArray[np.bool_]) -> FloatArray:
    """Return the Cramér-von Mises statistic of each factor in each bin against the other bins.

    Args:
        orders: (row, factor), the rows sorted by each factor, whose values are distinct.
        bin_of: the bin of each row.
        usable: which bins hold more than one value of the output; the others give NaN.

    Returns:
        (factor, bin).
    """
    rows, count = len(orders), len(usable)
    member = bin_of[orders][:, :, np.newaxis] == np.arange(count)
    inside = np.cumsum(member, axis=0, dtype=np.float64)
    outside = np.arange(1, rows + 1)[:, np.newaxis, np.newaxis] - inside
    n, m = inside[-1], outside[-1]
    u = n * np.where(member, outside**2, 0).sum(axis=0)
    u += m * np.where(member, 0, inside**2).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        statistic = u / (n * m * rows) - (4 * n * m - 1) / (6 * rows)
    return np.where(usable & (m > 0), statistic, np.nan)


def distance(statistic: FloatArray, members: IntArray, rows: int) -> FloatArray:
    """Turn the statistic, which grows with the number of rows, into a squared distance."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(statistic * rows / (members * (rows - members)), dtype=np.float64)

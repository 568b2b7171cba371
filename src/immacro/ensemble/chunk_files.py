"""Results on disk: NetCDF files that any tool opens, each complete and with its own checksum.

A file has the dimensions (run, time), a variable per observable, and for each run ``failed``,
``reason``, ``run_lost`` (failed through its surroundings, to be tried again) and ``run_seconds``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from immacro import files
from immacro.ensemble.chunks import ChunkResult
from immacro.errors import ImmacroError
from immacro.simulation.contents import Output
from immacro.simulation.engine import Array

_MARK, _STUDY = "checksum", "study"


class DamagedFileError(ImmacroError):
    """A file of results that is not as it was written."""


@dataclass(frozen=True)
class Finished:
    """Runs from a file, as `ChunkResult` has them but with ``lost`` for each run."""

    runs: list[int]
    values: Array
    reasons: list[str]
    lost: list[bool]


def write(
    path: Path,
    study: str,
    results: Sequence[ChunkResult],
    times: Array,
    outputs: Sequence[Output],
) -> None:
    """Write results, all or nothing.

    Args:
        path: the file.
        study: what tells the study from others.
        results: some of its results.
        times: the times that they report.
        outputs: what they report.

    Raises:
        OutputError: they cannot be written.
    """
    values = np.concatenate([r.values for r in results])
    reasons = [reason for r in results for reason in r.reasons]
    per_run = {
        "failed": np.array([reason != "" for reason in reasons]),
        "reason": np.array(reasons),
        "run_lost": np.repeat([r.lost for r in results], [len(r.runs) for r in results]),
        "run_seconds": np.concatenate([r.seconds for r in results]),
    }
    data = xr.Dataset(
        {
            **{
                o.id: (("run", "time"), values[:, :, i], {"units": o.unit, "long_name": o.name})
                for i, o in enumerate(outputs)
            },
            **{name: ("run", column) for name, column in per_run.items()},
        },
        coords={
            "run": ("run", np.array([n for r in results for n in r.runs], dtype=np.int32)),
            "time": ("time", times),
        },
    )
    data.attrs = {_STUDY: study, _MARK: _checksum(data)}
    # NetCDF 3 has no 64-bit integers, and needs none here; xarray writes it without a C library.
    content = data.to_netcdf(engine="scipy", format="NETCDF3_64BIT")
    files.write_bytes(path, bytes(content))


def read(path: Path, study: str, outputs: Sequence[Output]) -> Finished:
    """Read results.

    Args:
        path: the file.
        study: what tells the study from others.
        outputs: what the results report.

    Raises:
        DamagedFileError: the file is cut short, altered or from another study.
    """
    try:
        with xr.load_dataset(io.BytesIO(path.read_bytes()), engine="scipy") as data:
            if data.attrs.get(_MARK) != _checksum(data):
                raise DamagedFileError(f"{path} has been altered since it was written")
            if data.attrs[_STUDY] != study:
                raise DamagedFileError(f"{path} belongs to another study")
            return Finished(
                data["run"].values.tolist(),
                np.stack([data[o.id].values for o in outputs], axis=-1),
                [str(reason) for reason in data["reason"].values],
                data["run_lost"].values.astype(bool).tolist(),
            )
    except DamagedFileError:
        raise
    except Exception as error:  # a NetCDF reader fails in many ways on bytes that are none
        raise DamagedFileError(f"{path} cannot be read ({type(error).__name__})") from None


def _checksum(data: xr.Dataset) -> str:
    digest = hashlib.sha256()
    for name in sorted(map(str, data.variables)):
        values = data[name].values
        if values.dtype.kind in "iub":
            values = values.astype("<i8")
        content = (
            "\0".join(map(str, values)).encode()
            if values.dtype.kind in "UOST"
            else np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tobytes()
        )
        digest.update(f"{name} {values.shape} ".encode() + content)
    return digest.hexdigest()

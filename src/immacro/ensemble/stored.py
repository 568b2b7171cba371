"""Reading what a study has stored: its description, its design and its results so far."""

from __future__ import annotations

import io
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from immacro.ensemble import chunk_files, manifest
from immacro.ensemble.chunk_files import DamagedFileError
from immacro.ensemble.manifest import Manifest
from immacro.errors import ImmacroError
from immacro.simulation import result
from immacro.simulation.contents import Output

STUDY, MODEL, DESIGN, CHUNKS = "study.json", "model.xml", "design.csv", "chunks"


class StoreError(ImmacroError):
    """A folder that cannot hold, or does not hold, the study."""


class StoreWarning(UserWarning):
    """Something about a stored study that its user should know."""


def load_store(folder: str | Path) -> xr.Dataset:
    """Read what a study has finished so far, also while it runs.

    Returns:
        A dataset as `run_many` returns it, with the runs that are finished; the attribute
        ``planned_runs`` says how many there will be. Damaged files are left out with a warning.

    Raises:
        StoreError: the folder holds no study.
    """
    folder = Path(folder)
    described = read_manifest(folder)
    table = read_table(folder, described)
    times, reported = np.array(described["times"], dtype=np.float64), outputs(described)
    identity = manifest.identity(described)
    values = np.full((len(table), len(times), len(reported)), np.nan)
    reasons = np.full(len(table), "", dtype=object)
    done = np.zeros(len(table), dtype=bool)
    for path in chunk_paths(folder):
        try:
            part = chunk_files.read(path, identity, reported)
        except DamagedFileError as error:
            warn(f"{error.problem}; its runs are left out")
            continue
        values[part.runs] = part.values
        reasons[part.runs] = part.reasons
        done[part.runs] = True
    model, context = described["model"], described["context"]
    attributes = {
        **model,
        "model": model["name"],
        "context": context["name"],
        "settings": json.dumps(context["values"]),
        "time_unit": described["time_unit"],
        "versions": json.dumps(described["sessions"][-1]["versions"]),
        "planned_runs": len(table),
    }
    del attributes["name"]
    return result.courses(values[done], reasons[done], times, reported, table[done], attributes)


def read_manifest(folder: Path) -> Manifest:
    """Read the description of a study.

    Raises:
        StoreError: there is none.
    """
    try:
        described = json.loads((folder / STUDY).read_text("utf-8"))
        if not str(described["format"]).startswith("immacro ensemble "):
            raise ValueError
        if described["format"] == manifest.FORMAT and not manifest.is_complete(described):
            raise ValueError
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(f"{folder} holds no study", "Start one there, without resuming") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            f"{folder / STUDY} does not describe a study", "Start the study in another folder"
        ) from None
    if described["format"] != manifest.FORMAT:
        raise StoreError(
            f"{folder} was written in the format '{described['format']}', "
            f"and this version knows '{manifest.FORMAT}'",
            "Use the version of immacro that is named in its study.json",
        )
    return dict(described)


def read_table(folder: Path, described: Manifest) -> pd.DataFrame:
    """Read the design of a study.

    Raises:
        StoreError: it is not as it was written.
    """
    try:
        text = (folder / DESIGN).read_text("utf-8")
        # As text first: a label may look like a number or like a missing value.
        table = pd.read_csv(io.StringIO(text), index_col=0, dtype=str, keep_default_na=False)
        table = table.astype(np.float64)
        table.columns = pd.Index(described["design"]["columns"], dtype=str)
        if described["design"]["integer_labels"]:
            table.index = table.index.astype(np.int64)
        whole = len(table) == described["design"]["runs"]
    except (OSError, ValueError, KeyError):
        whole = False
    if not whole or manifest.design_hash(table) != described["design"]["sha256"]:
        raise StoreError(
            f"{folder / DESIGN} has been altered since the study began",
            "Start the study in another folder",
        )
    return table


def outputs(described: Manifest) -> list[Output]:
    """Return what the runs of a study report."""
    return [Output(o["id"], o["id"], o["unit"], o["name"]) for o in described["observables"]]


def chunk_paths(folder: Path) -> list[Path]:
    """Return the files of results, in the order in which they were written."""
    paths = (folder / CHUNKS).glob("*.nc")
    return sorted((p for p in paths if p.stem.isdigit()), key=lambda p: int(p.stem))


def warn(message: str) -> None:
    """Warn of something about a stored study."""
    warnings.warn(f"{message}.", StoreWarning, stacklevel=3)

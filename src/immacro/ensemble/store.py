"""A study on disk, in open formats, so that nothing that was computed is lost.

    DIR/
      study.json    what the study is, and when and by what it was run (`manifest`)
      model.xml     the SBML, byte for byte
      design.csv    the table of settings
      chunks/       the finished runs, as they came (`chunk_files`)

Every file is complete or not there at all. Results are written every ``WRITE_SECONDS``, and
whatever there is when a study stops. How runs are spread over files means nothing. A file that was
damaged is reported and its runs are carried out again. One study at a time works in a folder.
"""

from __future__ import annotations

import io
import json
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import filelock
import numpy as np
import pandas as pd
import xarray as xr

from immacro import files
from immacro.ensemble import chunk_files, manifest
from immacro.ensemble.chunk_files import DamagedFileError, Finished
from immacro.ensemble.chunks import ChunkResult
from immacro.ensemble.manifest import Manifest
from immacro.errors import ImmacroError, OutputError
from immacro.simulation import result
from immacro.simulation.contents import Output

#: Seconds of results that may be lost if this process is killed.
WRITE_SECONDS = 5.0
_MAX_BYTES = 64 * 2**20
_STUDY, _MODEL, _DESIGN, _CHUNKS, _LOCK = (
    "study.json",
    "model.xml",
    "design.csv",
    "chunks",
    ".immacro.lock",
)


class StoreError(ImmacroError):
    """A folder that cannot hold, or does not hold, the study."""


class StoreWarning(UserWarning):
    """Something about a stored study that its user should know."""


class Store:
    """The folder of a study, locked until it is closed; ``create`` or ``resume`` one."""

    def __init__(self, folder: Path, described: Manifest, lock: filelock.BaseFileLock) -> None:
        self.folder = folder
        self._outputs = _outputs(described)
        self._times = np.array(described["times"], dtype=np.float64)
        self._lock = lock
        self._waiting: list[ChunkResult] = []
        self._last_write = time.monotonic()
        self._next = 1 + max((int(p.stem) for p in _chunk_paths(folder)), default=0)

    @classmethod
    def create(cls, folder: Path, described: Manifest, sbml: bytes, table: pd.DataFrame) -> Store:
        """Start a study in a new or empty folder.

        Raises:
            StoreError: the folder is not empty, or in use.
            OutputError: it cannot be written.
        """
        lock = _locked(folder, create=True)
        try:
            if (folder / _STUDY).exists():
                done = len(_numbers(folder))
                raise StoreError(
                    f"{folder} holds a study already ({done} files of results)",
                    "Resume it, or choose another folder",
                )
            others = [p.name for p in folder.iterdir() if p.name not in (_MODEL, _DESIGN, _LOCK)]
            if [name for name in others if name != _CHUNKS and not name.startswith(".")]:
                raise StoreError(f"{folder} is not empty", "Choose another folder")
            _make(folder / _CHUNKS)
            files.write_bytes(folder / _MODEL, sbml)
            files.write_text(folder / _DESIGN, table.to_csv(index_label="run", lineterminator="\n"))
            # The last file makes it a study: one that was cut off before can be started again.
            sessions = {"sessions": [manifest.session()]}
            files.write_text(folder / _STUDY, _json({**described, **sessions}))
            return cls(folder, described, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def resume(cls, folder: Path, described: Manifest, table: pd.DataFrame) -> Store:
        """Continue a study.

        Raises:
            StoreError: the folder holds no study or another one, or is in use.
            OutputError: it cannot be written.
        """
        _read_manifest(folder)
        lock = _locked(folder, create=False)
        try:
            old = _read_manifest(folder)
            changed = manifest.differences(old, described, _read_table(folder, old), table)
            if changed:
                raise StoreError(
                    f"{folder} holds another study; changed is {'; '.join(changed)}",
                    "Put it back as it was, or choose another folder",
                )
            sessions = old.get("sessions") or [{}]
            now = manifest.session()
            versions = manifest.version_changes(sessions[-1], now)
            if versions:
                _warn(f"The study continues with other versions: {'; '.join(versions)}")
            files.write_text(folder / _STUDY, _json({**old, "sessions": [*sessions, now]}))
            return cls(folder, described, lock)
        except BaseException:
            lock.release()
            raise

    def finished(self) -> Iterator[Finished]:
        """Read what is finished, later files last; damaged files are set aside."""
        for path in _chunk_paths(self.folder):
            try:
                yield chunk_files.read(path, self._times, self._outputs)
            except DamagedFileError as error:
                _warn(f"{error.problem}; its runs are carried out again")
                path.replace(path.with_suffix(".damaged"))

    def add(self, results: ChunkResult) -> None:
        """Take results, and write them when it is time to.

        Raises:
            OutputError: they cannot be written.
        """
        self._waiting.append(results)
        size = sum(r.values.nbytes for r in self._waiting)
        if time.monotonic() - self._last_write >= WRITE_SECONDS or size >= _MAX_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write all results now.

        Raises:
            OutputError: they cannot be written.
        """
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        path = self.folder / _CHUNKS / f"{self._next:06}.nc"
        try:
            chunk_files.write(path, waiting, self._times, self._outputs)
        except OutputError as error:
            raise OutputError(
                error.problem, "Free some space, then resume: what was written before is kept"
            ) from None
        except BaseException:
            self._waiting = waiting
            raise
        self._next += 1
        self._last_write = time.monotonic()

    def close(self) -> None:
        """Write what there is and unlock the folder."""
        try:
            self.flush()
        finally:
            self._lock.release()


def load_store(folder: str | Path) -> xr.Dataset:
    """Read what a study has finished so far, also while it runs.

    Returns:
        A dataset as `run_many` returns it, with the runs that are finished; the attribute
        ``planned_runs`` says how many there will be. Damaged files are left out with a warning.

    Raises:
        StoreError: the folder holds no study.
    """
    folder = Path(folder)
    described = _read_manifest(folder)
    table = _read_table(folder, described)
    times, outputs = np.array(described["times"], dtype=np.float64), _outputs(described)
    values = np.full((len(table), len(times), len(outputs)), np.nan)
    reasons = np.full(len(table), "", dtype=object)
    done = np.zeros(len(table), dtype=bool)
    for path in _chunk_paths(folder):
        try:
            part = chunk_files.read(path, times, outputs)
        except DamagedFileError as error:
            _warn(f"{error.problem}; its runs are left out")
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
    return result.courses(values[done], reasons[done], times, outputs, table[done], attributes)


def _read_manifest(folder: Path) -> Manifest:
    try:
        described = json.loads((folder / _STUDY).read_text("utf-8"))
        if not str(described["format"]).startswith("immacro ensemble "):
            raise ValueError
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(f"{folder} holds no study", "Start one there, without resuming") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            f"{folder / _STUDY} does not describe a study", "Start the study in another folder"
        ) from None
    if described["format"] != manifest.FORMAT:
        raise StoreError(
            f"{folder} was written in the format '{described['format']}', "
            f"and this version knows '{manifest.FORMAT}'",
            "Use the version of immacro that is named in its study.json",
        )
    return dict(described)


def _read_table(folder: Path, described: Manifest) -> pd.DataFrame:
    try:
        text = (folder / _DESIGN).read_text("utf-8")
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
            f"{folder / _DESIGN} has been altered since the study began",
            "Start the study in another folder",
        )
    return table


def _outputs(described: Manifest) -> list[Output]:
    return [Output(o["id"], o["id"], o["unit"], o["name"]) for o in described["observables"]]


def _numbers(folder: Path) -> list[int]:
    return [int(path.stem) for path in _chunk_paths(folder)]


def _chunk_paths(folder: Path) -> list[Path]:
    paths = (folder / _CHUNKS).glob("*.nc")
    return sorted((p for p in paths if p.stem.isdigit()), key=lambda p: int(p.stem))


def _locked(folder: Path, create: bool) -> filelock.BaseFileLock:
    if create:
        _make(folder)
    lock = filelock.FileLock(folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise StoreError(
            f"Another process is working on the study in {folder}",
            "Wait until it ends, or choose another folder",
        ) from None
    except OSError as error:
        raise files.unwritable(folder, error) from None
    return lock


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.unwritable(folder, error) from None


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _warn(message: str) -> None:
    warnings.warn(f"{message}.", StoreWarning, stacklevel=3)

"""A study on disk, in open formats, so that nothing that was computed is lost.

    DIR/
      study.json    what the study is, and when and by what it was run (`manifest`)
      model.xml     the SBML, byte for byte
      design.csv    the table of settings
      chunks/       the finished runs, as they came (`chunk_files`)

Every file is complete or not there at all. Results are written every ``WRITE_SECONDS``, and
whatever there is when a study stops. How runs are spread over files means nothing. A file that was
damaged is reported and its runs are carried out again. One study at a time works in a folder.

A new study that fails before its first result (no scheduler answers, the file cannot be loaded)
leaves nothing behind, so that the corrected command finds the folder as it was. Interrupted, or on
a full disk, it stays and can be resumed.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import filelock
import numpy as np
import pandas as pd

from immacro import files
from immacro.ensemble import changes, chunk_files, manifest, stored
from immacro.ensemble.chunk_files import DamagedFileError, Finished
from immacro.ensemble.chunks import ChunkResult
from immacro.ensemble.manifest import Manifest
from immacro.ensemble.stored import StoreError
from immacro.errors import OutputError

__all__ = ["Store", "StoreError"]

#: Seconds of results that may be lost if this process is killed.
WRITE_SECONDS = 5.0
_MAX_BYTES = 64 * 2**20
_LOCK = ".immacro.lock"


class Store:
    """The folder of a study, locked until the end of its ``with``; ``create`` or ``resume`` one.

    Args:
        folder: the folder.
        described: what the study is.
        lock: the folder's.
        made: the folders that were made for a new study, the innermost first; None if it is old.
    """

    def __init__(
        self,
        folder: Path,
        described: Manifest,
        lock: filelock.BaseFileLock,
        made: Sequence[Path] | None = None,
    ) -> None:
        self.folder = folder
        self._made = made
        self._identity = manifest.identity(described)
        self._outputs = stored.outputs(described)
        self._times = np.array(described["times"], dtype=np.float64)
        self._lock = lock
        self._waiting: list[ChunkResult] = []
        self._last_write = time.monotonic()
        self._next = 1 + max((int(p.stem) for p in stored.chunk_paths(folder)), default=0)

    @classmethod
    def create(cls, folder: Path, described: Manifest, sbml: bytes, table: pd.DataFrame) -> Store:
        """Start a study in a new or empty folder.

        Raises:
            StoreError: the folder is not empty, or in use.
            OutputError: it cannot be written.
        """
        _refuse_occupied(folder)
        made = _make(folder)
        lock = _locked(folder)
        try:
            _refuse_occupied(folder)  # again, now that nobody else can
            _make(folder / stored.CHUNKS)
            files.write_bytes(folder / stored.MODEL, sbml)
            design = table.to_csv(index_label="run", lineterminator="\n")
            files.write_text(folder / stored.DESIGN, design)
            # The last file makes it a study: one that was cut off before can be started again.
            sessions = {"sessions": [manifest.session()]}
            files.write_text(folder / stored.STUDY, _json({**described, **sessions}))
            return cls(folder, described, lock, made)
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
        stored.read_manifest(folder)
        lock = _locked(folder)
        try:
            old = stored.read_manifest(folder)
            sessions = old.get("sessions") or [{}]
            now = manifest.session()
            versions = changes.versions(sessions[-1], now)
            changed = changes.differences(old, described, stored.read_table(folder, old), table)
            if changed:
                by = f"; written with other versions: {', '.join(versions)}" if versions else ""
                raise StoreError(
                    f"{folder} holds another study: {'; '.join(changed)}{by}",
                    "Ask for the same again, or choose another folder",
                )
            if versions:
                stored.warn(f"The study continues with other versions: {'; '.join(versions)}")
            _make(folder / stored.CHUNKS)
            files.write_text(folder / stored.STUDY, _json({**old, "sessions": [*sessions, now]}))
            return cls(folder, described, lock)
        except BaseException:
            lock.release()
            raise

    def finished(self) -> Iterator[Finished]:
        """Read what is finished, later files last; damaged files are set aside."""
        for path in stored.chunk_paths(self.folder):
            try:
                yield chunk_files.read(path, self._identity, self._outputs)
            except DamagedFileError as error:
                stored.warn(f"{error.problem}; its runs are carried out again")
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
        path = self.folder / stored.CHUNKS / f"{self._next:06}.nc"
        try:
            chunk_files.write(path, self._identity, waiting, self._times, self._outputs)
        except OutputError as error:
            raise OutputError(
                error.problem, "Free some space, then resume: what was written before is kept"
            ) from None
        except BaseException:
            self._waiting = waiting
            raise
        self._next += 1
        self._last_write = time.monotonic()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what there is, or remove a study that could not begin, and unlock the folder."""
        try:
            self.flush()
            begun = self._next > 1 or isinstance(error, OutputError)
            if isinstance(error, Exception) and not begun:
                self._remove()
        finally:
            self._lock.release()

    def _remove(self) -> None:
        """Remove a new study without results, and the folders that were made for it."""
        if self._made is None:
            return
        with contextlib.suppress(OSError):
            for name in (stored.STUDY, stored.DESIGN, stored.MODEL):
                (self.folder / name).unlink()
            (self.folder / stored.CHUNKS).rmdir()
            self._lock.release()  # some systems remove no file that is locked
            (self.folder / _LOCK).unlink(missing_ok=True)
            for folder in self._made:
                folder.rmdir()


def _refuse_occupied(folder: Path) -> None:
    """Refuse a folder with a study or with somebody else's files."""
    try:
        names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    except FileNotFoundError:
        return
    except OSError as error:
        raise files.unwritable(folder, error) from None
    if stored.STUDY in names:
        raise StoreError(f"{folder} holds a study already", "Resume it, or choose another folder")
    if names - {stored.MODEL, stored.DESIGN, stored.CHUNKS}:
        raise StoreError(f"{folder} is not empty", "Choose another folder")


def _locked(folder: Path) -> filelock.BaseFileLock:
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


def _make(folder: Path) -> list[Path]:
    """Make a folder, and return it and those above it that were missing."""
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.unwritable(folder, error) from None
    return missing


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"

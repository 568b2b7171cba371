"""Ctrl-C, killed workers and a full disk: what was finished is kept, and a resume completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import immacro
from immacro.ensemble import load_store
from immacro.ensemble.backends import Outcome
from immacro.ensemble.workers import Workers

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")

#: Runs of about a tenth of a second each.
TABLE = pd.DataFrame({"gap": np.linspace(0.01, 0.011, 40), "decay": np.linspace(0.05, 0.2, 40)})
GRID = {"days": 30, "points": 4}

#: As a user writes a script: at the top level, without a guard.
SCRIPT = """
import sys
import pandas as pd
import immacro
import immacro.ensemble.store
from immacro.errors import ImmacroError

immacro.ensemble.store.WRITE_SECONDS = 0.3
model, table, folder = immacro.load(sys.argv[1]), pd.read_csv(sys.argv[2], index_col=0), sys.argv[3]
print("ready", flush=True)
try:
    immacro.run_many(model, table, days=30, points=4, workers=2, store=folder)
except KeyboardInterrupt:
    sys.exit(130)
except ImmacroError as error:
    sys.exit(str(error))
"""

#: After the first file of results, no file can grow beyond 500 bytes.
FULL_DISK = """
import pathlib
import resource
import threading
import time

def fill():
    while not list(pathlib.Path(sys.argv[3]).glob("chunks/*.nc")):
        time.sleep(0.02)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, resource.RLIM_INFINITY))

threading.Thread(target=fill, daemon=True).start()
"""


@pytest.fixture(scope="module")
def whole(busy: immacro.Model) -> xr.Dataset:
    return immacro.run_many(busy, TABLE, workers=2, **GRID)


def started(busy: immacro.Model, folder: Path, script: str = SCRIPT) -> subprocess.Popen[str]:
    """Start a study in a process group of its own, as a terminal does."""
    folder.parent.mkdir(exist_ok=True)
    table, code = folder.parent / "table.csv", folder.parent / "script.py"
    TABLE.to_csv(table)
    code.write_text(script)
    return subprocess.Popen(
        [sys.executable, code, busy.sbml_path, table, folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def members(group: int) -> list[list[str]]:
    """Return the live processes of a process group."""
    listed = subprocess.run(
        ["ps", "-eo", "pgid=,stat=,args="], capture_output=True, encoding="utf-8", check=True
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in listed]
    return [args for pgid, state, *args in rows if int(pgid) == group and state[0] != "Z"]


def wait_for(condition: object, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


def test_ctrl_c_stops_at_once_and_a_resume_completes_the_study(
    busy: immacro.Model, whole: xr.Dataset, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    process = started(busy, folder)
    wait_for(lambda: list(folder.glob("chunks/*.nc")))
    os.killpg(process.pid, signal.SIGINT)
    begun = time.monotonic()
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - begun < 10
    assert output == "ready\n"
    assert "Traceback" not in errors
    wait_for(lambda: members(process.pid) == [], 5)
    assert 0 < len(load_store(folder).run) < len(TABLE)
    assert immacro.run_many(busy, TABLE, store=folder, resume=True, **GRID).identical(whole)


def test_a_killed_study_loses_only_the_last_seconds(
    busy: immacro.Model, whole: xr.Dataset, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    process = started(busy, folder)
    wait_for(lambda: list(folder.glob("chunks/*.nc")))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert 0 < len(load_store(folder).run) < len(TABLE)
    assert immacro.run_many(busy, TABLE, store=folder, resume=True, **GRID).identical(whole)


class Killing(Workers):
    """Workers of which three are killed from outside, each amid runs that no other died of."""

    killed: ClassVar[list[int]] = []
    hit: ClassVar[set[int]] = set()
    until: ClassVar[float] = 0.0

    def wait(self, seconds: float) -> list[Outcome]:
        assert time.monotonic() < self.until, "the study does not come to its end"
        for worker in self._workers:
            runs = worker.chunk.runs if worker.loaded and worker.chunk is not None else ()
            if runs and len(self.killed) < 3 and self.hit.isdisjoint(runs):
                time.sleep(0.02)  # well into a run
                pid = worker.process.pid
                assert pid is not None
                os.kill(pid, signal.SIGSTOP)
                os.waitpid(pid, os.WUNTRACED)
                if worker.pipe.poll():  # its results are on their way: it would not die of the runs
                    os.kill(pid, signal.SIGCONT)
                    continue
                os.kill(pid, signal.SIGKILL)
                self.killed.append(pid)
                self.hit.update(runs)
        return super().wait(seconds)


def test_a_worker_killed_amid_a_study_changes_nothing(
    busy: immacro.Model, whole: xr.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Killing, "killed", [])
    monkeypatch.setattr(Killing, "hit", set())
    monkeypatch.setattr(Killing, "until", time.monotonic() + 120)
    monkeypatch.setattr("immacro.ensemble.run.Workers", Killing)
    data = immacro.run_many(busy, TABLE, workers=2, **GRID)
    assert len(set(Killing.killed)) == 3
    assert data.identical(whole)


def test_a_full_disk_is_said_and_a_resume_completes_the_study(
    busy: immacro.Model, whole: xr.Dataset, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    process = started(busy, folder, SCRIPT.replace('print("ready"', FULL_DISK + 'print("ready"'))
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "cannot be written (File too large). Free some space, then resume" in errors
    assert "Traceback" not in errors
    assert len(list((folder / "chunks").iterdir())) == 1
    kept = load_store(folder)
    assert 0 < len(kept.run) < len(TABLE)
    assert kept.x.equals(whole.x.sel(run=kept.run))
    assert immacro.run_many(busy, TABLE, store=folder, resume=True, **GRID).identical(whole)

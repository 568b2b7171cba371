"""Run the command line and look at what it leaves: exit code, output, error line, files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from immacro.cli import main

#: The command as the console script runs it, whatever the PATH.
COMMAND = [sys.executable, "-c", "import sys; from immacro.cli import main; sys.exit(main())"]


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line that an error is."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("immacro: "), self.err
        assert "Traceback" not in self.out
        return lines[0]


class Command:
    """The command, run in this process with what it prints captured, C++ libraries included."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *words: object) -> Result:
        self._capture.readouterr()
        code = main([str(word) for word in words])
        captured = self._capture.readouterr()
        return Result(code, captured.out, captured.err)


def run_process(
    *words: object, env: Mapping[str, str] | None = None, prefix: Sequence[str] = (), **options: Any
) -> Result:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [*prefix, *COMMAND, *map(str, words)],
        env={**os.environ, **(env or {})},
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=120,
        check=False,
        **options,
    )
    return Result(done.returncode, done.stdout or "", done.stderr)


def files_below(folder: Path) -> dict[Path, int]:
    """Return every file with its size."""
    return {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}

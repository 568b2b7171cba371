"""Writing files: each is there completely or not at all.

A file is written beside its target under a temporary name and renamed when it is complete, so that
a full disk or an interruption leaves no half file and spoils no old one. ``refuse_unwritable``
finds what can be found before a long computation starts.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from immacro.errors import OutputError


def refuse_unwritable(path: str | os.PathLike[str]) -> None:
    """Refuse a target that certainly cannot be written.

    Raises:
        OutputError: its folder does not exist or is closed, or it is no regular file.
    """
    target = Path(path)
    try:
        folder = target.resolve().parent
        if target.is_dir():
            raise OutputError(f"{target} is a folder", "Give the name of a file")
        if target.exists() and not target.is_file():
            raise OutputError(f"{target} is not a regular file", "Give the name of a file")
        if not folder.exists():
            raise OutputError(
                f"{target} cannot be written (no such folder)", f"Create the folder {folder} first"
            )
        if not folder.is_dir():
            raise OutputError(
                f"{target} cannot be written ({folder} is not a folder)", "Choose another place"
            )
        if not os.access(target if target.exists() else folder, os.W_OK):
            raise OutputError(
                f"{target} cannot be written (permission denied)",
                "Choose a folder in which you may write",
            )
    except (OSError, RuntimeError) as error:  # a name that is too long, a loop of links
        raise unwritable(target, error) from None


def write_text(path: str | os.PathLike[str], text: str) -> Path:
    """Write a text file in UTF-8 with Unix line ends.

    Raises:
        OutputError: it cannot be written.
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | os.PathLike[str], content: bytes) -> Path:
    """Write a file; an existing one is replaced, a link is followed.

    Raises:
        OutputError: it cannot be written.
    """
    refuse_unwritable(path)
    target = Path(path).resolve()
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        temporary = Path(name)
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_usual_mode())
        temporary.replace(target)
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        if isinstance(error, OSError):
            raise unwritable(Path(path), error) from None
        raise
    return Path(path)


def unwritable(path: Path, error: OSError | RuntimeError) -> OutputError:
    """Return the error for a file that could not be written."""
    reason = getattr(error, "strerror", None) or error
    return OutputError(
        f"{path} cannot be written ({reason})",
        "Free some space or choose another place, then try again",
    )


def _usual_mode() -> int:
    """Return the permissions of a newly made file, which a temporary file does not have."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

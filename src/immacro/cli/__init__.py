"""The command line: models, show, build, check, simulate, export, sensitivity, findings.

``main`` is the one place where errors become text. Whatever goes wrong, standard error gets one
line, `immacro: <problem>. <remedy>.`, and never a traceback:

==== =====================================================================================
exit meaning
==== =====================================================================================
0    done
1    an error of ours, a file that could not be written, a check that found something
2    a command that cannot be read: an unknown option, a missing argument, a word as number
130  interrupted
==== =====================================================================================

With ``IMMACRO_TRACEBACK=1`` an unexpected error is raised as it is, for a bug report. Only ``main``
is imported with this package, so that an interrupt at start-up is caught too. Libraries may swallow
an interrupt while they are imported (libsbml does); the process then leaves at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

__all__ = ["main"]

_INTERRUPTED = "Interrupted. No file was left half written."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Args:
        arguments: the words after `immacro`; those of the process by default.
    """
    # Matrices here are small: more threads than one make numpy slower, most of all beside workers.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _prepare_streams()
    try:
        try:
            with _certain_interrupts():
                from immacro.cli.app import app

                code = app(
                    args=None if arguments is None else list(arguments),
                    prog_name="immacro",
                    standalone_mode=False,
                )
            sys.stdout.flush()
        except KeyboardInterrupt:
            code = 130
        except BrokenPipeError:
            _close_stdout()
            return 1
        except Exception as error:
            code = _report(error)
    except SystemExit as request:  # rich leaves this way when a pipe breaks
        _close_stdout()
        return request.code if isinstance(request.code, int) else 1
    if code == 130:
        _say(_INTERRUPTED)
    return code if isinstance(code, int) else 0


@contextlib.contextmanager
def _certain_interrupts() -> Iterator[None]:
    """Make sure that Ctrl-C ends the command, unless the caller handles or ignores it."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    try:
        signal.signal(signal.SIGINT, _interrupt)
    except ValueError:  # not the main thread, which alone receives signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            _say(_INTERRUPTED)
            os._exit(130)
        frame = frame.f_back
    raise KeyboardInterrupt


def _prepare_streams() -> None:
    """Let no closed stream and no narrow encoding get in the way of a result."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _report(error: Exception) -> int:
    """Print an error as one line and return the exit code that belongs to it."""
    from immacro.errors import ImmacroError

    usage = getattr(error, "format_message", None)
    if isinstance(error, ImmacroError):
        _say(str(error))
        return error.exit_code
    if usage is not None:
        _say(f"{usage().strip().rstrip('.')}. See `{_help(error)}`.")
        return int(getattr(error, "exit_code", 2))
    if type(error).__name__ == "Abort":
        return 130
    if isinstance(error, OSError):
        _close_stdout()
        place = f"{error.filename} " if error.filename else "The output "
        _say(f"{place}cannot be used ({error.strerror}). Free some space or choose another place.")
        return 1
    if os.environ.get("IMMACRO_TRACEBACK"):
        raise error
    _say(
        f"Unexpected {type(error).__name__}: {error}. "
        "Run it again with IMMACRO_TRACEBACK=1 and report what it prints."
    )
    return 1


def _help(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return f"{getattr(context, 'command_path', 'immacro')} --help"


def _say(text: str) -> None:
    """Print one line on standard error, whatever a user's words contain."""
    line = " ".join(text.split())
    line = "".join(c if c.isprintable() else "?" for c in line)
    with contextlib.suppress(OSError, ValueError):
        print(f"immacro: {line}", file=sys.stderr, flush=True)


def _close_stdout() -> None:
    """Forget unwritten output, or Python would complain about it when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

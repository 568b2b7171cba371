"""How every script here ends when it cannot go on: one line, as the command line says it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from immacro.errors import ImmacroError


def exit_code(script: Callable[[], None]) -> int:
    """Run a script; return 0, 1 after an error of ours or of a file, 130 after Ctrl-C."""
    try:
        script()
    except (ImmacroError, OSError) as error:
        print(f"immacro: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("immacro: Interrupted. Start it again.", file=sys.stderr)
        return 130
    return 0

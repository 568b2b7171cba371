"""`immacro build`: rules to SBML, or with `--check` a comparison with the committed files."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from immacro import files
from immacro.cli.console import console
from immacro.errors import BuildError

if TYPE_CHECKING:
    from immacro.catalogue import Entry

_MODEL = typer.Argument(metavar="[MODEL]", help="All packaged models by default.")
_HOST = typer.Option("--host", metavar="HOST", help="mouse or human; both by default.")
_CHECK = typer.Option("--check", help="Write nothing; fail if a file would change.")


def build(
    model: Annotated[str | None, _MODEL] = None,
    host: Annotated[str | None, _HOST] = None,
    check: Annotated[bool, _CHECK] = False,
) -> None:
    """Build SBML from the rules (needs the extra `build` and Perl)."""
    from immacro import catalogue
    from immacro.ledger import HOSTS

    entries = [catalogue.entry(name) for name in ([model] if model else catalogue.models())]
    if not check:
        for entry in entries:
            _refuse_installed(entry)
    out = console()
    changed = []
    for entry in entries:
        for one in [host] if host else HOSTS:
            for path, text in _built(entry, one).items():
                difference = _difference(path, text)
                if difference and not check:
                    files.write_text(path, text)
                if difference:
                    changed.append(path)
                verb = f"differs ({difference})" if check else "written"
                out.print(f"{path}: {verb if difference else 'unchanged'}")
    if check and changed:
        raise BuildError(
            f"{len(changed)} files differ from what the rules give, first {changed[0]}",
            "Run `immacro build` and commit the result",
        )


def _built(entry: Entry, host: str) -> dict[Path, str]:
    """Return path -> text of the files that one build makes."""
    try:
        from immacro.build import build_model
    except ImportError as error:
        raise BuildError(
            f"The builder cannot be imported ({error})",
            "Run `pip install 'immacro[build]'`; simulating needs none of it",
        ) from None
    built = build_model(entry.name, host)
    path = entry.sbml / host / entry.name
    return {path.with_suffix(".xml"): built.sbml, path.with_suffix(".net"): built.net}


def _refuse_installed(entry: Entry) -> None:
    """Refuse to overwrite the files of an installed package."""
    if not (entry.sbml.parent / "pyproject.toml").is_file():
        raise BuildError(
            f"{entry.sbml} belongs to an installed package",
            "Clone the repository, run `pip install -e '.[build]'` there and build again",
        )


def _difference(path: Path, text: str) -> str:
    """Say where a file differs from a text, nothing if it does not."""
    if not path.is_file():
        return "missing"
    old = path.read_bytes()
    if old == text.encode("utf-8"):
        return ""
    pairs = zip_longest(old.split(b"\n"), text.encode("utf-8").split(b"\n"))
    line = next(number for number, (a, b) in enumerate(pairs, start=1) if a != b)
    return f"from line {line}"

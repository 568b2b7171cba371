"""`immacro models`: what the package ships."""

from __future__ import annotations

from immacro.cli.console import console, table


def models() -> None:
    """List the packaged models."""
    from immacro import catalogue

    entries = [catalogue.entry(name) for name in catalogue.models()]
    rows = [(e.name, ", ".join(e.hosts) or "not built", e.title) for e in entries]
    console().print(table(["model", "hosts", "title"], rows))

"""`immacro findings`: hold the models against the literature, finding by finding."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from immacro import files
from immacro.cli.console import console, table

if TYPE_CHECKING:
    from rich.table import Table

_TIER = typer.Option(metavar="TIER", help="Only findings of this tier: core or text.")
_ID = typer.Option("--id", metavar="ID", help="Only this finding; may be given many times.")
_JSON = typer.Option("--json", metavar="FILE", help="Write all that was found as JSON.")
_HTML = typer.Option("--html", metavar="FILE", help="Write a page with a figure per finding.")
_WORKERS = typer.Option(metavar="W", help="Runs at a time; all cores by default.")


def findings(
    tier: Annotated[str | None, _TIER] = None,
    identifiers: Annotated[list[str] | None, _ID] = None,
    json: Annotated[Path | None, _JSON] = None,
    html: Annotated[Path | None, _HTML] = None,
    workers: Annotated[int | None, _WORKERS] = None,
) -> None:
    """Judge what the literature says by what the models do."""
    from immacro.findings import api, page, records

    _refuse_outputs(json, html)
    judged = api.run(identifiers or None, tier, workers, progress=True)
    written = []
    if json is not None:
        written.append(files.write_text(json, records.to_json(judged.records)))
    if html is not None:
        written.append(files.write_text(html, page.page(judged)))
    out = console()
    out.print(_table(judged.records), "")
    out.print(_counts(judged.records), "")
    if identifiers:
        for one in judged.records:
            out.print(_details(one))
    else:
        out.print("One alone, with its settings: immacro findings --id FINDING")
    for path in written:
        out.print(f"Wrote {path}")


def _refuse_outputs(*paths: Path | None) -> None:
    """Refuse files that cannot be written before anything is computed."""
    from immacro.errors import OutputError

    given = [path for path in paths if path is not None]
    for path in given:
        files.refuse_unwritable(path)
    if len({path.resolve() for path in given}) < len(given):
        raise OutputError(f"{given[0]} is named twice", "Write JSON and HTML to different files")


def _table(told: list[dict[str, Any]]) -> Table:
    rows = [
        (
            one["id"],
            _verdict(one),
            _value(one["value_a"]),
            _value(one["value_b"]),
            one["unit"],
            one["threshold"],
            one["control"].removeprefix("control "),
            one["reason"],
        )
        for one in told
    ]
    columns = ["finding", "verdict", "arm a", "arm b", "unit", "must hold", "control", "found"]
    return table(columns, rows, right=["arm a", "arm b"])


def _counts(told: list[dict[str, Any]]) -> Table:
    from immacro.findings.judging import VERDICTS

    count = Counter((one["tier"], one["verdict"]) for one in told)
    tiers = list(dict.fromkeys(one["tier"] for one in told))
    rows = [
        (tier, *(count[tier, v] for v in VERDICTS), sum(count[tier, v] for v in VERDICTS))
        for tier in tiers
    ]
    if len(tiers) > 1:
        rows.append(("all", *(sum(row[i] for row in rows) for i in range(1, 5))))
    return table(["tier", *VERDICTS, "all"], rows, right=[*VERDICTS, "all"])


def _details(one: dict[str, Any]) -> str:
    lines = [one["id"]]
    for label, name in (("arm a", "arm_a"), ("arm b", "arm_b"), ("reference", "reference"),
                        ("reading", "reading"), ("note", "note")):  # fmt: skip
        if one[name]:
            lines.append(f"  {label}: {one[name]}")
    if one["control_settings"]:
        control = f"{one['control_settings']}: {one['control']} ({one['control_reason']})"
        lines.append(f"  control: {control}")
    if one["also"]:
        also = one["also"]
        lines.append(f"  beside: {also['observable']} {_value(also['value_a'])} against "
                     f"{_value(also['value_b'])}")  # fmt: skip
    lines += [f"  {command}" for command in dict.fromkeys(one["simulate"])]
    return "\n".join([*lines, ""])


def _verdict(one: dict[str, Any]) -> str:
    return str(one["verdict"]) + (" (by construction)" if one["by_construction"] else "")


def _value(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"

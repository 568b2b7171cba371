"""The page: all findings by verdict, each that was judged with a small figure; one file, no links.

It needs nothing from elsewhere, reads in light and in dark, and is well-formed XML as well.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from immacro.findings import controls, derived, drawing
from immacro.findings.evaluation import CaseResult, Finding
from immacro.findings.judging import CONTRADICTED, NOT_COVERED, REPRODUCED

if TYPE_CHECKING:
    from immacro.findings.api import Judged

#: The verdicts in the order of the page, what needs attention first.
_ORDER = (CONTRADICTED, REPRODUCED, NOT_COVERED)
_MISSING_SHOWN = 25

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --soft: #666; --line: #ccc; --page: #fff;
  --a: #c04a00; --b: #0072b2; --r: #555; --s: #999; --shade: #8883; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --soft: #aaa; --line: #444;
  --page: #16181a; --a: #f28e2b; --b: #56b4e9; --r: #bbb; --s: #888; } }
body { font: 14px/1.4 system-ui, sans-serif; color: var(--ink); background: var(--page);
  margin: 1.5rem auto; max-width: 1200px; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
table.counts { width: auto; }
code { font-size: 12px; overflow-wrap: anywhere; }
.id { font-weight: 600; overflow-wrap: anywhere; }
.soft, figcaption, summary { color: var(--soft); }
.tag { border: 1px solid var(--soft); border-radius: 3px; padding: 0 .3em; font-size: 12px; }
.fails { color: var(--a); font-weight: 600; }
table.judged { table-layout: fixed; } .judged th:nth-child(1) { width: 25%; }
.judged th:nth-child(2) { width: 23%; } .figures { display: flex; flex-wrap: wrap; gap: .2rem 2%; }
figure { margin: 0 0 .4rem; width: 49%; } svg.figure { width: 100%; height: auto; }
figcaption { font-size: 12px; }
.key .entry { margin-right: 1.2rem; } .key svg { vertical-align: middle; }
svg text { font: 10px system-ui, sans-serif; fill: var(--ink); }
svg .end { text-anchor: end; } svg .mid { text-anchor: middle; }
svg .axis { stroke: var(--soft); fill: none; } svg .window { fill: var(--shade); }
svg .day { stroke: var(--soft); stroke-dasharray: 1 2; fill: none; }
svg .line { fill: none; stroke-width: 1.8; } svg .host { fill: var(--b); fill-opacity: .55; }
svg .line.a { stroke: var(--a); } svg .line.b { stroke: var(--b); stroke-dasharray: 6 3; }
svg .line.r { stroke: var(--r); stroke-dasharray: 2 2; }
svg .line.s { stroke: var(--s); stroke-dasharray: 8 2 2 2; }
svg .mark { stroke: var(--page); } svg .mark.a { fill: var(--a); } svg .mark.b { fill: var(--b); }
svg .mark.r { fill: var(--r); } svg .mark.s { fill: var(--s); }
@media (max-width: 1000px) { figure { width: 100%; } }
"""


def page(judged: Judged) -> str:
    """Return the page."""
    pairs = list(zip(judged.findings, judged.records, strict=True))
    parts = [
        '<!DOCTYPE html>\n<html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>'
        f"<title>Findings</title><style>{_STYLE}</style></head><body>",
        "<h1>Findings of the literature, held against the models</h1>",
        "<p>Each row is an experiment with two arms; one set of thresholds judges them all. A "
        "control takes the mechanism out of all arms: half of the effect must then go.</p>",
        _counts(judged.records),
        drawing.key(),
        "<p class='soft'>Dotted: the day that was read. Shaded: the window.</p>",
    ]
    for verdict in _ORDER:
        chosen = [pair for pair in pairs if pair[0].verdict == verdict]
        if not chosen:
            continue
        parts.append(f"<h2>{verdict.capitalize()}: {len(chosen)}</h2>")
        if verdict == NOT_COVERED:
            parts += [_missing(judged.records), _plain(chosen)]
        else:
            parts.append(_judged(chosen))
    return "\n".join([*parts, "</body></html>\n"])


def _counts(told: list[dict[str, Any]]) -> str:
    count = Counter((one["tier"], one["verdict"]) for one in told)
    tiers = dict.fromkeys(one["tier"] for one in told)
    head = "".join(f'<th class="n">{verdict}</th>' for verdict in _ORDER)
    rows = "".join(
        f"<tr><td>{escape(tier)}</td>"
        + "".join(f'<td class="n">{count[tier, verdict]}</td>' for verdict in _ORDER)
        + "</tr>"
        for tier in tiers
    )
    return f'<table class="counts"><tr><th>tier</th>{head}</tr>{rows}</table>'


def _missing(told: list[dict[str, Any]]) -> str:
    """Return what is missing most often."""
    found = Counter((m["kind"], m["name"]) for one in told for m in one["missing"])
    if not found:
        return ""
    words = ", ".join(
        f"{escape(kind)} <code>{escape(name)}</code> ({n})"
        for (kind, name), n in found.most_common(_MISSING_SHOWN)
    )
    return f"<p>Missing most often, with the number of findings: {words}.</p>"


def _plain(pairs: list[tuple[Finding, dict[str, Any]]]) -> str:
    rows = "".join(
        f"<tr><td>{_name(one)}</td><td>{escape(one['direction'])} "
        f"<code>{escape(one['observable'])}</code></td><td>{escape(one['reason'])}</td></tr>"
        for _, one in pairs
    )
    return f"<table><tr><th>finding</th><th>says</th><th>why not</th></tr>{rows}</table>"


def _judged(pairs: list[tuple[Finding, dict[str, Any]]]) -> str:
    rows = "".join(_row(finding, one) for finding, one in pairs)
    head = "<tr><th>finding</th><th>found</th><th>along time</th></tr>"
    return f'<table class="judged">{head}{rows}</table>'


def _row(finding: Finding, one: dict[str, Any]) -> str:
    figures = "".join(
        _figure(result, one, len(finding.cases) > 1) for result in finding.cases if result.seen
    )
    values = ", ".join(
        f"{label} {one[name]:.4g}"
        for label, name in (("a", "value_a"), ("b", "value_b"), ("reference", "value_reference"))
        if one[name] is not None
    )
    if values:
        several = f" ({one['context']})" if len(finding.cases) > 1 else ""
        values = f"{values} {drawing.unit_name(one['unit'])}".rstrip() + several
    return (
        f"<tr><td>{_name(one)}<p>{escape(one['direction'])} "
        f"<code>{escape(one['observable'])}</code></p>{_settings(one)}</td>"
        f"<td><p>{escape(one['reason'])}</p><p class='soft'>must hold: "
        f"{escape(one['threshold'])}<br/>{escape(values)}</p>{_control(one)}</td>"
        f'<td><div class="figures">{figures}</div></td></tr>'
    )


def _name(one: dict[str, Any]) -> str:
    tag = ' <span class="tag">by construction</span>' if one["by_construction"] else ""
    refs = f"; ref {', '.join(one['refs'])}" if one["refs"] else ""
    return (
        f'<span class="id">{escape(one["id"])}</span>{tag}'
        f'<br/><span class="soft">{escape(one["tier"])}{escape(refs)}</span>'
    )


def _settings(one: dict[str, Any]) -> str:
    lines = [
        f"{label}: <code>{escape(one[name])}</code>"
        for label, name in (("a", "arm_a"), ("b", "arm_b"), ("reference", "reference"))
        if one[name]
    ]
    lines += [escape(one[name]) for name in ("reading", "note") if one[name]]
    lines.append(f"<code>{escape(one['rerun'])}</code>")
    return f"<details><summary>arms</summary>{'<br/>'.join(lines)}</details>"


def _control(one: dict[str, Any]) -> str:
    if one["control"] == controls.NONE:
        return '<p class="soft">no control</p>'
    kind = ' class="fails"' if one["control"] == controls.FAILS else ""
    return (
        f"<p><span{kind}>{escape(one['control'])}</span>: {escape(one['control_reason'])}"
        f"<br/><code>{escape(one['control_settings'])}</code></p>"
    )


def _figure(result: CaseResult, one: dict[str, Any], several: bool) -> str:
    seen, case = result.seen, result.case
    assert seen is not None  # only what was judged is drawn
    title = f"{one['id']}, {case.label}"
    if seen.ranked is not None and case.cohort is not None:
        names = str(case.cohort.x), str(case.cohort.y)
        drawn = drawing.ranks(seen.ranked.x, seen.ranked.y, names, title)
    else:
        drawn = drawing.courses(seen.curves, [r for r, _ in seen.read], _unit(result, one), title)
    label = f"{case.label}: {result.verdict}, {result.reason}" if several else case.label
    return f"<figure>{drawn}<figcaption>{escape(label)}</figcaption></figure>"


def _unit(result: CaseResult, one: dict[str, Any]) -> str:
    """Return the unit of what is drawn: of burdens, where the value follows from them."""
    return "item" if result.case.binding.observable in derived.NEEDS else str(one["unit"])

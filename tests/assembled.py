"""Models that are not shipped, built from the motifs of those that are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from immacro import catalogue
from immacro.build import Assembly, fixed_point, miriam, network
from immacro.build.document import Document
from immacro.simulation import engine


def assembled(
    write: Callable[[Assembly], None],
    host: str,
    folder: Path,
    models: Sequence[str],
    technical: Iterable[str] = (),
) -> Any:
    """Build SBML and return it loaded in roadrunner.

    Args:
        write: writes the model.
        host: the host.
        folder: a place for what the annotations need.
        models: whose ledgers and annotations are taken, the last one first.
        technical: monomers that stand for no molecule.
    """
    ledgers = {name: catalogue.ledger(name, host) for name in models}
    rows = {key: row for ledger in ledgers.values() for key, row in ledger.rows.items()}
    assembly = Assembly("assembled", dataclasses.replace(ledgers[models[-1]], rows=rows))
    write(assembly)
    known = [miriam.read(catalogue.entry(name).folder, host) for name in models]
    meanings = {key: value for each in known for key, value in each.terms.items()}
    sbo = {key: value for each in known for key, value in each.sbo.items()}
    for name in technical:
        meanings[name], sbo[name] = [("", "technical")], "SBO:0000240"
    both = miriam.Terms(meanings, sbo, folder)
    net = network.generate(assembly.model)
    document = Document(assembly, net, both, "assembled", "For tests.")
    document.set_amounts(*fixed_point.amounts(document.text()))
    return engine.load(document.text())

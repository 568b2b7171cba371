"""From a model's name to its files: rules, network, SBML, healthy amounts."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from immacro import catalogue, ledger
from immacro.build import fixed_point, miriam, network
from immacro.build.assembly import Assembly
from immacro.build.document import Document
from immacro.check.scale import check_scale
from immacro.errors import BuildError


@dataclass(frozen=True)
class Built:
    """What a build makes: the SBML text, BioNetGen's network, and the assembly behind them."""

    sbml: str
    net: str
    assembly: Assembly
    network: network.Network


def build_model(name: str, host: str, level: tuple[int, int] = (3, 1)) -> Built:
    """Build one model for one host.

    Raises:
        UnknownNameError: no such model or host.
        LedgerError, BuildError: the ledger or the rules are not sound.
    """
    entry = catalogue.entry(name)
    numbers = ledger.read(entry.folder, host)
    assembly = Assembly(name, numbers)
    import_module(f"immacro.models.{name}.model").write(assembly)
    numbers.refuse_unused(assembly.used)
    net = network.generate(assembly.model)
    terms = miriam.read(entry.folder, host)
    document = Document(assembly, net, terms, entry.title, entry.methods, level)
    _refuse_wrong_units(document)
    document.set_amounts(*fixed_point.amounts(document.text()))
    return Built(document.text(), net.text, assembly, net)


def _refuse_wrong_units(document: Document) -> None:
    """Refuse laws, rules and events whose units disagree in dimension or scale."""
    messages = check_scale(document.document)
    if messages:
        raise BuildError(
            f"{len(messages)} formulas have wrong units, first: {messages[0].text.rstrip('.')}",
            "Correct the unit of a ledger row or of a definition",
        )

"""From a model's name to its files: rules, network, SBML, healthy amounts."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from immacro import catalogue, ledger
from immacro.build import annotations, fixed_point, network
from immacro.build.assembly import Assembly
from immacro.build.document import Document


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
    terms = annotations.read(entry.folder, host)
    document = Document(assembly, net, terms, entry.title, entry.methods, level)
    document.set_amounts(*fixed_point.amounts(document.text()))
    return Built(document.text(), net.text, assembly, net)

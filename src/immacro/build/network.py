"""Rules to reaction network: BioNetGen expands the patterns, volumes stay symbols.

PySB's reader of BioNetGen's ``.net`` file throws the symbolic volume of a reaction away and keeps
its number. Here the reaction lines are read anew, so that a compartment's size appears in the law
by name and a changed volume changes the dynamics.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pysb
import sympy
from pysb.bng import BngInterfaceError, generate_network, load_equations

from immacro.errors import BuildError

_REACTION = re.compile(
    r"\s*\d+ (?P<reactants>[\d,]+) (?P<products>[\d,]+) (?P<rate>\S+)"
    r" #(?P<rules>[\w,()]+)(?: unit_conversion=(?P<conversion>\S+))?\s*"
)


@dataclass(frozen=True)
class Reaction:
    """One unidirectional reaction of the network.

    Attributes:
        reactants, products: species indices, repeated by stoichiometry.
        law: rate as a sympy expression of parameters, sizes and ``__s<index>`` symbols.
        rule: the rule that made it.
        reverse: whether it runs against the rule's arrow.
    """

    reactants: tuple[int, ...]
    products: tuple[int, ...]
    law: Any
    rule: str
    reverse: bool


@dataclass(frozen=True)
class Network:
    """All species and reactions of a model, and BioNetGen's own text."""

    species: tuple[Any, ...]
    reactions: tuple[Reaction, ...]
    text: str


def generate(model: pysb.Model) -> Network:
    """Expand the rules of a model.

    Raises:
        BuildError: Perl or BioNetGen is missing, or BioNetGen refuses the rules.
    """
    if shutil.which("perl") is None:
        raise BuildError(
            "BioNetGen needs Perl, which is not on the PATH",
            "Install it (for example apt-get install perl); simulating needs no Perl",
        )
    try:
        text = generate_network(model)
    except (BngInterfaceError, OSError) as error:
        raise BuildError(
            f"BioNetGen failed on {model.name}: {str(error).strip().splitlines()[-1]}",
            "Check the rules, and that the extra 'build' is installed",
        ) from None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.net"
        path.write_text(text, encoding="utf-8")
        load_equations(model, str(path))
    block = text.split("begin reactions\n")[1].split("end reactions")[0]
    reactions = [_reaction(model, line) for line in block.splitlines() if line.strip()]
    return Network(tuple(model.species), tuple(reactions), text)


def species_symbol(index: int) -> Any:
    """Return the symbol that stands for a species in a law."""
    return sympy.Symbol(f"__s{index}")


def _reaction(model: pysb.Model, line: str) -> Reaction:
    match = _REACTION.fullmatch(line)
    if match is None:
        raise BuildError(f"A reaction of {model.name} cannot be read: {line.strip()}", "")
    reactants = _indices(match["reactants"])
    factor, *names = _factors(match["rate"])
    conversion = sympy.Integer(1)
    if match["conversion"]:
        symbols = {
            name: model.parameters[name] for name in re.findall(r"[A-Za-z]\w*", match["conversion"])
        }
        conversion = sympy.sympify(match["conversion"], locals=symbols)
        sizes = {symbol: symbol.value for symbol in symbols.values()}
        factor /= float(conversion.subs(sizes))
    rate = [model.parameters.get(n) or model.expressions[n] for n in names]
    law = sympy.Mul(
        _whole_or_half(factor, line), *rate, *map(species_symbol, reactants), conversion
    )
    rules = match["rules"].split(",")
    if len(rules) != 1:
        raise BuildError(
            f"The rules {', '.join(rules)} make the same reaction", "Merge them or tell them apart"
        )
    name = re.sub(r"^_reverse_|\(reverse\)$", "", rules[0])
    return Reaction(reactants, _indices(match["products"]), law, name, name != rules[0])


def _indices(text: str) -> tuple[int, ...]:
    return tuple(int(word) - 1 for word in text.split(",") if word != "0")


def _factors(rate: str) -> tuple[Any, ...]:
    """Split ``2*kon`` into its number and names."""
    number, names = 1.0, []
    for word in rate.split("*"):
        try:
            number *= float(word)
        except ValueError:
            names.append(word)
    return (number, *names)


def _whole_or_half(factor: float, line: str) -> Any:
    """Return BioNetGen's multiplicity, which it prints with eight digits, as an exact number."""
    doubled = round(2 * factor)
    if doubled == 0 or abs(2 * factor / doubled - 1) > 1e-5:
        raise BuildError(f"Unexpected multiplicity {factor:g} in the reaction: {line.strip()}", "")
    return sympy.Rational(doubled, 2)

"""Work out the unit of a formula, scale and function calls included.

The rules are those of ``immacro.check.scale``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import libsbml

from immacro.check.symbols import Symbols, Term
from immacro.check.walk import Fault, Walk

#: Function calls inside function calls; real models have three or four.
_MAX_CALLS = 50


class Inferred(NamedTuple):
    """The unit of a formula, its faults, and one more for each literal that should have a unit."""

    term: Term
    faults: list[Fault]
    literals: list[Fault]


class Inference:
    """Infers the units of formulas of one model.

    Args:
        model: the SBML model.
        symbols: the units of its symbols.
    """

    def __init__(self, model: libsbml.Model, symbols: Symbols) -> None:
        self.symbols = symbols
        self.functions = {f.getId(): f for f in model.getListOfFunctionDefinitions()}
        self.calls: dict[tuple[str, tuple[Term, ...]], tuple[Term, list[Fault]]] = {}
        self.depth = 0

    def infer(self, formula: libsbml.ASTNode, local: Mapping[str, Term]) -> Inferred:
        """Return the unit of a formula and what is wrong inside it.

        Args:
            formula: the formula.
            local: terms that take precedence over the model's.
        """
        walk = Walk(self.symbols, local, self.call)
        return Inferred(walk.run(formula), walk.faults, walk.literals)

    def call(self, name: str, arguments: tuple[Term, ...]) -> tuple[Term, list[Fault]]:
        """Return the unit of a function call; equal calls are worked out once."""
        key = (name, arguments)
        if key not in self.calls:
            function = self.functions.get(name)
            if function is None or function.getBody() is None or self.depth >= _MAX_CALLS:
                return Term(), [("unchecked", f"calls '{name}', which cannot be followed")]
            self.calls[key] = Term(), []  # what a function that calls itself gets
            names = [function.getArgument(i).getName() for i in range(function.getNumArguments())]
            self.depth += 1
            local = dict(zip(names, arguments, strict=False))
            term, faults, _ = self.infer(function.getBody(), local)
            self.depth -= 1
            self.calls[key] = term, [(code, f"calls '{name}', which {t}") for code, t in faults]
        return self.calls[key]

"""Sympy expressions to SBML mathematics in which every literal carries a unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import libsbml
import sympy

from immacro.errors import BuildError


def to_math(expression: Any, ids: Mapping[str, str]) -> libsbml.ASTNode:
    """Return a libsbml syntax tree.

    Args:
        expression: sums, products, powers and the functions exp and log of symbols.
        ids: SBML id of each symbol whose own name is not its id.

    Raises:
        BuildError: the expression needs mathematics that Level 3 Version 1 lacks.
    """
    return parse(_infix(sympy.sympify(expression), ids))


def parse(text: str) -> libsbml.ASTNode:
    """Parse an SBML L3 formula; numbers may be followed by their unit."""
    settings = libsbml.L3ParserSettings()
    settings.setParseUnits(True)
    node = libsbml.parseL3FormulaWithSettings(text, settings)
    if node is None:
        raise BuildError(f"'{text}' is not an SBML formula: {libsbml.getLastParseL3Error()}", "")
    return node


def number(value: Any, unit: str = "dimensionless") -> str:
    """Write a number with its unit."""
    return f"{float(value):.15g} {unit}"


def _infix(e: Any, ids: Mapping[str, str]) -> str:
    if e.is_Number:
        return number(e) if e >= 0 else f"(-{number(-e)})"
    if e.is_Symbol:
        return ids.get(e.name, e.name)
    if e.is_Add:
        return "(" + " + ".join(_infix(term, ids) for term in e.as_ordered_terms()) + ")"
    if e.is_Mul:
        return _product(e, ids)
    if e.is_Pow:
        return _power(e, ids)
    if isinstance(e, sympy.exp | sympy.log):
        return f"{'exp' if isinstance(e, sympy.exp) else 'ln'}({_infix(e.args[0], ids)})"
    raise BuildError(
        f"'{e}' has no equivalent in SBML Level 3 Version 1", "Use sums, products, powers, exp, log"
    )


def _product(e: Any, ids: Mapping[str, str]) -> str:
    over, under = [], []
    for factor in e.as_ordered_factors():
        if factor.is_Pow and factor.exp.could_extract_minus_sign():
            under.append(_infix(1 / factor, ids))
        else:
            over.append(_infix(factor, ids))
    text = " * ".join(over) if over else number(1)
    if under:
        bottom = under[0] if len(under) == 1 else "(" + " * ".join(under) + ")"
        text = f"{text} / {bottom}"
    return f"({text})"


def _power(e: Any, ids: Mapping[str, str]) -> str:
    if e.exp.could_extract_minus_sign():
        return f"({number(1)} / {_infix(1 / e, ids)})"
    if e.exp.is_Number:
        return f"({_infix(e.base, ids)}^{float(e.exp):g})"
    return f"({_infix(e.base, ids)}^{_infix(e.exp, ids)})"

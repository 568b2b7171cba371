"""Walk over a formula and combine the units of its parts.

The rules are those of ``immacro.check.scale``; here is one method per operator of MathML.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import libsbml

from immacro.check.measure import DIMENSIONLESS, Measure, measure
from immacro.check.symbols import Symbols, Term
from immacro.units import REGISTRY

#: A code and what is wrong, to follow the name of the formula.
Fault = tuple[str, str]
Call = Callable[[str, tuple[Term, ...]], tuple[Term, list[Fault]]]
_Handler = Callable[["Walk", libsbml.ASTNode, Sequence[Term]], Term]

_NUMBER = Term(DIMENSIONLESS)
_LITERAL = Term(literal=True)
_ITEMS_PER_MOLE = Term(measure(REGISTRY.Quantity(1.0, "item/mole")))


class Walk:
    """One pass over one formula, children first.

    Args:
        symbols: the units of the model's symbols.
        local: terms that take precedence over them.
        call: works out a function call from its name and arguments.
    """

    def __init__(self, symbols: Symbols, local: Mapping[str, Term], call: Call) -> None:
        self.symbols, self.local, self.call = symbols, local, call
        self.faults: list[Fault] = []
        self.literals: list[Fault] = []

    def run(self, formula: libsbml.ASTNode) -> Term:
        """Return the unit of a formula; ``faults`` and ``literals`` say what is wrong in it."""
        done: list[Term] = []
        for node, count, exempt in reversed(_prefix_order(formula)):
            arguments = done[len(done) - count :]
            del done[len(done) - count :]
            handler = _HANDLERS.get(node.getType(), Walk._unknown)
            term = handler(self, node, arguments)
            if handler is Walk._number and term.literal and not exempt:
                self._note(node.getValue())
            done.append(term)
        return done[0]

    def _note(self, value: float) -> None:
        if math.isfinite(value):  # MathML gives infinity and NaN no unit
            text = f"contains the number {value:g} without a unit"
            self.literals.append(("literal", f"{text}; give it sbml:units or make it a parameter"))

    # -- leaves ----------------------------------------------------------------------------

    def _number(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        value, unit = node.getValue(), node.getUnits()
        return Term(self.symbols.unit(unit), value) if unit else Term(None, value, literal=True)

    def _name(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        identifier = node.getName()
        found = self.local.get(identifier)
        return self.symbols.terms.get(identifier, Term()) if found is None else found

    def _constant(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        value = {libsbml.AST_CONSTANT_E: math.e, libsbml.AST_CONSTANT_PI: math.pi}
        return Term(DIMENSIONLESS, value.get(node.getType()))

    def _time(self, _: libsbml.ASTNode, __: Sequence[Term]) -> Term:
        return Term(self.symbols.time)

    def _avogadro(self, _: libsbml.ASTNode, __: Sequence[Term]) -> Term:
        return _ITEMS_PER_MOLE

    def _unknown(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        name = node.getName() or node.getOperatorName() or f"operator {node.getType()}"
        self.faults.append(("unchecked", f"uses '{name}', whose unit cannot be worked out"))
        return Term()

    # -- operators -------------------------------------------------------------------------

    def _plus(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._alike(node, terms)._replace(number=_fold(lambda a, b: a + b, terms))

    def _minus(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        if len(terms) == 1:
            number = terms[0].number
            return terms[0]._replace(number=None if number is None else -number)
        return self._alike(node, terms)._replace(number=_fold(lambda a, b: a - b, terms))

    def _times(self, _: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        number = _fold(lambda a, b: a * b, terms)
        if all(t.literal for t in terms):
            return Term(None, number, literal=True)
        result = DIMENSIONLESS
        for term in terms:
            if term.measure is not None:
                result = result * term.measure
            elif not term.literal:
                return Term(None, number)
        return Term(result, number)

    def _divide(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        if len(terms) != 2:
            return Term()
        over, under = terms
        inverse = None if under.measure is None else under.measure**-1
        result = self._times(node, [over, under._replace(measure=inverse, number=None)])
        return result._replace(number=_fold(lambda a, b: a / b, terms))

    def _power(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._raise(node, *terms) if len(terms) == 2 else Term()

    def _root(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        degree = terms[0].number if len(terms) == 2 else 2.0
        inverse = Term(None, 1 / degree if degree else None, literal=True)
        return self._raise(node, terms[-1], inverse) if terms else Term()

    def _same(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._alike(node, terms)._replace(number=None)

    def _compare(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        self._alike(node, terms)
        return _NUMBER

    def _logical(self, _: libsbml.ASTNode, __: Sequence[Term]) -> Term:
        return _NUMBER

    def _piecewise(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._same(node, terms[::2])

    def _pure(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        for term in terms:
            self._demand(node, term.measure, DIMENSIONLESS, "its argument")
        return _NUMBER

    def _delay(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        if len(terms) != 2:
            return Term()
        self._demand(node, terms[1].measure, self.symbols.time, "its second argument")
        return terms[0]._replace(number=None)

    def _rate_of(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._divide(node, [*terms[:1], Term(self.symbols.time)])

    def _function(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        term, faults = self.call(node.getName(), tuple(terms))
        self.faults += faults
        return term

    # -- rules -----------------------------------------------------------------------------

    def _alike(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        """Return the unit that terms share, having reported those with another."""
        known = [t for t in terms if t.measure is not None]
        if not known:
            return _LITERAL if all(t.literal for t in terms) else Term()
        for other in known[1:]:
            self._demand(node, other.measure, known[0].measure, "a term")
        return known[0]

    def _raise(self, node: libsbml.ASTNode, base: Term, exponent: Term) -> Term:
        self._demand(node, exponent.measure, DIMENSIONLESS, "its exponent")
        number = _fold(lambda a, b: a**b, (base, exponent))
        if base.measure is None:
            literal = base.literal and exponent.number is not None
            return Term(DIMENSIONLESS if base.literal and not literal else None, number, literal)
        if base.measure.factor_to(DIMENSIONLESS) == 1.0:
            return Term(DIMENSIONLESS, number)
        if exponent.number is None or not math.isfinite(exponent.number):
            text = f"raises {base.measure} to a power that is not a constant number"
            self.faults.append(("exponent", f"{text} in '{_formula(node)}'"))
            return Term()
        return Term(base.measure**exponent.number, number)

    def _demand(
        self, node: libsbml.ASTNode, found: Measure | None, wanted: Measure | None, what: str
    ) -> None:
        if found is None or wanted is None:
            return
        factor = found.factor_to(wanted)
        if factor == 1.0:
            return
        off = f": off by a factor of {1 / factor:.6g}" if factor else ""
        text = f"has {what} in {found} where {wanted} belongs{off}, in '{_formula(node)}'"
        self.faults.append(("factor" if factor else "dimension", text))


def _prefix_order(formula: libsbml.ASTNode) -> list[tuple[libsbml.ASTNode, int, bool]]:
    """List the nodes of a formula, parents first and last children first.

    Each comes with the number of its children and whether it is (in) an exponent, the degree of a
    root or the base of a logarithm. An explicit stack, since formulas may be deeper than Python's.
    """
    order = []
    pending = [(formula, False)]
    while pending:
        node, exempt = pending.pop()
        count = node.getNumChildren()
        order.append((node, count, exempt))
        if count == 2 and not exempt:
            kind = node.getType()
            first = kind in (libsbml.AST_FUNCTION_ROOT, libsbml.AST_FUNCTION_LOG)
            second = kind in (libsbml.AST_POWER, libsbml.AST_FUNCTION_POWER)
            pending += [(node.getChild(0), first), (node.getChild(1), second)]
        else:
            pending += [(node.getChild(i), exempt) for i in range(count)]
    return order


def _fold(combine: Callable[[float, float], float], terms: Sequence[Term]) -> float | None:
    """Compute with the numbers of terms, if all have one and the result is one."""
    if not terms or terms[0].number is None:
        return None
    result = terms[0].number
    for term in terms[1:]:
        if term.number is None:
            return None
        try:
            result = combine(result, term.number)
        except ArithmeticError:
            return None
    return result if isinstance(result, float) else None


def _formula(node: libsbml.ASTNode) -> str:
    text = str(libsbml.formulaToL3String(node))
    return text if len(text) <= 120 else f"{text[:117]}..."


def _kinds(handler: _Handler, *suffixes: str) -> dict[int, _Handler]:
    return {getattr(libsbml, f"AST_{suffix}"): handler for suffix in suffixes}


_TRIGONOMETRY = [
    f"FUNCTION_{arc}{name}{h}"
    for arc in ("", "ARC")
    for name in ("SIN", "COS", "TAN", "SEC", "CSC", "COT")
    for h in ("", "H")
]
_HANDLERS: dict[int, _Handler] = {
    **_kinds(Walk._number, "INTEGER", "REAL", "REAL_E", "RATIONAL"),
    **_kinds(Walk._name, "NAME"),
    **_kinds(
        Walk._constant, "CONSTANT_E", "CONSTANT_PI", "CONSTANT_TRUE", "CONSTANT_FALSE"
    ),
    **_kinds(Walk._time, "NAME_TIME"),
    **_kinds(Walk._avogadro, "NAME_AVOGADRO"),
    **_kinds(Walk._plus, "PLUS"),
    **_kinds(Walk._minus, "MINUS"),
    **_kinds(Walk._times, "TIMES"),
    **_kinds(Walk._divide, "DIVIDE", "FUNCTION_QUOTIENT"),
    **_kinds(Walk._power, "POWER", "FUNCTION_POWER"),
    **_kinds(Walk._root, "FUNCTION_ROOT"),
    **_kinds(
        Walk._same,
        "FUNCTION_ABS", "FUNCTION_FLOOR", "FUNCTION_CEILING", "FUNCTION_MIN", "FUNCTION_MAX",
        "FUNCTION_REM",
    ),
    **_kinds(Walk._compare, *(f"RELATIONAL_{r}" for r in ("EQ", "NEQ", "GT", "GEQ", "LT", "LEQ"))),
    **_kinds(Walk._logical, *(f"LOGICAL_{w}" for w in ("AND", "OR", "XOR", "NOT", "IMPLIES"))),
    **_kinds(Walk._piecewise, "FUNCTION_PIECEWISE"),
    **_kinds(
        Walk._pure, "FUNCTION_EXP", "FUNCTION_LN", "FUNCTION_LOG", "FUNCTION_FACTORIAL",
        *_TRIGONOMETRY,
    ),
    **_kinds(Walk._delay, "FUNCTION_DELAY"),
    **_kinds(Walk._rate_of, "FUNCTION_RATE_OF"),
    **_kinds(Walk._function, "FUNCTION"),
}  # fmt: skip

"""Work out the unit of a formula, scale included (the rules are in ``immacro.check.scale``)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import libsbml

from immacro.check.measure import DIMENSIONLESS, Measure, measure
from immacro.check.symbols import Symbols, Term
from immacro.units import REGISTRY

#: A code and what is wrong, to follow the name of the formula.
Fault = tuple[str, str]
_Handler = Callable[["_Walk", libsbml.ASTNode, Sequence[Term]], Term]

_NUMBER = Term(DIMENSIONLESS)
_LITERAL = Term(literal=True)
_ITEMS_PER_MOLE = Term(measure(REGISTRY.Quantity(1.0, "item/mole")))
#: Function calls inside function calls; real models have three or four.
_MAX_CALLS = 50


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

    def infer(self, math: libsbml.ASTNode, local: Mapping[str, Term]) -> tuple[Term, list[Fault]]:
        """Return the unit of a formula and what is wrong inside it.

        Args:
            math: the formula.
            local: terms that take precedence over the model's.
        """
        walk = _Walk(self, local)
        return walk.run(math), walk.faults

    def literals(self, math: libsbml.ASTNode) -> Iterator[Fault]:
        """Yield a fault for each literal that has no unit and could have one."""
        for node, _, exempt in _prefix_order(math):
            if node.isNumber() and not exempt and not node.getUnits():
                value = node.getValue()
                if value - value == 0:
                    text = f"contains the number {value:g} without a unit"
                    yield "literal", f"{text}; give it sbml:units or make it a parameter"

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
            term, faults = self.infer(function.getBody(), dict(zip(names, arguments, strict=False)))
            self.depth -= 1
            self.calls[key] = term, [(code, f"calls '{name}', which {t}") for code, t in faults]
        return self.calls[key]


def _prefix_order(math: libsbml.ASTNode) -> list[tuple[libsbml.ASTNode, int, bool]]:
    """List the nodes of a formula, parents first and last children first.

    Each comes with the number of its children and whether it is (in) an exponent, the degree of a
    root or the base of a logarithm. An explicit stack, since formulas may be deeper than Python's.
    """
    order = []
    pending = [(math, False)]
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


class _Walk:
    """One pass over one formula, children first."""

    def __init__(self, inference: Inference, local: Mapping[str, Term]) -> None:
        self.inference = inference
        self.symbols = inference.symbols
        self.local = local
        self.faults: list[Fault] = []

    def run(self, formula: libsbml.ASTNode) -> Term:
        done: list[Term] = []
        for node, count, _ in reversed(_prefix_order(formula)):
            arguments = done[len(done) - count :]
            del done[len(done) - count :]
            handler = _HANDLERS.get(node.getType(), _Walk.unknown)
            done.append(handler(self, node, arguments))
        return done[0]

    # -- leaves ----------------------------------------------------------------------------

    def number(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        value, unit = node.getValue(), node.getUnits()
        return Term(self.symbols.unit(unit), value) if unit else Term(None, value, literal=True)

    def name(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        identifier = node.getName()
        found = self.local.get(identifier)
        return self.symbols.terms.get(identifier, Term()) if found is None else found

    def constant(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        value = {libsbml.AST_CONSTANT_E: math.e, libsbml.AST_CONSTANT_PI: math.pi}
        return Term(DIMENSIONLESS, value.get(node.getType()))

    def time(self, _: libsbml.ASTNode, __: Sequence[Term]) -> Term:
        return Term(self.symbols.time)

    def avogadro(self, _: libsbml.ASTNode, __: Sequence[Term]) -> Term:
        return _ITEMS_PER_MOLE

    def unknown(self, node: libsbml.ASTNode, _: Sequence[Term]) -> Term:
        name = node.getName() or node.getOperatorName() or f"operator {node.getType()}"
        self.faults.append(("unchecked", f"uses '{name}', whose unit cannot be worked out"))
        return Term()

    # -- operators -------------------------------------------------------------------------

    def plus(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._alike(node, terms)._replace(number=_fold(lambda a, b: a + b, terms))

    def minus(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        if len(terms) == 1:
            number = terms[0].number
            return terms[0]._replace(number=None if number is None else -number)
        return self._alike(node, terms)._replace(number=_fold(lambda a, b: a - b, terms))

    def times(self, _: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
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

    def divide(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        if len(terms) != 2:
            return Term()
        over, under = terms
        inverse = None if under.measure is None else under.measure**-1
        result = self.times(node, [over, under._replace(measure=inverse, number=None)])
        return result._replace(number=_fold(lambda a, b: a / b, terms))

    def power(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._raise(node, *terms) if len(terms) == 2 else Term()

    def root(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        degree = terms[0].number if len(terms) == 2 else 2.0
        inverse = Term(None, 1 / degree if degree else None, literal=True)
        return self._raise(node, terms[-1], inverse) if terms else Term()

    def same(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self._alike(node, terms)._replace(number=None)

    def compare(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        self._alike(node, terms)
        return _NUMBER

    def logical(self, _: libsbml.ASTNode, __: Sequence[Term]) -> Term:
        return _NUMBER

    def piecewise(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self.same(node, terms[::2])

    def pure(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        for term in terms:
            self._demand(node, term.measure, DIMENSIONLESS, "its argument")
        return _NUMBER

    def delay(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        if len(terms) != 2:
            return Term()
        self._demand(node, terms[1].measure, self.symbols.time, "its second argument")
        return terms[0]._replace(number=None)

    def rate_of(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        return self.divide(node, [*terms[:1], Term(self.symbols.time)])

    def function(self, node: libsbml.ASTNode, terms: Sequence[Term]) -> Term:
        term, faults = self.inference.call(node.getName(), tuple(terms))
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
    **_kinds(_Walk.number, "INTEGER", "REAL", "REAL_E", "RATIONAL"),
    **_kinds(_Walk.name, "NAME"),
    **_kinds(
        _Walk.constant, "CONSTANT_E", "CONSTANT_PI", "CONSTANT_TRUE", "CONSTANT_FALSE"
    ),
    **_kinds(_Walk.time, "NAME_TIME"),
    **_kinds(_Walk.avogadro, "NAME_AVOGADRO"),
    **_kinds(_Walk.plus, "PLUS"),
    **_kinds(_Walk.minus, "MINUS"),
    **_kinds(_Walk.times, "TIMES"),
    **_kinds(_Walk.divide, "DIVIDE", "FUNCTION_QUOTIENT"),
    **_kinds(_Walk.power, "POWER", "FUNCTION_POWER"),
    **_kinds(_Walk.root, "FUNCTION_ROOT"),
    **_kinds(
        _Walk.same,
        "FUNCTION_ABS", "FUNCTION_FLOOR", "FUNCTION_CEILING", "FUNCTION_MIN", "FUNCTION_MAX",
        "FUNCTION_REM",
    ),
    **_kinds(_Walk.compare, *(f"RELATIONAL_{r}" for r in ("EQ", "NEQ", "GT", "GEQ", "LT", "LEQ"))),
    **_kinds(_Walk.logical, *(f"LOGICAL_{w}" for w in ("AND", "OR", "XOR", "NOT", "IMPLIES"))),
    **_kinds(_Walk.piecewise, "FUNCTION_PIECEWISE"),
    **_kinds(
        _Walk.pure, "FUNCTION_EXP", "FUNCTION_LN", "FUNCTION_LOG", "FUNCTION_FACTORIAL",
        *_TRIGONOMETRY,
    ),
    **_kinds(_Walk.delay, "FUNCTION_DELAY"),
    **_kinds(_Walk.rate_of, "FUNCTION_RATE_OF"),
    **_kinds(_Walk.function, "FUNCTION"),
}  # fmt: skip

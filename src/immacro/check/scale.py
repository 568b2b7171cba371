"""Units with their scale: what libsbml's own unit check does not see.

libsbml compares dimensions, so it passes ``N/blood`` (item/litre) declared as item/microlitre,
which is wrong by 1e6. Here the unit of every formula is worked out with its factor:

- a kinetic law is extent per time, a rule or assignment has the unit of its target, a rate rule
  that per time, a delay is a time, a priority and a stoichiometry are dimensionless; an extent,
  times the conversion factor if there is one, is counted like each species that reacts;
- the terms of a sum, comparison, piecewise, min or max have one unit, scale included;
- exp, log, trigonometry and factorial take dimensionless arguments, where item/litre over
  item/microlitre is *not* dimensionless: it is 1e-6;
- an exponent is dimensionless, and a number (literal or constant) unless its base is dimensionless;
- avogadro is item per mole.

A literal without a unit is a pure number in a product and takes any unit in a sum or comparison: it
can hide an offset but no factor. When ``strict``, it is a message by itself, except in exponents,
roots, the base of a logarithm, and infinity or NaN, which MathML gives no unit; otherwise, what is
found in a formula that has such literals is a warning rather than an error. A symbol without a unit
makes what it is multiplied with unknown; unknown is never a message (coverage reports it).
"""

from __future__ import annotations

import libsbml

from immacro.check.formulas import Formula, formulas
from immacro.check.inference import Inference
from immacro.check.messages import Message, Severity
from immacro.check.symbols import Symbols
from immacro.errors import SbmlError


def check_scale(document: libsbml.SBMLDocument, *, strict: bool = True) -> list[Message]:
    """Return a message for every formula whose units do not agree in dimension and scale.

    Args:
        document: a document from ``read_sbml``.
        strict: also report literals without a unit.

    Raises:
        SbmlError: another library has taken over libsbml's formulas in this process.
    """
    if not isinstance(libsbml.parseL3Formula("1"), libsbml.ASTNode):
        raise SbmlError(
            "libsbml cannot read formulas, because tellurium was imported after it",
            "Import tellurium before immacro, or check the file in a process of its own",
        )
    return _Scale(document, strict).run()


class _Scale:
    def __init__(self, document: libsbml.SBMLDocument, strict: bool) -> None:
        self.model = document.getModel()
        self.strict = strict
        self.found: dict[Message, None] = {}
        self.symbols = Symbols(self.model, self._unusable)
        self.inference = Inference(self.model, self.symbols)

    def run(self) -> list[Message]:
        for formula in formulas(self.model, self.symbols):
            self._check(formula)
        for definition in self.model.getListOfFunctionDefinitions() if self.strict else ():
            name = f"function '{definition.getId()}'"
            if definition.getBody() is not None:
                for fault in self.inference.infer(definition.getBody(), {}).literals:
                    self._add(definition, name, *fault)
        self._check_extents()
        return sorted(self.found, key=lambda m: m.line)

    def _check(self, formula: Formula) -> None:
        term, faults, literals = self.inference.infer(formula.math, formula.local)
        if term.measure is not None and formula.target is not None:
            factor = term.measure.factor_to(formula.target)
            if factor != 1.0:
                off = f": off by a factor of {1 / factor:.6g}" if factor else ""
                text = f"is {term.measure}, but {formula.demand}{off}"
                faults = [*faults, ("factor" if factor else "dimension", text)]
        if self.strict:
            faults = [*faults, *literals]
        for fault in faults:
            self._add(formula.element, formula.name, *fault, sure=self.strict or not literals)

    def _check_extents(self) -> None:
        """Compare the extent of reactions with the substance of the species that react."""
        symbols, done = self.symbols, set()
        for reaction in self.model.getListOfReactions():
            for reference in (*reaction.getListOfReactants(), *reaction.getListOfProducts()):
                identifier = reference.getSpecies()
                species = self.model.getSpecies(identifier)
                if species is None or species.getBoundaryCondition() or identifier in done:
                    continue
                done.add(identifier)
                extent, substance = symbols.extent, symbols.species_substance(species)
                converter = species.getConversionFactor() or self.model.getConversionFactor()
                if converter and extent is not None:
                    by = symbols.terms[converter].measure if converter in symbols.terms else None
                    extent = extent * by if by is not None else None
                if extent is None or substance is None:
                    continue
                factor = extent.factor_to(substance)
                if factor != 1.0:
                    off = f": off by a factor of {1 / factor:.6g}" if factor else ""
                    text = f"is counted in {substance}, but its reactions in {extent}{off}"
                    code = "factor" if factor else "dimension"
                    self._add(species, f"species '{identifier}'", code, text)

    def _unusable(self, identifier: str, fault: str) -> None:
        element = self.model.getUnitDefinition(identifier) or self.model
        self._add(element, f"unit '{identifier}'", "unchecked", f"cannot be used: {fault}")

    def _add(
        self, element: libsbml.SBase, name: str, code: str, text: str, *, sure: bool = True
    ) -> None:
        whole = f"the {name} {text}"
        if not sure:
            whole += " (if its numbers without units are dimensionless)"
        severity: Severity = "error" if sure else "warning"
        self.found[Message("scale", severity, code, name, element.getLine(), whole)] = None

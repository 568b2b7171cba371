"""What an SBML file offers a simulation: what can be set, and what can be observed.

**Settable** are constant parameters, compartment sizes and initial values of species, unless the
file computes them (by a rule or an initial assignment) or they are the clock (``onset``,
``burn_in``). A species' value means what its id means in the file's mathematics: an amount when
``hasOnlySubstanceUnits``, else a concentration.

**Observable** in a file of ours are the parameters that the builder marks as observables; in any
other file, the parameters and species that change. Every other species or computed parameter may
still be asked for by id.

Some values that the file computes at time zero are computed by roadrunner only while it loads:
initial assignments of anything but a floating species, amounts that follow from a concentration and
a changed compartment, and where a rate rule starts. ``needs_reload`` tells which settings reach
them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libsbml

from immacro.errors import SbmlError

if TYPE_CHECKING:
    from immacro.ledger import Ledger

#: The parameter that holds the day on which the story starts.
ONSET = "onset"
#: The parameter by which a file may ask for a longer or shorter burn-in.
BURN_IN = "burn_in"


@dataclass(frozen=True)
class Symbol:
    """A number that a user may set.

    ``role``, ``low`` and ``high`` come from the ledger; without one, the role is ``""`` and the
    range is open. ``kind`` is ``parameter``, ``compartment`` or ``species``; ``amount`` is the
    amount of a species at a value of 1.
    """

    id: str
    kind: str
    value: float
    unit: str
    name: str
    role: str = ""
    low: float = -math.inf
    high: float = math.inf
    amount: float = 1.0

    @property
    def is_lever(self) -> bool:
        """Whether this is part of a therapy, a driver or a challenge."""
        return self.role == "lever"


@dataclass(frozen=True)
class Output:
    """A quantity that a run can report; ``selection`` is what roadrunner calls it."""

    id: str
    selection: str
    unit: str
    name: str


@dataclass(frozen=True)
class Contents:
    """The settable and observable things of one file.

    Attributes:
        model_id: the SBML id of the model.
        time_unit: the unit of time, ``""`` if unknown.
        symbols: what can be set.
        computed: ids that exist but cannot be set.
        observables: what a run reports unless told otherwise.
        outputs: all that a run can report.
        defaults: what the file says, of the settable symbols and of the clock.
        altered: ids among them that events change for good: a reset does not restore them.
        reload: settings that take effect only in a freshly loaded file.
        always_reload: whether no run can follow another without loading again.
        has_clock: whether the file has our ``onset``.
        burn_in: the file's own burn-in, or None.
    """

    model_id: str
    time_unit: str
    symbols: dict[str, Symbol]
    computed: frozenset[str]
    observables: dict[str, Output]
    outputs: dict[str, Output]
    defaults: dict[str, Symbol]
    altered: tuple[str, ...]
    reload: frozenset[str]
    always_reload: bool
    has_clock: bool
    burn_in: float | None

    def needs_reload(self, settings: Iterable[str]) -> bool:
        """Tell whether these settings take effect only when the file is loaded with them."""
        return self.always_reload or not self.reload.isdisjoint(settings)

    def with_ledger(self, ledger: Ledger) -> Contents:
        """Restrict what can be set to the rows of a ledger, and add their roles and ranges.

        Raises:
            SbmlError: a row is not in the file.
        """
        rows = {i: row for i, row in ledger.rows.items() if i not in (ONSET, BURN_IN)}
        missing = sorted(set(rows) - set(self.symbols))
        if missing:
            raise SbmlError(
                f"The SBML file of {self.model_id} lacks {', '.join(missing[:5])} of its ledger",
                "Run `immacro build` to bring the file up to date",
            )
        symbols = {
            i: replace(
                self.symbols[i],
                unit=row.model_unit,
                name=row.name,
                role=row.role,
                low=row.low,
                high=row.high,
            )
            for i, row in rows.items()
        }
        return replace(
            self, symbols=symbols, computed=self.computed | (set(self.symbols) - set(symbols))
        )


def set_values(model: libsbml.Model, values: Mapping[str, float]) -> None:
    """Write values into an SBML model, each the way its file means it."""
    for identifier, value in values.items():
        parameter = model.getParameter(identifier)
        compartment = model.getCompartment(identifier)
        species = model.getSpecies(identifier)
        if parameter is not None:
            parameter.setValue(value)
        elif compartment is not None:
            compartment.setSize(value)
        elif species.getHasOnlySubstanceUnits():
            species.unsetInitialConcentration()
            species.setInitialAmount(value)
        else:
            species.unsetInitialAmount()
            species.setInitialConcentration(value)

"""A design: which factors, which method, how many samples, which seed.

A `Design` is a value. The same settings always give the same rows, bit for bit, so a stored study
is its `Design.settings`, and `Design.fingerprint` says whether two are the same.

Row *i* of `Design.parameters` is run *i*. The dummy is a column of `Design.table` and not of
`Design.parameters`: the model never sees it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Self, cast

import numpy as np
import pandas as pd

from immacro.errors import InvalidValueError
from immacro.sensitivity import methods, seeds
from immacro.sensitivity.factors import DUMMY, DUMMY_ID, Factor
from immacro.sensitivity.resampling import FloatArray

#: More runs than this are a mistake of the keyboard, and their design would fill the memory.
MOST_RUNS = 10_000_000


@dataclass(frozen=True)
class Design:
    """The runs of a sensitivity study, before any is carried out.

    Args:
        factors: what varies; `parsing.parse` reads them.
        method: a key of `methods.METHODS`.
        samples: N in the sense of the method; None takes the method's default.
        seed: of the design and of the intervals; 0 is as good as any.
        options: the method's own, as ``{"second_order": False}``.
        dummy: whether the factor without effect is added.

    Raises:
        UnknownNameError: the method or an option does not exist.
        InvalidValueError: the method cannot use these factors, groups, samples or options.
    """

    factors: tuple[Factor, ...]
    method: str = "sobol"
    samples: int | None = None
    seed: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    dummy: bool = True

    def __post_init__(self) -> None:
        kind = methods.get(self.method)
        object.__setattr__(self, "factors", tuple(self.factors))
        object.__setattr__(self, "options", kind.resolve(self.options))
        object.__setattr__(self, "seed", seeds.checked(self.seed))
        if self.samples is None:
            object.__setattr__(self, "samples", kind.samples)
        _refuse_unusable(self.factors, kind, self.dummy)
        kind.check(len(self.names), self.n, self.settled_options)
        if self.runs > MOST_RUNS:
            raise InvalidValueError(
                f"The study would take {self.runs:,} runs", f"Ask for at most {MOST_RUNS:,}"
            )
        object.__setattr__(self, "samples", int(self.n))

    @property
    def kind(self) -> methods.Method:
        """The method."""
        return methods.METHODS[self.method]

    @property
    def n(self) -> int:
        """The number of samples, which after construction is never None."""
        return cast("int", self.samples)

    @property
    def settled_options(self) -> dict[str, Any]:
        """All options of the method, defaults included."""
        return dict(self.options)

    @property
    def columns(self) -> tuple[Factor, ...]:
        """The factors and the dummy."""
        return (*self.factors, DUMMY) if self.dummy else self.factors

    @property
    def labels(self) -> tuple[str, ...]:
        """What each column counts for: its group, or else itself."""
        return tuple(factor.group or factor.id for factor in self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """What gets an index: groups, ungrouped factors and the dummy, in order."""
        return tuple(dict.fromkeys(self.labels))

    @property
    def blocks(self) -> int:
        """How many independent blocks the design has."""
        return self.kind.blocks(len(self.names), self.n, self.settled_options)

    @property
    def rows_per_block(self) -> int:
        """How many runs a block has."""
        return self.kind.rows(len(self.names), self.n, self.settled_options)

    @property
    def runs(self) -> int:
        """How many simulations the study costs; no design is drawn to know this."""
        return self.blocks * self.rows_per_block

    @cached_property
    def unit(self) -> FloatArray:
        """The design in the unit cube, (run, column)."""
        seed = seeds.derived(self.seed, "design")
        drawn = self.kind.sampler(self.labels, self.n, seed, self.settled_options)
        drawn.setflags(write=False)
        return drawn

    @cached_property
    def table(self) -> pd.DataFrame:
        """The design in the factors' units, dummy included; the index is ``run``."""
        values = {f.id: f.from_unit(self.unit[:, i]) for i, f in enumerate(self.columns)}
        return pd.DataFrame(values, index=pd.RangeIndex(self.runs, name="run"))

    @property
    def parameters(self) -> pd.DataFrame:
        """What the model is run with: the design without the dummy."""
        return self.table.drop(columns=DUMMY_ID, errors="ignore")

    @property
    def settings(self) -> dict[str, Any]:
        """All that the design depends on, as plain data for JSON."""
        return {
            "method": self.method,
            "samples": self.n,
            "seed": self.seed,
            "options": self.settled_options,
            "dummy": self.dummy,
            "factors": [asdict(factor) for factor in self.factors],
        }

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """Return the design with these `settings`."""
        given = dict(settings)
        factors = tuple(Factor(**factor) for factor in given.pop("factors"))
        return cls(factors, **given)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the settings and of the design's coordinates."""
        text = json.dumps(self.settings, sort_keys=True)
        return hashlib.sha256(text.encode() + np.ascontiguousarray(self.unit).tobytes()).hexdigest()

    def with_samples(self, samples: int) -> Self:
        """Return the same design with another number of samples."""
        return replace(self, samples=samples)


def _refuse_unusable(factors: Iterable[Factor], kind: methods.Method, dummy: bool) -> None:
    factors = list(factors)
    ids = [factor.id for factor in factors]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise InvalidValueError(f"The factor '{twice[0]}' is given twice", "Give it once")
    labels = {factor.group or factor.id for factor in factors}
    if DUMMY_ID in labels:
        raise InvalidValueError(
            f"'{DUMMY_ID}' is kept for the factor without effect", "Choose another name"
        )
    if len(labels) + dummy < 2:
        raise InvalidValueError(
            "The study has fewer than two factors or groups", "Name more, or keep the dummy"
        )
    grouped = [factor for factor in factors if factor.group is not None]
    if grouped and not kind.groups:
        able = " or ".join(m.name for m in methods.METHODS.values() if m.groups)
        raise InvalidValueError(
            f"{kind.title} knows no groups of factors", f"Use {able}, or leave the groups out"
        )
    mixed = {factor.group for factor in grouped} & {f.id for f in factors if f.group is None}
    if mixed:
        raise InvalidValueError(
            f"The group name '{min(map(str, mixed))}' is also a factor", "Rename the group"
        )
    counts = [factor.id for factor in factors if factor.distribution == "integer"]
    if counts and kind.name == "dgsm":
        raise InvalidValueError(
            f"'{counts[0]}' is a count, which has no derivative", "Leave it out or use morris"
        )

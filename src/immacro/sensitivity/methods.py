"""The methods: what each needs, costs and gives.

With *L* the number of groups or ungrouped factors (the dummy counts as one) and *N* the number of
samples:

========= ========================= ===================================== ====== ================
method    N                         runs                                  groups completion
========= ========================= ===================================== ====== ================
sobol     power of two, from 16     N (2L + 2), or N (L + 2) without S2   yes    block
morris    trajectories, from 4      N (L + 1)                             yes    block
efast     points of a curve, > 4M²  curves · N · L                        no     block
rbd_fast  from 8M                   N                                     no     none
dgsm      power of two, from 16     N (L + 1)                             no     block
delta     from 128                  N                                     no     drop
pawn      from 10 per slice         N                                     no     drop
rsa       from 10 per bin           N                                     no     drop
hdmr      4 per coefficient         N                                     no     drop
========= ========================= ===================================== ====== ================

M is the number of harmonics. Completion says how a design with failed runs may be analysed:
``block`` leaves out whole blocks, ``drop`` single runs. RBD-FAST needs its evenly filled ranges.

In sobol, morris and dgsm the dummy's rows repeat others, so a deterministic model gives it exactly
0; there the intervals, and the dummy's second-order indices, show the noise. In the other methods
its index is the noise floor.

What the indices and their intervals mean stands in `variance`, `screening` and `given_data`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any, cast

import numpy as np

from immacro.errors import InvalidValueError, UnknownNameError
from immacro.sensitivity import given_data, sampling, screening, variance
from immacro.sensitivity.resampling import Estimate, FloatArray, Sample

Sampler = Callable[[Sequence[str], int, int, dict[str, Any]], FloatArray]
Option = bool | int | float
Analyser = Callable[[Sample], dict[str, Estimate]]
Rule = Callable[[int, int, dict[str, Any]], str]

#: How an index is written on an axis.
SYMBOLS = {
    "S1": "first-order index S1",
    "S2": "second-order index S2",
    "ST": "total index ST",
    "mu": "µ",
    "mu_star": "µ*",
    "sigma": "\N{GREEK SMALL LETTER SIGMA}",
    "vi": "mean squared derivative",
    "dgsm": "DGSM (bound of ST)",
    "delta": "Borgonovo's delta",
    "pawn_median": "PAWN, median",
    "pawn_mean": "PAWN, mean",
    "pawn_maximum": "PAWN, maximum",
    "rsa_mean": "RSA, mean",
    "rsa_maximum": "RSA, maximum",
}
#: Indices in the unit of the output; all others have no unit.
WITH_OUTPUT_UNIT = ("mu", "mu_star", "sigma")
#: Indices that lie within 0..1; the size of the others depends on the output.
SHARES = ("S1", "S2", "ST", "delta", "pawn_median", "pawn_mean", "pawn_maximum")


@dataclass(frozen=True)
class Method:
    """One method.

    Args:
        name: the key in `METHODS`.
        title: as printed.
        indices: what it gives per factor, the headline index first.
        sampler: draws the design.
        analyser: turns outputs into indices.
        rows: rows of a block for L labels, N samples and the options.
        rule: says what is wrong with N for L labels and the options, or nothing.
        samples: the default N.
        resamples: the default number of resamples for intervals.
        options: the defaults of its own options.
        groups: whether factors may move in groups.
        completion: how a design with failed runs may be completed.
        nested: whether the first N blocks are a smaller design of the same kind.
    """

    name: str
    title: str
    indices: tuple[str, ...]
    sampler: Sampler
    analyser: Analyser
    rows: Callable[[int, int, dict[str, Any]], int]
    rule: Rule
    samples: int
    resamples: int
    options: Mapping[str, Any] = field(default_factory=dict)
    groups: bool = False
    completion: str | None = "drop"
    nested: bool = True

    @property
    def headline(self) -> str:
        """The index that ranks factors."""
        return self.indices[0]

    def blocks(self, size: int, samples: int, options: dict[str, Any]) -> int:
        """Return how many blocks a design has."""
        return int(options["curves"]) * size if self.name == "efast" else samples

    def runs(self, size: int, samples: int, options: dict[str, Any]) -> int:
        """Return how many runs a design costs."""
        return self.blocks(size, samples, options) * self.rows(size, samples, options)

    def resolve(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return the defaults with the given options put in.

        Raises:
            UnknownNameError: the method has no such option.
            InvalidValueError: the value has the wrong type or makes no sense.
        """
        resolved = dict(self.options)
        for name, value in options.items():
            if name not in resolved:
                raise UnknownNameError.of(f"option of {self.name}", name, resolved)
            resolved[name] = _option(name, value, type(resolved[name]))
        return resolved

    def check(self, size: int, samples: int, options: dict[str, Any]) -> None:
        """Refuse a number of samples that the method cannot use.

        Raises:
            InvalidValueError: says which would do.
        """
        if isinstance(samples, bool) or not isinstance(samples, Integral) or samples < 1:
            raise InvalidValueError(
                f"The number of samples is {samples!r}", "Give a positive whole number"
            )
        remedy = self.rule(size, samples, options)
        if remedy:
            raise InvalidValueError(f"{self.title} cannot use {samples} samples", remedy)


#: Smallest and largest value of each numeric option.
_LEAST: dict[str, float] = {
    "levels": 4, "harmonics": 1, "curves": 2, "slices": 4, "bins": 4, "order": 1, "step": 1e-4,
}  # fmt: skip
_MOST: dict[str, float] = {
    "levels": 1000, "harmonics": 100, "curves": 1000, "slices": 1000, "bins": 1000, "order": 10,
    "step": 0.5,
}  # fmt: skip


def _option(name: str, value: Any, kind: type) -> Option:
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        words = {bool: "True or False", int: "a whole number", float: "a number"}
        raise InvalidValueError(f"The option {name} is {value!r}", f"Give {words[kind]}")
    checked = cast("Option", value)
    if name in _LEAST and not _LEAST[name] <= checked <= _MOST[name]:
        raise InvalidValueError(
            f"The option {name} is {checked}",
            f"Give at least {_LEAST[name]:g} and at most {_MOST[name]:g}",
        )
    if name == "levels" and checked % 2:
        raise InvalidValueError(f"The option levels is {checked}", "Give an even number")
    if name in ("slices", "bins") and _rounds_badly(name, checked):
        raise InvalidValueError(
            f"SALib loses a quantile by rounding with {checked} {name}", "Give 10 or 20"
        )
    return checked


def _rounds_badly(name: str, count: float) -> bool:
    """Whether SALib's edges of slices or bins, built by repeated addition, miss 1."""
    edges = np.arange(0, 1 + (1 / count if name == "slices" else 0), 1 / count)
    expected = count + 1 if name == "slices" else count
    return len(edges) != expected or bool(edges[-1] > 1)


def _at_least(least: Callable[[int, dict[str, Any]], int]) -> Rule:
    def rule(size: int, samples: int, options: dict[str, Any]) -> str:
        needed = least(size, options)
        return "" if samples >= needed else f"Give at least {needed}"

    return rule


def _power_of_two(size: int, samples: int, options: dict[str, Any]) -> str:
    if samples >= 16 and samples & (samples - 1) == 0:
        return ""
    below = max(1 << (samples.bit_length() - 1), 16)
    return f"Give a power of two, as {below} or {2 * below}"


def _single(size: int, samples: int, options: dict[str, Any]) -> int:
    return 1


METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method(
            "sobol", "Sobol'", ("ST", "S1"), sampling.saltelli, variance.sobol,
            rows=lambda size, n, o: (2 * size if o["second_order"] else size) + 2,
            rule=_power_of_two, samples=512, resamples=200, options={"second_order": True},
            groups=True, completion="block",
        ),
        Method(
            "morris", "Morris", ("mu_star", "mu", "sigma"),
            sampling.trajectories, screening.morris,
            rows=lambda size, n, o: size + 1, rule=_at_least(lambda size, o: 4),
            samples=50, resamples=500, options={"levels": 4}, groups=True, completion="block",
        ),
        Method(
            "efast", "eFAST", ("ST", "S1"), sampling.search_curves, variance.efast,
            rows=lambda size, n, o: n,
            rule=_at_least(lambda size, o: 4 * o["harmonics"] ** 2 + 1),
            samples=257, resamples=2, options={"harmonics": 4, "curves": 4},
            completion="block", nested=False,
        ),
        Method(
            "rbd_fast", "RBD-FAST", ("S1",), sampling.latin, variance.rbd_fast, rows=_single,
            rule=_at_least(lambda size, o: 8 * o["harmonics"]), samples=1000, resamples=50,
            options={"harmonics": 10}, completion=None,
        ),
        Method(
            "dgsm", "DGSM", ("dgsm", "vi"), sampling.finite_differences, screening.dgsm,
            rows=lambda size, n, o: size + 1, rule=_power_of_two, samples=256, resamples=200,
            options={"step": 0.01}, completion="block",
        ),
        Method(
            "delta", "Delta", ("delta",), sampling.latin, given_data.delta, rows=_single,
            rule=_at_least(lambda size, o: 128), samples=2000, resamples=20,
        ),
        Method(
            "pawn", "PAWN", ("pawn_median", "pawn_mean", "pawn_maximum"),
            sampling.latin, given_data.pawn, rows=_single,
            rule=_at_least(lambda size, o: 10 * o["slices"]), samples=2000, resamples=50,
            options={"slices": 10},
        ),
        Method(
            "rsa", "RSA", ("rsa_mean", "rsa_maximum"), sampling.latin, given_data.rsa, rows=_single,
            rule=_at_least(lambda size, o: 10 * o["bins"]), samples=2000, resamples=50,
            options={"bins": 10},
        ),
        Method(
            "hdmr", "HDMR", ("ST", "S1"), sampling.latin, given_data.hdmr, rows=_single,
            rule=_at_least(lambda s, o: max(300, 4 * given_data.unknowns(s, o["order"]))),
            samples=2000, resamples=20, options={"order": 3},
        ),
    )
}  # fmt: skip


def get(name: str) -> Method:
    """Return a method.

    Raises:
        UnknownNameError: it does not exist.
    """
    if name not in METHODS:
        raise UnknownNameError.of("method", name, METHODS)
    return METHODS[name]

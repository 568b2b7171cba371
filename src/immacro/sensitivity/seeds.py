"""Seeds: one number from the user decides every random draw of a study.

Many of SALib's analyses read ``seed=0`` as "no seed" and seed numpy's global generator otherwise.
Here a user's seed, 0 included, is turned into one positive integer per purpose (sampling,
intervals), and SALib's use of the global generator is undone afterwards, so that a study neither
depends on nor disturbs other random numbers of the process.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from numbers import Integral

import numpy as np

from immacro.errors import InvalidValueError

#: The largest seed that every file format keeps.
LARGEST = 2**31 - 1


def checked(seed: object) -> int:
    """Return the seed as an int.

    Raises:
        InvalidValueError: it is not a whole number from 0 to ``LARGEST``.
    """
    if isinstance(seed, bool) or not isinstance(seed, Integral) or not 0 <= int(seed) <= LARGEST:
        raise InvalidValueError(f"The seed is {seed!r}", f"Give a whole number from 0 to {LARGEST}")
    return int(seed)


def derived(seed: int, purpose: str) -> int:
    """Return a positive integer that depends on the seed and on what it is for."""
    sequence = np.random.SeedSequence([seed, zlib.crc32(purpose.encode())])
    return int(sequence.generate_state(1)[0] >> 1) + 1


def generator(seed: int, purpose: str) -> np.random.Generator:
    """Return a generator for one purpose of a study."""
    return np.random.default_rng(derived(seed, purpose))


@contextmanager
def contained(seed: int) -> Iterator[None]:
    """Seed numpy's global generator for SALib, then restore it and the warning settings.

    SALib's delta analysis replaces ``warnings.formatwarning`` for the whole process.
    """
    state = np.random.get_state()
    format_warning = warnings.formatwarning
    np.random.seed(seed % 2**32)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        warnings.formatwarning = format_warning
        np.random.set_state(state)

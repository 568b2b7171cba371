"""The models that findings are asked of, each opened once."""

from __future__ import annotations

from collections.abc import Callable

from immacro import catalogue
from immacro.catalogue import Entry
from immacro.errors import UnknownNameError
from immacro.ledger import HOSTS
from immacro.simulation.model import Model, load


class Shelf:
    """Models by name and host.

    Args:
        entry: finds a model by its name; the packaged ones by default.
    """

    def __init__(self, entry: Callable[[str], Entry] = catalogue.entry) -> None:
        self._entry = entry
        self._models: dict[tuple[str, str], Model | None] = {}

    def model(self, name: str, host: str) -> Model | None:
        """Return a model, None if there is none of this name for this host.

        Raises:
            ImmacroError: there is one, but it cannot be used.
        """
        key = name, host
        if key not in self._models:
            self._models[key] = self._open(name, host)
        return self._models[key]

    def host_with(self, name: str, context: str, preferred: str) -> str:
        """Return the host for which a model has a context, ``""`` if there is none."""
        for host in (preferred, *(h for h in HOSTS if h != preferred)):
            model = self.model(name, host)
            if model is not None and context in model.contexts:
                return host
        return ""

    def _open(self, name: str, host: str) -> Model | None:
        try:
            entry = self._entry(name)
        except UnknownNameError:
            return None
        return load(entry, host) if host in entry.hosts else None

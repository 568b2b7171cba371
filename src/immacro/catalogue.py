"""The models that immacro ships: their names, folders, ledgers and SBML files.

A model is a folder with a ledger (``parameters.csv``); its SBML for a host is
``<host>/<name>.xml`` below the SBML folder. Both are found as package files, so nothing here
imports PySB or a model's rules: title and methods are the docstring of the model's
``__init__.py``, read as text.

``Entry`` knows only its two folders, so a model outside the package is opened the same way:
``immacro.load(Entry("mine", Path("models/mine"), Path("sbml")))``.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from immacro import ledger as ledgers
from immacro.errors import SbmlError, UnknownNameError


@dataclass(frozen=True)
class Entry:
    """One model: where its ledger and its SBML are.

    Attributes:
        name: the model's name, as ``gcsf_irf8``.
        folder: the folder with ``parameters.csv`` and perhaps ``contexts.csv``.
        sbml: the folder with one folder of SBML files per host.
        title: the first line of the methods text.
        methods: the methods text, the docstring of the model's package.
    """

    name: str
    folder: Path
    sbml: Path
    title: str = ""
    methods: str = ""

    @property
    def hosts(self) -> list[str]:
        """The hosts for which the model has an SBML file."""
        return [host for host in ledgers.HOSTS if self._file(host).is_file()]

    def sbml_path(self, host: str) -> Path:
        """Return the model's SBML file for a host.

        Raises:
            UnknownNameError: the host does not exist, or the model is not made for it.
            SbmlError: the model has not been built for any host.
        """
        if host not in ledgers.HOSTS:
            raise UnknownNameError.of("host", host, ledgers.HOSTS)
        path = self._file(host)
        if path.is_file():
            return path
        if self.hosts:
            raise UnknownNameError.of(f"host of {self.name}", host, self.hosts)
        raise SbmlError(
            f"{self.name} has no SBML file for {host}",
            f"Run `immacro build {self.name}` in a checkout of the repository",
        )

    def ledger(self, host: str) -> ledgers.Ledger:
        """Read the model's parameters and contexts for a host."""
        return ledgers.read(self.folder, host)

    def _file(self, host: str) -> Path:
        return self.sbml / host / f"{self.name}.xml"


def models() -> list[str]:
    """Return the names of the packaged models, sorted."""
    return sorted(path.parent.name for path in _package("models").glob("*/parameters.csv"))


def entry(name: str) -> Entry:
    """Return a packaged model.

    Raises:
        UnknownNameError: there is no such model.
    """
    if name not in models():
        raise UnknownNameError.of("model", name, models(), "`immacro models`")
    folder = _package("models") / name
    methods = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    title = methods.partition("\n")[0].rstrip(".")
    return Entry(name, folder, _package("sbml"), title, methods)


def sbml_path(name: str, host: str) -> Path:
    """Return the SBML file of a packaged model for a host."""
    return entry(name).sbml_path(host)


def ledger(name: str, host: str) -> ledgers.Ledger:
    """Read the ledger of a packaged model for a host."""
    return entry(name).ledger(host)


def _package(name: str) -> Path:
    return Path(str(resources.files(f"immacro.{name}")))

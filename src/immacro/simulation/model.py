"""Models as a user holds them: ``load`` one, look at what it offers, ``simulate`` it.

Any SBML file can be loaded by its path. It has no ledger, hence no levers, contexts or ranges;
times are in the file's own unit, and without our clock (``onset``) it starts at its own initial
values whatever is set.
"""

from __future__ import annotations

import html
import json
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, SupportsIndex

import numpy as np
import pandas as pd
import roadrunner
import xarray as xr

from immacro import catalogue
from immacro.errors import ImmacroError, InvalidValueError
from immacro.ledger import Ledger
from immacro.simulation import engine, result, tables
from immacro.simulation.runs import RunSpec
from immacro.simulation.settings import Allowed, Settings, time_grid
from immacro.simulation.source import Source, read_source


def load(model: str | os.PathLike[str] | catalogue.Entry, host: str = "mouse") -> Model:
    """Load a model.

    Args:
        model: the name of a packaged model, the path of an SBML file, or a model's entry.
        host: ``mouse`` or ``human``; an SBML file has none.

    Raises:
        UnknownNameError: there is no such model or host.
        SbmlError: the file is not usable SBML.
        InvalidValueError: a host is asked of an SBML file.
    """
    if isinstance(model, str) and (model in catalogue.models() or not _is_path(model)):
        model = catalogue.entry(model)
    if isinstance(model, catalogue.Entry):
        source = read_source(model.sbml_path(host))
        return Model(source, model.name, host, model.ledger(host))
    if host != "mouse":
        raise InvalidValueError(
            f"An SBML file has no host '{host}'", "Choose a host for packaged models only"
        )
    try:
        path = Path(model)
    except TypeError:
        raise InvalidValueError(
            f"{model!r} is not a model", "Give a model's name or the path of an SBML file"
        ) from None
    return Model(read_source(path))


def _is_path(name: str) -> bool:
    return Path(name).suffix != "" or Path(name).name != name or Path(name).exists()


class Model:
    """A loaded model; ``load`` makes one.

    Args:
        source: its SBML file.
        name: its name; the file's own by default.
        host: ``mouse``, ``human``, or ``""`` for a file from elsewhere.
        ledger: its parameters and contexts, None for a file from elsewhere.

    Attributes:
        allowed: what may be set and asked for.
    """

    def __init__(
        self, source: Source, name: str = "", host: str = "", ledger: Ledger | None = None
    ) -> None:
        self.source = source
        self.name = name or source.contents.model_id or source.path.stem
        self.host = host
        self.ledger = ledger
        contents = source.contents.with_ledger(ledger) if ledger else source.contents
        if ledger is None:
            self.allowed = Allowed(self.name, contents, {})
        else:
            self.allowed = Allowed(
                self.name, contents, ledger.contexts, f"`immacro show {self.name}`"
            )

    @property
    def sbml_path(self) -> Path:
        """The SBML file."""
        return self.source.path

    @property
    def sbml_text(self) -> str:
        """The SBML, as it was when the model was loaded."""
        return self.source.text

    @property
    def contexts(self) -> dict[str, dict[str, float]]:
        """The tumours: for each, the parameters that it sets."""
        return {name: dict(values) for name, values in self.allowed.contexts.items()}

    @cached_property
    def levers(self) -> pd.DataFrame:
        """Therapies, drivers and challenges: one row per parameter that sets one."""
        return tables.levers(self.allowed.contents)

    @cached_property
    def observables(self) -> pd.DataFrame:
        """What a simulation reports."""
        return tables.observables(self.allowed.contents)

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """All that can be set, with unit, range and source."""
        return tables.parameters(self.allowed.contents, self.ledger)

    def simulate(
        self,
        levers: Mapping[str, float] | None = None,
        parameters: Mapping[str, float] | None = None,
        context: str | None = None,
        days: float = 60,
        points: SupportsIndex = 601,
        observables: str | Iterable[str] | None = None,
    ) -> xr.Dataset:
        """Simulate from the onset.

        When a parameter changes biology, the model first settles into its new healthy state.

        Args:
            levers: lever parameter -> value in its unit.
            parameters: any other parameter -> value in its unit.
            context: a tumour of ``contexts``.
            days: length; in a file from elsewhere, in its unit of time.
            points: number of times, both ends included.
            observables: ids to report, all observables by default.

        Returns:
            A dataset along ``time``, units and names in the attributes.

        Raises:
            UnknownNameError: an id or the context does not exist.
            InvalidValueError: a value is not allowed.
            SimulationError: the run fails, or there is no stable healthy state.
        """
        settings = self.allowed.resolve(levers, parameters, context)
        spec = self.spec(settings, days, points, observables)
        return result.course(
            self.source.load().run(spec.values, spec.times, spec.outputs, spec.burn_in),
            spec.times,
            spec.outputs,
            self.attributes(settings.context)
            | {"settings": json.dumps(settings.values), "burn_in": spec.burn_in},
        )

    def spec(
        self,
        settings: Settings,
        days: float = 60,
        points: SupportsIndex = 601,
        observables: str | Iterable[str] | None = None,
    ) -> RunSpec:
        """Describe a run."""
        length, count = time_grid(days, points, self.source.contents.time_unit)
        outputs = tuple(self.allowed.outputs(observables))
        times = np.linspace(0.0, length, count)
        return RunSpec(settings.values, self.burn_in(settings), times, outputs)

    def burn_in(self, settings: Settings) -> float:
        """Return the days of equilibration that settings need: 0 unless they change biology."""
        own = self.source.contents.burn_in
        days = engine.BURN_IN_DAYS if own is None else own
        return days if settings.changed_biology else 0.0

    def attributes(self, context: str = "") -> dict[str, str | float | int]:
        """Return where results of this model come from."""
        return {
            "model": self.name,
            "host": self.host,
            "context": context,
            "sbml_sha256": self.source.sha256,
            "versions": result.versions(),
            "time_unit": self.source.contents.time_unit,
        }

    def roadrunner(self) -> roadrunner.RoadRunner:
        """Return a new roadrunner instance of the file that reports time and the observables.

        It is independent of this model: set parameters, then ``reset()``, then ``simulate``.
        """
        instance = engine.load(self.source.text)
        return self._prepared(instance)

    def tellurium(self) -> Any:
        """Return a new tellurium ``ExtendedRoadRunner``, prepared as ``roadrunner`` does.

        Raises:
            ImmacroError: tellurium is not installed.
        """
        try:
            import tellurium
        except ImportError as error:
            raise ImmacroError(
                f"tellurium cannot be imported ({error})", "Run `pip install 'immacro[notebook]'`"
            ) from None
        return self._prepared(tellurium.loadSBMLModel(self.source.text))

    def _prepared(self, instance: Any) -> Any:
        engine.set_tolerances(instance)
        selections = [o.selection for o in self.source.contents.observables.values()]
        instance.timeCourseSelections = ["time", *selections]
        return instance

    def __repr__(self) -> str:
        return f"<immacro.Model {self._summary()}>"

    def _repr_html_(self) -> str:
        parts = [f"<p><b>{html.escape(self._summary())}</b></p>"]
        if len(self.levers):
            parts += ["<p>Levers</p>", self.levers.to_html()]
        return "".join([*parts, "<p>Observables</p>", self.observables.to_html()])

    def _summary(self) -> str:
        where = self.host or str(self.source.path)
        levers = self.levers["lever"].nunique()
        return (
            f"{self.name} ({where}): {levers} levers, {len(self.observables)} observables, "
            f"{len(self.parameters)} parameters"
        )

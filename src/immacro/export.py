"""Export: a model's file with host, context, levers and parameters set in it.

The exported file needs nothing of immacro: simulated from time zero by any tool, it gives the
course that ``Model.simulate`` gives with the same settings.

- Parameter values, compartment sizes and species' initial values are written into the file; all
  annotations stay, and the model's notes gain a line that says what was set.
- When a parameter changes biology, healthy is another state. The settled amounts are then computed
  by simulation and written as numbers, and they replace the species' initial assignments, so that
  the file starts healthy at zero. Otherwise the initial assignments stay.
- SBML numbers have 15 digits.

A file appears when it is complete: a failure or an interruption spoils no old one.
"""

from __future__ import annotations

import html
import os
import threading
from collections.abc import Mapping
from pathlib import Path

import libsbml

from immacro import files
from immacro.errors import InvalidValueError, SbmlError
from immacro.simulation.contents import set_values
from immacro.simulation.model import Model
from immacro.simulation.settings import Settings

FORMATS = ("sbml", "antimony")
LEVELS = ((3, 1), (3, 2))

_antimony = threading.Lock()  # the library keeps its last model in global memory


def write(
    model: Model,
    out: str | os.PathLike[str],
    levers: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    context: str | None = None,
    to: str = "sbml",
    level: tuple[int, int] | None = None,
) -> Path:
    """Write a model with settings in it.

    Args:
        model: the model, loaded for its host.
        out: the file to write; an existing one is replaced.
        levers: lever parameter -> value.
        parameters: any other parameter -> value.
        context: a tumour of ``model.contexts``.
        to: ``sbml`` or ``antimony``.
        level: SBML level and version, ``(3, 1)`` or ``(3, 2)``; that of the file by default.

    Returns:
        The path written.

    Raises:
        UnknownNameError: an id or the context does not exist.
        InvalidValueError: a value, the format or the level is not allowed.
        SimulationError: the settings have no stable healthy state.
        SbmlError: the file cannot be expressed in that level or in Antimony.
        OutputError: the file cannot be written.
    """
    settings = model.allowed.resolve(levers, parameters, context)
    if to not in FORMATS:
        raise InvalidValueError(f"Unknown format '{to}'", "Choose " + " or ".join(FORMATS))
    if to == "antimony" and level is not None:
        raise InvalidValueError("Antimony has no SBML level", "Leave the level out")
    text = sbml(model, settings, level)
    return files.write_text(out, _to_antimony(text) if to == "antimony" else text)


def sbml(model: Model, settings: Settings, level: tuple[int, int] | None = None) -> str:
    """Return the SBML of a model with settings in it."""
    document = libsbml.readSBMLFromString(model.sbml_text)
    contained = document.getModel()
    burn_in = model.burn_in(settings)
    if burn_in:
        healthy = model.source.load().healthy(settings.values, burn_in)
        set_values(contained, settings.values)
        _set_amounts(contained, healthy)
    else:
        set_values(contained, settings.values)
    _say_what_was_set(contained, settings)
    if level is not None:
        _convert(document, level)
    return str(libsbml.writeSBMLToString(document))


def _set_amounts(model: libsbml.Model, amounts: Mapping[str, float]) -> None:
    """Replace initial assignments of species by amounts."""
    for identifier, amount in amounts.items():
        model.removeInitialAssignment(identifier)
        species = model.getSpecies(identifier)
        species.unsetInitialConcentration()
        species.setInitialAmount(amount)


def _say_what_was_set(model: libsbml.Model, settings: Settings) -> None:
    words = [f"context {settings.context}"] if settings.context else []
    words += [f"{name} = {value:.15g}" for name, value in settings.values.items()]
    if settings.changed_biology:
        words.append("initial amounts settled to healthy")
    if words:
        note = html.escape(f"Set by immacro export: {'; '.join(words)}.")
        model.appendNotes(f'<p xmlns="http://www.w3.org/1999/xhtml">{note}</p>')


def _convert(document: libsbml.SBMLDocument, level: tuple[int, int]) -> None:
    if tuple(level) not in LEVELS:
        raise InvalidValueError(
            f"SBML Level {level[0]} Version {level[1]} is not written", "Choose (3, 1) or (3, 2)"
        )
    if (document.getLevel(), document.getVersion()) == tuple(level):
        return
    if not document.setLevelAndVersion(*level, True):
        problems = [
            document.getError(i).getShortMessage()
            for i in range(document.getNumErrors())
            if document.getError(i).getSeverity() >= libsbml.LIBSBML_SEV_ERROR
        ]
        raise SbmlError(
            f"The model cannot be expressed in SBML Level {level[0]} Version {level[1]}: "
            + (problems[0] if problems else "libsbml does not say why"),
            "Choose another level",
        )


def _to_antimony(text: str) -> str:
    import antimony

    with _antimony:
        antimony.clearPreviousLoads()
        try:
            if antimony.loadSBMLString(text) < 0:
                raise SbmlError(
                    f"Antimony cannot express the model: {antimony.getLastError()}",
                    "Export SBML instead",
                )
            return str(antimony.getAntimonyString(antimony.getMainModuleName()))
        finally:
            antimony.clearPreviousLoads()

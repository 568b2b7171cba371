"""Simulation: load a model or any SBML file, set levers and parameters, get labelled courses."""

from immacro.simulation.ensemble import run_many
from immacro.simulation.model import Model, load

__all__ = ["Model", "load", "run_many"]

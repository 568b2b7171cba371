"""Build time: PySB rules in, complete SBML out. Needs the extra ``build`` and Perl.

``Assembly`` is what a model's ``model.py`` writes its rules into; ``build_model`` turns the filled
assembly into ``sbml/<host>/<model>.xml`` and keeps BioNetGen's network beside it.
"""

from immacro.build.assembly import Assembly
from immacro.build.pipeline import build_model

__all__ = ["Assembly", "build_model"]

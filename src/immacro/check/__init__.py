"""Check SBML files: libsbml's full consistency test, units with scale, and coverage.

``check`` is what stands between the builder and a committed file. libsbml's verdict is taken with
every category on; what it does not see (wrong scale, missing stoichiometry, missing annotation,
malformed identifiers) is checked here. ``read_sbml`` is the one door for SBML files from outside.
"""

from __future__ import annotations

from pathlib import Path

from immacro.check.consistency import check_consistency
from immacro.check.coverage import check_coverage
from immacro.check.messages import Coverage, Message
from immacro.check.reading import read_sbml
from immacro.check.report import Report
from immacro.check.scale import check_scale

__all__ = ["Coverage", "Message", "Report", "check", "read_sbml"]


def check(path: str | Path, *, require_coverage: bool = True) -> Report:
    """Check one SBML file.

    Args:
        path: the file.
        require_coverage: hold it to the standard of the project's own files, where every gap in
            units, SBO terms and identifiers, every malformed identifier and every literal without a
            unit is a message. Without it, coverage is only counted.

    Returns:
        The report; ``report.clean`` says whether there was anything to say.

    Raises:
        SbmlError: the file cannot be read as SBML at all.
    """
    document = read_sbml(path, valid=False)
    # Scale and coverage come first: libsbml's validator may rewrite parts of what it checks.
    scale = check_scale(document, strict=require_coverage)
    coverage, gaps = check_coverage(document, require=require_coverage)
    return Report(Path(path), (*check_consistency(document), *scale, *gaps), tuple(coverage))

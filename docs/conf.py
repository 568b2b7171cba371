"""Sphinx configuration: `sphinx-build -W docs docs/_build`."""

from importlib.metadata import version as _version

project = "immacro"
author = "The immacro developers"
copyright = "2026, The immacro developers"
version = release = _version("immacro")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_theme_options = {"page_width": "1100px"}
autodoc_typehints = "none"
# The documentation builds without PySB and Perl.
autodoc_mock_imports = ["pysb"]

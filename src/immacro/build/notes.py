"""XHTML notes and fixed model history."""

from __future__ import annotations

from html import escape

import libsbml

#: The history is part of the committed bytes, so its dates are those of the model, not the build.
CREATED = "2026-11-22T00:00:00Z"


def add(element: libsbml.SBase, *paragraphs: str) -> None:
    """Write paragraphs as the notes of an element; empty ones are left out."""
    body = "".join(f"<p>{escape(' '.join(p.split()))}</p>" for p in paragraphs if p.strip())
    if body:
        element.setNotes(f'<body xmlns="http://www.w3.org/1999/xhtml">{body}</body>')


def add_history(model: libsbml.Model) -> None:
    """Write creator and dates."""
    history = libsbml.ModelHistory()
    creator = libsbml.ModelCreator()
    creator.setFamilyName("developers")
    creator.setGivenName("The immacro")
    creator.setOrganisation("immacro")
    history.addCreator(creator)
    date = libsbml.Date(CREATED)
    history.setCreatedDate(date)
    history.setModifiedDate(date)
    model.setModelHistory(history)

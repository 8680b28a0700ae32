"""A record in the words of the page."""

from __future__ import annotations

from typing import Any

from tinhgon.apps.procedures.models import FormFile
from tinhgon.domain.procedures import (
    COPY_WORDS,
    MANNER_WORDS,
    PART_WORDS,
    Part,
    Record,
    basis_words,
    duration_words,
    step_rows,
)


def in_words(record: Record, files: dict[int, FormFile]) -> dict[str, Any]:
    """Return what the templates of a record need beside it; `files` by their keys."""
    return {
        "time_limit": duration_words(record.time_limit),
        "steps": step_rows(record.steps),
        "manner_words": [MANNER_WORDS[manner] for manner in record.manners],
        "papers": [(paper, COPY_WORDS[paper.copy]) for paper in record.papers],
        "bodies": [(PART_WORDS[part], names) for part in Part if (names := _named(record, part))],
        "forms": [(form, files.get(form.file) if form.file else None) for form in record.forms],
        "bases": [(basis, basis_words(basis)) for basis in record.bases],
    }


def _named(record: Record, part: Part) -> list[str]:
    return [body.name for body in record.bodies if body.part is part]

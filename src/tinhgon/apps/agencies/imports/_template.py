from __future__ import annotations

from collections.abc import Sequence

from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.domain.sheets import Column, write_template

from ._workbook import COLUMNS

_CHOICES = {"level": Level.labels, "kind": Kind.labels}


def template_workbook(*, lines: Sequence[Sequence[str]] = ()) -> bytes:
    """Return the workbook for importing agencies, with `lines` filled in and a sheet of help."""
    columns = [
        Column(
            column.title,
            column.help,
            choices=tuple(str(choice) for choice in _CHOICES.get(column.key, ())),
            is_required=column.is_required,
        )
        for column in COLUMNS
    ]
    return write_template("Cơ quan", columns, lines=lines)

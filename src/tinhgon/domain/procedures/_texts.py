from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# Lists of rows, with the texts of a row; a row that is a text itself has none.
_LISTS = {
    "steps": ("what", "actor", "product"),
    "papers": ("name", "form"),
    "subjects": (),
    "bodies": ("name",),
    "forms": ("name",),
    "conditions": (),
    "bases": ("document", "code"),
}
_TEXTS = ("lead", "manner_text", "dossier_text", "time_limit_text", "result", "fee")


def texts_of(content: Mapping[str, Any]) -> Iterator[str]:
    """
    Yield every text of a record apart from its name and field, as written, for searching in them.

    Takes what `to_json` wrote, because making a record of each of thousands takes its time.
    """
    for name, parts in _LISTS.items():
        for row in content.get(name, ()):
            if parts:
                yield from (row.get(part, "") for part in parts)
            else:
                yield row
    for name in _TEXTS:
        yield content.get(name, "")

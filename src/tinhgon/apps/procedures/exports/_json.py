from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tinhgon.domain.procedures import record_schema

from ._columns import CODE, schemas
from ._rows import Export

SCHEMA_VERSION = 1


def json_lines(export: Export, *, schema_url: str) -> Iterator[str]:
    """Yield a JSON document that `schema` describes, a procedure a line."""
    head = {
        "$schema": schema_url,
        "version": SCHEMA_VERSION,
        "list": export.address,
        "day": export.day.isoformat(),
        "count": len(export.keys),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "procedures": [\n'
    parts = {} if not export.is_whole else record_schema()["properties"]
    columns = [column for column in export.columns if column.name not in parts]
    for number, row in enumerate(export.rows()):
        values = {column.name: column.value(row) for column in columns}
        if export.is_whole:
            values["content"] = row.content
        yield (",\n" if number else "") + json.dumps(values, ensure_ascii=False)
    yield "\n]}\n"


def schema(*, url: str) -> dict[str, Any]:
    """Return the JSON Schema of the exported lists."""
    fields = {**schemas(), "content": {"$ref": "#/$defs/record"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": url,
        "title": "Danh sách thủ tục hành chính nội bộ",
        "type": "object",
        "required": ["version", "list", "day", "count", "procedures"],
        "properties": {
            "$schema": {"type": "string"},
            "version": {"const": SCHEMA_VERSION},
            "list": {"type": "string"},
            "day": {"type": "string", "format": "date"},
            "count": {"type": "integer", "minimum": 0},
            "procedures": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": [CODE.name],
                    "properties": fields,
                    "additionalProperties": False,
                },
            },
        },
        "additionalProperties": False,
        "$defs": {"record": record_schema()},
    }

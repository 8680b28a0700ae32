"""As much of JSON Schema as our own schemas use, to hold documents against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
_KNOWN = {
    "$schema",
    "$id",
    "$defs",
    "$ref",
    "title",
    "type",
    "enum",
    "const",
    "anyOf",
    "format",
    "pattern",
    "minimum",
    "items",
    "required",
    "properties",
    "additionalProperties",
}


def faults(document: Any, schema: dict[str, Any]) -> list[str]:
    """Return where the document is not as the schema says."""
    return list(_check(document, schema, schema, "$"))


def _check(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    assert set(schema) <= _KNOWN, f"this test does not know {set(schema) - _KNOWN}"
    if "$ref" in schema:
        yield from _check(value, root["$defs"][schema["$ref"].split("/")[-1]], root, at)
        return
    if "anyOf" in schema:
        if all(list(_check(value, each, root, at)) for each in schema["anyOf"]):
            yield f"{at}: none of what it may be"
        return
    yield from _plain(value, schema, at)
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _check(each, schema.get("items", {}), root, f"{at}[{number}]")
    if isinstance(value, dict):
        yield from _object(value, schema, root, at)


def _plain(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "type" in schema and not _is_one_of(value, schema["type"]):
        yield f"{at}: {value!r} is no {schema['type']}"
    elif isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{at}: {value!r} does not match {schema['pattern']}"
        if schema.get("format") == "date":
            date.fromisoformat(value)
    elif isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{at}: {value} is too small"


def _is_one_of(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names if name != "boolean")


def _object(
    value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str
) -> Iterator[str]:
    yield from (f"{at}: no {name}" for name in schema.get("required", []) if name not in value)
    known = schema.get("properties", {})
    for name, each in value.items():
        if name in known:
            yield from _check(each, known[name], root, f"{at}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}: {name} is unknown"

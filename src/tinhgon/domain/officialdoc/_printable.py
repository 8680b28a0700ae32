"""Letters that no page can show, made ones that it can."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import TypeVar, cast

from ._model import Source

# Bullets of the fonts Symbol and Wingdings, which no other font has.
_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "•", 0xF0FC: "✓", 0xF02D: "-", 0xF0E0: "→"}
_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
_REPLACED = _BULLETS | _CONTROLS | {0xFEFF: "\u200b"}  # a byte order mark is no letter

_Value = TypeVar("_Value")


def printable(value: _Value) -> _Value:
    """
    Return the value with every letter of its texts fit to be written.

    Word's bullets from symbol fonts become real ones, control characters spaces; each letter is
    replaced by one, so that places counted in the text stay right.
    """
    return cast("_Value", _printable(value))


def _printable(value: object) -> object:
    if isinstance(value, str):
        return value if isinstance(value, StrEnum) else value.translate(_REPLACED)
    if isinstance(value, tuple):
        return tuple(_printable(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type | Source):
        return replace(value, **{f.name: _printable(getattr(value, f.name)) for f in fields(value)})
    return value

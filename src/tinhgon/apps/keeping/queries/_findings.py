from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    GOOD = "tốt"
    NOTE = "lưu ý"
    BAD = "hỏng"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    subject: str
    level: Level
    text: str
    todo: str = ""


def good(subject: str, text: str) -> Finding:
    return Finding(subject, Level.GOOD, text)


def note(subject: str, text: str, todo: str) -> Finding:
    return Finding(subject, Level.NOTE, text, todo)


def bad(subject: str, text: str, todo: str) -> Finding:
    return Finding(subject, Level.BAD, text, todo)

from __future__ import annotations


class Refused(Exception):
    """What was entered or asked cannot be taken; `field` names the input that it is about."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

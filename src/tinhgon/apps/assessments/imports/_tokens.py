"""What a preview showed, carried to its confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing

from tinhgon.domain.costing import NotASheet, Sides, from_json, to_json

_SALT = "assessments.import"
_AN_HOUR = 3600


def sign(sides: Sides, review: int) -> str:
    """Return both sides as a token that the preview carries to its confirmation."""
    said = {"review": review, "now": to_json(sides.now), "after": to_json(sides.after)}
    return signing.dumps(said, salt=_SALT, compress=True)


def unsign(token: str, review: int) -> Sides | None:
    """Return what the preview showed; None for a token of another sheet, an old or a forged one."""
    try:
        said: Mapping[str, Any] = signing.loads(token, salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        return None
    if said["review"] != review:
        return None
    try:
        return Sides(from_json(said["now"]), from_json(said["after"]))
    except NotASheet:  # made by another version of the software
        return None

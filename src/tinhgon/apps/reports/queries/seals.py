"""The seal of an offline workbook, signed, so that a forged or foreign one is known."""

from __future__ import annotations

from typing import Any

from django.core import signing

from tinhgon.domain.reportbook import Seal

_SALT = "reports.workbook"


class BadSeal(Exception):
    """The seal is not one that this server signed, or it was changed."""


def sign(seal: Seal) -> str:
    return signing.dumps(seal.to_json(), salt=_SALT, compress=True)


def unsign(token: str) -> Seal:
    """
    Return the seal that a workbook carries.

    :raises BadSeal: if it was not signed here, was changed, or is of another make.
    """
    try:
        said: Any = signing.loads(token, salt=_SALT)
        return Seal.from_json(said)
    except (signing.BadSignature, KeyError, TypeError, ValueError) as e:
        raise BadSeal from e

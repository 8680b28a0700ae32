"""An agency as a person writes its name."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import resolve
from tinhgon.common import clock


def named_agency(name: str, *, own: Agency, issuer: Agency) -> Agency:
    """
    Return the one agency that a name stands for, seen from `issuer`; the name of `own` is enough.

    :raises ValidationError: if it stands for none, or for several.
    """
    name = name.strip()
    if name in (own.name, own.short_name):
        return own
    found = resolve([name], on=clock.today(), issuer=issuer)
    if found.unknown or len(found.found) != 1:
        raise ValidationError(f"Không rõ cơ quan “{name}”. Ghi tên đầy đủ của một cơ quan.")
    return found.found[0][0]

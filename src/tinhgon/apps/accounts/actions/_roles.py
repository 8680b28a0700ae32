from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import Role
from tinhgon.apps.audit import actions as audit
from tinhgon.domain.access import Permission, seed_roles


@transaction.atomic
def load_roles(*, by: audit.Actor, at: datetime) -> int:
    """Bring the roles to what the software ships with, and return how many changed."""
    entries = []
    for order, seed in enumerate(seed_roles().values()):
        row = Role.objects.filter(code=seed.code).first() or Role(code=seed.code)
        wanted = {
            "name": seed.name,
            "description": seed.description,
            "permissions": sorted(seed.permissions),
            "order": order,
        }
        if row.pk and all(getattr(row, name) == value for name, value in wanted.items()):
            continue
        change = audit.Change("Quyền", _words(row.permissions), _words(sorted(seed.permissions)))
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()
        entries.append(audit.Entry("accounts.role_loaded", row, (change,)))
    audit.record_all(entries, by=by, at=at)
    return len(entries)


def _words(permissions: list[str]) -> str:
    return " ".join(Permission(code).description for code in permissions)

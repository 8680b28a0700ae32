from __future__ import annotations

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED
from tinhgon.domain.vntext import fold

MOST = 30


def candidates(*, user: User, version: ProcedureVersion, words: str) -> list[ProcedureVersion]:
    """
    Return procedures of which a proposal may be a duplicate, each by its newest version: those
    that have all the words in name, codes or agency; without words, those of the same name.
    """
    living = Q(status__in=UNPUBLISHED | PUBLISHED, procedure__merged_into=None)
    found = ProcedureVersion.objects.visible_to(user).filter(living)
    found = found.exclude(procedure=version.procedure_id)
    if folded := fold(words).split():
        for word in folded:
            found = found.filter(folded__contains=word)
    else:
        found = found.filter(name_key=version.name_key)
    rows = (
        found.select_related("procedure__agency")
        .defer("content", "folded")
        .order_by("sort_name", "procedure", "-number")[: MOST * 3]
    )
    newest: dict[int, ProcedureVersion] = {}
    for row in rows:
        newest.setdefault(row.procedure_id, row)
    return list(newest.values())[:MOST]

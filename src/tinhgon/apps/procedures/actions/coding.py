"""The codes of a procedure."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.models import Procedure
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused

from ._writing import search_words

_CODE = re.compile(r"[0-9A-Z]+(?:[.-][0-9A-Z]+)*")
LONGEST_CODE = 30


@transaction.atomic
def set_national_code(
    *, procedure: Procedure, code: str, by: User, at: datetime, seen: int
) -> None:
    """
    Write the code that the national database gave; the system never makes one up.

    :raises PermissionDenied: if `by` does not control procedures.
    :raises StaleObject: if the procedure changed since `seen` was seen.
    :raises Refused: if it does not look like a code, or another procedure bears it.
    """
    policies.check_check(by, procedure.agency)
    wanted = "".join(code.split()).upper() or None
    if wanted and (len(wanted) > LONGEST_CODE or not _CODE.fullmatch(wanted)):
        raise Refused("Ghi mã số đúng như trên Cơ sở dữ liệu quốc gia, ví dụ 1.012345.", "code")
    if wanted == procedure.national_code:
        return
    change = audit.Change("Mã số quốc gia", procedure.national_code or "", wanted or "")
    try:
        with transaction.atomic():
            procedure.change(seen_version=seen, national_code=wanted)
    except IntegrityError:
        raise Refused("Mã số này đã gắn với thủ tục khác. Kiểm tra lại mã số.", "code") from None
    for version in procedure.versions.select_related("agency"):
        words = search_words(version.record, procedure=procedure, agency=version.agency)
        procedure.versions.filter(pk=version.pk).update(folded=words)
    search.index(PROCEDURE, [procedure.pk])
    audit.record("procedures.recoded", procedure, by=by, at=at, changes=[change])

"""The codes of a procedure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.models import Procedure
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import batches
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import as_national_code

from ._writing import search_words


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
    wanted = as_national_code(code)
    if wanted is None and code.strip():
        raise Refused("Ghi mã số đúng như trên Cơ sở dữ liệu quốc gia, ví dụ 1.012345.", "code")
    if wanted == procedure.national_code:
        return
    change = audit.Change("Mã số quốc gia", procedure.national_code or "", wanted or "")
    try:
        with transaction.atomic():
            procedure.change(seen_version=seen, national_code=wanted)
    except IntegrityError:
        raise Refused("Mã số này đã gắn với thủ tục khác. Kiểm tra lại mã số.", "code") from None
    _write_words(procedure)
    search.index(PROCEDURE, [procedure.pk])
    audit.record("procedures.recoded", procedure, by=by, at=at, changes=[change])


def give_codes(given: Sequence[tuple[Procedure | None, str]]) -> None:
    """
    Write codes that decisions printed to the procedures that have none yet; None is a procedure
    still to be made, whose code is only checked. What bears another code is never overwritten.

    Within the action of a decision: that one asks the policy, indexes, and keeps the trail.

    :raises StaleObject: if one of the procedures changed meanwhile.
    :raises Refused: if two bear one code, or one would bear two.
    """
    _refuse_taken(given)
    for procedure, code in given:
        if procedure is not None and not procedure.national_code:
            procedure.change(seen_version=procedure.version, national_code=code)
            _write_words(procedure)


def take_back_codes(given: Iterable[tuple[int, str]]) -> list[Procedure]:
    """Take codes from procedures that still bear them; return these procedures."""
    codes = dict(given)
    found: list[Procedure] = []
    for batch in batches(sorted(codes)):
        for procedure in Procedure.objects.filter(pk__in=batch):
            if procedure.national_code == codes[procedure.pk]:
                procedure.change(seen_version=procedure.version, national_code=None)
                _write_words(procedure)
                found.append(procedure)
    search.index(PROCEDURE, [procedure.pk for procedure in found])
    return found


def _refuse_taken(given: Sequence[tuple[Procedure | None, str]]) -> None:
    times = Counter(code for _, code in given)
    holders: dict[str, Procedure] = {}
    for batch in batches(sorted(times)):
        for holder in Procedure.objects.filter(national_code__in=batch):
            holders[holder.national_code or ""] = holder
    for procedure, code in given:
        there = holders.get(code)
        if times[code] > 1:
            raise Refused(f"Mã số quốc gia {code} có ở nhiều dòng. Mỗi mã chỉ của một thủ tục.")
        if there is not None and (procedure is None or there.pk != procedure.pk):
            raise Refused(f"Mã số quốc gia {code} đã gắn với thủ tục {there.local_code}.")
        if procedure is not None and procedure.national_code not in {None, "", code}:
            raise Refused(
                f"Thủ tục {procedure.local_code} đã mang mã {procedure.national_code}, "
                f"khác mã {code} trong văn bản."
            )


def _write_words(procedure: Procedure) -> None:
    for version in procedure.versions.select_related("agency"):
        words = search_words(version.record, procedure=procedure, agency=version.agency)
        procedure.versions.filter(pk=version.pk).update(folded=words)

"""Records that the person may see, and words for what went wrong."""

from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import queries
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.procedures.queries import editing

STALE = "Người khác vừa thay đổi thủ tục này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."
ILLEGAL = "Thủ tục đã sang trạng thái khác nên không làm được thao tác vừa chọn."


def procedure_or_404(request: UserRequest, pk: int) -> Procedure:
    try:
        return queries.get_visible_procedure(user=request.user, pk=pk)
    except Procedure.DoesNotExist:
        raise Http404 from None


def version_or_404(request: UserRequest, pk: int, number: int) -> ProcedureVersion:
    try:
        return queries.get_visible_version(user=request.user, pk=pk, number=number)
    except ProcedureVersion.DoesNotExist:
        raise Http404 from None


def draft_or_404(request: UserRequest, pk: int) -> ProcedureVersion:
    try:
        return editing.draft_of(user=request.user, pk=pk)
    except ProcedureVersion.DoesNotExist:
        raise Http404 from None

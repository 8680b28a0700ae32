from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assessments import queries
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.attempts import TooLate

TOO_LATE = TooLate(
    stale=(
        "Người khác vừa sửa bảng này. Số đã nhập vẫn còn trong các ô; ô nào khác thì số đang lưu "
        "ghi ngay bên dưới. Xem lại rồi lưu lần nữa để ghi số của mình."
    ),
    illegal="Phiếu đã chuyển bước khác nên số liệu không sửa được nữa.",
)


def review_or_404(request: UserRequest, pk: int) -> Review:
    try:
        return queries.get_visible_review(user=request.user, pk=pk)
    except Review.DoesNotExist:
        raise Http404 from None


def sheet_or_404(review: Review) -> CostSheet:
    found = queries.sheet_of(review)
    if found is None:
        raise Http404
    return found


def round_or_404(request: UserRequest, pk: int) -> ReviewRound:
    try:
        return queries.get_visible_round(user=request.user, pk=pk)
    except ReviewRound.DoesNotExist:
        raise Http404 from None

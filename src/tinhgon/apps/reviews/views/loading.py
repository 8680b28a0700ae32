from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.reviews import queries
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.attempts import TooLate

TOO_LATE = TooLate(
    stale="Người khác vừa sửa phiếu này. Đã hiện nội dung mới nhất, mời xem lại.",
    illegal="Không làm được nữa: phiếu đã chuyển bước khác hoặc đợt rà soát đã kết thúc.",
)


def round_or_404(request: UserRequest, pk: int) -> ReviewRound:
    try:
        return queries.get_visible_round(user=request.user, pk=pk)
    except ReviewRound.DoesNotExist:
        raise Http404 from None


def review_or_404(request: UserRequest, pk: int) -> Review:
    try:
        return queries.get_visible_review(user=request.user, pk=pk)
    except Review.DoesNotExist:
        raise Http404 from None

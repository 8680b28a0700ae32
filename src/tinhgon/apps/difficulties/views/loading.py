from __future__ import annotations

from django.http import Http404

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries import loading
from tinhgon.common.attempts import TooLate

TOO_LATE = TooLate(
    stale=(
        "Người khác vừa thay đổi vướng mắc này. Đã hiện nội dung mới nhất, mời xem lại rồi làm "
        "tiếp."
    ),
    illegal="Vướng mắc đã chuyển trạng thái nên không làm được việc này nữa.",
)


def difficulty_or_404(request: UserRequest, pk: int) -> Difficulty:
    try:
        return loading.get_visible_difficulty(user=request.user, pk=pk)
    except Difficulty.DoesNotExist:
        raise Http404 from None

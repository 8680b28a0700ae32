"""The moves of a review as they stand on its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinhgon.apps.reviews import actions
from tinhgon.apps.reviews.enums import Move

Act = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A move as it stands on the page."""

    name: str
    move: Move
    title: str
    done: str
    act: Act
    icon: str
    wants_reason: bool = False
    main: bool = False


def _plain(move: Move) -> Act:
    return lambda *, reason, **common: actions.move_review(move=move, reason=reason, **common)


def _without_reason(act: Act) -> Act:
    def without(*, reason: str, **common: Any) -> None:
        act(**common)

    return without


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "finish",
            Move.FINISH,
            "Gửi thủ trưởng xác nhận",
            "Đã gửi thủ trưởng xác nhận.",
            _without_reason(actions.finish),
            "send",
            main=True,
        ),
        Kind(
            "confirm",
            Move.CONFIRM,
            "Xác nhận, chuyển Văn phòng",
            "Đã xác nhận, chuyển Văn phòng kiểm tra.",
            _plain(Move.CONFIRM),
            "check",
            main=True,
        ),
        Kind(
            "check",
            Move.CHECK,
            "Kiểm tra đạt",
            "Đã ghi phiếu đạt.",
            _plain(Move.CHECK),
            "check",
            main=True,
        ),
        Kind(
            "take_back",
            Move.TAKE_BACK,
            "Lấy lại để sửa",
            "Đã lấy lại phiếu để sửa.",
            _plain(Move.TAKE_BACK),
            "undo",
        ),
        Kind(
            "send_back",
            Move.SEND_BACK,
            "Trả lại người rà soát",
            "Đã trả lại người rà soát.",
            _plain(Move.SEND_BACK),
            "undo",
            wants_reason=True,
        ),
        Kind(
            "return",
            Move.RETURN,
            "Trả lại cơ quan",
            "Đã trả lại cơ quan.",
            _plain(Move.RETURN),
            "undo",
            wants_reason=True,
        ),
        Kind(
            "renew",
            Move.RENEW,
            "Rà soát tiếp theo bản mới",
            "Đã chuyển sang bản mới; các câu trả lời được giữ.",
            _without_reason(actions.renew),
            "arrow-right",
            main=True,
        ),
        Kind(
            "lapse",
            Move.LAPSE,
            "Ghi không còn hiệu lực",
            "Đã ghi thủ tục không còn hiệu lực.",
            _without_reason(actions.lapse),
            "close",
            main=True,
        ),
        Kind(
            "resume",
            Move.RESUME,
            "Rà soát lại",
            "Đã mở lại phiếu rà soát.",
            _without_reason(actions.resume),
            "undo",
        ),
    )
}

"""An offline workbook that came back: whose it is, what is wrong with it, what it would change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.files.queries import content_of
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import MOST_WORDS, Part
from tinhgon.apps.reports.models import Report, ReturnedWorkbook
from tinhgon.apps.reports.queries.seals import BadSeal, unsign
from tinhgon.apps.reports.queries.workbooks import decider_codes, kind_codes, rows_now
from tinhgon.common.refusal import Refused
from tinhgon.domain.reportbook import (
    Item,
    Limits,
    Opened,
    Place,
    Seal,
    Verdict,
    check_returned,
    compare,
    is_nil,
    open_book,
    read_returned,
)
from tinhgon.domain.sheets import SheetUnreadable

_NOTE, _TITLE, _DIFFICULTY, _OPINION = 5_000, 300, 10_000, 2_000
_FORGED = (
    "Dấu xác thực của tệp không đúng: tệp đã bị can thiệp, hoặc không do hệ thống này tạo ra. Tải "
    "tệp mới ở trang báo cáo, chép nội dung sang rồi nộp lại."
)


@dataclass(frozen=True, slots=True)
class Known:
    """A workbook whose seal is ours."""

    opened: Opened
    seal: Seal

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.seal.made_at)


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What a workbook would change, nothing where something is wrong with it; what is wrong, and what
    should only be known.
    """

    items: Sequence[Item]
    faults: Sequence[Place]
    notes: Sequence[Place]
    may_send: bool = False
    """Who looks at it may send the report: a nil answer then does."""

    @property
    def nil(self) -> Item | None:
        """That nothing arose, where the workbook newly says so."""
        said = (item for item in self.to_write if item.part is Part.NIL)
        return next((item for item in said if is_nil(item.said["nil"])), None)

    @property
    def sends_nil(self) -> bool:
        """Whether writing it sends a nil report."""
        return self.may_send and self.nil is not None

    @property
    def to_write(self) -> list[Item]:
        return [item for item in self.items if item.verdict in {Verdict.WRITE, Verdict.STALE}]

    @property
    def stale(self) -> list[Item]:
        return [item for item in self.items if item.verdict is Verdict.STALE]

    @property
    def digest(self) -> str:
        """What stands for all that was shown: it is another one once anything of it changed."""
        told = [
            (item.name, item.verdict.value, item.version, dict(item.said), dict(item.stored))
            for item in self.items
        ]
        faults = [str(each) for each in self.faults]
        text = json.dumps([told, faults, self.sends_nil], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def know(data: bytes) -> Known:
    """
    Open a workbook that came back and check its seal.

    :raises Refused: if it is no workbook of ours, was forged, or cannot be read safely.
    """
    try:
        opened = open_book(data)
        return Known(opened, unsign(opened.token))
    except SheetUnreadable as e:
        raise Refused(str(e), "file") from None
    except BadSeal:
        raise Refused(_FORGED, "file") from None


def preview_of(workbook: ReturnedWorkbook, *, user: User, today: date) -> Preview:
    """
    Return what the workbook would change now if `user` writes it; five queries. One that came in
    under another key, or by an older form, has this as its fault.

    :raises FileUnreadable: if what came back cannot be read from the storage now.
    """
    data = content_of(workbook.file)
    try:
        known = know(data)
    except Refused as e:
        return Preview((), (Place("", "", str(e)),), ())
    return preview(known, workbook.report, user=user, today=today)


def preview(known: Known, report: Report, *, user: User, today: date) -> Preview:
    """Return what a workbook of the report would change now if `user` writes it; four queries."""
    returned = read_returned(known.opened, known.seal)
    limits = Limits(
        text=MOST_WORDS,
        note=_NOTE,
        title=_TITLE,
        difficulty=_DIFFICULTY,
        opinion=_OPINION,
        today=today,
    )
    now = rows_now(report, known.seal, user=user)
    new = check_returned(
        returned,
        limits,
        kinds=kind_codes(),
        deciders=decider_codes(today),
        sections=now[Part.WORDS],
    )
    items = [] if returned.faults else compare(returned, new, known.seal, now)
    may_send = policies.can_send(user, report)
    return Preview(items, returned.faults, returned.notes, may_send)

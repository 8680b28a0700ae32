"""Messages and packages that the tests start from, all of our own writing."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tinhgon.domain.exchange import (
    VIETNAM,
    Attachment,
    Message,
    Organ,
    Purpose,
    Reply,
    StatusMessage,
    Trace,
    write_package,
)

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
EDOC = "http://www.go.vn/eDoc"
LETTER = Attachment(
    name="318-UBND-TTPVHCC.txt",
    data="Công văn giao nhiệm vụ rà soát thủ tục hành chính nội bộ.".encode(),
    content_type="text/plain",
    content_id="tep-1",
)


def a_message(**changes: Any) -> Message:
    message = Message(
        document_id="H37.01,2024/03/25,318/UBND-TTPVHCC",
        sender=Organ(id="H37.01", name="Ủy ban nhân dân tỉnh Lạng Sơn"),
        receivers=(
            Organ(id="H37.02.010", name="Sở Nội vụ"),
            Organ(id="H37.03.010", name="Sở Tư pháp"),
        ),
        number="318",
        symbol="UBND-TTPVHCC",
        place="Lạng Sơn",
        issued_on=date(2024, 3, 25),
        type_code=2,
        type_name="Công văn",
        subject="Rà soát, đơn giản hóa thủ tục hành chính nội bộ",
        signer_authority="KT. CHỦ TỊCH",
        signer_title="PHÓ CHỦ TỊCH",
        signer_name="Nguyễn Văn Mẫu",
        priority=0,
        pages=3,
        appendixes=("Danh mục kèm theo",),
        traces=(Trace("H37.01", datetime(2024, 3, 25, 16, 30, tzinfo=VIETNAM)),),
        attachments=(LETTER,),
    )
    return replace(message, **changes)


def a_status(**changes: Any) -> StatusMessage:
    status = StatusMessage(
        reply=Reply(
            organ_id="H37.01",
            code="318/UBND-TTPVHCC",
            issued_on=date(2024, 3, 25),
            document_id="H37.01,2024/03/25,318/UBND-TTPVHCC",
        ),
        sender=Organ(id="H37.02.010", name="Sở Nội vụ"),
        code="03",
        description="Văn thư đã tiếp nhận",
        at=datetime(2024, 3, 26, 8, 5, tzinfo=VIETNAM),
    )
    return replace(status, **changes)


def a_recall(**changes: Any) -> Message:
    return a_message(
        document_id="H37.01,2024/03/28,330/UBND-TTPVHCC",
        number="330",
        purpose=Purpose(
            kind=1, reason="Ban hành nhầm", document_id="H37.01,2024/03/25,318/UBND-TTPVHCC"
        ),
        **changes,
    )


def written(form: str = "qcvn102", old: str = "", new: str = "", **changes: Any) -> bytes:
    """Return a good package with one piece of its text put in place of another."""
    text = write_package(a_message(**changes), form=form).decode()
    assert old in text, old
    return text.replace(old, new, 1).encode() if old else text.encode()


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()

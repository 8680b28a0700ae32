"""What went through the exchange: the letter to its addressees, their answers, a letter back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.exchange import actions
from tinhgon.apps.exchange.documents import find_paper
from tinhgon.apps.exchange.imports import OrganValues
from tinhgon.apps.exchange.models import Dispatch
from tinhgon.apps.exchange.queries import organs
from tinhgon.common.uploads import Upload
from tinhgon.domain.exchange import (
    Attachment,
    Message,
    Organ,
    Reply,
    StatusMessage,
    write_package,
    write_status,
)
from tinhgon.domain.officialdoc import read_text, write_docx
from tinhgon.domain.workdays import WorkCalendar

from ._papers import WORD
from ._story import at_hour

CODES_FROM = date(2024, 3, 26)
SENT = date(2024, 3, 29)
ARRIVED = date(2024, 11, 21)
BASIS = "Quyết định số 20/2020/QĐ-TTg (mã trong dữ liệu mẫu)"
ANSWERED = 24
WITHOUT_CODE = 2  # of those below the province, so that the page shows what becomes of them
_STATES = (("03", 1), ("05", 2), ("06", 12), ("03", 3), ("04", 4))
_LETTER = """VĂN PHÒNG CHÍNH PHỦ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 4127/VPCP-KSTT

Hà Nội, ngày 20 tháng 11 năm 2024

V/v tiến độ thực hiện phương án đơn giản hóa thủ tục hành chính nội bộ

Kính gửi: Ủy ban nhân dân các tỉnh, thành phố.

Để tổng hợp báo cáo Thủ tướng Chính phủ, Văn phòng Chính phủ đề nghị Ủy ban nhân dân tỉnh chỉ \
đạo các sở, ban, ngành thực hiện:

1. Rà soát tiến độ thực thi phương án đã được phê duyệt, hoàn thành trước ngày 15/12/2024.

2. Báo cáo kết quả, khó khăn, vướng mắc về Văn phòng Chính phủ trước ngày 20/12/2024.

Nơi nhận:
- Như trên;
- Lưu: VT, KSTT.

KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM

Người ký mẫu
"""


@dataclass(frozen=True, slots=True)
class ExchangeStory:
    people: dict[str, User]
    issuer: Agency
    calendar: WorkCalendar

    def tell(self, directive: Directive) -> None:
        """Give codes, send the letter, let some answer, and take in a letter of the centre."""
        self._codes()
        dispatch = self._send(directive)
        self._answers(dispatch)
        self._arrive()

    def _codes(self) -> None:
        below = Agency.objects.existing_on(CODES_FROM).exclude(parent=None)
        named = sorted(below, key=lambda each: (each.path or "").count("/"))
        codes, below_it = {self.issuer.pk: "H37"}, Counter[int]()
        for agency in named[:-WITHOUT_CODE]:
            parent = agency.parent_id or self.issuer.pk
            below_it[parent] += 1
            codes[agency.pk] = f"{codes[parent]}.{below_it[parent]:02}"
        rows = [
            OrganValues(agency, codes[agency.pk], CODES_FROM, BASIS)
            for agency in (self.issuer, *named[:-WITHOUT_CODE])
        ]
        actions.import_organ_ids(rows=rows, by=self.people["quantri"], at=at_hour(CODES_FROM, 9))

    def _send(self, directive: Directive) -> Dispatch:
        clerk = self.people["vanthu"]
        paper = find_paper(user=clerk, kind="giao-viec", pk=directive.pk, today=SENT)
        return actions.record_dispatch(
            paper=paper,
            registered={"signer_name": "Người ký mẫu"},
            office=actions.OfficeEntry("1204/2024", SENT),
            addressees=[actions.Addressee(each.name, each) for each in paper.receivers],
            upload=None,
            by=clerk,
            at=at_hour(SENT, 10),
        )

    def _answers(self, dispatch: Dispatch) -> None:
        clerk = self.people["vanthu"]
        receivers = list(dispatch.receivers.select_related("agency", "dispatch__owner"))
        for number, receiver in enumerate(receivers[:ANSWERED]):
            state, days = _STATES[number % len(_STATES)]
            moment = at_hour(SENT, 14, number % 60).replace(month=4, day=days)
            actions.tell_state(
                receiver=receiver, state=state, told_at=moment, note="", by=clerk, at=moment
            )
        first = receivers[0]
        document = dispatch.document
        code = organs.codes_on(SENT, [first.agency])[first.agency.pk] if first.agency else ""
        status = StatusMessage(
            reply=Reply("H37", document.code, document.issued_on, dispatch.exchange_id),
            sender=Organ(id=code, name=first.name),
            code="06",
            description="Đã hoàn thành, có văn bản trả lời riêng",
            at=at_hour(date(2024, 4, 26), 15),
        )
        self._receive(f"trang-thai-{code}.edxml", write_status(status), date(2024, 4, 26), 16)

    def _arrive(self) -> None:
        message = Message(
            document_id="000.00.00.G22,2024/11/20,4127/VPCP-KSTT",
            sender=Organ(id="000.00.00.G22", name="Văn phòng Chính phủ"),
            receivers=(Organ(id="H37", name=self.issuer.name),),
            number="4127",
            symbol="VPCP-KSTT",
            place="Hà Nội",
            issued_on=date(2024, 11, 20),
            type_code=2,
            type_name="Công văn",
            subject="tiến độ thực hiện phương án đơn giản hóa thủ tục hành chính nội bộ",
            signer_authority="KT. BỘ TRƯỞNG, CHỦ NHIỆM",
            signer_title="PHÓ CHỦ NHIỆM",
            signer_name="Người ký mẫu",
            priority=0,
            attachments=(
                Attachment("4127-VPCP-KSTT.docx", write_docx(read_text(_LETTER)), WORD, "tep-1"),
            ),
        )
        self._receive("4127-VPCP-KSTT.edxml", write_package(message), ARRIVED, 8)
        self._receive("4127-VPCP-KSTT (1).edxml", write_package(message), ARRIVED, 10)

    def _receive(self, name: str, data: bytes, day: date, hour: int) -> None:
        at: datetime = at_hour(day, hour)
        actions.receive_package(
            upload=Upload(name, "application/xml", data),
            issuer=self.issuer,
            by=self.people["vanthu"],
            at=at,
            calendar=self.calendar,
        )

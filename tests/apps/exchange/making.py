"""Packages that come in, and the people and agencies that they concern."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.apps.directives.letters import LETTER
from tests.domain.exchange.packages import a_message, a_recall, a_status
from tests.factories import make_user
from tests.factories.assignments import make_assignment
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import UrgedLine, Urging
from tinhgon.apps.exchange import actions
from tinhgon.apps.exchange.documents import find_paper
from tinhgon.apps.exchange.models import Arrival, Dispatch, OrganId
from tinhgon.common.uploads import Upload
from tinhgon.domain.exchange import Attachment, Message, Organ, write_package, write_status
from tinhgon.domain.workdays import WorkCalendar

AT = datetime(2024, 3, 27, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
FILE = Attachment("cv-45.txt", LETTER.encode(), "text/plain", "tep-1")
OFFICE = Organ(id="000.00.00.G22", name="Văn phòng Chính phủ")


def a_letter(**changes: Any) -> Message:
    """A letter of the Government Office whose heading differs from what stands in its file."""
    stated: dict[str, Any] = {
        "document_id": "000.00.00.G22,2024/03/26,2001/VPCP-KSTT",
        "sender": OFFICE,
        "receivers": (Organ(id="H37", name="UBND tỉnh Lạng Sơn"),),
        "number": "2001",
        "symbol": "VPCP-KSTT",
        "issued_on": date(2024, 3, 26),
        "type_name": "Công điện",
        "subject": "Đẩy mạnh rà soát thủ tục hành chính nội bộ",
        "signer_authority": "KT. BỘ TRƯỞNG, CHỦ NHIỆM",
        "signer_title": "PHÓ CHỦ NHIỆM",
        "signer_name": "Lê Thị Mẫu",
        "priority": 3,
        "attachments": (FILE,),
    }
    return a_message(**{**stated, **changes})


def packed(message: Message | None = None, form: str = "qcvn102") -> bytes:
    return write_package(message or a_letter(), form=form)


def give_code(agency: Agency, code: str, **changes: Any) -> OrganId:
    return OrganId.objects.create(
        agency=agency, code=code, **{"started_on": date(2020, 1, 1), **changes}
    )


def receive(data: bytes, agency: Agency, by: User | None = None, at: datetime = AT) -> Arrival:
    return actions.receive_package(
        upload=Upload("goi-tin.edxml", "application/xml", data),
        issuer=agency,
        by=by or make_user(agency, "clerk"),
        at=at,
        calendar=WorkCalendar(),
    )


def recall_of(message: Message) -> bytes:
    from dataclasses import replace

    recall = a_recall(sender=message.sender, receivers=message.receivers)
    return write_package(
        replace(recall, purpose=replace(recall.purpose, document_id=message.document_id))
    )


def told(**changes: Any) -> bytes:
    return write_status(a_status(**changes))


def make_urging(issuer: Agency, *agencies: Agency) -> Urging:
    """Draft a letter that urges the agencies, the issuer itself where none is named."""
    by = make_user(issuer, "coordinator")
    urging = Urging.objects.create(
        issuer=issuer, drafter=issuer, by=by, at=AT, finish_on=date(2024, 4, 5)
    )
    for agency in agencies or (issuer,):
        assignment = make_assignment(agency, by, issuer=issuer)
        UrgedLine.objects.create(
            urging=urging,
            assignment=assignment,
            due_on=date(2024, 3, 20),
            days_late=7,
            working_days_late=5,
        )
    return urging


def dispatched(issuer: Agency, *agencies: Agency, by: User | None = None) -> Dispatch:
    """Record an urging letter to the agencies as signed and sent out."""
    urging = make_urging(issuer, *agencies)
    by = by or make_user(issuer, "clerk")
    return actions.record_dispatch(
        paper=find_paper(user=by, kind="don-doc", pk=urging.pk, today=AT.date()),
        registered={
            "number": str(400 + urging.pk),
            "symbol": "UBND-TTPVHCC",
            "issued_on": date(2024, 3, 27),
            "signer_title": "PHÓ CHỦ TỊCH",
            "signer_name": "Nguyễn Văn Mẫu",
        },
        office=actions.OfficeEntry("1204", date(2024, 3, 27), "https://ioffice.example/vb/1204"),
        addressees=[actions.Addressee(each.name, each) for each in agencies or (issuer,)],
        upload=None,
        by=by,
        at=AT,
    )

"""Official documents made of procedures: the letter that has them reviewed as the law changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.vntext import format_date

from .models import LegalDocument

_COMMITTEE = "Ủy ban nhân dân"


def review_letter(
    document: LegalDocument,
    *,
    issuer: Agency,
    holders: Sequence[tuple[Agency, Sequence[str]]],
    due_on: date,
    on: date,
) -> str:
    """
    Return the text of the letter, laid out so that it reads back: number and day stay blank.

    `holders` are the agencies addressed, each with the names of its procedures; `due_on` is the
    last day in time.
    """
    names = [_short(agency) for agency, _ in holders]
    lines = [
        *_heading(issuer),
        "",
        "Số:      /" + (issuer.symbol or ""),
        "",
        f"{_place(issuer)}, ngày     tháng {on.month} năm {on.year}",
        "",
        f"V/v rà soát thủ tục hành chính nội bộ có căn cứ là {_cited(document)}",
        "",
        "Kính gửi:",
        "",
        *(f"- {name};" for name in names),
        "",
        (
            f"{_what_happened(document)} Các thủ tục hành chính nội bộ dưới đây có căn cứ pháp lý "
            f"là văn bản này. {_short(issuer)} yêu cầu:"
        ),
        "",
    ]
    for number, (agency, procedures) in enumerate(holders, start=1):
        lines += [_task(number, agency, procedures, due_on, issuer), ""]
    lines += ["Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.", ""]
    lines += ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    return "\n".join(lines)


def _heading(issuer: Agency) -> list[str]:
    if issuer.name.startswith(f"{_COMMITTEE} "):
        own = [_COMMITTEE.upper(), issuer.name.removeprefix(_COMMITTEE).strip().upper()]
    else:
        own = [issuer.name.upper()]
    return [*own, "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def _task(
    number: int, agency: Agency, procedures: Sequence[str], due_on: date, issuer: Agency
) -> str:
    listed = "; ".join(f"“{name}”" for name in procedures)
    return (
        f"{number}. {_short(agency)} rà soát, sửa đổi nội dung {len(procedures):02} thủ tục hành "
        f"chính nội bộ ({listed}) cho phù hợp với quy định mới; hoàn thành và báo cáo "
        f"{_short(issuer)} chậm nhất ngày {format_date(due_on)}."
    )


def _what_happened(document: LegalDocument) -> str:
    if document.ended_on:
        words = f"{_cited(document)} hết hiệu lực từ ngày {format_date(document.ended_on)}."
    elif document.changed_on:
        words = (
            f"{_cited(document)} được sửa đổi, bổ sung từ ngày {format_date(document.changed_on)}."
        )
    else:
        words = f"Cần rà soát việc viện dẫn {_cited(document)}."
    return f"{words} {document.change_note}".strip()


def _cited(document: LegalDocument) -> str:
    if document.code and document.code not in document.title:
        return f"{document.title} số {document.code}"
    return document.title


def _short(agency: Agency) -> str:
    return agency.name.replace(_COMMITTEE, "UBND", 1)


def _place(issuer: Agency) -> str:
    name = issuer.name.removeprefix(_COMMITTEE).strip()
    for unit in ("tỉnh", "thành phố", "huyện", "xã", "phường"):
        name = name.removeprefix(f"{unit} ")
    return name

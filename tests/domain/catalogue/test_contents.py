from __future__ import annotations

from datetime import date
from decimal import Decimal

from tinhgon.domain.catalogue import Catalogue, ContentPart, Finding, record_of
from tinhgon.domain.procedures import (
    CopyKind,
    Duration,
    Kind,
    Manner,
    Paper,
    Part,
    Tier,
    Unit,
)

from .decisions import reading, table

FIRST = "Thẩm định đề án sắp xếp tổ chức"
SECOND = "Giao biên chế công chức hằng năm"
LIST = "PHẦN I. DANH MỤC THỦ TỤC HÀNH CHÍNH\n" + table(
    ("STT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện"),
    ("1", FIRST, "Tổ chức bộ máy", "Sở Nội vụ"),
    ("2", SECOND, "Biên chế", "Sở Nội vụ"),
)
BODY = """
1. {name}
1.1. Trình tự thực hiện:
- Bước 1: Cơ quan lập đề án gửi hồ sơ đến Sở Nội vụ.
- Bước 2: Sở Nội vụ thẩm định trong thời hạn 05 ngày làm việc.
Hồ sơ chưa đủ thì trả lại.
- Bước 3: Chủ tịch Ủy ban nhân dân tỉnh ký quyết định (02 ngày làm việc).
1.2. Cách thức thực hiện: Gửi qua hệ thống quản lý văn bản và điều hành hoặc trực tiếp.
1.3. Thành phần, số lượng hồ sơ:
a) Thành phần hồ sơ:
- Tờ trình theo Mẫu số 02;
- Bản sao quyết định thành lập (02 bản);
- Ý kiến của cơ quan liên quan (nếu có).
b) Số lượng hồ sơ: 01 bộ.
1.4. Thời hạn giải quyết: 07 (bảy) ngày làm việc kể từ ngày nhận đủ hồ sơ.
1.5. Đối tượng thực hiện thủ tục hành chính: Các sở, ban, ngành.
1.6. Cơ quan giải quyết thủ tục hành chính:
- Cơ quan có thẩm quyền quyết định: Chủ tịch Ủy ban nhân dân tỉnh.
- Cơ quan trực tiếp thực hiện: Sở Nội vụ.
- Cơ quan phối hợp: Sở Tài chính.
1.7. Kết quả thực hiện thủ tục hành chính: Quyết định.
1.8. Phí, lệ phí: Không.
1.9. Tên mẫu đơn, mẫu tờ khai: Không quy định.
1.10. Yêu cầu, điều kiện thực hiện TTHC (nếu có): Không.
1.11. Căn cứ pháp lý của TTHC:
- Khoản 2 Điều 5 Nghị định số 158/2018/NĐ-CP ngày 22/11/2018 của Chính phủ.
- Luật Cán bộ, công chức số 22/2008/QH12 ngày 13/11/2008.
"""
SECOND_PART = "\n\nPHẦN II. NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH\n"


def _with(*bodies: str) -> Catalogue:
    return reading(LIST + SECOND_PART + "\n".join(bodies))


def test_a_body_is_matched_to_its_row_with_all_its_parts() -> None:
    catalogue = _with(BODY.format(name=FIRST), BODY.format(name=SECOND))
    assert [content.name for content in catalogue.contents] == [FIRST, SECOND]
    first, second = catalogue.rows
    assert first.content is catalogue.contents[0]
    assert second.content is catalogue.contents[1]
    assert [part for part, _ in catalogue.contents[0].parts] == list(ContentPart)
    assert catalogue.problems == ()
    assert catalogue.unread == ()


def test_parts_are_as_printed_without_their_labels() -> None:
    content = _with(BODY.format(name=FIRST)).contents[0]
    assert content.text(ContentPart.RESULT) == "Quyết định."
    assert content.text(ContentPart.SETS) == "01 bộ."
    agency = content.text(ContentPart.AGENCY)
    assert agency is not None
    assert agency.split("\n")[2] == "- Cơ quan phối hợp: Sở Tài chính."


def test_steps_papers_and_times() -> None:
    content = _with(BODY.format(name=FIRST)).contents[0]
    one, two, three = content.steps
    assert (one.actor, one.duration) == ("Cơ quan", None) or one.actor == "Cơ quan lập đề án"
    assert two.what == (
        "Sở Nội vụ thẩm định trong thời hạn 05 ngày làm việc.\nHồ sơ chưa đủ thì trả lại."
    )
    assert (two.actor, two.duration) == ("Sở Nội vụ", Duration(Decimal(5), Unit.WORKING_DAY))
    assert three.duration == Duration(Decimal(2), Unit.WORKING_DAY)
    assert content.papers == (
        Paper("Tờ trình theo Mẫu số 02", form="Mẫu số 02"),
        Paper("Bản sao quyết định thành lập (02 bản)", CopyKind.COPY, quantity=2),
        Paper("Ý kiến của cơ quan liên quan (nếu có)", compulsory=False),
    )
    assert content.dossier_sets == 1
    assert content.time_limit == Duration(Decimal(7), Unit.WORKING_DAY)


def test_what_cannot_be_read_safely_stays_text() -> None:
    body = (
        BODY.format(name=FIRST)
        .replace("Bước 2", "Bước 4")
        .replace("07 (bảy) ngày làm việc", "05 ngày làm việc, nơi khác 10 ngày làm việc")
        .replace("- Ý kiến của", "Ý kiến của")
    )
    content = _with(body).contents[0]
    assert content.steps == ()
    assert content.time_limit is None
    assert content.papers == ()
    assert content.text(ContentPart.STEPS)
    assert content.text(ContentPart.DOSSIER)


def test_a_day_is_no_time() -> None:
    body = BODY.format(name=FIRST).replace(
        "07 (bảy) ngày làm việc kể từ ngày nhận đủ hồ sơ", "Trước ngày 15 tháng 10 năm 2024"
    )
    assert _with(body).contents[0].time_limit is None


def test_content_printed_as_a_table() -> None:
    rows = table(
        ("Tên thủ tục số 1", FIRST),
        ("Trình tự thực hiện", "Bước 1: Nộp hồ sơ"),
        ("Thời hạn giải quyết", "03 ngày"),
        ("Căn cứ pháp lý", "Luật Cán bộ, công chức"),
    )
    (content,) = _with(rows).contents
    assert content.name == FIRST
    assert content.text(ContentPart.STEPS) == "Bước 1: Nộp hồ sơ"
    assert content.time_limit == Duration(Decimal(3), Unit.DAY)


def test_forms_after_the_last_part_are_attached() -> None:
    form = "Mẫu số 02\nTÊN CƠ QUAN\nTỜ TRÌNH\nKính gửi: Sở Nội vụ.\n"
    catalogue = _with(BODY.format(name=FIRST) + form, BODY.format(name=SECOND))
    first, second = catalogue.contents
    assert first.attached[0] == "Mẫu số 02"
    assert first.attached[-1] == "Kính gửi: Sở Nội vụ."
    assert second.attached == ()
    assert first.text(ContentPart.LEGAL_BASIS) == second.text(ContentPart.LEGAL_BASIS)


def test_missing_bodies_and_parts_are_problems() -> None:
    body = BODY.format(name="Thủ tục " + FIRST[0].lower() + FIRST[1:])
    body = body.replace("1.7. Kết quả thực hiện thủ tục hành chính: Quyết định.\n", "")
    catalogue = _with(body, BODY.format(name="Tuyển dụng viên chức"))
    assert [(problem.kind, problem.text) for problem in catalogue.problems] == [
        (
            Finding.CONTENT,
            "Phần nội dung “Tuyển dụng viên chức” không khớp với dòng nào của danh mục.",
        ),
        (Finding.CONTENT, "1 thủ tục không có nội dung cụ thể trong tệp: 2."),
        (Finding.CONTENT, "Nội dung cụ thể thiếu kết quả."),
    ]


def test_workflows_after_the_list_are_shown_as_unread() -> None:
    catalogue = reading(
        LIST + "\n\nPHẦN II. QUY TRÌNH NỘI BỘ\n" + table(("Bước", "Nội dung"), ("B1", "Tiếp nhận"))
    )
    assert catalogue.contents == ()
    assert [piece.text for piece in catalogue.unread] == ["Bước | Nội dung"]


def test_a_row_becomes_a_record_of_the_registry() -> None:
    row = _with(BODY.format(name=FIRST)).rows[0]
    record = record_of(row, kind=Kind.INSIDE, tier=Tier.COMMUNE)
    assert (record.name, record.kind, record.tier) == (FIRST, Kind.INSIDE, Tier.COMMUNE)
    assert record.field == "Tổ chức bộ máy"
    assert len(record.steps) == 3
    assert record.manners == (Manner.IN_PERSON, Manner.E_OFFICE)
    assert [(body.part, body.name) for body in record.bodies] == [
        (Part.DECIDING, "Chủ tịch Ủy ban nhân dân tỉnh"),
        (Part.EXECUTING, "Sở Nội vụ"),
        (Part.COOPERATING, "Sở Tài chính"),
    ]
    assert record.forms == ()
    assert record.conditions == ()
    decree, law = record.bases
    assert (decree.code, decree.article, decree.clause) == ("158/2018/NĐ-CP", "5", "2")
    assert decree.issued_on == date(2018, 11, 22)
    assert law.document == "Luật Cán bộ, công chức"


def test_a_row_without_content_becomes_a_record_too() -> None:
    record = record_of(reading(LIST).rows[1])
    assert record.name == SECOND
    assert [(body.part, body.name) for body in record.bodies] == [(Part.EXECUTING, "Sở Nội vụ")]
    assert record.steps == ()

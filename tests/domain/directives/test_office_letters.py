"""Who acts, who is told and what is work, in the letters of other offices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tinhgon.domain.directives import Reason, read_tasks

from .letters import LEAD, clause, dash, letter, paragraph, read_item, read_items


def test_a_paragraph_behind_a_duty_does_not_share_its_day() -> None:
    item = clause(
        1,
        "Sửa chữa trụ sở bị hư hỏng, hoàn thành trước ngày 30/6/2025.",
        dash("Lập hồ sơ từng hạng mục."),
        paragraph("Sở Tài chính hướng dẫn sử dụng kinh phí sửa chữa."),
    )
    first, below, behind = read_tasks(letter(paragraph(LEAD), item)).tasks
    assert first.deadline is not None
    assert below.deadline == first.deadline
    assert behind.deadline is None


@pytest.mark.parametrize(
    ("item", "doers"),
    [
        (
            "Sở Y tế, Sở Công Thương (chưa gửi kế hoạch) giải trình lý do chậm.",
            [("Sở Y tế", "Sở Công Thương")],
        ),
        (
            "Khắc phục nhanh các tuyến đường bị sạt lở, các địa phương phải huy động lực lượng.",
            [("các địa phương",)],
        ),
        # Receivers of a report do not act.
        (
            "Giao Sở Nội vụ theo dõi; định kỳ báo cáo về Bộ Y tế, Sở Tư pháp theo quy định.",
            [("Sở Nội vụ",)],
        ),
        # What case some bodies are in belongs to their name.
        (
            "Sở Nội vụ tổng hợp; các sở chưa gửi báo cáo phải gửi trước ngày 30/6/2025.",
            [("Sở Nội vụ",), ("các sở chưa gửi báo cáo",)],
        ),
        (
            "Giám đốc sở, Thủ trưởng ban, ngành, Chủ tịch UBND huyện, thành phố tổ chức rà soát.",
            [("Giám đốc sở", "Thủ trưởng ban, ngành", "Chủ tịch UBND huyện, thành phố")],
        ),
        (
            "Đề nghị Hội Nông dân tỉnh, các tổ chức chính trị - xã hội phối hợp giám sát.",
            [("Hội Nông dân tỉnh", "các tổ chức chính trị - xã hội")],
        ),
        ("Trưởng các thôn lập danh sách hộ dân.", [("Trưởng các thôn",)]),
        (
            "Các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ chỉ đạo rà soát.",
            [("Các Bộ trưởng", "Thủ trưởng cơ quan ngang Bộ")],
        ),
        (
            "Thủ trưởng các Vụ, Cục, Văn phòng Bộ có trách nhiệm tổ chức thực hiện.",
            [("Thủ trưởng các Vụ, Cục", "Văn phòng Bộ")],
        ),
        (
            "Tổ công tác cải cách TTHC của tỉnh kiểm tra việc thực hiện.",
            [("Tổ công tác cải cách TTHC của tỉnh",)],
        ),
        # One of several gets work of its own.
        (
            "Sở Xây dựng, Sở Tư pháp thống nhất nội dung; giao Sở Tư pháp tổng hợp.",
            [("Sở Xây dựng", "Sở Tư pháp"), ("Sở Tư pháp",)],
        ),
        # "của cơ quan, đơn vị" does not begin a list that goes on behind the semicolon.
        (
            "Các sở thực hiện theo nhiệm vụ của cơ quan, đơn vị; UBND các xã xây dựng kế hoạch.",
            [("Các sở",), ("UBND các xã",)],
        ),
    ],
)
def test_who_acts_in_longer_sentences(item: str, doers: list[tuple[str, ...]]) -> None:
    assert [task.assignees for task in read_items(item)] == doers


def test_a_report_sent_to_a_second_body_goes_to_both() -> None:
    task = read_item("Tổng hợp, báo cáo UBND tỉnh và gửi Bộ Nội vụ trước ngày 30/6/2025.")
    assert task.report is not None
    assert task.report.to == "UBND tỉnh; Bộ Nội vụ"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Tuy nhiên, tiến độ còn chậm, mới đạt 42% kế hoạch.", Reason.SITUATION),
        ("Về chỉ tiêu: thống nhất cắt giảm tối thiểu 20% số thủ tục.", Reason.APPROVAL),
        ("Chưa xem xét việc giao thêm biên chế.", Reason.APPROVAL),
        ("Đề nghị các phòng, đơn vị thực hiện nghiêm túc./.", Reason.CLOSING),
    ],
)
def test_sentences_of_an_item_that_give_no_work(words: str, reason: Reason) -> None:
    item = clause(1, f"Sở Nội vụ rà soát lại hồ sơ. {words}")
    reading = read_tasks(letter(paragraph(LEAD), item))
    assert [task.text for task in reading.tasks] == ["Sở Nội vụ rà soát lại hồ sơ."]
    assert (words, reason) in [(left.text, left.reason) for left in reading.left_out]


@pytest.mark.parametrize(
    "words",
    [
        "Tuy nhiên, các sở phải bảo đảm chất lượng hồ sơ.",
        "Tuy nhiên, yêu cầu Sở Nội vụ khẩn trương hoàn thành báo cáo.",
    ],
)
def test_a_contrast_may_still_give_work(words: str) -> None:
    assert read_items(words)


def test_an_approval_may_grant_a_month() -> None:
    task = read_item("Đồng ý lùi thời hạn của Sở Nội vụ; hoàn thành chậm nhất cuối tháng 11/2025.")
    assert task.assignees == ("Sở Nội vụ",)
    assert task.deadline is not None
    assert task.deadline.day == date(2025, 11, 30)


def test_a_clause_of_liability_with_its_doer_is_offered_unticked() -> None:
    tasks = read_items(
        "Bố trí đủ công chức. Người đứng đầu chịu trách nhiệm trước Chủ tịch UBND huyện nếu sai."
    )
    assert [task.optional for task in tasks] == [False, True]


def test_a_duty_behind_a_case_is_a_duty_without_a_doer() -> None:
    item = clause(
        1,
        "Sở Xây dựng",
        dash("Thẩm định sự phù hợp với quy hoạch."),
        paragraph("Đối với dự án chưa có quy hoạch thì có trách nhiệm xin ý kiến bằng văn bản."),
    )
    tasks = read_tasks(letter(paragraph(LEAD), item)).tasks
    assert [task.assignees for task in tasks] == [("Sở Xây dựng",), ("Sở Xây dựng",)]


@pytest.mark.parametrize(
    ("item", "partners"),
    [
        (
            "Phối hợp với các đơn vị quản lý đê kè, các lực lượng của địa phương trong phân luồng.",
            ("các đơn vị quản lý đê kè", "các lực lượng của địa phương"),
        ),
        (
            "Phối hợp với ngành công thương kiểm tra thị trường.",
            ("ngành công thương",),
        ),
        (
            "Phối hợp với các cơ quan, đơn vị liên quan rà soát hồ sơ.",
            ("các cơ quan, đơn vị liên quan",),
        ),
    ],
)
def test_partners_described_in_words_of_their_own(item: str, partners: tuple[str, ...]) -> None:
    assert read_item(item).coordinating == partners


@pytest.mark.parametrize(
    ("heading", "doers"),
    [
        (
            "Các cơ quan chuyên môn (Sở Tài chính, Ban Quản lý khu kinh tế):",
            ("Sở Tài chính", "Ban Quản lý khu kinh tế"),
        ),
        (
            "Các sở, UBND các xã (sau đây gọi chung là các cơ quan, đơn vị):",
            ("Các sở", "UBND các xã"),
        ),
        (
            "UBND các xã từ Ba Sơn đến Mẫu Sơn, các chủ rừng ngoài quốc doanh:",
            ("UBND các xã từ Ba Sơn đến Mẫu Sơn", "các chủ rừng ngoài quốc doanh"),
        ),
        # A single body in brackets says what the one before it is.
        (
            "Sở Tài chính (Cơ quan Thường trực Hội đồng):",
            ("Sở Tài chính (Cơ quan Thường trực Hội đồng)",),
        ),
    ],
)
def test_bodies_of_a_heading(heading: str, doers: tuple[str, ...]) -> None:
    item = clause(1, heading, dash("Tiếp nhận, kiểm tra hồ sơ."))
    (task,) = read_tasks(letter(paragraph(LEAD), item)).tasks
    assert task.assignees == doers


def test_a_letter_that_ends_as_a_report_gives_no_work() -> None:
    reading = read_tasks(
        letter(
            paragraph("Thực hiện chỉ đạo của UBND tỉnh, Sở Nội vụ báo cáo như sau:"),
            clause(1, "Bổ sung quy định về thời hạn trả lời."),
            clause(2, "Đề nghị Sở Tài chính bố trí kinh phí."),
            paragraph("Sở Nội vụ kính báo cáo UBND tỉnh xem xét, quyết định./."),
        )
    )
    assert reading.tasks == ()
    assert {left.reason for left in reading.left_out} == {Reason.NO_ORDER}


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("Kiểm tra thực tế ít nhất 05 xã trong năm.", [(5, "xã")]),
        ("Kiểm tra 05 xã đã sáp nhập.", []),
        ("Kiểm tra ít nhất 03 phòng, 05 xã.", [(3, "phòng"), (5, "xã")]),
        ("Kiểm tra ít nhất 03 phòng trong năm; làm việc với 05 xã.", [(3, "phòng")]),
    ],
)
def test_bodies_are_counted_only_behind_a_bound(item: str, values: list[tuple[int, str]]) -> None:
    assert [(target.value, target.unit) for target in read_item(item).targets] == values


@pytest.mark.parametrize(
    ("item", "recurrence"),
    [
        ("Kiểm tra đột xuất mỗi quý, báo cáo UBND tỉnh.", "quarterly"),
        ("Hằng quý hoặc đột xuất khi có yêu cầu, báo cáo UBND tỉnh.", "quarterly+ad_hoc"),
    ],
)
def test_only_reports_are_due_ad_hoc(item: str, recurrence: str) -> None:
    assert read_item(item).recurrence == recurrence


def test_a_period_named_beside_dinh_ky_is_the_period() -> None:
    task = read_item("Định kỳ báo cáo UBND tỉnh tại phiên họp hằng tháng.")
    assert task.recurrence == "monthly"


@pytest.mark.parametrize(
    ("agency", "parent"),
    [
        ("Văn phòng UBND tỉnh Lạng Sơn", None),
        ("Văn phòng", "UBND tỉnh Lạng Sơn"),
    ],
)
def test_an_office_passes_on_what_its_head_decided(agency: str, parent: str | None) -> None:
    doc = letter(
        paragraph("Chủ tịch UBND tỉnh kết luận như sau:"),
        clause(1, "UBND tỉnh cơ bản thống nhất dự thảo. Giao Sở Nội vụ hoàn thiện hồ sơ."),
        clause(2, "Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện."),
    )
    tasks = read_tasks(replace(doc, agency=agency, parent_agency=parent)).tasks
    assert [task.assignees for task in tasks] == [("Sở Nội vụ",), ("Văn phòng UBND tỉnh",)]


def test_an_office_is_a_doer_in_its_list_only() -> None:
    doc = letter(
        paragraph("Thủ tướng Chính phủ có ý kiến như sau:"),
        clause(1, "Bộ Nội vụ hoàn thiện hồ sơ."),
        clause(2, "Văn phòng Chính phủ theo dõi, đôn đốc việc thực hiện."),
        paragraph("Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./."),
    )
    tasks = read_tasks(replace(doc, agency="Văn phòng Chính phủ")).tasks
    assert [task.assignees for task in tasks] == [("Bộ Nội vụ",), ("Văn phòng Chính phủ",)]


def test_bodies_named_above_are_those_addressed() -> None:
    doc = letter(
        paragraph("Chủ tịch UBND tỉnh yêu cầu:"),
        clause(1, "Giao Sở Tài chính tổng hợp."),
        clause(2, "Các cơ quan, đơn vị nêu trên báo cáo kết quả về Sở Tài chính."),
        to=("Sở Tài chính", "Sở Xây dựng"),
    )
    assert read_tasks(doc).tasks[1].assignees == ("Sở Tài chính", "Sở Xây dựng")


@pytest.mark.parametrize(
    "item",
    [
        "Tiếp nhận các kiến nghị, phản ánh của doanh nghiệp, gửi Sở Nội vụ tổng hợp.",
        "Lập danh sách hộ dân, gửi Sở Nội vụ tổng hợp.",
    ],
)
def test_what_is_only_passed_on_is_no_report(item: str) -> None:
    assert read_item(item).report is None


@pytest.mark.parametrize(
    "verb",
    ["Treo", "Nạo vét", "Giải ngân", "Xin lỗi", "Kiểm đếm", "Siết chặt", "Phòng, chống", "Đo đạc"],
)
def test_a_verb_of_duty_may_open_an_item(verb: str) -> None:
    doc = letter(
        paragraph("UBND tỉnh thông báo như sau:"),
        clause(1, f"{verb} theo quy định của pháp luật."),
        clause(2, "Thời gian nghỉ theo quy định của pháp luật."),
    )
    reading = read_tasks(doc)
    assert [task.item for task in reading.tasks] == ["1"]


def test_a_body_may_be_told_to_do_what_few_letters_ask() -> None:
    assert read_item("UBND các xã nạo vét kênh mương nội đồng.").assignees == ("UBND các xã",)


def test_a_letter_whose_writer_reports_at_its_end_gives_no_work() -> None:
    doc = letter(
        paragraph("Thực hiện chỉ đạo của UBND huyện, Phòng Nội vụ báo cáo như sau:"),
        clause(1, "Đề xuất UBND huyện chỉ đạo cung cấp mẫu biểu."),
        paragraph("Phòng Nội vụ báo cáo UBND huyện xem xét, chỉ đạo./."),
    )
    assert read_tasks(replace(doc, agency="Phòng Nội vụ")).tasks == ()


def test_one_line_of_a_plan_may_name_the_leader_and_the_helpers() -> None:
    item = clause(
        1,
        "Công bố thủ tục hành chính nội bộ",
        dash("Nội dung: Công bố thủ tục mới ban hành."),
        dash("Phân công: Văn phòng Bộ chủ trì, các đơn vị thuộc Bộ phối hợp."),
        dash("Thời gian: Quý IV/2025."),
    )
    (task,) = read_tasks(letter(paragraph(LEAD), item)).tasks
    assert (task.assignees, task.coordinating) == (("Văn phòng Bộ",), ("các đơn vị thuộc Bộ",))

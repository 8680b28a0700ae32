"""Letters of several kinds, in the shapes real ones have: a conclusion, a plan, a decision."""

from __future__ import annotations

from datetime import date

from tinhgon.domain.directives import Deadline, ProposedTask, Reason, read_tasks
from tinhgon.domain.officialdoc import read_text

from .letters import clause, dash, letter, paragraph, read_item, read_letter

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Lạng Sơn, ngày 12 tháng 5 năm 2025

"""
FOOT = """
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Nông Văn Thử
"""

CONCLUSION = """\
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp giao ban tháng 5

Ngày 10/5/2025, Chủ tịch UBND tỉnh chủ trì họp giao ban. Tham dự có lãnh đạo các Sở: Tài chính, \
Nội vụ. Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận như sau:

1. Về giải ngân vốn đầu tư công
Ghi nhận sự cố gắng của các chủ đầu tư; tuy nhiên, tỷ lệ giải ngân mới đạt 18% kế hoạch. Yêu cầu:
a) Sở Tài chính: Chủ trì, phối hợp với Kho bạc Nhà nước khu vực VI rà soát các dự án chậm; tham \
mưu UBND tỉnh điều chuyển vốn trước ngày 30/5/2025; định kỳ ngày 25 hằng tháng báo cáo Chủ tịch \
UBND tỉnh.
b) Ban Quản lý dự án đầu tư xây dựng tỉnh hoàn thành 03 khu tái định cư trong tháng 6; UBND thành \
phố Lạng Sơn bàn giao mặt bằng chậm nhất ngày 20/5/2025.
2. Đồng ý chủ trương tổ chức hội nghị. Giao Trung tâm Xúc tiến đầu tư, thương mại và du lịch xây \
dựng kịch bản.
3. Đối với Công an tỉnh:
- Tăng cường tuần tra khu vực biên giới.
Yêu cầu Thủ trưởng các sở, ngành nghiêm túc triển khai; kết quả thực hiện báo cáo về UBND tỉnh \
(qua Văn phòng UBND tỉnh) trước ngày 15/6/2025./.
"""

PLAN = """\
KẾ HOẠCH
Chuyển đổi số năm 2025

I. MỤC TIÊU
- 100% hồ sơ công việc được xử lý trên môi trường mạng.
II. NHIỆM VỤ
1. Hoàn thiện thể chế
- Nhiệm vụ:
+ Xây dựng quy chế quản lý dữ liệu.
+ Ban hành danh mục dữ liệu dùng chung.
- Cơ quan chủ trì: Sở Khoa học và Công nghệ.
- Thời gian hoàn thành: Quý III/2025.
2. Phát triển hạ tầng
a) Nội dung: Nâng cấp trung tâm dữ liệu tỉnh.
b) Đơn vị chủ trì: Sở Khoa học và Công nghệ; đơn vị phối hợp: Sở Tài chính.
c) Thời gian thực hiện: 2025 - 2026.
3. Tổ chức sơ kết, tổng kết
Nội dung: Tổ chức hội nghị sơ kết.
+ Chuẩn bị tài liệu: hoàn thành trước ngày 10/11/2025.
Chủ trì: Văn phòng UBND tỉnh.
Thời gian: Tháng 11/2025.
III. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
- Là cơ quan thường trực, đôn đốc việc thực hiện; tổng hợp, báo cáo UBND tỉnh định kỳ 6 tháng, năm.
2. Các sở, ban, ngành, UBND các xã, phường căn cứ Kế hoạch này xây dựng kế hoạch cụ thể.
Trong quá trình thực hiện, nếu có vướng mắc, báo cáo về Sở Khoa học và Công nghệ để tổng hợp./.
"""

DECISION = """\
QUYẾT ĐỊNH
Về việc phê duyệt phương án đơn giản hóa

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
Theo đề nghị của Chánh Văn phòng UBND tỉnh.
QUYẾT ĐỊNH:
Điều 1. Thông qua phương án đơn giản hóa 25 thủ tục hành chính nội bộ.
Điều 2. Tổ chức thực hiện
1. Giao Sở Nội vụ, Sở Tư pháp:
a) Dự thảo văn bản thực thi phương án, trình UBND tỉnh ban hành trước ngày 30/8/2025.
b) Công khai kết quả.
2. Văn phòng UBND tỉnh kiểm tra, đôn đốc việc thực hiện Quyết định này.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
Điều 4. Chánh Văn phòng UBND tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.
"""


def _rows(number: str, body: str) -> list[tuple[str, tuple[str, ...], date | None]]:
    reading = read_letter(HEAD.format(number=number) + body + FOOT)
    return [(task.item, task.assignees, _day(task)) for task in reading.tasks]


def _day(task: ProposedTask) -> date | None:
    return task.deadline.day if task.deadline else None


def test_a_conclusion_of_a_meeting() -> None:
    assert _rows("120/TB-UBND", CONCLUSION) == [
        ("1.a", ("Sở Tài chính",), date(2025, 5, 30)),
        ("1.b.s1", ("Ban Quản lý dự án đầu tư xây dựng tỉnh",), date(2025, 6, 30)),
        ("1.b.s2", ("UBND thành phố Lạng Sơn",), date(2025, 5, 20)),
        ("2", ("Trung tâm Xúc tiến đầu tư, thương mại và du lịch",), None),
        ("3.-1", ("Công an tỉnh",), None),
        ("kết", ("Thủ trưởng các sở, ngành",), None),
    ]


def test_a_plan() -> None:
    science = ("Sở Khoa học và Công nghệ",)
    office = ("Văn phòng UBND tỉnh",)
    assert _rows("99/KH-UBND", PLAN) == [
        ("II.1.-1.+1", science, date(2025, 9, 30)),
        ("II.1.-1.+2", science, date(2025, 9, 30)),
        ("II.2", science, date(2026, 12, 31)),
        ("II.3.p1", office, date(2025, 11, 30)),
        ("II.3.+1", office, date(2025, 11, 10)),
        ("III.1.-1", science, None),
        ("III.2", ("Các sở, ban, ngành", "UBND các xã, phường"), None),
        ("kết", (), None),
    ]


def test_lines_about_an_item_may_stand_behind_it() -> None:
    reading = read_tasks(
        letter(
            clause(1, "Rà soát quy chế làm việc"),
            paragraph("Cơ quan chủ trì: Sở Nội vụ."),
            paragraph("Thời gian: Tháng 6/2025."),
            clause(2, "Tập huấn nghiệp vụ"),
            paragraph("Cơ quan chủ trì: Sở Tư pháp."),
            paragraph("Thời gian: Tháng 9/2025."),
        )
    )
    assert [(t.text, t.assignees, _day(t)) for t in reading.tasks] == [
        ("Rà soát quy chế làm việc", ("Sở Nội vụ",), date(2025, 6, 30)),
        ("Tập huấn nghiệp vụ", ("Sở Tư pháp",), date(2025, 9, 30)),
    ]


def test_two_fields_in_one_line_of_a_plan() -> None:
    reading = read_letter(HEAD.format(number="99/KH-UBND") + PLAN + FOOT)
    assert reading.tasks[2].coordinating == ("Sở Tài chính",)


def test_a_decision_gives_work_below_its_articles() -> None:
    assert _rows("1200/QĐ-UBND", DECISION) == [
        ("2.1.a", ("Sở Nội vụ", "Sở Tư pháp"), date(2025, 8, 30)),
        ("2.1.b", ("Sở Nội vụ", "Sở Tư pháp"), None),
        ("2.2", ("Văn phòng UBND tỉnh",), None),
    ]


def test_reports_and_submissions_give_no_work() -> None:
    body = "BÁO CÁO\nCông tác tháng 5\n\nI. PHƯƠNG HƯỚNG\n1. Tiếp tục rà soát thủ tục.\n"
    doc = read_text(HEAD.format(number="31/BC-UBND") + body + FOOT)
    reading = read_tasks(doc)
    assert doc.doc_type == "báo cáo"
    assert reading.tasks == ()
    assert {piece.reason for piece in reading.left_out} == {Reason.NO_ORDER}


def test_a_month_or_quarter_without_a_year_is_the_next_one() -> None:
    doc = letter(
        paragraph("UBND tỉnh yêu cầu các sở, ban, ngành:"),
        clause(1, "Hoàn thành việc kiểm kê trong tháng 6."),
        clause(2, "Hoàn thành việc tập huấn trong quý I."),
        on=date(2025, 5, 12),
    )
    assert [_day(task) for task in read_tasks(doc).tasks] == [date(2025, 6, 30), date(2026, 3, 31)]


def test_the_last_sentence_of_an_item_may_date_all_its_tasks() -> None:
    doc = letter(
        paragraph("UBND tỉnh có ý kiến như sau:"),
        clause(
            1,
            "Sở Nội vụ rà soát biên chế. Sở Tài chính rà soát tài sản. Thời gian hoàn thành trước "
            "ngày 30/6/2025.",
        ),
    )
    assert [_day(task) for task in read_tasks(doc).tasks] == [date(2025, 6, 30)] * 2


def test_items_below_a_duty_share_its_day() -> None:
    doc = letter(
        paragraph("UBND tỉnh có ý kiến như sau:"),
        clause(
            1,
            "Sở Nội vụ hoàn thành việc sắp xếp trước ngày 30/6/2025.",
            dash("Rà soát biên chế."),
        ),
    )
    assert [_day(task) for task in read_tasks(doc).tasks] == [date(2025, 6, 30)] * 2


def test_a_heading_whose_only_line_dates_it_is_a_task() -> None:
    doc = letter(
        paragraph("UBND tỉnh yêu cầu các sở, ban, ngành:"),
        clause(
            1,
            "Rà soát quy chế làm việc",
            paragraph("Thời gian hoàn thành trước ngày 30/6/2025."),
        ),
    )
    (task,) = read_tasks(doc).tasks
    assert (task.text, _day(task)) == ("Rà soát quy chế làm việc", date(2025, 6, 30))


def test_a_letter_without_numbers() -> None:
    reading = read_tasks(
        letter(
            paragraph("Sở Nội vụ đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:"),
            paragraph("Rà soát, thống kê số lượng công chức."),
            paragraph("Báo cáo kết quả về Sở Nội vụ trước ngày 15/4/2025."),
            paragraph("Rất mong nhận được sự phối hợp của các cơ quan, đơn vị./."),
        )
    )
    assert [(t.item, t.assignees, _day(t)) for t in reading.tasks] == [
        ("p2", ("các cơ quan, đơn vị",), None),
        ("p3", ("các cơ quan, đơn vị",), date(2025, 4, 15)),
    ]


def test_bodies_told_one_by_one_inside_a_sentence() -> None:
    first, second = read_tasks(
        letter(
            paragraph("UBND tỉnh có ý kiến như sau:"),
            clause(1, "Giao: (i) Sở Tài chính cân đối vốn; (ii) Sở Xây dựng thẩm định hồ sơ."),
        )
    ).tasks
    assert first.assignees == ("Sở Tài chính",)
    assert second.assignees == ("Sở Xây dựng",)


def test_a_list_of_contents_inside_a_sentence_is_one_task() -> None:
    task = read_item(
        "Sở Nội vụ xây dựng đề án, trong đó làm rõ: (i) sự cần thiết; (ii) nguồn lực; báo cáo UBND "
        "tỉnh trước ngày 20/12/2025."
    )
    assert task.assignees == ("Sở Nội vụ",)


def test_an_item_that_only_dates_the_one_before_it() -> None:
    reading = read_tasks(
        letter(
            paragraph("UBND tỉnh yêu cầu các sở, ban, ngành:"),
            clause(
                1,
                "Báo cáo tình hình thực hiện, gồm:",
                dash("Kết quả đạt được;"),
                dash("Khó khăn, vướng mắc;"),
                dash("Kiến nghị, đề xuất."),
            ),
            clause(2, "Thời hạn gửi báo cáo: trước ngày 20/6/2025."),
        )
    )
    assert [(t.item, _day(t)) for t in reading.tasks] == [("1", date(2025, 6, 20))]


def test_bodies_behind_the_colon_of_a_collective() -> None:
    task = read_item("Giao các cơ quan, đơn vị: Sở Nội vụ, Công an tỉnh rà soát quy chế.")
    assert task.assignees == ("Sở Nội vụ", "Công an tỉnh")


def test_departments_of_several_provinces() -> None:
    task = read_item("Sở Xây dựng các tỉnh, thành phố: Cao Bằng, Huế kiểm tra cầu yếu.")
    assert task.assignees == ("Sở Xây dựng tỉnh Cao Bằng", "Sở Xây dựng thành phố Huế")


def test_a_duty_without_any_date_stands() -> None:
    assert read_item("Thường xuyên đôn đốc các đơn vị trực thuộc.").standing
    assert not read_item("Hoàn thành rà soát trước ngày 30/6/2025.").standing


def test_a_deadline_is_a_value() -> None:
    first = read_item("Hoàn thành rà soát trước ngày 30/6/2025.").deadline
    assert isinstance(first, Deadline)
    assert first == read_item("Hoàn thành kiểm kê trước ngày 30/6/2025.").deadline

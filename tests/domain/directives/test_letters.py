"""Whole documents of each kind: which pieces become tasks, and why the others do not."""

from __future__ import annotations

from datetime import date

import pytest

from tinhgon.domain.directives import Reason, in_words, read_tasks, tasks_json
from tinhgon.domain.officialdoc import Block, BlockKind, Cell, OfficialDoc, Source, Table

from .letters import clause, dash, letter, paragraph, read_items, read_letter

DISTRICTS = ("các sở, ban, ngành thuộc UBND tỉnh", "UBND các huyện, thành phố")

LETTER = """\
ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 215/UBND-KSTT

Lạng Sơn, ngày 04 tháng 4 năm 2024

V/v đơn giản hóa quy trình nội bộ

Kính gửi:

- Các sở, ban, ngành thuộc UBND tỉnh;
- UBND các huyện, thành phố.

Thực hiện Công văn số 512/VPCP-KSTT ngày 28/3/2024 của Văn phòng Chính phủ về quy trình nội bộ; \
UBND tỉnh yêu cầu các sở, ban, ngành thuộc UBND tỉnh; UBND các huyện, thành phố nghiêm túc thực \
hiện các nội dung sau:

1. Tiếp tục thực hiện nhiệm vụ tại Kế hoạch số 88/KH-UBND ngày 05/01/2023 của UBND tỉnh, cụ thể:

- Hoàn thành áp dụng phương án đợt 1 trước ngày 15/6/2024; báo cáo UBND tỉnh kết quả trước ngày \
20/6/2024;

- Hoàn thành rà soát đợt 2, xong trước ngày 15/10/2024; báo cáo UBND tỉnh kết quả tại báo cáo cải \
cách hành chính năm 2024.

2. Rà soát 100% quy trình mới công bố, bảo đảm cắt giảm ít nhất 25% thời gian, 15% chi phí; hoàn \
thành trước ngày 15/10/2024.

3. UBND các huyện, thành phố hướng dẫn UBND cấp xã rà soát; kịp thời báo cáo và đề xuất UBND tỉnh \
những vướng mắc vượt thẩm quyền.

4. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc các cơ quan, đơn vị; tổng hợp, báo cáo UBND tỉnh \
theo quy định.

(Công văn số 512/VPCP-KSTT gửi kèm theo).

UBND tỉnh yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, KSTT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nông Văn Thử
"""


def test_a_letter_that_gives_work_to_all_departments_and_districts() -> None:
    reading = read_letter(LETTER)
    rows = [
        (
            task.item,
            task.assignees,
            task.deadline.day if task.deadline else None,
            task.report.to if task.report else None,
            task.report.deadline.text if task.report and task.report.deadline else None,
            [target.value for target in task.targets],
        )
        for task in reading.tasks
    ]
    assert rows == [
        ("1.-1", DISTRICTS, date(2024, 6, 15), "UBND tỉnh", "trước ngày 20/6/2024", []),
        (
            "1.-2",
            DISTRICTS,
            date(2024, 10, 15),
            "UBND tỉnh",
            "tại báo cáo cải cách hành chính năm 2024",
            [],
        ),
        ("2", DISTRICTS, date(2024, 10, 15), None, None, [100, 25, 15]),
        ("3", ("UBND các huyện, thành phố",), None, "UBND tỉnh", None, []),
        ("4", ("Văn phòng UBND tỉnh",), None, "UBND tỉnh", None, []),
    ]
    assert [task.standing for task in reading.tasks] == [False, False, False, True, True]
    assert [piece.reason for piece in reading.left_out] == [
        Reason.LEADING,
        Reason.LEADING,
        Reason.NOTE,
        Reason.CLOSING,
    ]


def test_every_place_leads_to_the_words_of_the_task() -> None:
    blocks = (
        paragraph("UBND tỉnh yêu cầu các sở, ban, ngành:"),
        clause(
            1,
            "Sở Nội vụ:",
            dash("Rà soát quy chế; báo cáo UBND tỉnh trước ngày 20/6/2025;"),
            dash("Sở Tài chính phối hợp với Sở Y tế cấp kinh phí, xong trước ngày 01/9/2025."),
        ),
    )
    doc = letter(*blocks)
    for task in read_tasks(doc).tasks:
        (place,) = task.places
        assert _words(doc, place.path)[place.start : place.end] == task.text
        origins = task.origins
        for origin in (origins.assignees, origins.coordinating, origins.due, origins.report):
            if origin is not None and origin.place is not None and origin.how == "own":
                words = _words(doc, origin.place.path)
                assert words[origin.place.start : origin.place.end] == origin.text


def _words(doc: OfficialDoc, path: tuple[int, ...]) -> str:
    block = doc.body[path[0]]
    for index in path[1:]:
        block = block.children[index]
    return block.text


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Thống nhất với đề xuất của Sở Nội vụ.", Reason.APPROVAL),
        ("Đánh giá cao kết quả mà các đơn vị đã đạt được.", Reason.APPROVAL),
        ("Quá thời hạn trên, Chủ tịch UBND tỉnh sẽ xem xét xử lý.", Reason.SANCTION),
        ("(Gửi kèm Công văn số 512/VPCP-KSTT).", Reason.NOTE),
        ("Kinh phí thực hiện được bố trí từ ngân sách tỉnh.", Reason.BUDGET),
    ],
)
def test_items_that_give_no_work(sentence: str, reason: Reason) -> None:
    reading = read_tasks(
        letter(
            paragraph("UBND tỉnh yêu cầu các sở, ban, ngành:"),
            clause(1, sentence),
            clause(2, "Rà soát quy chế."),
        )
    )
    assert [task.item for task in reading.tasks] == ["2"]
    assert reason in [piece.reason for piece in reading.left_out]


def test_a_sanction_is_cut_off_the_task_before_it() -> None:
    reading = read_tasks(
        letter(
            paragraph("Chủ tịch UBND tỉnh có ý kiến như sau:"),
            clause(
                1,
                "Thống nhất gia hạn bàn giao cho Hội Làm vườn tỉnh chậm nhất đến ngày 30/9/2025. "
                "Quá thời gian trên, Chủ tịch UBND tỉnh sẽ xem xét xử lý.",
            ),
        )
    )
    (task,) = reading.tasks
    assert task.assignees == ("Hội Làm vườn tỉnh",)
    assert task.text.endswith("30/9/2025.")


def test_what_is_not_understood_is_kept_and_said() -> None:
    reading = read_tasks(
        letter(
            paragraph("Chủ tịch UBND tỉnh có ý kiến như sau:"),
            clause(1, "Hồ sơ kèm theo gồm ba quyển."),
        )
    )
    assert reading.tasks == ()
    assert [piece.text for piece in reading.not_understood] == ["Hồ sơ kèm theo gồm ba quyển."]
    assert "Chưa hiểu:" in in_words(letter(), reading)


def test_closing_paragraphs() -> None:
    reading = read_tasks(
        letter(
            paragraph("UBND tỉnh yêu cầu các sở, ban, ngành:"),
            clause(1, "Rà soát quy chế."),
            paragraph(
                "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện. Trong quá trình thực hiện, nếu "
                "có vướng mắc, các đơn vị kịp thời báo cáo UBND tỉnh (qua Sở Nội vụ)."
            ),
        )
    )
    first, closing = reading.tasks
    assert not first.optional
    assert closing.optional
    assert closing.item == "kết"
    assert closing.report is not None
    assert closing.report.to == "UBND tỉnh (qua Sở Nội vụ)"
    assert Reason.CLOSING in [piece.reason for piece in reading.left_out]


def test_a_duty_to_report_problems_only_is_offered_unticked() -> None:
    problems, urging = read_items(
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo UBND tỉnh.",
        "Đôn đốc các đơn vị trực thuộc; nếu có vướng mắc, báo cáo UBND tỉnh.",
    )
    assert (problems.optional, urging.optional) == (True, False)


def test_an_unconditional_duty_in_the_closing_paragraph_is_ordinary() -> None:
    reading = read_tasks(
        letter(
            paragraph("UBND tỉnh yêu cầu các sở, ban, ngành:"),
            clause(1, "Rà soát quy chế."),
            paragraph("Giao Sở Nội vụ theo dõi, định kỳ hằng quý báo cáo UBND tỉnh."),
        )
    )
    assert [(t.assignees, t.optional) for t in reading.tasks[1:]] == [(("Sở Nội vụ",), False)]


def test_a_letter_of_one_paragraph() -> None:
    reading = read_tasks(
        letter(
            paragraph(
                "Xét đề nghị của Sở Y tế tại Tờ trình số 12/TTr-SYT ngày 03/3/2025, Chủ tịch UBND "
                "tỉnh giao Sở Tài chính chủ trì, phối hợp với Sở Y tế thẩm định dự toán."
            ),
            to=("Sở Tài chính",),
        )
    )
    (task,) = reading.tasks
    assert task.text.startswith("Chủ tịch UBND tỉnh giao Sở Tài chính")
    assert task.assignees == ("Sở Tài chính",)
    assert task.coordinating == ("Sở Y tế",)
    assert task.deadline is None


def test_a_reply_that_gives_no_work() -> None:
    reading = read_tasks(
        letter(
            paragraph("Chủ tịch UBND tỉnh có ý kiến như sau:"),
            clause(1, "Thống nhất với hồ sơ của Hội Làm vườn tỉnh."),
            clause(2, "Đại hội đã bầu Ban Chấp hành gồm 15 người."),
            clause(3, "Chủ tịch hội: ông A; Phó Chủ tịch: bà B."),
            paragraph("UBND tỉnh thông báo để Hội Làm vườn tỉnh biết."),
        )
    )
    assert reading.tasks == ()


def test_figures_below_a_duty_are_its_content() -> None:
    reading = read_tasks(
        letter(
            clause(
                1,
                "Sở Nội vụ báo cáo UBND tỉnh tình hình biên chế, trong đó nêu rõ:",
                dash("Số người làm việc;"),
                dash("Vị trí còn thiếu."),
            )
        )
    )
    assert [task.item for task in reading.tasks] == ["1"]
    assert [p.reason for p in reading.left_out] == [Reason.CONTENT, Reason.CONTENT]


def test_aims_of_a_plan_are_no_tasks() -> None:
    reading = read_tasks(
        letter(
            _roman("I", "MỤC ĐÍCH, YÊU CẦU", clause(1, "Nâng cao chất lượng phục vụ.")),
            _roman("II", "PHÂN CÔNG", clause(1, "Sở Nội vụ", dash("Xây dựng quy chế."))),
        )
    )
    assert [(t.item, t.assignees) for t in reading.tasks] == [("II.1.-1", ("Sở Nội vụ",))]
    assert Reason.AIM in [piece.reason for piece in reading.left_out]


def test_a_plan_made_of_field_lines() -> None:
    reading = read_tasks(
        letter(
            _roman(
                "II",
                "NỘI DUNG",
                clause(
                    1,
                    "Tập huấn nghiệp vụ",
                    dash("Nội dung thực hiện: Tập huấn cho công chức một cửa."),
                    dash("Cơ quan chủ trì: Sở Nội vụ, Trường Chính trị tỉnh."),
                    dash("Cơ quan phối hợp: UBND các huyện và các đơn vị liên quan."),
                    dash("Thời gian thực hiện: Quý II/2025."),
                ),
                clause(
                    2,
                    "Kiểm tra việc niêm yết thủ tục",
                    dash("Đơn vị thực hiện: Văn phòng UBND tỉnh."),
                    dash("Thời gian: thường xuyên."),
                ),
            )
        )
    )
    first, second = reading.tasks
    assert first.text == "Tập huấn cho công chức một cửa."
    assert first.assignees == ("Sở Nội vụ", "Trường Chính trị tỉnh")
    assert first.coordinating == ("UBND các huyện", "các đơn vị liên quan")
    assert first.deadline is not None
    assert first.deadline.day == date(2025, 6, 30)
    assert second.text == "Kiểm tra việc niêm yết thủ tục"
    assert second.assignees == ("Văn phòng UBND tỉnh",)
    assert second.recurrence == "continuous"


def test_a_plan_made_of_a_table() -> None:
    rows = (
        ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"),
        ("I", "Rà soát", "", "", ""),
        ("1", "Thống kê quy trình nội bộ", "Sở Nội vụ", "Các sở, ngành", "Tháng 5/2025"),
        ("2", "Công bố quy trình", "Văn phòng UBND tỉnh", "", "Trước ngày 30/6/2025"),
    )
    table = Table(tuple(tuple(Cell(text) for text in row) for row in rows))
    block = Block(BlockKind.TABLE, "", Source(1, 4), table=table)
    first, second = read_tasks(letter(_roman("II", "NHIỆM VỤ", block))).tasks
    assert (first.item, first.text) == ("II.t1.1", "Thống kê quy trình nội bộ")
    assert (first.assignees, first.coordinating) == (("Sở Nội vụ",), ("Các sở, ngành",))
    assert first.deadline is not None
    assert first.deadline.day == date(2025, 5, 31)
    assert (first.places[0].row, first.places[0].column) == (2, 1)
    assert second.assignees == ("Văn phòng UBND tỉnh",)
    assert second.deadline is not None
    assert second.deadline.day == date(2025, 6, 30)


def test_articles_of_a_decision() -> None:
    reading = read_tasks(
        letter(
            _article(1, "Ban hành kèm theo Quyết định này Quy chế phối hợp."),
            _article(2, "Giao Sở Nội vụ hướng dẫn thực hiện, hoàn thành trước ngày 30/6/2025."),
            _article(3, "Chánh Văn phòng UBND tỉnh chịu trách nhiệm thi hành Quyết định này."),
        )
    )
    assert [(t.item, t.assignees) for t in reading.tasks] == [("2", ("Sở Nội vụ",))]


def test_the_json_has_the_fields_of_the_labels() -> None:
    answer = tasks_json(read_letter(LETTER))["tasks"][0]
    assert answer["due"] == "2024-06-15"
    assert answer["due_text"] == "trước ngày 15/6/2024"
    assert answer["report"]["due"] == "2024-06-20"
    assert answer["assignees"] == list(DISTRICTS)
    assert answer["targets"] == []
    assert answer["recurrence"] is None


def test_a_long_letter_is_read_to_its_end() -> None:
    items = [
        clause(
            number,
            "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, UBND các huyện, thành phố rà soát quy "
            f"trình số {number}; báo cáo UBND tỉnh kết quả trước ngày 20/6/2025.",
        )
        for number in range(1, 301)  # about 20 pages
    ]
    doc = letter(paragraph("UBND tỉnh có ý kiến như sau:"), *items)
    reading = read_tasks(doc)
    assert len(reading.tasks) == 300


def _roman(number: str, title: str, *children: Block) -> Block:
    return Block(BlockKind.ROMAN, title, Source(1, 1), f"{number}.", tuple(children))


def _article(number: int, text: str) -> Block:
    return Block(BlockKind.ARTICLE, text, Source(number, number), f"Điều {number}.")

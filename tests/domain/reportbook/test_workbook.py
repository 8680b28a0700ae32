"""The offline workbook without a database: out, changed by people, read again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from tests.workbooks import Formula, Shown, all_sheets, filled_in, of_sheets
from tinhgon.domain.reportbook import (
    Book,
    Item,
    Limits,
    NotAWorkbook,
    Part,
    Returned,
    Row,
    Seal,
    Verdict,
    check_returned,
    compare,
    nil_row,
    open_book,
    read_returned,
    write_book,
)
from tinhgon.domain.sheets import SheetUnreadable

TODAY = date(2024, 12, 20)
LIMITS = Limits(text=200, note=100, title=30, difficulty=100, opinion=50, today=TODAY)
KINDS = {"Quy định chồng chéo": "overlap", "Thiếu nguồn lực": "means"}
DECIDERS = {"UBND tỉnh, Chủ tịch UBND tỉnh": "province", "Chính phủ": "government"}
NIL, TASKS, WORDS, TROUBLES, FIGURES = (
    "Không phát sinh",
    "Nhiệm vụ",
    "Thuyết minh",
    "Khó khăn, vướng mắc",
    "Số liệu",
)
ROWS = {
    Part.NIL: [nil_row(4, said=False)],
    Part.TASKS: [
        Row(
            "NV-1",
            2,
            {"task": "Rà soát lần 2", "due": "20/12/2024", "before": "Mới giao.", "percent": 20},
            {"percent": "20", "note": ""},
        ),
        Row(
            "NV-2",
            1,
            {"task": "Công bố bổ sung", "due": "", "before": "Đã nhận. x", "percent": 0},
            {"percent": "0", "note": "x"},
        ),
    ],
    Part.WORDS: [
        Row("MUC-1", 3, {"section": "I. Chỉ đạo", "hint": "Gợi ý", "text": "- Đã làm\n\n  =1"}),
        Row("MUC-2", 0, {"section": "V. Kiến nghị", "hint": "", "text": ""}),
    ],
    Part.DIFFICULTIES: [
        Row(
            "VM-7",
            1,
            {"state": "Mới", "kind": "Thiếu nguồn lực", "title": "Thiếu người"},
            {"kind": "means", "title": "Thiếu người", "description": "Chỉ có một."},
        )
    ],
    Part.FIGURES: [
        Row("cong-bo", 0, {"figure": "Đã công bố", "own": Decimal(12), "total": Decimal(13)}),
        Row("tiet-kiem", 0, {"figure": "Tiết kiệm", "own": Decimal("1234567.5"), "total": None}),
    ],
}
STORED = {
    "MUC-1": {"text": "- Đã làm\n\n  =1"},
    "MUC-2": {"text": ""},
    "cong-bo": {"opinion": ""},
    "tiet-kiem": {"opinion": ""},
}
BOOK = Book(
    agency="Sở Nội vụ",
    period="Báo cáo năm 2024",
    receiver="UBND tỉnh",
    due="20/12/2024",
    made_on=date(2024, 12, 16),
    rows={
        part: [replace(row, stored=row.stored or STORED[row.key]) for row in rows]
        for part, rows in ROWS.items()
    },
    kinds=list(KINDS),
    deciders=list(DECIDERS),
)
SEAL = Seal.from_json(Seal.of(BOOK, report=5, made_at="2024-12-16T09:00:00+07:00").to_json())
DATA = write_book(BOOK, "dấu" * 15_000)


def back(cells: dict[tuple[str, str], Any], data: bytes = DATA) -> Returned:
    return read_returned(open_book(filled_in(data, cells)), SEAL)


def items(returned: Returned, now: dict[Part, list[Row]] | None = None) -> list[Item]:
    now = now or {part: list(rows) for part, rows in NOW.items()}
    sections = now[Part.WORDS]
    new = check_returned(returned, LIMITS, kinds=KINDS, deciders=DECIDERS, sections=sections)
    return compare(returned, new, SEAL, now)


NOW = BOOK.rows


def faults(cells: dict[tuple[str, str], Any]) -> list[str]:
    returned = back(cells)
    items(returned)
    return [str(each) for each in returned.faults]


def test_what_nobody_filled_in_says_nothing_new() -> None:
    for data in (DATA, of_sheets(all_sheets(DATA))):
        returned = read_returned(open_book(data), SEAL)

        assert (returned.faults, returned.notes, items(returned)) == ([], [], [])
        assert len(returned.rows) == 8


def test_the_seal_comes_back_whole() -> None:
    assert open_book(DATA).token == "dấu" * 15_000


def test_only_cells_to_fill_in_are_unlocked_and_the_seal_is_very_hidden() -> None:
    with zipfile.ZipFile(io.BytesIO(DATA)) as parts:
        book = etree.fromstring(parts.read("xl/workbook.xml"))
        names = [each.get("name") for each in book.iter("{*}sheet")]
        states = {each.get("name"): each.get("state") for each in book.iter("{*}sheet")}
        styles = etree.fromstring(parts.read("xl/styles.xml"))
        looks = next(styles.iter("{*}cellXfs"))
        guards = [each.find("{*}protection") for each in looks]
        is_open = [each is not None and each.get("locked") == "0" for each in guards]
        unlocked = {}
        for number, name in enumerate(names, start=1):
            page = etree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            assert page.find("{*}sheetProtection") is not None, name
            unlocked[name] = {
                cell.get("r") for cell in page.iter("{*}c") if is_open[int(cell.get("s") or 0)]
            }
        lists = etree.fromstring(parts.read("xl/worksheets/sheet5.xml"))
        answers = etree.fromstring(parts.read("xl/worksheets/sheet2.xml"))
        [offered] = [each.findtext("{*}formula1") for each in answers.iter("{*}dataValidation")]
        rules = [each.get("type") for each in lists.iter("{*}dataValidation")]

    assert states["_tinhgon"] == "veryHidden"
    assert unlocked["Hướng dẫn"] == set()
    assert unlocked[TASKS] == {f"{letter}{n}" for letter in "EFGH" for n in (2, 3)}
    assert unlocked[WORDS] == {"D2", "D3"}
    assert unlocked[TROUBLES] == {f"{letter}{n}" for letter in "CDEFGHI" for n in range(3, 33)}
    assert unlocked[FIGURES] == {"E2", "E3"}
    assert rules.count("list") == 2
    assert unlocked[NIL] == {"C2"}
    assert offered == '"Có,Không"'


def test_a_line_is_as_high_as_its_text() -> None:
    """LibreOffice does not stretch lines when it opens a file: their words would overlap."""
    long: dict[str, Any] = {"task": "x" * 100, "before": "a\nb", "percent": 0}
    rows = {
        **NOW,
        Part.TASKS: [
            replace(NOW[Part.TASKS][0], cells=long),
            NOW[Part.TASKS][1],
            replace(NOW[Part.TASKS][0], key="NV-3", cells={"task": "x" * 9_000, "percent": 0}),
        ],
    }
    with zipfile.ZipFile(io.BytesIO(write_book(replace(BOOK, rows=rows), "x"))) as parts:
        page = etree.fromstring(parts.read("xl/worksheets/sheet3.xml"))

    heights = [each.get("ht") for each in page.iter("{*}row")]
    assert heights[1:] == ["45", None, "405"]


def test_everything_filled_in_is_told_with_its_place() -> None:
    found = items(
        back(
            {
                (TASKS, "E2"): 40,
                (TASKS, "F2"): "Đã trình.",
                (TASKS, "G2"): "12/BC-SNV",
                (TASKS, "H2"): date(2024, 12, 18),
                (WORDS, "D3"): "Đề nghị hướng dẫn.",
                (TROUBLES, "C3"): "quy định chồng chéo",
                (TROUBLES, "D3"): "Hai nghị định khác nhau",
                (TROUBLES, "E3"): "Khác về thời hạn.",
                (TROUBLES, "H3"): "Chính phủ",
                (TROUBLES, "I3"): "30-12-2024",
                (FIGURES, "E2"): "Phải là 13",
            }
        )
    )

    assert [(item.part, item.label, item.line, item.verdict) for item in found] == [
        (Part.TASKS, "Rà soát lần 2", 2, Verdict.WRITE),
        (Part.WORDS, "V. Kiến nghị", 3, Verdict.WRITE),
        (Part.DIFFICULTIES, "Hai nghị định khác nhau", 3, Verdict.WRITE),
        (Part.FIGURES, "Đã công bố", 2, Verdict.WRITE),
    ]
    assert found[0].said == {
        "percent": "40",
        "note": "Đã trình.\nVăn bản: 12/BC-SNV ngày 18/12/2024.",
    }
    new = found[2].new
    assert new is not None
    assert (new.kind, new.decider, new.due_on) == ("overlap", "government", date(2024, 12, 30))


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({(TASKS, "C2"): "31/12/2024"}, "Nhiệm vụ”, ô C2", "ô khóa của cột “Thời hạn” đã bị sửa"),
        ({(TROUBLES, "D2"): "Khác"}, "Khó khăn, vướng mắc”, ô D2", "đã bị sửa thành “Khác”"),
        ({(FIGURES, "C2"): 99}, "Số liệu”, ô C2", "đã bị sửa thành “99”"),
        ({(TROUBLES, "B4"): "Gấp"}, "Khó khăn, vướng mắc”, ô B4", "ô khóa"),
        ({(TASKS, "A2"): "NV-99"}, "Nhiệm vụ”, ô A2", "không có trong tệp khi tải về"),
        ({(TASKS, "A2"): "NV-2"}, "Nhiệm vụ”, ô A3", "có hai lần"),
        ({(TASKS, "B4"): "Việc khác"}, "Nhiệm vụ”, ô A4", "dòng “Việc khác” không có mã"),
        ({(TASKS, "E2"): "nửa"}, "Nhiệm vụ”, ô E2", "“nửa” không phải số nguyên từ 0 đến 100"),
        ({(TASKS, "E2"): 120}, "Nhiệm vụ”, ô E2", "không phải số nguyên từ 0 đến 100"),
        ({(TASKS, "E2"): 30}, "Nhiệm vụ”, ô F2", "ghi kết quả thực hiện"),
        ({(TASKS, "F2"): "x" * 101}, "Nhiệm vụ”, ô F2", "dài 101 ký tự, tối đa 100"),
        ({(TASKS, "G2"): "mười hai"}, "Nhiệm vụ”, ô G2", "chưa đúng dạng"),
        ({(TASKS, "G2"): "12/BC-SNV"}, "Nhiệm vụ”, ô H2", "ghi ngày của văn bản"),
        (
            {(TASKS, "F2"): "x", (TASKS, "H2"): "31/6/2024"},
            "Nhiệm vụ”, ô H2",
            "“31/6/2024” không phải là ngày",
        ),
        (
            {(TASKS, "F2"): "x", (TASKS, "H2"): "45474"},
            "Nhiệm vụ”, ô H2",
            "không phải là ngày",
        ),
        (
            {(TASKS, "F2"): "x", (TASKS, "H2"): "21/12/2024"},
            "Nhiệm vụ”, ô H2",
            "ngày 21/12/2024 chưa đến",
        ),
        ({(TASKS, "F3"): Formula("=1+1")}, "Nhiệm vụ”, ô F3", "có công thức"),
        ({(WORDS, "D2"): "x" * 201}, "Thuyết minh”, ô D2", "dài 201 ký tự, tối đa 200"),
        ({(FIGURES, "E2"): "x" * 51}, "Số liệu”, ô E2", "tối đa 50"),
        ({(TROUBLES, "E3"): "Chỉ có nội dung"}, "Khó khăn, vướng mắc”, ô D3", "ghi “tóm tắt”"),
        ({(TROUBLES, "D3"): "x"}, "Khó khăn, vướng mắc”, ô C3", "Chọn một giá trị"),
        ({(TROUBLES, "D3"): "x"}, "Khó khăn, vướng mắc”, ô H3", "Chọn một giá trị"),
        ({(TROUBLES, "C3"): "Khác hẳn"}, "Khó khăn, vướng mắc”, ô C3", "“Khác hẳn” không có"),
        ({(TROUBLES, "D3"): "x" * 31}, "Khó khăn, vướng mắc”, ô D3", "tối đa 30"),
        ({(TROUBLES, "I3"): "mai"}, "Khó khăn, vướng mắc”, ô I3", "“mai” không phải là ngày"),
        ({(TROUBLES, "I3"): "19/12/2024"}, "Khó khăn, vướng mắc”, ô I3", "đã qua"),
        ({(TROUBLES, "E40"): Formula("=A1")}, "Khó khăn, vướng mắc”, ô E40", "có công thức"),
        ({(NIL, "C2"): "x"}, "Không phát sinh”, ô C2", "Chọn Có hoặc Không"),
        ({(NIL, "B2"): "Khác"}, "Không phát sinh”, ô B2", "ô khóa của cột “Nội dung”"),
        ({(NIL, "C2"): Formula("=A1")}, "Không phát sinh”, ô C2", "có công thức"),
        # What stands in a section already speaks against it, too.
        ({(NIL, "C2"): "Có"}, "Không phát sinh”, ô C2", "trang “Thuyết minh”, ô D2 có nội dung"),
    ],
)
def test_every_fault_is_named_by_sheet_and_cell(
    cells: dict[tuple[str, str], Any], place: str, words: str
) -> None:
    found = faults(cells)

    assert any(f"Trang “{place}:" in each and words in each for each in found), found


def test_all_faults_are_told_at_once() -> None:
    found = faults({(TASKS, "E2"): "x", (WORDS, "B2"): "y", (TROUBLES, "D3"): "z"})

    assert len({each.partition(":")[0] for each in found}) == 6


def changed(change: Callable[[dict[str, list[list[Any]]]], object]) -> Returned:
    sheets = all_sheets(DATA)
    change(sheets)
    return read_returned(open_book(of_sheets(sheets)), SEAL)


def test_rows_are_known_by_their_key_wherever_they_stand() -> None:
    def sort(sheets: dict[str, list[list[Any]]]) -> None:
        head, first, second, *rest = sheets[TASKS]
        first[5] = "Đã xong phần đầu"
        sheets[TASKS] = [head, [], second, [], first, *rest]

    returned = changed(sort)

    assert returned.faults == []
    [item] = items(returned)
    assert (item.key, item.line, item.said["note"]) == ("NV-1", 5, "Đã xong phần đầu")


def test_columns_and_sheets_may_be_moved() -> None:
    def move(sheets: dict[str, list[list[Any]]]) -> None:
        for line in sheets[TASKS]:
            line.reverse()
        sheets[TASKS] = sheets.pop(TASKS)
        sheets[TASKS][1][2] = "Đã xong"

    returned = changed(move)

    assert returned.faults == []
    [item] = items(returned)
    assert item.said["note"] == "Đã xong"


def test_a_row_taken_out_changes_nothing_and_is_told() -> None:
    returned = changed(lambda sheets: sheets[TASKS].pop(1))

    assert (returned.faults, items(returned)) == ([], [])
    assert "dòng NV-1 không còn trong tệp" in str(returned.notes[0])


def test_a_sheet_or_a_column_that_is_gone_is_a_fault() -> None:
    gone = changed(lambda sheets: sheets.pop(WORDS))
    [fault] = gone.faults
    assert str(fault).startswith("Trang “Thuyết minh”: trang này không còn trong tệp.")

    def unname(sheets: dict[str, list[list[Any]]]) -> None:
        sheets[TASKS][0][5] = "Ghi chú"

    assert "thiếu cột “Kết quả thực hiện”" in str(changed(unname).faults[0])


def test_what_stands_outside_of_the_form_is_told() -> None:
    returned = back({(TASKS, "J2"): "nhớ gọi lại"})
    assert "ô J2: “nhớ gọi lại” nằm ngoài các cột" in str(returned.notes[0])

    more = changed(lambda sheets: sheets.update({"Sheet1": [["Ghi thêm"]]}))
    assert "Trang “Sheet1”: trang do người dùng thêm" in str(more.notes[0])


def test_somebody_was_faster_or_wrote_the_same() -> None:
    returned = back({(TASKS, "F2"): "Của tệp", (WORDS, "D2"): "Của tệp"})
    rows = {part: list(rows) for part, rows in NOW.items()}
    rows[Part.TASKS][0] = replace(rows[Part.TASKS][0], version=3)
    rows[Part.WORDS][0] = replace(rows[Part.WORDS][0], version=4, stored={"text": "Của họ"})
    task, words = items(returned, rows)
    assert (task.verdict, words.verdict) == (Verdict.STALE, Verdict.STALE)
    assert (words.said["text"], words.stored["text"], words.version) == ("Của tệp", "Của họ", 4)

    note = {"percent": "20", "note": "Của tệp"}
    rows[Part.TASKS][0] = replace(rows[Part.TASKS][0], version=3, stored=note)
    rows[Part.WORDS][0] = replace(rows[Part.WORDS][0], version=4, stored={"text": "Của tệp"})
    assert {each.verdict for each in items(returned, rows)} == {Verdict.SAME}

    rows[Part.TASKS].pop(0)
    assert items(returned, rows)[0].verdict is Verdict.CLOSED


def test_a_known_difficulty_is_not_raised_again() -> None:
    def row(number: int, title: str) -> dict[tuple[str, str], Any]:
        values = ("Thiếu nguồn lực", title, "Chỉ có một.", "", "", "Chính phủ")
        return {
            (TROUBLES, f"{letter}{number}"): value
            for letter, value in zip("CDEFGH", values, strict=True)
        }

    found = items(back(row(3, "thiếu  NGƯỜI") | row(4, "Thiếu máy") | row(5, "Thiếu máy")))

    assert [(each.verdict, each.stored.get("code")) for each in found] == [
        (Verdict.SAME, "VM-7"),
        (Verdict.WRITE, None),
        (Verdict.SAME, "dòng 4"),
    ]


EMPTY = {(WORDS, "D2"): ""}
"""The one section that has words, emptied."""


@pytest.mark.parametrize("answer", ["Có", "có", " CÓ "])
def test_a_workbook_says_that_nothing_arose(answer: str) -> None:
    found = items(back({**EMPTY, (NIL, "C2"): answer}))

    assert [(each.part, each.verdict) for each in found] == [
        (Part.WORDS, Verdict.WRITE),
        (Part.NIL, Verdict.WRITE),
    ]
    assert (found[-1].said, found[-1].version) == ({"nil": "Có"}, 4)


def test_an_answer_that_something_arose_says_nothing_new() -> None:
    [item] = items(back({(NIL, "C2"): "Không"}))

    assert item.verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({(TASKS, "F2"): "Đã xong"}, "trang “Nhiệm vụ”, ô F2"),
        ({(TASKS, "E2"): 60, (TASKS, "F2"): "Đã xong"}, "trang “Nhiệm vụ”, ô E2"),
        ({(WORDS, "D3"): "Đề nghị"}, "trang “Thuyết minh”, ô D3"),
        ({(TROUBLES, "D3"): "Thiếu máy"}, "trang “Khó khăn, vướng mắc”, ô D3"),
        ({(FIGURES, "E2"): "Phải là 13"}, "trang “Số liệu”, ô E2"),
    ],
)
def test_what_other_sheets_say_contradicts_that_nothing_arose(
    cells: dict[tuple[str, str], Any], words: str
) -> None:
    found = faults({**EMPTY, (NIL, "C2"): "Có", **cells})
    own = [each for each in found if each.startswith("Trang “Không phát sinh”, ô C2: ")]

    assert [words in each and "Chọn Không, hoặc xóa nội dung đó." in each for each in own] == [True]
    assert faults({**EMPTY, (NIL, "C2"): "Không", **cells}) == [
        each for each in found if each not in own
    ]


def test_words_that_somebody_wrote_meanwhile_contradict_that_nothing_arose() -> None:
    returned = back({**EMPTY, (NIL, "C2"): "Có"})
    rows = {part: list(rows) for part, rows in NOW.items()}
    rows[Part.WORDS][1] = replace(rows[Part.WORDS][1], version=1, stored={"text": "Của họ"})

    assert items(returned, rows)[-1].part is Part.NIL  # the page compares only without faults
    [fault] = returned.faults
    assert "mục “V. Kiến nghị” trên hệ thống có nội dung" in str(fault)


def test_many_contradictions_are_counted() -> None:
    cells = {(TROUBLES, f"D{line}"): "x" for line in range(3, 12)}
    [own] = [each for each in faults({**EMPTY, (NIL, "C2"): "Có", **cells}) if NIL in each]

    assert own.count("ô D") == 5
    assert "và 4 chỗ nữa có nội dung" in own


def test_a_workbook_that_never_asked_whether_anything_arose_is_read_all_the_same() -> None:
    """It went out before the sheet was there, or is of a report that goes up as a document."""
    book = replace(BOOK, rows={part: rows for part, rows in NOW.items() if part is not Part.NIL})
    data = write_book(book, "x")
    seal = Seal.of(book, report=1, made_at="x")

    assert NIL not in all_sheets(data)
    assert NIL not in str(all_sheets(data)["Hướng dẫn"])
    returned = read_returned(open_book(data), seal)
    assert (returned.faults, len(returned.rows)) == ([], 7)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "không phải là Excel dạng .xlsx"),
        (b"%PDF-1.7", "không phải là Excel dạng .xlsx"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "không phải là Excel dạng .xlsx"),
        (DATA[:2000], "bị hỏng"),
        (of_sheets({"Sheet1": [["a"]]}), "không phải là tệp ngoại tuyến"),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(SheetUnreadable, match=words):
        open_book(data)


def test_a_bomb_is_refused() -> None:
    out = io.BytesIO(DATA)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet9.xml", b"<row/>" * 40_000_000)
    with pytest.raises(SheetUnreadable, match="lớn bất thường"):
        open_book(out.getvalue())


def test_a_workbook_without_its_seal_is_none() -> None:
    sheets = all_sheets(DATA)
    del sheets["_tinhgon"]
    with pytest.raises(NotAWorkbook):
        open_book(of_sheets(sheets))


@pytest.mark.parametrize("data", [{}, {"form": 2}, {"form": 1, "report": "x", "rows": {}}, [], 5])
def test_a_seal_of_another_make_is_refused(data: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Seal.from_json(data)


def test_a_day_is_a_day_as_text_or_as_a_date() -> None:
    cells = {(TASKS, "F2"): "x", (TASKS, "G2"): "12/BC-SNV"}
    for day in ("18/12/2024", "18-12-2024", "ngày 18 tháng 12 năm 2024", date(2024, 12, 18)):
        [item] = items(back({**cells, (TASKS, "H2"): day}))
        assert item.said["note"].endswith("ngày 18/12/2024.")


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        (40, "40"),
        (100, "100"),
        (0, "0"),
        ("100%", "100"),
        ("40 %", "40"),
        ("40,0", "40"),
        ("1", "1"),  # what is typed in a cell of ours stays text: nothing is a share of one
        ("1%", "1"),
        (Shown(1, "0%"), "100"),
        (Shown(0.5, "0%"), "50"),
        (Shown(0.07, "0.00%"), "7"),
        (Shown(0.57, '0" phần trăm "%'), "57"),
        (Shown(0.01, "[Red]0%"), "1"),
        (Shown(0, "0%"), "0"),
        (Shown(40, "0"), "40"),
        (Shown(40, '0" %"'), "40"),  # the sign is only a word there
        (Shown(40, r"0\%"), "40"),
    ],
)
def test_a_per_cent_is_read_as_it_is_shown(typed: object, percent: str) -> None:
    [item] = items(back({(TASKS, "E2"): typed, (TASKS, "F2"): "Đã làm."}))

    assert item.said["percent"] == percent


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (1, "“1” có thể là 1% hoặc 100%. Xong thì ghi 100, mới làm thì ghi 1%."),
        (Shown(1, "0"), "“1” có thể là 1% hoặc 100%."),
        (0.5, "“0,5” có thể là 0,5% hoặc 50%. Ghi 50 hoặc 50%."),
        (Shown(0.5, '0.0" %"'), "“0,5” có thể là 0,5% hoặc 50%."),
        (0.333, "“0,333” có thể là 0,333% hoặc 33%. Ghi 33 hoặc 33%."),
        (Shown(1.5, "0%"), "“150” không phải số nguyên từ 0 đến 100. Ghi ví dụ 40 hoặc 40%."),
        (Shown(-0.5, "0%"), "“-50” không phải số nguyên"),
        (Shown(0.125, "0.0%"), "“12.5” không phải số nguyên"),
        ("0,5", "“0,5” không phải số nguyên"),
        (-5, "“-5” không phải số nguyên"),
        (True, "“True” không phải số nguyên"),
    ],
)
def test_a_number_that_may_be_a_share_of_one_is_asked_for(typed: object, words: str) -> None:
    [fault] = faults({(TASKS, "E2"): typed, (TASKS, "F2"): "Đã làm."})

    assert fault.startswith(f"Trang “Nhiệm vụ”, ô E2: {words}")


def test_a_per_cent_that_nobody_changed_says_nothing_new() -> None:
    for same in (Shown(0.2, "0%"), "20%", 20):
        assert items(back({(TASKS, "E2"): same})) == []


def test_one_per_cent_that_was_there_is_not_asked_for() -> None:
    """Another program may keep as a number what went out as text."""
    rows = {**NOW, Part.TASKS: [replace(NOW[Part.TASKS][0], cells={"task": "x", "percent": 1})]}
    book = replace(BOOK, rows=rows)
    data = filled_in(write_book(book, "x"), {(TASKS, "E2"): 1, (TASKS, "F2"): "Đã làm."})
    returned = read_returned(open_book(data), Seal.of(book, report=1, made_at="x"))

    check_returned(returned, LIMITS, kinds=KINDS, deciders=DECIDERS, sections=rows[Part.WORDS])
    assert returned.faults == []


def test_a_per_cent_in_words_is_told_as_it_is_shown() -> None:
    [item] = items(back({(TASKS, "F2"): Shown(0.5, "0%")}))

    assert item.said["note"] == "50%"


def test_what_is_typed_as_a_per_cent_stays_text() -> None:
    with zipfile.ZipFile(io.BytesIO(DATA)) as parts:
        page = etree.fromstring(parts.read("xl/worksheets/sheet3.xml"))
        styles = etree.fromstring(parts.read("xl/styles.xml"))
    looks = list(next(styles.iter("{*}cellXfs")))
    codes = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter("{*}numFmt")}
    [cell] = [each for each in page.iter("{*}c") if each.get("r") == "E2"]
    [rule] = [each for each in page.iter("{*}dataValidation") if each.get("sqref") == "E2:E3"]

    assert cell.get("t") == "s"
    assert codes[looks[int(cell.get("s") or 0)].get("numFmtId")] == "@"
    assert rule.get("type") == "custom"
    [ignored] = page.iter("{*}ignoredError")
    assert (ignored.get("sqref"), ignored.get("numberStoredAsText")) == ("E2:E3", "1")


@pytest.mark.parametrize(
    "text",
    [
        "'a",
        "a\tb",
        "a  \n b",
        "=1",
        "0012",
        "1/2",
        "_x000D_",
        "a\r\nb",
        "a\x0bb",
        "a\ufffeb",
        "e\u0301",
    ],
)
def test_odd_words_come_back_as_they_went_out(text: str) -> None:
    rows = {
        **BOOK.rows,
        Part.TASKS: [Row("NV-1", 1, {"task": text, "percent": 0}, {"percent": "0", "note": ""})],
        Part.WORDS: [Row("MUC-1", 1, {"section": "I", "text": text}, {"text": text})],
    }
    book = replace(BOOK, rows=rows)
    returned = read_returned(open_book(write_book(book, "x")), Seal.of(book, report=1, made_at="x"))

    assert returned.faults == []
    assert not any(row.is_changed for row in returned.rows)

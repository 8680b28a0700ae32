from __future__ import annotations

from datetime import date

import pytest

from tinhgon.domain.catalogue import Finding, read_catalogue
from tinhgon.domain.officialdoc import read_text

from .decisions import names, reading, table

LIST = table(
    ("STT", "Tên thủ tục hành chính"),
    ("A", "Thủ tục cấp tỉnh"),
    ("1", "Thẩm định đề án sắp xếp tổ chức"),
    ("2", "Giao biên chế công chức hằng năm"),
    ("B", "Thủ tục cấp xã"),
    ("1", "Xếp hạng đơn vị sự nghiệp công lập"),
)


def test_articles_hold_all_their_text() -> None:
    catalogue = reading(LIST, second="Giao các cơ quan:\n1. Sở Nội vụ công khai danh mục.")
    assert [article.number for article in catalogue.articles] == ["1", "2", "3"]
    assert catalogue.articles[1].text == "Giao các cơ quan:\n1. Sở Nội vụ công khai danh mục."


@pytest.mark.parametrize(
    ("second", "on"),
    [
        ("Quyết định này có hiệu lực thi hành kể từ ngày ký.", date(2024, 8, 12)),
        ("Quyết định này có hiệu lực kể từ ngày ban hành.", date(2024, 8, 12)),
        ("Quyết định này có hiệu lực từ ngày 01 tháng 9 năm 2024.", date(2024, 9, 1)),
        ("Quyết định này có hiệu lực thi hành kể từ ngày 15/9/2024.", date(2024, 9, 15)),
        ("Quyết định này có hiệu lực thi hành theo Quyết định số 12/QĐ-BNV.", None),
        ("Quyết định này có hiệu lực từ ngày 31/9/2024.", None),
    ],
)
def test_the_first_day_of_effect(second: str, on: date | None) -> None:
    (effect,) = reading(LIST, second=second).effects
    assert effect.on == on
    assert effect.of is None


def test_a_first_day_for_each_group() -> None:
    catalogue = reading(
        LIST,
        second="Quyết định này có hiệu lực thi hành:\n"
        "1. Kể từ ngày 01 tháng 9 năm 2024 đối với thủ tục cấp tỉnh.\n"
        "2. Kể từ ngày 01 tháng 10 năm 2024 đối với thủ tục cấp xã.",
    )
    assert [(effect.on, effect.of) for effect in catalogue.effects] == [
        (date(2024, 9, 1), "thủ tục cấp tỉnh"),
        (date(2024, 10, 1), "thủ tục cấp xã"),
    ]


@pytest.mark.parametrize(
    ("sentence", "code", "positions", "whole"),
    [
        ("Thay thế Quyết định số 75/QĐ-UBND ngày 03/01/2023.", "75/QĐ-UBND", (), True),
        (
            (
                "Bãi bỏ thủ tục tại số thứ tự 01, 02 mục A Danh mục ban hành kèm theo "
                "Quyết định số 75/QĐ-UBND ngày 03/01/2023."
            ),
            "75/QĐ-UBND",
            ("A.1", "A.2"),
            False,
        ),
        (
            (
                "Các thủ tục có số thứ tự II.3, II.4 của mục 1 phần I Phụ lục ban hành kèm theo "
                "Quyết định số 75/QĐ-UBND ngày 03/01/2023 hết hiệu lực."
            ),
            "75/QĐ-UBND",
            ("1.II.3", "1.II.4"),
            False,
        ),
        (
            "Bãi bỏ số thứ tự từ 3 đến 5 mục B Quyết định số 75/QĐ-UBND ngày 03/01/2023.",
            "75/QĐ-UBND",
            ("B.3", "B.4", "B.5"),
            False,
        ),
        (
            "Bãi bỏ danh mục tại phần II ban hành kèm theo Quyết định số 75/QĐ-UBND.",
            "75/QĐ-UBND",
            (),
            False,
        ),
    ],
)
def test_what_is_ended(sentence: str, code: str, positions: tuple[str, ...], whole: bool) -> None:
    second = f"Quyết định này có hiệu lực kể từ ngày ký. {sentence}"
    (abolition,) = reading(LIST, second=second).abolitions
    assert abolition.document is not None
    assert abolition.document.code == code
    assert abolition.positions == positions
    assert abolition.whole is whole
    assert abolition.article == "2"


def test_places_named_once_hold_for_all_documents_of_an_enumeration() -> None:
    second = (
        "Bãi bỏ danh mục tại phần III kèm theo Quyết định số 75/QĐ-UBND ngày 03/01/2023 và "
        "Quyết định số 80/QĐ-UBND ngày 05/01/2023."
    )
    one, other = reading(LIST, second=second).abolitions
    assert (one.within, other.within) == ("phần III", "phần III")
    assert not other.whole


def test_procedures_announced_as_abolished_end_no_document() -> None:
    first = "Công bố kèm theo Quyết định này 03 thủ tục hành chính nội bộ bị bãi bỏ."
    assert reading(LIST, first=first).abolitions == ()


def test_stated_counts_and_their_scope() -> None:
    catalogue = reading(
        LIST,
        first="Công bố kèm theo Quyết định này 03 (ba) thủ tục hành chính nội bộ, trong đó: "
        "02 thủ tục cấp tỉnh, 01 cấp xã.",
    )
    assert [(count.count, count.scope) for count in catalogue.stated_counts] == [
        (3, None),
        (2, "cấp tỉnh"),
        (1, "cấp xã"),
    ]
    assert catalogue.problems == ()


def test_a_count_that_does_not_agree_is_a_problem() -> None:
    catalogue = reading(LIST, first="Công bố 04 thủ tục hành chính nội bộ, gồm 03 cấp tỉnh.")
    assert [problem.kind for problem in catalogue.problems] == [Finding.COUNT, Finding.COUNT]
    assert catalogue.problems[0].text == (
        "Văn bản nêu “04 thủ tục hành chính nội bộ” nhưng đọc được 3 thủ tục. "
        "Hãy đối chiếu với bản gốc."
    )


def test_counts_of_other_decisions_are_not_taken() -> None:
    catalogue = reading(
        LIST,
        first="Công bố 03 thủ tục hành chính nội bộ; thay thế 05 thủ tục hành chính được công bố "
        "tại Quyết định số 75/QĐ-UBND ngày 03/01/2023.",
    )
    assert [count.count for count in catalogue.stated_counts] == [3]


def test_a_count_in_a_heading_is_that_of_the_rows_below_it() -> None:
    annex = "I. THỦ TỤC HÀNH CHÍNH MỚI (02 TTHC)\n" + table(
        ("STT", "Tên thủ tục hành chính"), ("1", "Thẩm định đề án")
    )
    annex += "\n\nII. THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ (01 TTHC)\n" + table(
        ("STT", "Tên thủ tục hành chính"), ("1", "Giao biên chế công chức")
    )
    catalogue = reading(annex)
    assert [problem.text for problem in catalogue.problems] == [
        (
            "Văn bản nêu “THỦ TỤC HÀNH CHÍNH MỚI (02 TTHC)” nhưng đọc được 1 thủ tục. "
            "Hãy đối chiếu với bản gốc."
        )
    ]


def test_gaps_and_doubles_are_problems() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Mã TTHC"),
            ("1", "Thẩm định đề án", "1.004201"),
            ("3", "Giao biên chế", "1.004202"),
            ("3", "Xếp hạng đơn vị", "1.004202"),
            ("7", "Tuyển dụng viên chức", "1.004203"),
        )
    )
    assert [(problem.kind, problem.position) for problem in catalogue.problems] == [
        (Finding.DOUBLE_POSITION, "3(2)"),
        (Finding.DOUBLE_CODE, "3"),
        (Finding.GAP, "3"),
        (Finding.GAP, "7"),
    ]
    assert catalogue.problems[2].text == "Sau số thứ tự 1 là 3: thiếu số 2."
    assert catalogue.problems[3].text == "Sau số thứ tự 3 là 7: thiếu các số từ 4 đến 6."


def test_a_decision_without_its_list_says_so() -> None:
    catalogue = reading("", first="Công bố 03 thủ tục hành chính nội bộ.")
    assert catalogue.rows == ()
    assert [problem.kind for problem in catalogue.problems] == [Finding.NO_LIST]


def test_a_table_that_is_no_list_is_shown_as_unread() -> None:
    catalogue = reading(table(("Họ và tên", "Chức vụ"), ("Lương Thị Hoa", "Trưởng phòng")))
    assert [piece.text for piece in catalogue.unread] == ["Họ và tên | Chức vụ"]
    assert catalogue.unread[0].source.line > 30


def test_a_row_without_a_name_is_shown_as_unread() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Lĩnh vực"),
            ("1", "", "Biên chế"),
            ("2", "Giao biên chế", "Biên chế"),
        )
    )
    assert names(catalogue) == ["Giao biên chế"]
    assert [piece.text for piece in catalogue.unread] == ["1 | Biên chế"]


def test_the_foot_of_a_web_page_is_no_cell() -> None:
    catalogue = reading(
        table(
            ("STT", "Tên thủ tục hành chính", "Căn cứ pháp lý"),
            ("1", "Giao biên chế", "Luật Cán bộ, công chức"),
            ("2", "Tuyển dụng", "Quyết định 1520/QĐ-UBND năm 2024 công bố danh mục"),
        )
    )
    assert [row.legal_basis for row in catalogue.rows] == ["Luật Cán bộ, công chức"] * 2
    assert [piece.text for piece in catalogue.unread] == [
        "Quyết định 1520/QĐ-UBND năm 2024 công bố danh mục"
    ]


def test_a_page_of_news_repeats_the_decision_and_its_list() -> None:
    page = """Thủ tục nội bộ lĩnh vực tổ chức bộ máy cấp tỉnh tại Lạng Sơn

Ngày 12/8/2024, UBND tỉnh Lạng Sơn ban hành Quyết định 1520/QĐ-UBND về việc công bố thủ tục hành \
chính nội bộ mới ban hành lĩnh vực tổ chức bộ máy thuộc phạm vi quản lý của Sở Nội vụ.

Cụ thể, danh mục thủ tục hành chính nội bộ cấp tỉnh như sau:

(1) Thẩm định đề án sắp xếp tổ chức.

(2) Giao biên chế công chức hằng năm.

Tổ chức thực hiện thủ tục hành chính nội bộ tại Lạng Sơn như sau:

(1) Sở Nội vụ công khai danh mục.
"""
    catalogue = read_catalogue(read_text(page))
    assert names(catalogue) == [
        "Thẩm định đề án sắp xếp tổ chức.",
        "Giao biên chế công chức hằng năm.",
    ]
    first = catalogue.rows[0]
    assert (first.action, first.level, first.field) == ("new", "province", "tổ chức bộ máy")
    decision = catalogue.decision
    assert (decision.agency, decision.code) == ("UBND tỉnh Lạng Sơn", "1520/QĐ-UBND")
    assert decision.date == date(2024, 8, 12)


def test_an_annex_alone_names_its_decision() -> None:
    annex = (
        "PHỤ LỤC\nDANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ\n(Kèm theo Quyết định số 1520/QĐ-UBND ngày "
        "12/8/2024 của Chủ tịch UBND tỉnh Lạng Sơn)\n\n"
    )
    catalogue = read_catalogue(read_text(annex + LIST))
    assert catalogue.decision.code == "1520/QĐ-UBND"
    assert catalogue.decision.date == date(2024, 8, 12)
    assert catalogue.decision.agency == "UBND tỉnh Lạng Sơn"
    assert len(catalogue.rows) == 3

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given

from tinhgon.domain.costing import (
    Confidence,
    Node,
    Note,
    Sides,
    Term,
    explain,
    explain_saving,
    note_words,
    text_lines,
)

from .sheets import few, hourly, row, sheet, sides

CASES = Path(__file__).parent / "cases"
NOTE = Note(
    Term.HOURS,
    "Bấm giờ ba hồ sơ",
    "Nông Thị Hoa",
    date(2024, 5, 20),
    "Tờ trình dài hơn thường lệ",
    Confidence.MEDIUM,
    Decimal(12),
    Decimal("20.5"),
)
PREPARE = row("prepare", what="Tờ trình", hours=16, services=20_000, source="Thành phần hồ sơ")
NOW = sheet(
    PREPARE.with_value(NOTE, Decimal(16)),
    row("submit", what="Nộp hồ sơ", hours=1),
    row("decide", what="Thẩm định", hours=8, side="deciding"),
    notes=(Note(Term.SUBJECTS, "Báo cáo năm 2023"),),
)


def test_a_saving_unfolds_to_every_figure_and_who_gave_it() -> None:
    after = replace(NOW, rows=(NOW.rows[0], replace(NOW.rows[1], gone="Bỏ bước 2"), NOW.rows[2]))
    found = "\n".join(text_lines(explain_saving(Sides(NOW, after))))
    assert found == (CASES / "explained.txt").read_text(encoding="utf-8").rstrip()


def test_a_rate_beside_the_method_says_so() -> None:
    odd = replace(hourly(), is_standard=False, is_verified=False)
    lines = list(text_lines(explain(sheet(hourly=odd))))
    assert lines[0] == (
        "Chi phí tuân thủ hiện tại: 0 đồng/năm (tính cho bên thực hiện; 0 giờ làm việc một năm)"
    )
    assert lines[1].endswith(
        "Thống kê; không theo phương pháp chuẩn; chưa đối chiếu với văn bản gốc)"
    )


def test_the_formula_gives_the_figure_beside_it() -> None:
    one = sheet(row("prepare", hours="0.25", times=12, subjects=1_000), hourly=hourly(45_265))
    (only, *_) = explain(one).parts
    assert (only.value, only.formula) == (
        "135.795.000 đồng/năm",
        "11.316,25 đồng × 12 lần × 1.000 đối tượng",
    )
    assert only.parts[0].value == "11.316 đồng"


def test_rounding_is_told_where_it_shows() -> None:
    rows = [row(key, hours=1) for key in ("prepare", "submit", "receive")]
    one = sheet(*rows, hourly=hourly("48248.35"), subjects=1, include_deciding=True)
    found = explain(one)
    assert found.formula == ("48.248 + 48.248 + 48.248 (cộng các số đã làm tròn lệch 1 đồng)")
    assert found.source.startswith("tính cho bên thực hiện và bên giải quyết;")


def test_a_row_that_costs_nothing_yet_is_explained_too() -> None:
    (only, *_) = explain(sheet(row("prepare", times=2, subjects=3))).parts
    assert (only.value, only.formula) == ("0 đồng/năm", "0 đồng × 2 lần × 3 đối tượng")
    assert [part.value for part in only.parts] == ["0 đồng", "2 lần", "3 đối tượng"]


def test_an_undefined_ratio_says_why() -> None:
    ratio = explain_saving(Sides(sheet(), sheet())).parts[0]
    assert ratio == Node(
        "Tỷ lệ cắt giảm chi phí",
        "không xác định",
        source="Chi phí hiện tại bằng 0 nên không có tỷ lệ.",
    )


def test_a_note_says_what_it_knows() -> None:
    assert note_words(Note(Term.HOURS)) == ""
    assert note_words(Note(Term.FEES, by="Hoa")) == "người nhập: Hoa"
    assert note_words(Note(Term.FEES, low=Decimal(5))) == "thấp nhất 5 đồng"


@few
@given(sides())
def test_whatever_is_calculated_can_be_explained(both: Sides) -> None:
    found = explain_saving(both)
    assert len(found.parts) == 3
    assert all(line.strip() for line in text_lines(found))

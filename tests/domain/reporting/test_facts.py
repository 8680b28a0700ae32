from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tinhgon.domain.reporting import (
    COUNTS,
    RATIOS,
    Counts,
    Fact,
    Proof,
    Reviewed,
    count_for,
    line_of,
    read_fact,
    round_counts,
)

PUBLISHED = Proof("12/QĐ-UBND", date(2023, 3, 28), "/quyet-dinh/3/")
APPROVED = Proof("91/QĐ-UBND", date(2023, 12, 20), "/phuong-an/quyet-dinh/4/")
FIRST = Reviewed(1, "lần 1", 1, "Sửa đổi, bổ sung", date(2023, 9, 1))
SECOND = Reviewed(2, "lần 2", 2)


def fact(**values: object) -> Fact:
    usual: dict[str, object] = {
        "procedure": 1,
        "name": "Cấp tài khoản",
        "agency": 7,
        "agency_name": "Sở Nội vụ",
        "level": "province",
        "is_between": True,
        "published": PUBLISHED,
        "is_listed": True,
    }
    return Fact(**{**usual, **values})  # type: ignore[arg-type]


CUT = fact(
    procedure=2,
    counts=Counts.ABOLISHED,
    approved=APPROVED,
    is_planned=True,
    before=Decimal("1000000.5"),
    saved=Decimal("1000000.5"),
    reviews=(FIRST, SECOND),
    is_carried_out=True,
    carried_out=(Proof("5/QĐ-SNV", date(2024, 6, 1)),),
    is_in_force=False,
)
SIMPLER = fact(
    procedure=3,
    level="commune",
    is_between=False,
    counts=Counts.SIMPLIFIED,
    approved=APPROVED,
    is_planned=True,
    before=Decimal(3000000),
    saved=Decimal(500000),
    reviews=(FIRST,),
    open_reason="Chờ quy chế mới",
)
KEPT = fact(procedure=4, before=Decimal(0), reviews=(Reviewed(2, "lần 2", 2, "Giữ nguyên"),))
NOT_PUBLISHED = fact(procedure=5, published=None, is_listed=False)
ALL = (CUT, SIMPLER, KEPT, NOT_PUBLISHED)


@pytest.mark.parametrize("given", ALL)
def test_a_fact_reads_back_as_it_was_written(given: Fact) -> None:
    assert read_fact(given.to_json()) == given


def test_amounts_and_days_are_kept_exactly() -> None:
    written = CUT.to_json()
    assert written["before"] == "1000000.5"
    assert written["published"] == {
        "words": "12/QĐ-UBND",
        "on": "2023-03-28",
        "url": "/quyet-dinh/3/",
    }
    assert "field" not in written


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("cong-bo", 3),
        ("loai-a", 2),
        ("loai-b", 1),
        ("cap-tinh", 2),
        ("cap-xa", 1),
        ("cap-huyen", 0),
        ("con-hieu-luc", 2),
        ("pham-vi", 3),
        ("ra-soat", 3),
        ("co-phuong-an", 2),
        ("phe-duyet", 2),
        ("bai-bo", 1),
        ("gop", 0),
        ("don-gian-hoa", 1),
        ("cat-giam-don-gian-hoa", 2),
        ("thuc-thi", 1),
        ("chua-thuc-thi", 1),
        ("chua-tinh", 0),
        ("chi-phi-truoc", "4000000.5"),
        ("tiet-kiem", "1500000.5"),
        ("chi-phi-sau", "2500000.0"),
    ],
)
def test_figures_are_counted_from_facts(key: str, number: int | str) -> None:
    assert line_of(ALL).numbers[key] == Decimal(number)


@pytest.mark.parametrize("key", COUNTS)
def test_the_rows_behind_a_figure_add_up_to_it(key: str) -> None:
    count = COUNTS[key]
    assert count.of(count.rows(ALL)) == count.of(ALL)


def test_rounds_are_figures_of_their_own_in_their_order() -> None:
    rounds = round_counts(ALL)
    assert [(each.words, each.of(ALL)) for each in rounds] == [
        ("đã rà soát lần 1", Decimal(2)),
        ("đã rà soát lần 2", Decimal(1)),
    ]
    assert count_for(rounds[1].key, ALL) is not None
    assert count_for("ra-soat-9", ALL) is None


def test_a_share_of_nothing_is_undefined() -> None:
    assert line_of(ALL).share("k1") == Decimal(1) / Decimal(3)
    assert line_of([NOT_PUBLISHED]).share("k1") is None
    assert all(line_of([]).share(key) is None for key in RATIOS)

"""The same plan in the layouts in which decisions print it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tinhgon.domain.catalogue import ApprovedPlan
from tinhgon.domain.vntext import fold

from .decisions import FIRST, contents, figures, layout, reading

ASSESS = "Thẩm định đề án vị trí việc làm"
STAFF = "Giao biên chế công chức hằng năm"
DROP = "Bãi bỏ bản sao quyết định thành lập đơn vị"
WHY = "Cơ quan thẩm định đã lưu quyết định này trên hệ thống quản lý văn bản."
CUT_DAYS = "Rút ngắn thời hạn giải quyết từ 15 ngày làm việc xuống còn 10 ngày làm việc"
AMEND = "Sửa đổi khoản 2 Điều 7 Quyết định số 41/2021/QĐ-UBND ngày 20/12/2021 của UBND tỉnh."
AMEND_STAFF = "Bãi bỏ điểm c khoản 1 Điều 4 Quyết định số 18/2022/QĐ-UBND của UBND tỉnh."
ANNEXES = [
    "dotted", "lettered", "dashed", "bold", "roman", "numbered-tthc", "table", "table-of-costs",
    "glued", "pairs",
]  # fmt: skip


def _check(plan: ApprovedPlan) -> None:
    assert len(plan.procedures) == 2
    assess, staff = plan.procedures
    for each, name in ((assess, ASSESS), (staff, STAFF)):
        assert fold(each.name).removeprefix("thu tuc ") == fold(name)
    assert contents(assess)[0].rstrip(".;") == DROP
    assert contents(staff) == [f"{CUT_DAYS}."]
    assert assess.measures[0].reason == WHY
    assert (assess.implementation, staff.implementation) == (AMEND, AMEND_STAFF)
    assert figures(assess) == ["96496000", "72372000", "24124000", "25"]
    assert figures(staff) == ["30000000", "20000000", "10000000", "33.33"]
    assert not plan.problems
    assert not plan.unread


@pytest.mark.parametrize("name", ANNEXES)
def test_one_plan_in_many_layouts(name: str) -> None:
    _check(reading(layout(name)))


def test_a_plan_printed_in_the_first_article() -> None:
    plan = reading("", first=layout("in-article"))
    _check(plan)
    assert [(count.count, count.scope) for count in plan.stated_counts] == [(2, None)]


def test_positions_fields_codes_and_agencies() -> None:
    dotted = reading(layout("dotted")).procedures
    assert [each.position for each in dotted] == ["I.1", "II.1"]
    assert [each.field for each in dotted] == ["TỔ CHỨC BỘ MÁY", "BIÊN CHẾ"]
    assert [each.code for each in dotted] == ["1.005388", None]
    lettered = reading(layout("lettered")).procedures
    assert [each.position for each in lettered] == ["1", "2"]
    assert [each.field for each in lettered] == ["Tổ chức bộ máy", "Biên chế"]
    assert [each.agency for each in lettered] == ["Sở Nội vụ", "Sở Nội vụ"]
    assert lettered[0].code == "1.005388"
    assert [each.position for each in reading(layout("dashed")).procedures] == ["A.1", "A.2"]
    assert [each.position for each in reading(layout("roman")).procedures] == ["I", "II"]
    table = reading(layout("table")).procedures
    assert [each.position for each in table] == ["I.1", "II.1"]
    assert [each.field for each in table] == ["Tổ chức bộ máy", "Biên chế"]


def test_the_list_of_the_first_part_gives_codes_and_its_own_wording() -> None:
    assess, staff = reading(layout("glued")).procedures
    assert (assess.code, assess.list_name) == ("1.005388", ASSESS)
    assert (assess.position, staff.position) == ("I.1", "II.1")


def test_the_head_is_that_of_the_decision() -> None:
    plan = reading(layout("dotted"), first=FIRST)
    assert plan.decision.code == "1877/QĐ-UBND"
    assert plan.decision.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert plan.decision.subject == "phê duyệt phương án đơn giản hóa thủ tục hành chính nội bộ"
    assert [article.number for article in plan.articles] == ["1", "2", "3"]


def test_the_totals_of_a_table_are_apart_from_its_rows() -> None:
    plan = reading(layout("table-of-costs"))
    assert plan.totals.before == 126496000
    assert plan.totals.ratio == Decimal("26.97")

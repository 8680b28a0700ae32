from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domain.reviewing.made import FACTS, TODAY, days, record
from tinhgon.domain.procedures import (
    Basis,
    Body,
    CopyKind,
    Duration,
    Manner,
    Paper,
    Part,
    Record,
    Step,
    Unit,
)
from tinhgon.domain.reviewing import (
    Facts,
    Profile,
    Twin,
    read_rules,
    shipped_rules,
    suggestions,
)

MEASURES = {
    "abolish", "merge", "drop_step", "merge_steps", "shorten", "drop_paper", "fewer_sets",
    "electronic", "form", "delegate", "drop_condition", "interconnect", "other",
}  # fmt: skip
E = CopyKind.ELECTRONIC


def elsewhere(*limits: Duration | None) -> Facts:
    return Facts(TODAY, elsewhere=tuple(Profile(f"Sở {n}", limit=x) for n, x in enumerate(limits)))


def steps(*rows: tuple[str, str, str]) -> tuple[Step, ...]:
    return tuple(Step(n, what, who, days(1), made) for n, (what, who, made) in enumerate(rows, 1))


def test_a_record_in_which_there_is_nothing_to_find() -> None:
    assert suggestions(record(), FACTS) == ()


@pytest.mark.parametrize(
    ("rule", "of", "facts", "measure", "target", "value"),
    [
        ("no-case", record(), Facts(TODAY, cases=0), "abolish", "", {}),
        ("duplicate", record(), Facts(TODAY, twins=(Twin("7", "Cấp thẻ", "Sở A"),)), "merge", "",
         {"into": "Cấp thẻ"}),
        ("expired-basis", record(bases=(Basis("Thông tư 1", ended_on=date(2024, 1, 1)),)), FACTS,
         "other", "", {}),
        ("own-paper", record(papers=(Paper("Văn bản thẩm định của Sở Nội vụ", E),)), FACTS,
         "drop_paper", "paper:1", {}),
        ("own-paper", record(papers=(Paper("Báo cáo", E),)), FACTS, "drop_paper", "paper:1", {}),
        ("known-paper", record(papers=(Paper("Tờ trình", E), Paper("Sơ yếu lý lịch", E))), FACTS,
         "drop_paper", "paper:2", {}),
        ("sets", record(dossier_sets=3), FACTS, "fewer_sets", "dossier_sets", {"sets": 1}),
        ("paper-form", record(papers=(Paper("Tờ trình", CopyKind.CERTIFIED),)), FACTS,
         "electronic", "paper:1", {}),
        ("no-e-office", record(manners=(Manner.POST,)), FACTS, "electronic", "manners", {}),
        ("no-product", record(steps=steps(("Gửi", "A", "Tờ trình"), ("Chuyển", "B", ""))), FACTS,
         "drop_step", "step:2", {}),
        ("same-actor", record(steps=steps(("Nhận", "Sở A", "x"), ("Xem", "sở a", "y"))), FACTS,
         "merge_steps", "step:1", {"with": ["step:2"]}),
        ("opinion-twice",
         record(steps=steps(("Lấy ý kiến các sở", "A", "x"), ("Xin ý kiến Bộ", "B", "y"))), FACTS,
         "drop_step", "step:2", {}),
        ("long-limit", record(time_limit=days(20)), elsewhere(days(5), days(7), days(9)), "shorten",
         "time_limit", {"amount": "7", "unit": "working_day"}),
        ("vague-condition", record(conditions=("Có uy tín",)), FACTS, "drop_condition",
         "condition:1", {}),
    ],
)  # fmt: skip
def test_what_a_rule_finds(
    rule: str, of: Record, facts: Facts, measure: str, target: str, value: dict[str, Any]
) -> None:
    (found,) = [each for each in suggestions(of, facts) if each.rule == rule]

    assert (found.measure, found.target, dict(found.value)) == (measure, target, value)
    assert "{" not in found.reason
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    "answer",
    [
        "Các sở, ngành tham gia ý kiến bằng văn bản",
        "Sở Tài chính góp ý dự thảo",
        "Sở Tư pháp cho ý kiến",
    ],
)
def test_the_answer_to_a_request_asks_nobody_again(answer: str) -> None:
    rows = steps(("Lấy ý kiến các sở, ngành", "Sở A", "Công văn"), (answer, "Sở B", "Văn bản"))

    assert suggestions(record(steps=rows), FACTS) == ()


def test_the_middle_of_times_elsewhere_is_in_our_unit() -> None:
    hours = Duration(days(2).amount * 8, Unit.HOUR)
    (found,) = suggestions(record(time_limit=days(9)), elsewhere(hours, hours, days(4)))

    assert found.value == {"amount": "2", "unit": "working_day"}
    assert found.reason == (
        "Thời hạn 09 ngày làm việc, trong khi 03 cơ quan khác làm cùng thủ tục có thời hạn trung "
        "vị là 02 ngày làm việc."
    )


@pytest.mark.parametrize(
    ("ours", "facts"),
    [
        (days(20), elsewhere(days(5))),  # one other agency says little
        (days(7), elsewhere(days(5), days(5))),  # not far above
        (days(20), elsewhere(Duration(days(5).amount, Unit.DAY), None)),  # of another kind
        (None, elsewhere(days(5), days(5))),
    ],
)
def test_a_time_that_is_not_far_above(ours: Duration | None, facts: Facts) -> None:
    assert suggestions(record(time_limit=ours), facts) == ()


def test_a_record_without_any_product_was_just_not_filled_in() -> None:
    of = record(steps=steps(("Gửi", "A", ""), ("Xem", "B", "")))

    assert suggestions(of, FACTS) == ()


CHAIRMAN = (Body(Part.DECIDING, "Chủ tịch UBND tỉnh"), Body(Part.EXECUTING, "Sở Nội vụ"))


@pytest.mark.parametrize(
    ("paper", "is_own"),
    [
        ("Văn bản thẩm định của Sở Nội vụ", True),
        ("Quyết định do Chủ tịch UBND tỉnh ban hành", True),
        ("Tờ trình của Sở Nội vụ", True),
        ("Bản sao Quyết định thành lập của Chủ tịch UBND tỉnh (nếu có)", True),
        ("Tờ trình đề nghị Chủ tịch UBND tỉnh phê duyệt", False),
        ("Văn bản đề nghị Sở Nội vụ thẩm định", False),
        ("Báo cáo gửi Sở Nội vụ", False),
        ("Tờ trình kính gửi Sở Nội vụ", False),
        ("Văn bản của đơn vị trình Chủ tịch UBND tỉnh", False),
        ("Văn bản xin ý kiến Sở Nội vụ", False),
        ("Tờ trình đề nghị thẩm định, gửi kèm dự thảo quyết định của Chủ tịch UBND tỉnh", False),
        ("Ý kiến của Sở Nội vụ và các cơ quan khác", True),
        ("Văn bản của Sở Nội vụA", False),  # another word
        ("Danh sách công chức Sở Nội vụ", False),  # of whom it tells, not who issued it
    ],
)
def test_a_paper_is_its_own_only_where_the_body_issued_it(paper: str, is_own: bool) -> None:
    found = suggestions(record(papers=(Paper(paper, E),), bodies=CHAIRMAN), FACTS)

    assert ("own-paper" in {each.rule for each in found}) is is_own


def test_a_paper_is_suggested_to_be_dropped_once_only() -> None:
    of = record(papers=(Paper("Sơ yếu lý lịch có xác nhận của Sở Nội vụ", E),))

    assert [each.rule for each in suggestions(of, FACTS)] == ["own-paper"]


def test_every_rule_proposes_a_measure_and_is_tried_here() -> None:
    assert {rule.measure for rule in shipped_rules()} <= MEASURES
    assert len({rule.id for rule in shipped_rules()}) == len(shipped_rules())


@pytest.mark.parametrize(
    "text",
    [
        '[[rule]]\nid="a"\ncheck="sets"\nmeasure="fewer_sets"',
        '[[rule]]\nid="a"\ncheck="moon"\nmeasure="other"\ntext="x"',
    ],
)
def test_a_faulty_file_of_rules(text: str) -> None:
    with pytest.raises(ValueError, match="rule"):
        read_rules(text.encode())

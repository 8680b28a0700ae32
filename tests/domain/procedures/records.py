"""Records to test on, and strategies that make any record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tinhgon.domain.procedures import (
    Basis,
    Body,
    CopyKind,
    Duration,
    Form,
    Kind,
    Manner,
    Paper,
    Part,
    Record,
    RuleOwner,
    Step,
    Tier,
    Unit,
)


def working_days(amount: str | int) -> Duration:
    return Duration(Decimal(amount), Unit.WORKING_DAY)


def hours(amount: str | int) -> Duration:
    return Duration(Decimal(amount), Unit.HOUR)


def days(amount: str | int) -> Duration:
    return Duration(Decimal(amount), Unit.DAY)


def months(amount: str | int) -> Duration:
    return Duration(Decimal(amount), Unit.MONTH)


COMPLETE = Record(
    name="Cử công chức đi đào tạo, bồi dưỡng",
    kind=Kind.BETWEEN,
    tier=Tier.PROVINCE,
    field="Tổ chức, biên chế",
    lead="Sở Nội vụ",
    rule_owner=RuleOwner.PROVINCE,
    national_code="",
    steps=(
        Step(1, "Tiếp nhận hồ sơ", "Văn thư", hours(4), "Phiếu tiếp nhận"),
        Step(2, "Thẩm định hồ sơ", "Chuyên viên", working_days(3), "Báo cáo thẩm định"),
        Step(3, "Lấy ý kiến Sở Tài chính", "Sở Tài chính", working_days(2), "Ý kiến", (1,)),
        Step(4, "Trình ký quyết định", "Trưởng phòng", hours(12), "Quyết định", (2, 3)),
    ),
    manners=(Manner.E_OFFICE,),
    papers=(
        Paper("Văn bản đề nghị cử công chức", form="Mẫu số 01"),
        Paper("Bản sao quyết định tuyển dụng", CopyKind.COPY, 2, compulsory=False),
    ),
    dossier_sets=1,
    time_limit=working_days(5),
    subjects=("Cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh",),
    bodies=(Body(Part.DECIDING, "Sở Nội vụ"), Body(Part.COOPERATING, "Sở Tài chính")),
    result="Quyết định cử đi đào tạo",
    fee="Không",
    forms=(Form("Mẫu số 01", 7),),
    conditions=("Có chỉ tiêu đào tạo trong năm",),
    bases=(Basis("Nghị định", "101/2017/NĐ-CP", date(2017, 9, 1), "24", "2", "a"),),
)
"""A record without a fault: its longest path, 1, 2, 4, takes the five days of its limit."""


def complete(**changes: Any) -> Record:
    return replace(COMPLETE, **changes)


texts = st.text(max_size=12)
actors = st.sampled_from(["Văn thư", "Phòng", "Lãnh đạo", ""]) | texts
amounts = st.decimals(Decimal("0.0001"), 99_999, places=4)
durations = st.builds(Duration, amounts, st.sampled_from(Unit))
some_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@st.composite
def steps(draw: st.DrawFn, most: int = 8) -> tuple[Step, ...]:
    """Draw steps that wait for earlier ones, or for any: circles and unknown numbers among them."""
    count = draw(st.integers(0, most))
    forward = draw(st.booleans())

    def waits(number: int) -> tuple[int, ...]:
        latest = number - 1 if forward else most + 1
        return tuple(draw(st.lists(st.integers(0, latest), max_size=3)))

    return tuple(
        Step(n, draw(texts), draw(actors), draw(st.none() | durations), draw(texts), waits(n))
        for n in range(1, count + 1)
    )


def _lists(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(rows, max_size=3).map(tuple)


records = st.builds(
    Record,
    name=texts,
    kind=st.sampled_from(Kind),
    tier=st.sampled_from(Tier),
    is_interconnected=st.booleans(),
    field=texts,
    lead=texts,
    rule_owner=st.none() | st.sampled_from(RuleOwner),
    national_code=texts,
    steps=steps(),
    manners=_lists(st.sampled_from(Manner)),
    manner_text=texts,
    papers=_lists(
        st.builds(Paper, texts, st.sampled_from(CopyKind), st.integers(), texts, st.booleans())
    ),
    dossier_sets=st.none() | st.integers(),
    dossier_text=texts,
    time_limit=st.none() | durations,
    time_limit_text=texts,
    subjects=_lists(texts),
    bodies=_lists(st.builds(Body, st.sampled_from(Part), texts)),
    result=texts,
    fee=texts,
    forms=_lists(st.builds(Form, texts, st.none() | st.integers())),
    conditions=_lists(texts),
    bases=_lists(
        st.builds(
            Basis, texts, texts, st.none() | some_days, texts, texts, texts, st.none() | some_days
        )
    ),
)

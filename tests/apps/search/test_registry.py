"""Procedures and decisions in the search: what is not published stays with its branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import Province, make_province, make_user
from tests.factories.procedures import AT, make_version
from tests.factories.publications import abolishing, entered_line, make_entered, make_submitted
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure
from tinhgon.apps.publications import actions as publications
from tinhgon.apps.publications.models import Decision
from tinhgon.apps.search import queries
from tinhgon.domain.procedures import Move

pytestmark = pytest.mark.django_db
TODAY = date(2024, 7, 8)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def neighbour(province: Province) -> User:
    return make_user(province.departments[1], "officer")


def found(user: User, words: str, *kinds: str) -> list[tuple[str, str]]:
    answer = queries.search(user=user, words=words, kinds=kinds, today=TODAY)
    return [("".join(piece.text for piece in hit.title), hit.note) for hit in answer.hits]


def current() -> bool:
    """Whether the kinds of the registry are in the index as a rebuild would make them."""
    return not [line for line in queries.differences() if not line.startswith("Cơ quan")]


def test_a_proposal_is_found_by_its_branch_alone(
    province: Province, officer: User, neighbour: User
) -> None:
    version = make_version(province.departments[0], officer, name="Cấp biển tên viên chức")

    assert found(officer, "bien ten") == [("Cấp biển tên viên chức", "Đề xuất thống kê")]
    assert found(neighbour, "bien ten") == []
    assert found(officer, version.procedure.local_code) != []
    assert found(officer, "báo cáo thẩm định") != []  # the product of a step
    head = make_user(province.departments[0], "head")
    procedures.move_version(
        version=version, move=Move.CONFIRM, by=head, at=AT, seen=version.version
    )
    assert found(officer, "bien ten")[0][1] == "Thủ trưởng đã xác nhận"
    assert current()


def test_what_is_published_is_found_by_all_and_a_draft_beside_it_by_nobody_else(
    province: Province, officer: User, neighbour: User
) -> None:
    make_entered(
        province.departments[0],
        [entered_line(province.departments[0], name="Cấp biển tên viên chức")],
        subject="Công bố thủ tục về biển tên",
    )
    assert found(neighbour, "cap bien ten", "procedure") == [("Cấp biển tên viên chức", "")]
    assert found(neighbour, "cấp biển tên", "decision") == [("Công bố thủ tục về biển tên", "")]

    draft = procedures.draft_change(
        procedure=Procedure.objects.get(), action=Action.AMENDED, by=officer, at=AT
    )
    procedures.edit_version(
        version=draft,
        record=replace(draft.record, name="Cấp thẻ điện tử", result="Thẻ từ"),
        by=officer,
        at=AT,
        seen=draft.version,
    )
    for words in ("thẻ điện tử", "thẻ từ"):
        assert found(neighbour, words) == []
    assert current()
    procedures.drop_draft(version=draft, by=officer, at=AT, seen=draft.version)
    assert found(neighbour, "cap bien ten", "procedure") == [("Cấp biển tên viên chức", "")]
    assert current()


def test_what_was_abolished_comes_last_and_says_so(province: Province, neighbour: User) -> None:
    home = province.departments[0]
    make_entered(home, [entered_line(home, name="Cấp biển tên (cũ)")])
    old = Procedure.objects.get()
    make_entered(
        home,
        [entered_line(home, name="Cấp biển tên (mới)"), abolishing(old)],
        on=date(2024, 3, 1),
        subject="Thay thế thủ tục",
    )

    assert found(neighbour, "cap bien ten", "procedure") == [
        ("Cấp biển tên (mới)", ""),
        ("Cấp biển tên (cũ)", "Hết hiệu lực từ ngày 01/3/2024"),
    ]
    assert current()


def test_a_decision_is_found_by_all_once_it_is_signed(
    province: Province, officer: User, neighbour: User
) -> None:
    decision = make_submitted(
        province.departments[0], officer, subject="Công bố thủ tục văn thư", at=AT
    )
    name = decision.lines.get().printed_name
    assert found(officer, "thủ tục văn thư") == [("Công bố thủ tục văn thư", "Đang trình ký")]
    assert found(neighbour, "thủ tục văn thư") == []
    assert found(neighbour, name) == []
    assert current()

    publications.record_signed(
        decision=decision,
        signed=publications.Signed(number="777", issued_on=TODAY, signer_name="Trần Thị B"),
        upload=None,
        by=make_user(province.departments[0], "clerk"),
        at=AT,
        seen=decision.version,
    )
    assert found(neighbour, "777/QĐ-UBND") == [("Công bố thủ tục văn thư", "")]
    assert {title for title, _ in found(neighbour, name)} >= {name, "Công bố thủ tục văn thư"}
    assert current()


def test_an_undone_entry_is_found_no_more(province: Province, officer: User) -> None:
    decision = make_entered(province.departments[0], 3, subject="Nhập thử một quyết định")
    assert len(found(officer, "kế hoạch công tác năm")) >= 3

    publications.undo_entered(
        decision=Decision.objects.get(pk=decision.pk),
        by=make_user(province.departments[0], "clerk"),
        at=AT,
        seen=decision.version,
    )
    assert found(officer, "kế hoạch công tác năm") == []
    assert found(officer, "nhập thử") == []
    assert current()


def test_what_was_set_aside_is_still_found_by_its_branch(
    province: Province, officer: User, neighbour: User
) -> None:
    home = province.departments[0]
    version = make_version(home, officer, status=Status.CONFIRMED, name="Xin nghỉ phép năm")
    procedures.mark_out_of_scope(
        version=version,
        reason="Việc nội bộ của phòng",
        by=make_user(home, "coordinator"),
        at=AT,
        seen=version.version,
    )

    assert found(officer, "nghi phep") == [("Xin nghỉ phép năm", "Không phải TTHC nội bộ")]
    assert found(neighbour, "nghi phep") == []
    assert current()


def test_the_code_of_the_nation_finds_the_procedure(province: Province, officer: User) -> None:
    home = province.departments[0]
    version = make_version(home, officer, name="Xin nghỉ phép năm")
    procedures.set_national_code(
        procedure=version.procedure,
        code="1.012345",
        by=make_user(home, "coordinator"),
        at=AT,
        seen=version.procedure.version,
    )

    assert found(officer, "1.012345") == [("Xin nghỉ phép năm", "Đề xuất thống kê")]
    assert found(officer, "1.0123") == [("Xin nghỉ phép năm", "Đề xuất thống kê")]
    assert current()

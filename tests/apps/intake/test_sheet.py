"""A sheet from upload to undo, through the actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import Province, make_user
from tests.factories.procedures import AT, make_record, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.enums import Choice, Verdict
from tinhgon.apps.intake.models import Batch, BatchPiece, ColumnMatch
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import Move

from .sheets import HEADINGS, line, previewed, receive, upload, workbook, write

pytestmark = pytest.mark.django_db
STUDY = "Cử công chức đi đào tạo ở nước ngoài"


def verdicts(batch: Batch) -> list[str]:
    return list(batch.rows.values_list("verdict", flat=True))


def errors(batch: Batch) -> list[dict[str, str]]:
    return [error for row in batch.rows.all() for error in row.errors]


def known(province: Province, officer: User, **more: Any) -> ProcedureVersion:
    return make_version(province.departments[0], officer, name=STUDY, **more)


# --- verdicts


def test_each_row_gets_its_verdict(province: Province, officer: User) -> None:
    version = known(province, officer)
    other = make_version(province.departments[0], officer, name="Xét khen thưởng đột xuất")

    batch = previewed(
        province.departments[0],
        officer,
        line(),
        line(version.record),
        line(replace(other.record, result="Quyết định khen thưởng")),
        line(make_record(STUDY.replace("ở nước", "tại nước"))),
        line(replace(make_record(), name="")),
    )

    assert verdicts(batch) == ["new", "same", "changed", "twin", "error"]
    assert [row.choice for row in batch.rows.all()] == ["add", "skip", "update", "", "skip"]
    twin = batch.rows.get(verdict="twin")
    assert twin.target == version.procedure
    assert twin.reasons
    assert batch.status == "previewed"
    assert not BatchPiece.objects.exists()


def test_an_error_names_its_column_and_cell(province: Province, officer: User) -> None:
    cells = line()
    cells[HEADINGS.index("Thời hạn giải quyết")] = "lúc nào xong thì xong"
    batch = previewed(province.departments[0], officer, line(), cells)

    [error] = errors(batch)
    assert error["column"] == "Thời hạn giải quyết"
    assert error["cell"].endswith("3")
    assert "05 ngày làm việc" in error["text"]


def test_a_local_code_names_the_procedure_even_under_a_new_name(
    province: Province, officer: User
) -> None:
    version = known(province, officer)
    record = replace(version.record, name="Cử cán bộ đi học")

    batch = previewed(
        province.departments[0], officer, line(record, code=version.procedure.local_code)
    )

    assert verdicts(batch) == ["changed"]
    assert batch.rows.get().target == version.procedure


@pytest.mark.parametrize("code", ["NB-99999", "NB-x", "12"])
def test_a_code_that_nobody_has_is_an_error(province: Province, officer: User, code: str) -> None:
    batch = previewed(province.departments[0], officer, line(code=code))
    assert verdicts(batch) == ["error"]
    assert errors(batch)[0]["cell"] == "A2"


def test_a_code_of_another_agency_is_an_error(
    province: Province, officer: User, stranger: User
) -> None:
    theirs = make_version(province.departments[1], stranger)
    batch = previewed(
        province.departments[0], officer, line(theirs.record, code=theirs.procedure.local_code)
    )
    assert verdicts(batch) == ["error"]


def test_a_national_code_goes_before_the_name(
    province: Province, officer: User, office: User
) -> None:
    version = known(province, officer)
    procedures.set_national_code(
        procedure=version.procedure,
        code="1.012345",
        by=office,
        at=AT,
        seen=version.procedure.version,
    )
    record = make_record("Một tên khác hẳn", national_code="1.012345")

    assert previewed(province.departments[0], officer, line(record)).rows.get().target == (
        version.procedure
    )


def test_two_rows_on_one_procedure_are_told_apart(province: Province, officer: User) -> None:
    record = make_record()
    batch = previewed(province.departments[0], officer, line(record), line(), line(record))

    assert verdicts(batch) == ["new", "new", "error"]
    assert "dòng 2" in errors(batch)[0]["text"]


def test_what_the_office_has_is_not_changed_by_a_sheet(province: Province, officer: User) -> None:
    version = known(province, officer, status=Status.CONFIRMED)
    record = replace(version.record, result="Khác")

    assert verdicts(previewed(province.departments[0], officer, line(record))) == ["error"]
    assert verdicts(previewed(province.departments[0], officer, line(version.record))) == ["same"]


def test_rows_may_name_agencies_of_ones_branch_only(
    province: Province, officer: User, office: User
) -> None:
    home, abroad = province.departments
    lines = [line(agency=home.name), line(agency="STP"), line(agency="Sở Không Có")]

    assert verdicts(previewed(home, officer, *lines)) == ["new", "error", "error"]
    batch = previewed(province.committee, office, *lines)
    assert verdicts(batch) == ["new", "new", "error"]
    assert [row.agency for row in batch.rows.all()] == [home, abroad, None]


def test_a_column_that_the_sheet_lacks_leaves_things_as_they_are(
    province: Province, officer: User
) -> None:
    version = known(province, officer)
    data = workbook(["Tên thủ tục", "Kết quả thực hiện"], [STUDY, "Quyết định cử đi học"])

    batch = previewed(province.departments[0], officer, data=data)
    write(batch, officer)
    version = ProcedureVersion.objects.get(pk=version.pk)
    assert version.record.result == "Quyết định cử đi học"
    assert version.record.steps


# --- columns


def test_other_headings_are_proposed_matched_and_remembered(
    province: Province, officer: User
) -> None:
    data = workbook(
        ["DANH MỤC THỦ TỤC NĂM 2024"],
        [None],
        ["STT", "Tên TTHC nội bộ", "Ngành", "Sản phẩm"],
        [1, "Nâng bậc lương trước hạn", "Tổ chức cán bộ", "Quyết định"],
    )
    batch = receive(province.departments[0], officer, data=data)
    assert batch.status == "uploaded"
    assert batch.header_line == 3
    assert batch.columns["name"] == 1
    assert batch.columns["result"] == 3

    columns = {"name": 1, "field": 2, "result": 3}
    actions.match_columns(
        batch=batch, header_line=3, columns=columns, by=officer, at=AT, seen=batch.version
    )
    actions.advance(batch=batch, by=officer, at=AT, seen=batch.version)
    assert batch.rows.get().name == "Nâng bậc lương trước hạn"
    assert ColumnMatch.objects.get().columns == columns

    again = receive(province.departments[0], officer, data=data)
    assert (again.status, again.columns) == ("matched", columns)


def test_without_a_column_of_names_nothing_is_matched(province: Province, officer: User) -> None:
    data = workbook(["STT", "Ngành"], [1, "x"])
    batch = receive(province.departments[0], officer, data=data)
    with pytest.raises(actions.Refused, match="tên thủ tục"):
        actions.match_columns(
            batch=batch, header_line=1, columns={"field": 1}, by=officer, at=AT, seen=batch.version
        )


# --- comparing in steps


def test_work_goes_on_where_it_stopped(province: Province, officer: User) -> None:
    batch = receive(province.departments[0], officer, *(line() for _ in range(600)))
    assert batch.total == 600

    seen = []
    while batch.status == "matched":
        actions.advance(batch=batch, by=officer, at=AT, seen=batch.version, seconds=0)
        seen.append(batch.compared)
    assert seen == [250, 500, 600]
    assert list(batch.rows.values_list("order", flat=True)) == list(range(1, 601))


def test_of_two_people_the_second_is_told(province: Province, officer: User) -> None:
    batch = receive(province.departments[0], officer, line())
    seen = batch.version
    actions.advance(batch=batch, by=officer, at=AT, seen=seen)
    other = Batch.objects.get(pk=batch.pk)
    with pytest.raises((StaleObject, IllegalMove)):
        actions.advance(batch=other, by=officer, at=AT, seen=seen)
    with pytest.raises(StaleObject):
        write(other, officer, seen=seen)


# --- writing


def test_all_chosen_rows_are_written_at_one_stroke(province: Province, officer: User) -> None:
    draft = known(province, officer)
    published = make_version(
        province.departments[0], officer, status=Status.PUBLISHED, name="Xét khen thưởng đột xuất"
    )
    batch = previewed(
        province.departments[0],
        officer,
        line(make_record("Nâng bậc lương trước thời hạn")),
        line(replace(draft.record, result="Quyết định mới")),
        line(replace(published.record, result="Bằng khen")),
        line(replace(make_record(), name="")),
    )

    assert write(batch, officer) == 3
    new = Procedure.objects.latest("pk").versions.get()
    assert (new.name, new.status) == ("Nâng bậc lương trước thời hạn", Status.PROPOSED)
    assert new.citations.count() == 1
    draft = ProcedureVersion.objects.get(pk=draft.pk)
    assert (draft.record.result, draft.version) == ("Quyết định mới", 2)
    beside = published.procedure.versions.get(number=2)
    assert (beside.status, beside.record.result) == (Status.DRAFT, "Bằng khen")
    assert published.record.result == ProcedureVersion.objects.get(pk=published.pk).record.result
    assert batch.status == "written"
    kinds = list(Event.objects.order_by("-number").values_list("kind", flat=True)[:4])
    assert sorted(kinds) == [
        "intake.written",
        "procedures.drafted",
        "procedures.edited",
        "procedures.proposed",
    ]


def test_rows_may_come_as_drafts(province: Province, officer: User) -> None:
    write(previewed(province.departments[0], officer, line()), officer, as_proposals=False)
    assert ProcedureVersion.objects.get().status == Status.DRAFT


def test_errors_stop_it_where_that_is_wished(province: Province, officer: User) -> None:
    batch = previewed(province.departments[0], officer, line(), line(code="NB-1"))
    with pytest.raises(actions.Refused, match="1 dòng có lỗi"):
        write(batch, officer, stop_on_error=True)
    assert not Procedure.objects.exists()
    batch.refresh_from_db()
    assert write(batch, officer) == 1


def test_a_probable_duplicate_waits_for_a_person(province: Province, officer: User) -> None:
    version = known(province, officer)
    record = replace(make_record(STUDY.replace("ở nước", "tại nước")), result="Khác")
    batch = previewed(province.departments[0], officer, line(record))
    with pytest.raises(actions.Refused, match="có thể trùng"):
        write(batch, officer)

    batch.refresh_from_db()
    row = batch.rows.get()
    actions.choose_rows(
        batch=batch, choices={row.pk: Choice.UPDATE}, by=officer, at=AT, seen=batch.version
    )
    write(batch, officer)
    version = ProcedureVersion.objects.get(pk=version.pk)
    assert version.record.name == record.name


def test_a_choice_must_fit_its_verdict(province: Province, officer: User) -> None:
    batch = previewed(province.departments[0], officer, line(code="NB-1"))
    with pytest.raises(actions.Refused, match="không thêm mới được"):
        actions.choose_verdict(
            batch=batch,
            verdict=Verdict.ERROR,
            choice=Choice.ADD,
            by=officer,
            at=AT,
            seen=batch.version,
        )


def test_nothing_chosen_is_nothing_to_write(province: Province, officer: User) -> None:
    batch = previewed(province.departments[0], officer, line())
    actions.choose_verdict(
        batch=batch, verdict=Verdict.NEW, choice=Choice.SKIP, by=officer, at=AT, seen=batch.version
    )
    with pytest.raises(actions.Refused, match="Không có dòng nào"):
        write(batch, officer)


def test_what_changed_meanwhile_is_shown_and_nothing_written(
    province: Province, officer: User
) -> None:
    draft = known(province, officer)
    name = "Nâng bậc lương trước thời hạn"
    batch = previewed(
        province.departments[0],
        officer,
        line(),
        line(make_record(name, result="Công văn")),
        line(replace(draft.record, result="Quyết định mới")),
    )
    make_version(province.departments[0], officer, name=name)
    procedures.edit_version(
        version=draft,
        record=replace(draft.record, fee="Có"),
        by=officer,
        at=AT,
        seen=draft.version,
    )
    before = Procedure.objects.count()

    with pytest.raises(actions.Outdated) as told:
        write(batch, officer)
    assert told.value.count == 2
    assert Procedure.objects.count() == before
    batch.refresh_from_db()
    assert batch.status == "previewed"
    assert verdicts(batch) == ["new", "changed", "changed"]
    assert batch.rows.filter(is_outdated=True).count() == 2
    assert write(batch, officer) == 3
    draft = ProcedureVersion.objects.get(pk=draft.pk)
    assert (draft.record.result, draft.record.fee) == ("Quyết định mới", "Không")


def test_a_draft_begun_beside_a_published_one_meanwhile(province: Province, officer: User) -> None:
    published = known(province, officer, status=Status.PUBLISHED)
    batch = previewed(
        province.departments[0], officer, line(replace(published.record, result="Bằng khen"))
    )
    procedures.draft_change(procedure=published.procedure, action=Action.AMENDED, by=officer, at=AT)
    with pytest.raises(actions.Outdated):
        write(batch, officer)
    batch.refresh_from_db()
    assert write(batch, officer) == 1
    assert published.procedure.versions.get(number=2).record.result == "Bằng khen"


def test_nobody_brings_in_for_another_branch(
    province: Province, officer: User, stranger: User
) -> None:
    with pytest.raises(PermissionDenied):
        actions.receive_sheet(
            upload=upload(workbook(HEADINGS, line())),
            agency=province.departments[0],
            by=stranger,
            at=AT,
        )
    batch = previewed(province.departments[0], officer, line())
    with pytest.raises(PermissionDenied):
        write(batch, stranger)


def test_a_batch_is_written_once(province: Province, officer: User) -> None:
    batch = previewed(province.departments[0], officer, line())
    write(batch, officer)
    with pytest.raises(IllegalMove):
        write(batch, officer)


# --- undoing


def undo(batch: Batch, by: User) -> int:
    return actions.undo_batch(batch=batch, by=by, at=AT + timedelta(hours=1), seen=batch.version)


def test_undoing_leaves_things_as_they_were(province: Province, officer: User) -> None:
    draft = known(province, officer)
    published = make_version(
        province.departments[0], officer, status=Status.PUBLISHED, name="Xét khen thưởng đột xuất"
    )
    content = draft.content
    batch = previewed(
        province.departments[0],
        officer,
        line(),
        line(replace(draft.record, result="Quyết định mới")),
        line(replace(published.record, result="Bằng khen")),
    )
    write(batch, officer)

    assert undo(batch, officer) == 3
    assert Procedure.objects.count() == 2
    assert published.procedure.versions.count() == 1
    draft.refresh_from_db()
    assert draft.content == content
    assert batch.status == "undone"


def test_what_somebody_touched_since_stays_and_is_named(province: Province, officer: User) -> None:
    record = make_record("Nâng bậc lương trước thời hạn")
    batch = previewed(province.departments[0], officer, line(), line(record))
    write(batch, officer)
    version = ProcedureVersion.objects.get(name=record.name)
    head = make_user(province.departments[0], "head")
    procedures.move_version(
        version=version, move=Move.CONFIRM, by=head, at=AT, seen=version.version
    )

    with pytest.raises(actions.Touched) as told:
        undo(batch, officer)
    assert told.value.count == 1
    assert record.name in told.value.names[0]
    assert Procedure.objects.count() == 2


def test_a_batch_not_written_is_put_aside(province: Province, officer: User) -> None:
    batch = previewed(province.departments[0], officer, line())
    actions.discard_batch(batch=batch, by=officer, at=AT, seen=batch.version)
    assert batch.status == "discarded"
    assert not batch.rows.exists()

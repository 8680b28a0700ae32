"""Every action on procedures: what it does, who may, when not, and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import Province, make_user
from tests.factories.procedures import AT, make_record, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.actions import Refused
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, PublishedContent
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import PUBLISHED, Duration, Move, Unit

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
WITH_REASON = {Move.SEND_BACK, Move.RETURN}


def move(version: ProcedureVersion, move: Move, by: User, **more: Any) -> None:
    actions.move_version(
        version=version, move=move, by=by, at=LATER, **{"seen": version.version, **more}
    )


@pytest.fixture
def draft(province: Province, officer: User) -> ProcedureVersion:
    return actions.propose_procedure(
        record=make_record(), agency=province.departments[0], by=officer, at=AT, finished=False
    )


def in_status(province: Province, officer: User, status: Status) -> ProcedureVersion:
    return make_version(province.departments[0], officer, status=status)


# --- entering


def test_a_procedure_starts_as_a_draft_or_as_a_proposal(
    province: Province, officer: User, draft: ProcedureVersion
) -> None:
    proposed = in_status(province, officer, Status.PROPOSED)

    assert (draft.status, proposed.status) == (Status.DRAFT, Status.PROPOSED)
    assert draft.number == 1
    assert draft.procedure.tenures.get().agency == province.departments[0]
    assert Event.objects.filter(kind="procedures.proposed").count() == 2


@pytest.mark.parametrize(("name", "words"), [(" ", "Ghi tên"), ("x" * 1001, "quá 1.000 ký tự")])
def test_a_name_is_needed_and_not_a_novel(
    province: Province, officer: User, name: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        actions.propose_procedure(
            record=replace(make_record(), name=name),
            agency=province.departments[0],
            by=officer,
            at=AT,
        )
    assert refusal.value.field == "name"
    assert not Procedure.objects.exists()


def test_nobody_proposes_for_another_branch(province: Province, stranger: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.propose_procedure(
            record=make_record(), agency=province.departments[0], by=stranger, at=AT
        )


# --- writing


def test_an_edit_says_what_changed(draft: ProcedureVersion, officer: User) -> None:
    record = replace(draft.record, result="Quyết định của Giám đốc Sở", fee="")
    actions.edit_version(version=draft, record=record, by=officer, at=LATER, seen=1)

    assert ProcedureVersion.objects.get().record == record
    event = Event.objects.get(kind="procedures.edited")
    assert [(c["field"], c["from"], c["to"]) for c in event.changes] == [
        ("Kết quả thực hiện", "Quyết định", "Quyết định của Giám đốc Sở"),
        ("Phí, lệ phí", "Không", ""),
    ]


def test_an_edit_without_a_change_leaves_nothing_behind(
    draft: ProcedureVersion, officer: User
) -> None:
    actions.edit_version(version=draft, record=draft.record, by=officer, at=LATER, seen=1)

    assert draft.version == 1
    assert not Event.objects.filter(kind="procedures.edited").exists()


def test_the_trail_counts_what_it_does_not_show(draft: ProcedureVersion, officer: User) -> None:
    record = replace(draft.record, conditions=tuple(f"Điều kiện {n}" for n in range(100)))
    actions.edit_version(version=draft, record=record, by=officer, at=LATER, seen=1)

    changes = Event.objects.get(kind="procedures.edited").changes
    assert len(changes) == 41
    assert changes[-1] == {"field": "Thay đổi khác", "from": "", "to": "60 dòng"}


def test_of_two_who_write_at_once_the_second_is_told(
    draft: ProcedureVersion, officer: User
) -> None:
    other = ProcedureVersion.objects.get(pk=draft.pk)
    record = replace(draft.record, result="Văn bản trả lời")
    actions.edit_version(version=draft, record=record, by=officer, at=LATER, seen=1)

    with pytest.raises(StaleObject):
        actions.edit_version(
            version=other, record=replace(record, result="Khác"), by=officer, at=LATER, seen=1
        )
    assert ProcedureVersion.objects.get().record.result == "Văn bản trả lời"


@pytest.mark.parametrize("status", sorted(PUBLISHED))
def test_what_is_published_is_never_written_again(
    province: Province, officer: User, status: Status
) -> None:
    version = in_status(province, officer, status)
    content = version.content
    record = replace(version.record, name="Tên khác hẳn")

    with pytest.raises(IllegalMove):
        actions.edit_version(version=version, record=record, by=officer, at=LATER, seen=3)
    for column in ("content", "name", "kind", "tier", "field"):
        with pytest.raises(PublishedContent):
            version.change(seen_version=version.version, **{column: getattr(version, column)})
        with pytest.raises(PublishedContent):
            ProcedureVersion.objects.update(**{column: getattr(version, column)})
    assert ProcedureVersion.objects.get().content == content


def test_what_is_published_this_very_moment_is_not_written(
    draft: ProcedureVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the decision came between the question and the statement."""
    monkeypatch.setattr(type(ProcedureVersion.objects.all()), "exists", lambda self: False)
    ProcedureVersion.objects.filter(pk=draft.pk).update(status=Status.PUBLISHED.value)

    with pytest.raises(StaleObject):
        draft.change(seen_version=1, content={})
    draft.refresh_from_db()
    assert draft.content


def test_a_change_starts_from_what_was_published(province: Province, officer: User) -> None:
    version = in_status(province, officer, Status.PUBLISHED)
    draft = actions.draft_change(
        procedure=version.procedure, action=Action.AMENDED, by=officer, at=LATER
    )

    assert (draft.number, draft.status, draft.action) == (2, Status.DRAFT, Action.AMENDED)
    assert draft.record == version.record
    assert list(draft.citations.values("article")) == list(version.citations.values("article"))
    with pytest.raises(Refused, match="đang có bản dự thảo"):
        actions.draft_change(
            procedure=version.procedure, action=Action.AMENDED, by=officer, at=LATER
        )


def test_nothing_is_changed_that_was_not_published(draft: ProcedureVersion, officer: User) -> None:
    with pytest.raises(Refused, match="chưa công bố"):
        actions.draft_change(procedure=draft.procedure, action=Action.AMENDED, by=officer, at=AT)


def test_a_draft_of_change_is_dropped_and_can_be_begun_anew(
    province: Province, officer: User
) -> None:
    version = in_status(province, officer, Status.PUBLISHED)
    begin: dict[str, Any] = {
        "procedure": version.procedure,
        "action": Action.AMENDED,
        "by": officer,
        "at": LATER,
    }
    actions.drop_draft(version=actions.draft_change(**begin), by=officer, at=LATER, seen=1)

    assert list(ProcedureVersion.objects.all()) == [version]
    assert actions.draft_change(**begin).number == 2


def test_a_first_draft_is_dropped_with_its_procedure_until_it_was_sent(
    draft: ProcedureVersion, province: Province, officer: User
) -> None:
    actions.drop_draft(version=draft, by=officer, at=LATER, seen=1)
    assert not Procedure.objects.exists()

    sent = in_status(province, officer, Status.PROPOSED)
    with pytest.raises(Refused, match="đã gửi thủ trưởng"):
        actions.drop_draft(version=sent, by=officer, at=LATER, seen=1)
    assert Procedure.objects.exists()


# --- the way to the public


def test_the_whole_way(draft: ProcedureVersion, officer: User, head: User, office: User) -> None:
    move(draft, Move.SEND, officer)
    move(draft, Move.SEND_BACK, head, reason="Thiếu mẫu tờ trình")
    assert (draft.status, draft.reason) == (Status.RETURNED, "Thiếu mẫu tờ trình")
    move(draft, Move.SEND, officer)
    assert (draft.status, draft.reason) == (Status.PROPOSED, "")
    move(draft, Move.CONFIRM, head)
    move(draft, Move.RETURN, office, reason="Thời hạn chưa khớp")
    move(draft, Move.SEND, officer)
    move(draft, Move.CONFIRM, head)
    actions.check_version(version=draft, by=office, at=LATER, seen=draft.version)

    assert ProcedureVersion.objects.get().status == Status.CHECKED
    reasons = Event.objects.filter(kind="procedures.moved").exclude(reason="").order_by("number")
    assert [e.reason for e in reasons] == ["Thiếu mẫu tờ trình", "Thời hạn chưa khớp"]


@pytest.mark.parametrize("which", sorted(WITH_REASON))
def test_nothing_is_sent_back_without_a_reason(
    province: Province, officer: User, which: Move
) -> None:
    status = Status.PROPOSED if which is Move.SEND_BACK else Status.CONFIRMED
    version = in_status(province, officer, status)
    by = make_user(province.departments[0], "head" if which is Move.SEND_BACK else "coordinator")

    with pytest.raises(Refused, match="lý do") as refusal:
        move(version, which, by, reason="  ")
    assert refusal.value.field == "reason"
    assert ProcedureVersion.objects.get().status == status


@pytest.mark.parametrize(
    ("which", "role", "status"),
    [
        (Move.SEND, "leader", Status.RETURNED),
        (Move.CONFIRM, "officer", Status.PROPOSED),
        (Move.CONFIRM, "coordinator", Status.PROPOSED),
        (Move.SEND_BACK, "officer", Status.PROPOSED),
        (Move.RETURN, "head", Status.CONFIRMED),
    ],
)
def test_whoever_lacks_the_right_is_refused(
    province: Province, officer: User, which: Move, role: str, status: Status
) -> None:
    version = in_status(province, officer, Status.PROPOSED)
    ProcedureVersion.objects.update(status=status.value)
    version.refresh_from_db()

    with pytest.raises(PermissionDenied):
        move(version, which, make_user(province.departments[0], role), reason="Lý do")


def test_of_two_who_move_at_once_the_second_is_told(
    province: Province, officer: User, head: User
) -> None:
    version = in_status(province, officer, Status.PROPOSED)
    with pytest.raises(StaleObject):
        move(version, Move.CONFIRM, head, seen=version.version + 1)


def test_nothing_passes_the_office_that_lacks_a_compulsory_part(
    province: Province, officer: User, office: User
) -> None:
    version = make_version(
        province.departments[0],
        officer,
        status=Status.CONFIRMED,
        time_limit=Duration(unit=Unit.WORKING_DAY, amount=make_record().time_limit.amount - 1),  # type: ignore[union-attr]
    )
    with pytest.raises(Refused, match="Kiểm tra chất lượng"):
        actions.check_version(version=version, by=office, at=LATER, seen=version.version)
    assert version.status == Status.CONFIRMED


# --- setting aside


@pytest.mark.parametrize(
    ("which", "status"),
    [(Move.MARK_DUPLICATE, Status.DUPLICATE), (Move.MERGE, Status.MERGED)],
)
def test_what_is_set_aside_names_the_other_and_comes_back(
    province: Province, officer: User, office: User, which: Move, status: Status
) -> None:
    other = in_status(province, officer, Status.PROPOSED)
    version = in_status(province, officer, Status.PROPOSED)
    aside: dict[str, Any] = {"version": version, "by": office, "at": LATER}
    actions.set_aside(
        **aside, move=which, into=other.procedure, seen=version.version, reason="Cùng nội dung"
    )

    version.refresh_from_db()
    assert (version.status, version.reason) == (status, "Cùng nội dung")
    assert version.procedure.merged_into == other.procedure
    actions.restore_version(**aside, seen=version.version)
    version = ProcedureVersion.objects.get(pk=version.pk)
    assert (version.status, version.reason) == (Status.PROPOSED, "")
    assert version.procedure.merged_into is None


def test_one_is_set_aside_only_for_another_that_counts(
    province: Province, officer: User, office: User
) -> None:
    version, other = (in_status(province, officer, Status.PROPOSED) for _ in range(2))
    with pytest.raises(Refused, match="thủ tục khác"):
        actions.set_aside(
            version=version,
            move=Move.MERGE,
            into=version.procedure,
            by=office,
            at=LATER,
            seen=version.version,
        )
    actions.mark_out_of_scope(
        version=other, reason="Việc chuyên môn", by=office, at=LATER, seen=other.version
    )
    with pytest.raises(Refused, match="đang được thống kê"):
        actions.set_aside(
            version=version,
            move=Move.MARK_DUPLICATE,
            into=other.procedure,
            by=office,
            at=LATER,
            seen=version.version,
        )


def test_what_was_published_is_not_set_aside(
    province: Province, officer: User, office: User
) -> None:
    version = in_status(province, officer, Status.PUBLISHED)
    other = in_status(province, officer, Status.PROPOSED)
    draft = actions.draft_change(
        procedure=version.procedure, action=Action.AMENDED, by=officer, at=LATER
    )
    with pytest.raises(Refused, match="đã được công bố"):
        actions.set_aside(
            version=draft,
            move=Move.MERGE,
            into=other.procedure,
            by=office,
            at=LATER,
            seen=1,
        )
    with pytest.raises(Refused, match="đã được công bố"):
        actions.mark_out_of_scope(version=draft, reason="x", by=office, at=LATER, seen=1)


def test_out_of_scope_needs_a_reason(province: Province, officer: User, office: User) -> None:
    version = in_status(province, officer, Status.PROPOSED)
    with pytest.raises(Refused, match="vì sao"):
        actions.mark_out_of_scope(version=version, reason=" ", by=office, at=LATER, seen=1)


# --- made public, coded


def test_what_is_published_is_disclosed(province: Province, officer: User, office: User) -> None:
    version = in_status(province, officer, Status.PUBLISHED)
    actions.disclose_version(
        version=version,
        on=date(2024, 7, 5),
        url="https://langson.example/tthc/1",
        by=office,
        at=LATER,
        seen=version.version,
    )
    version.refresh_from_db()
    assert (version.status, version.disclosed_on) == (Status.DISCLOSED, date(2024, 7, 5))


def test_nothing_is_disclosed_tomorrow(province: Province, officer: User, office: User) -> None:
    version = in_status(province, officer, Status.PUBLISHED)
    with pytest.raises(Refused, match="sau hôm nay") as refusal:
        actions.disclose_version(
            version=version,
            on=date(2024, 7, 9),
            url="",
            by=office,
            at=LATER,
            seen=version.version,
        )
    assert refusal.value.field == "on"


@pytest.mark.parametrize("code", ["1.012345", "1.012345.000.00.00.H37", " 1.0123 45 "])
def test_a_national_code_is_written_and_found(
    province: Province, officer: User, office: User, code: str
) -> None:
    procedure = in_status(province, officer, Status.PUBLISHED).procedure
    actions.set_national_code(procedure=procedure, code=code, by=office, at=LATER, seen=1)

    procedure.refresh_from_db()
    assert procedure.national_code == "".join(code.split())
    assert "1.012345" in procedure.versions.get().folded


@pytest.mark.parametrize("code", ["mã số 12", "1.012345;", "1" * 31])
def test_what_is_no_code_is_refused(
    province: Province, officer: User, office: User, code: str
) -> None:
    procedure = in_status(province, officer, Status.PROPOSED).procedure
    with pytest.raises(Refused, match="Cơ sở dữ liệu quốc gia"):
        actions.set_national_code(procedure=procedure, code=code, by=office, at=LATER, seen=1)


def test_two_procedures_do_not_share_a_code(
    province: Province, officer: User, office: User
) -> None:
    one, other = (in_status(province, officer, Status.PROPOSED).procedure for _ in range(2))
    actions.set_national_code(procedure=one, code="1.012345", by=office, at=LATER, seen=1)
    with pytest.raises(Refused, match="đã gắn"):
        actions.set_national_code(procedure=other, code="1.012345", by=office, at=LATER, seen=1)
    with pytest.raises(PermissionDenied):
        actions.set_national_code(procedure=one, code="", by=officer, at=LATER, seen=2)
    actions.set_national_code(procedure=one, code="", by=office, at=LATER, seen=2)
    assert Procedure.objects.filter(national_code=None).count() == 2

"""A published decision from its file to the registry and back."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tests.factories.publications import make_entered
from tinhgon.apps.accounts.models import User
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.enums import Choice
from tinhgon.apps.intake.models import Batch
from tinhgon.apps.procedures.enums import Action, Status, Tier
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications.models import Decision

from .sheets import LATER, decision_text, receive_decision, write

pytestmark = pytest.mark.django_db
NEW = ("A", "THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", "", "")
AMENDED = ("B", "THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG", "", "")
ABOLISHED = ("C", "THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", "", "")
QUOTA = ("1", "Giao biên chế công chức", "Nội vụ", "Sở Nội vụ")


def told(batch: Batch) -> list[tuple[str, str, str]]:
    return [(row.verdict, row.choice, row.name) for row in batch.rows.all()]


def test_a_decision_publishes_what_it_lists(province: Province, office: User) -> None:
    batch = receive_decision(
        province.committee,
        office,
        NEW,
        ("I", "CẤP TỈNH", "", ""),
        QUOTA,
        ("II", "CẤP XÃ", "", ""),
        ("1", "Xét thi đua theo đợt", "Thi đua", "Ủy ban nhân dân cấp xã"),
        second="Quyết định này có hiệu lực thi hành kể từ ngày 20 tháng 8 năm 2024.",
    )
    assert batch.heading["number"] == "1520"
    assert batch.heading["issuer"] == province.committee.pk
    assert [row.agency for row in batch.rows.all()] == [
        province.departments[0],
        province.committee,
    ]

    assert write(batch, office, at=LATER) == 2
    decision = Decision.objects.get()
    assert (decision.is_imported, decision.effective_on) == (True, date(2024, 8, 20))
    assert decision.document.file == batch.file
    assert [line.position for line in decision.lines.all()] == ["A.I.1", "A.II.1"]
    commune = ProcedureVersion.objects.get(tier=Tier.COMMUNE)
    assert commune.procedure.agency == province.committee
    assert (commune.valid_from, commune.status) == (date(2024, 8, 20), Status.PUBLISHED)

    actions.undo_batch(batch=batch, by=office, at=LATER, seen=batch.version)
    assert not Decision.objects.exists()
    assert not Procedure.objects.exists()


def test_numbers_that_do_not_agree_are_shown(province: Province, office: User) -> None:
    batch = receive_decision(
        province.committee, office, NEW, QUOTA, first="Công bố kèm theo 05 thủ tục hành chính."
    )
    assert any("05 thủ tục" in finding for finding in batch.findings)


def test_a_list_without_contents_keeps_what_is_known(province: Province, office: User) -> None:
    known = make_version(
        province.departments[0], status=Status.PUBLISHED, name="Giao biên chế công chức"
    )
    batch = receive_decision(province.committee, office, AMENDED, QUOTA)
    [row] = batch.rows.all()
    assert (row.target, row.choice) == (known.procedure, "update")

    write(batch, office, at=LATER)
    brought = Decision.objects.get().lines.get().version
    assert brought is not None
    assert (brought.number, brought.record.field) == (2, "Nội vụ")
    assert brought.record.steps == known.record.steps


def test_an_article_ends_lines_of_an_earlier_decision(province: Province, office: User) -> None:
    earlier = make_entered(province.departments[0], 2, number="77", by=office)
    first = earlier.lines.get(position="A.1")
    text = decision_text(
        NEW,
        QUOTA,
        second="Bãi bỏ thủ tục số thứ tự 1, 9 mục A Danh mục ban hành kèm theo Quyết định "
        "số 77/QĐ-UBND ngày 02/01/2024 của Chủ tịch Ủy ban nhân dân tỉnh.",
    )
    batch = receive_decision(province.committee, office, text=text)
    ends = batch.rows.get(abolishes=first)
    assert (ends.verdict, ends.choice, ends.action) == ("changed", "update", "abolished")
    wrong = batch.rows.get(verdict="error")
    assert "Không có số thứ tự này" in wrong.errors[0]["text"]

    write(batch, office, at=LATER)
    line = Decision.objects.get(document__number="1520").lines.get(procedure=first.procedure)
    assert line.abolishes == first
    assert first.procedure.versions.get().valid_to == date(2024, 8, 12)

    actions.undo_batch(batch=batch, by=office, at=LATER, seen=batch.version)
    assert first.procedure.versions.get().valid_to is None


def test_an_earlier_decision_that_is_not_there_is_said(province: Province, office: User) -> None:
    text = decision_text(NEW, QUOTA, second="Thay thế Quyết định số 66/QĐ-UBND ngày 02/01/2023.")
    batch = receive_decision(province.committee, office, text=text)
    [row] = batch.rows.filter(action="abolished")
    assert "Chưa có quyết định này" in row.errors[0]["text"]
    assert row.verdict == "error"


def test_what_is_not_known_cannot_be_abolished(province: Province, office: User) -> None:
    batch = receive_decision(province.committee, office, ABOLISHED, QUOTA)
    [row] = batch.rows.all()
    assert row.verdict == "error"
    assert "không có gì để bãi bỏ" in row.errors[0]["text"]

    other = make_version(province.departments[0], status=Status.PUBLISHED)
    actions.correct_row(
        row=row,
        action=Action.ABOLISHED,
        name=row.name,
        tier=Tier.PROVINCE,
        agency=None,
        code=other.procedure.local_code,
        position="C.1",
        by=office,
        at=LATER,
        seen=batch.version,
    )
    row.refresh_from_db()
    assert (row.verdict, row.target) == ("changed", other.procedure)


def test_a_decision_is_entered_once(province: Province, office: User) -> None:
    write(receive_decision(province.committee, office, NEW, QUOTA), office, at=LATER)
    again = receive_decision(
        province.committee, office, NEW, ("1", "Một việc khác", "Nội vụ", "Sở Nội vụ")
    )
    with pytest.raises(actions.Refused, match="1520"):
        write(again, office, at=LATER)
    assert Decision.objects.count() == 1


def test_what_changed_meanwhile_is_compared_again(province: Province, office: User) -> None:
    batch = receive_decision(province.committee, office, NEW, QUOTA)
    make_version(
        province.departments[0],
        status=Status.PUBLISHED,
        name="Giao biên chế công chức",
    )
    with pytest.raises(actions.Outdated):
        write(batch, office, at=LATER)
    batch.refresh_from_db()
    [row] = batch.rows.all()
    assert (row.verdict, row.choice, row.is_outdated) == ("changed", "update", True)
    write(batch, office, at=LATER)
    assert Procedure.objects.count() == 1


def test_a_probable_duplicate_of_a_decision_is_decided_by_a_person(
    province: Province, office: User
) -> None:
    known = make_version(
        province.departments[0], status=Status.PUBLISHED, name="Giao biên chế cho công chức"
    )
    batch = receive_decision(province.committee, office, NEW, QUOTA)
    row = batch.rows.get()
    assert (row.verdict, row.target) == ("twin", known.procedure)
    actions.choose_rows(
        batch=batch, choices={row.pk: Choice.UPDATE}, by=office, at=LATER, seen=batch.version
    )
    write(batch, office, at=LATER)
    assert known.procedure.versions.count() == 2


def test_a_clerk_enters_for_his_own_agency_only(province: Province) -> None:
    home, abroad = province.departments
    clerk = make_user(home, "clerk")
    with pytest.raises(PermissionDenied):
        receive_decision(abroad, clerk, NEW, QUOTA)
    batch = receive_decision(home, clerk, NEW, ("1", "Việc của Sở khác", "Tư pháp", "Sở Tư pháp"))
    with pytest.raises(PermissionDenied):
        write(batch, clerk, at=LATER)
    assert not Decision.objects.exists()


def test_an_officer_enters_no_decisions(province: Province, officer: User) -> None:
    with pytest.raises(PermissionDenied):
        receive_decision(province.departments[0], officer, NEW, QUOTA)


def test_undoing_stops_at_what_was_disclosed_since(province: Province, office: User) -> None:
    batch = receive_decision(province.committee, office, NEW, QUOTA)
    write(batch, office, at=LATER)
    version = ProcedureVersion.objects.get()
    version.change(seen_version=version.version, status=Status.DISCLOSED.value)
    with pytest.raises(actions.Touched):
        actions.undo_batch(batch=batch, by=office, at=LATER, seen=batch.version)

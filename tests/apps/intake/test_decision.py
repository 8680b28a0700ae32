"""A published decision from its file to the registry and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.factories import Province, make_user
from tests.factories.procedures import AT, make_version
from tests.factories.publications import make_entered
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.enums import Choice
from tinhgon.apps.intake.models import Batch, BatchRow
from tinhgon.apps.procedures import actions as procedures
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


def test_a_printed_national_code_is_kept_and_taken_back(province: Province, office: User) -> None:
    known = make_version(
        province.departments[0], status=Status.PUBLISHED, name="Giao biên chế công chức"
    )
    batch = receive_decision(
        province.committee,
        office,
        ("1", "Giao biên chế công chức (1.014466)", "Nội vụ", "Sở Nội vụ"),
        ("2", "Xét nâng ngạch (1.014467)", "Nội vụ", "Sở Nội vụ"),
        ("3", "Xét thi đua", "Nội vụ", "Sở Nội vụ"),
        first="Công bố kèm theo 03 thủ tục hành chính mới.",
    )
    for row in batch.rows.filter(action=""):
        correct(batch, row, office)
    write(batch, office, at=LATER)
    known.procedure.refresh_from_db()
    assert known.procedure.national_code == "1.014466"
    codes = {each.national_code for each in Procedure.objects.exclude(pk=known.procedure_id)}
    assert codes == {"1.014467", None}
    known.refresh_from_db()
    assert "1.014466" in known.folded
    assert Event.objects.filter(kind="procedures.recoded").count() == 2

    actions.undo_batch(batch=batch, by=office, at=LATER, seen=batch.version)
    assert [each.national_code for each in Procedure.objects.all()] == [None]
    assert Event.objects.filter(kind="procedures.recoded").count() == 3


def test_a_code_that_the_office_wrote_stays_when_the_import_is_undone(
    province: Province, office: User
) -> None:
    known = make_version(
        province.departments[0], status=Status.PUBLISHED, name="Giao biên chế công chức"
    )
    give(known.procedure, "1.014466", office)
    batch = receive_decision(
        province.committee,
        office,
        AMENDED,
        ("1", "Giao biên chế công chức (1.014466)", "Nội vụ", "Sở Nội vụ"),
    )
    write(batch, office, at=LATER)
    actions.undo_batch(batch=batch, by=office, at=LATER, seen=batch.version)
    known.procedure.refresh_from_db()
    assert known.procedure.national_code == "1.014466"


def test_codes_that_contradict_are_errors_with_the_other_procedure(
    province: Province, office: User
) -> None:
    home, abroad = province.departments
    bears = make_version(home, status=Status.PUBLISHED, name="Giao biên chế công chức")
    give(bears.procedure, "1.000001", office)
    there = make_version(abroad, status=Status.PUBLISHED, name="Cấp thẻ công chứng viên")
    give(there.procedure, "1.000002", office)
    secret = make_version(abroad, name="Điều còn soạn")
    give(secret.procedure, "1.000003", office)

    batch = receive_decision(
        province.committee,
        office,
        NEW,
        ("1", "Giao biên chế công chức (1.014466)", "Nội vụ", "Sở Nội vụ"),
        ("2", "Xét nâng ngạch (1.000002)", "Nội vụ", "Sở Nội vụ"),
        ("3", "Lập hồ sơ lưu trữ (1.000003)", "Nội vụ", "Sở Nội vụ"),
        ("4", "Tổ chức hội nghị tổng kết (1.000004)", "Nội vụ", "Sở Nội vụ"),
        ("5", "Mua sắm trang thiết bị (1.000004)", "Nội vụ", "Sở Nội vụ"),
    )
    rows = list(batch.rows.order_by("order"))
    texts = [row.errors[0]["text"] if row.errors else "" for row in rows]
    assert [row.verdict for row in rows] == ["error", "error", "error", "new", "error"]
    assert "đã mang mã 1.000001" in texts[0]
    assert "“Cấp thẻ công chứng viên” (Sở Tư pháp)" in texts[1]
    assert rows[1].target == there.procedure
    assert secret.procedure.local_code in texts[2]
    assert secret.name not in texts[2]
    assert (rows[2].target, rows[2].base) == (None, None)
    assert "đã có ở" in texts[4]

    write(batch, office, at=LATER)
    for each in (bears, there, secret):
        each.procedure.refresh_from_db()
    codes = [each.procedure.national_code for each in (bears, there, secret)]
    assert codes == ["1.000001", "1.000002", "1.000003"]
    assert Procedure.objects.filter(national_code="1.000004").count() == 1


def test_a_code_given_meanwhile_stops_the_whole_decision(province: Province, office: User) -> None:
    batch = receive_decision(
        province.committee,
        office,
        NEW,
        ("1", "Giao biên chế công chức (1.014466)", "Nội vụ", "Sở Nội vụ"),
    )
    other = make_version(province.departments[1], status=Status.PUBLISHED)
    give(other.procedure, "1.014466", office)
    with pytest.raises(actions.Refused, match=other.procedure.local_code):
        write(batch, office, at=LATER)
    assert not Decision.objects.exists()


def test_a_wrong_code_is_struck_out_on_the_page_of_the_row(
    client: Any, province: Province, office: User
) -> None:
    other = make_version(province.departments[1], status=Status.PUBLISHED)
    give(other.procedure, "1.014466", office)
    batch = receive_decision(
        province.committee,
        office,
        NEW,
        ("1", "Giao biên chế công chức (1.014466)", "Nội vụ", "Sở Nội vụ"),
    )
    row = batch.rows.get()
    address = reverse("intake:correct", args=[batch.pk, row.pk])
    typed = {
        "version": batch.version,
        "action": "new",
        "tier": "province",
        "name": "Giao biên chế công chức",
        "agency": "Sở Nội vụ",
        "national_code": "hai mã; khác nhau",
    }
    client.force_login(make_user(province.departments[1], "officer"))
    assert client.post(address, typed).status_code == 404
    client.force_login(office)
    assert (
        other.procedure.local_code
        in client.get(reverse("intake:row", args=[batch.pk, row.pk])).content.decode()
    )
    assert client.post(address, typed).status_code == 422
    assert client.post(address, {**typed, "national_code": ""}).status_code == 302
    row.refresh_from_db()
    assert row.record is not None
    assert (row.verdict, row.errors, row.record["national_code"]) == ("new", [], "")


def correct(batch: Batch, row: BatchRow, by: User) -> None:
    actions.correct_row(
        row=row,
        action=Action.AMENDED if "biên chế" in row.name else Action.NEW,
        name=row.name,
        tier=Tier.PROVINCE,
        agency=row.agency,
        code="",
        position=row.position,
        national_code="1.014468; 1.014469" if row.name == "Xét thi đua" else None,
        by=by,
        at=LATER,
        seen=batch.version,
    )
    batch.refresh_from_db()


def give(procedure: Procedure, code: str, by: User) -> None:
    procedures.set_national_code(
        procedure=procedure, code=code, by=by, at=AT, seen=procedure.version
    )

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.assignments import make_calendar
from tests.factories.plans import (
    PDF,
    decide,
    entry,
    issued_text,
    make_done_review,
    make_issued_text,
    make_legal_change,
    make_measure,
    make_plan,
    make_ready,
    make_text,
)
from tests.factories.procedures import AT
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import LegalChangeStatus, MeasureKind, Verdict
from tinhgon.apps.plans.models import LegalChange, PlanItem
from tinhgon.apps.plans.queries.carrying import carrying_of
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.enums import Outcome
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.lifecycle import IllegalMove

L = LegalChangeStatus
TODAY = AT.date()
TEXTS = "/phuong-an/thuc-thi/"


@pytest.fixture
def province(db: None) -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def change(province: Province) -> LegalChange:
    return make_text(province.departments[0])


def item_of(change: LegalChange) -> PlanItem:
    return PlanItem.objects.select_related(
        "plan__agency", "review__procedure_version__procedure__agency"
    ).get(pk=change.item_id)


def is_done(item: PlanItem, on: date = TODAY) -> bool:
    """Ask the rule of the domain and that of the database, which must agree."""
    rows = PlanItem.objects.filter(pk=item.pk).with_endings().select_related("amendment")
    by_domain = carrying_of(rows, today=on)[item.pk].is_done
    by_database = PlanItem.objects.carried_out_on(on).filter(pk=item.pk).exists()
    assert by_domain == by_database
    return by_domain


def publish(version: ProcedureVersion) -> None:
    """Put a version in force as it stands: what decisions do is tested with decisions."""
    others = ProcedureVersion.objects.filter(procedure=version.procedure_id)
    others.exclude(pk=version.pk).update(valid_to=TODAY, is_superseded=True)
    others.filter(pk=version.pk).update(status=Status.PUBLISHED.value, valid_from=TODAY)


def test_the_way_of_a_text_into_force(
    client: StrictClient, officer: User, change: LegalChange
) -> None:
    client.force_login(officer)
    url = f"{TEXTS}{change.pk}/chuyen/"
    file = SimpleUploadedFile("du-thao.pdf", PDF.data, "application/pdf")

    client.post(url, {"move": "draft", "version": 1, "file": file})
    client.post(url, {"move": "submit", "version": 2})
    signed = {
        "move": "issue",
        "version": 3,
        "issuer": str(change.item.plan.round.agency_id),
        "doc_type": "quyết định",
        "number": "20",
        "symbol": "QĐ-UBND",
        "issued_on": "05/7/2024",
        "in_force_on": "08/7/2024",
        "subject": "sửa đổi quy định",
        "signer_authority": "TM. ỦY BAN NHÂN DÂN",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn A",
        "file": SimpleUploadedFile("da-ky.pdf", PDF.data, "application/pdf"),
    }
    with time_machine.travel(AT, tick=False):
        client.post(url, signed)
        client.post(url, {"move": "bring_into_force", "version": 4})
        page = client.get(change.get_absolute_url()).content.decode()

    change.refresh_from_db()
    assert change.status == L.IN_FORCE
    assert "Quyết định số 20/QĐ-UBND ngày 05/7/2024" in page
    for name in ("du-thao", "van-ban"):
        response: Any = client.get(f"{TEXTS}{change.pk}/{name}/")
        assert response.getvalue() == PDF.data
    kinds = Event.objects.filter(subject_ref=f"plans.legalchange:{change.pk}")
    assert [e.kind for e in kinds.order_by("number")] == [
        "plans.text_drafted",
        "plans.text_submitted",
        "plans.text_issued",
        "plans.text_in_force",
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": " "}, "number"),
        ({"issued_on": TODAY + timedelta(1), "in_force_on": TODAY + timedelta(2)}, "issued_on"),
        ({"in_force_on": date(2024, 7, 4)}, "in_force_on"),
    ],
)
def test_a_signed_text_must_be_possible(
    officer: User, change: LegalChange, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.issue_text(change=change, text=issued_text(**values), by=officer, at=AT, seen=1)

    assert refused.value.field == field


def test_a_wrong_form_comes_back_with_what_was_typed(
    client: StrictClient, officer: User, change: LegalChange
) -> None:
    client.force_login(officer)
    url = f"{TEXTS}{change.pk}/chuyen/"

    answer = client.post(url, {"move": "issue", "version": 1, "number": "77"})

    assert answer.status_code == 422
    assert 'value="77"' in answer.content.decode()
    assert client.post(url, {"move": "no such"}).status_code == 422


def test_a_wrong_form_keeps_the_version_that_was_seen(
    client: StrictClient, officer: User, change: LegalChange
) -> None:
    client.force_login(officer)
    url = f"{TEXTS}{change.pk}/chuyen/"
    actions.draft_text(change=change, upload=None, by=officer, at=AT, seen=1)

    wrong = client.post(url, {"move": "issue", "version": 1, "number": "77"})
    late = client.post(url, {"move": "submit", "version": 1})

    assert 'name="version" value="1"' in wrong.content.decode()
    assert 'name="version" value="1"' not in late.content.decode()
    assert "Người khác vừa thay đổi" in late.content.decode()


def test_who_saw_an_old_state_is_told(officer: User, change: LegalChange) -> None:
    actions.draft_text(change=change, upload=None, by=officer, at=AT, seen=1)

    with pytest.raises(StaleObject):
        actions.submit_text(change=change, upload=None, by=officer, at=AT, seen=1)
    with pytest.raises(IllegalMove):
        actions.draft_text(change=change, upload=None, by=officer, at=AT, seen=2)


def test_only_the_head_or_the_office_says_that_a_text_need_not_change(
    province: Province, officer: User, change: LegalChange
) -> None:
    why = "Văn bản đã được thay thế"
    with pytest.raises(PermissionDenied):
        actions.drop_text(change=change, reason=why, by=officer, at=AT, seen=1)
    office = make_user(province.committee, "coordinator")
    with pytest.raises(Refused):
        actions.drop_text(change=change, reason=" ", by=office, at=AT, seen=1)

    actions.drop_text(change=change, reason=why, by=office, at=AT, seen=1)
    assert (change.status, change.reason) == (L.DROPPED, why)
    actions.resume_text(change=change, by=office, at=AT, seen=2)
    assert change.status == L.PLANNED
    day = date(2025, 3, 1)
    actions.reschedule_text(change=change, due_on=day, reason="Chờ", by=office, at=AT, seen=3)
    assert change.due_on == day


def test_the_agency_named_does_the_work_and_others_know_nothing_of_it(
    client: StrictClient, province: Province
) -> None:
    own, named = province.departments
    change = make_text(own, agency=named)

    client.force_login(make_user(named, "officer"))
    page = client.get(change.get_absolute_url())
    assert page.status_code == 200
    assert change.item.get_absolute_url() not in page.content.decode()
    sent = client.post(f"{TEXTS}{change.pk}/chuyen/", {"move": "draft", "version": 1})
    assert sent.status_code == 302
    assert str(change) in client.get(TEXTS).content.decode()

    client.force_login(make_user(province.districts[0], "head"))
    assert client.get(change.get_absolute_url()).status_code == 404
    assert client.post(f"{TEXTS}{change.pk}/chuyen/").status_code == 404
    assert str(change) not in client.get(TEXTS).content.decode()

    client.force_login(make_user(province.committee, "leader"))
    assert client.get(change.get_absolute_url()).status_code == 200
    assert client.post(f"{TEXTS}{change.pk}/chuyen/").status_code == 403


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.RECOMMENDED_UP])
def test_what_is_not_approved_is_not_carried_out(
    client: StrictClient, officer: User, province: Province, verdict: Verdict
) -> None:
    change = make_text(province.departments[0], verdict)
    client.force_login(officer)

    assert str(change) not in client.get(TEXTS).content.decode()
    with pytest.raises(IllegalMove):
        actions.draft_text(change=change, upload=None, by=officer, at=AT, seen=1)
    with pytest.raises(Refused):
        actions.draft_amendment(item=item_of(change), by=officer, at=AT, seen=change.item.version)
    assert not is_done(item_of(change))


def test_the_late_come_first_and_each_tab_counts_its_rows(
    client: StrictClient, province: Province, officer: User
) -> None:
    agency = province.departments[0]
    far = make_text(agency, text="Quyết định số 1/2022/QĐ-UBND", due_on=date(2025, 6, 1))
    late = make_text(agency, text="Quyết định số 2/2022/QĐ-UBND", due_on=date(2024, 7, 1))
    none = make_text(agency, text="Quyết định số 3/2022/QĐ-UBND", due_on=None)
    done = make_issued_text(agency)
    client.force_login(officer)

    with time_machine.travel(AT, tick=False):
        page = client.get(TEXTS).content.decode()
        places = [page.index(c.get_absolute_url()) for c in (late, far, none, done)]
        groups = {
            group: client.get(f"{TEXTS}?nhom={group}").context["page"].paginator.count
            for group in ("", "qua-han", "dang-lam", "hieu-luc", "thoi")
        }
        tabs = [tab["count"] for tab in client.get(TEXTS).context["tabs"]]
        found = client.get(f"{TEXTS}?q=3/2022&co-quan=so noi vu").context["lines"]

    assert places == sorted(places)
    assert "quá hạn 7 ngày" in page
    assert list(groups.values()) == [4, 1, 3, 1, 0]
    assert tabs == [str(n) for n in groups.values()]
    assert [line.change for line in found] == [none]


def test_a_text_issued_for_later_is_not_in_force(province: Province) -> None:
    change = make_issued_text(province.departments[0], in_force_on=date(2024, 8, 1))
    office = make_user(province.committee, "coordinator")

    with pytest.raises(Refused, match="01/8/2024"):
        actions.bring_into_force(change=change, by=office, at=AT, seen=change.version)
    assert actions.note_texts_in_force(by=office, at=AT) == 0
    assert actions.note_texts_in_force(by=office, at=AT + timedelta(30)) == 1
    change.refresh_from_db()
    assert change.status == L.IN_FORCE


def test_carried_out_when_the_text_holds_and_the_amended_version_does(
    client: StrictClient, province: Province, officer: User, change: LegalChange
) -> None:
    item = item_of(change)
    client.force_login(officer)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Chưa thực thi: còn 1 văn bản" in page or "Quá hạn thực thi" in page
    assert "Lập phiên bản sửa đổi" in page

    answer = client.post(f"/phuong-an/thu-tuc/{item.pk}/phien-ban/", {"version": item.version})
    item = item_of(change)
    draft = item.amendment
    assert draft is not None
    assert draft.record == item.to_be_record
    assert answer["Location"] == draft.get_absolute_url()
    assert item.get_absolute_url() in client.get(draft.get_absolute_url()).content.decode()
    assert draft.get_absolute_url() in client.get(item.get_absolute_url()).content.decode()

    publish(draft)
    assert not is_done(item_of(change))  # the text is not changed yet
    text = issued_text()
    actions.issue_text(change=change, text=text, by=officer, at=AT, seen=change.version)
    assert is_done(item_of(change))
    assert not is_done(item_of(change), date(2024, 7, 7))

    with time_machine.travel(AT, tick=False):
        assert "Đã thực thi ngày 08/7/2024" in client.get(item.get_absolute_url()).content.decode()
        plan = client.get(item.plan.get_absolute_url()).content.decode()
        assert "Đã thực thi 1/1 thủ tục" in plan
        assert "1/1" in client.get(reverse("plans:list")).content.decode()
        assert "đã thực thi 1." in client.get(TEXTS).content.decode()


def test_a_text_in_force_waits_for_the_registry(
    client: StrictClient, province: Province, officer: User
) -> None:
    change = make_issued_text(province.departments[0])
    client.force_login(officer)
    assert not is_done(item_of(change))

    with time_machine.travel(AT, tick=False):
        page = client.get(item_of(change).get_absolute_url()).content.decode()

    assert "chờ công bố lại thủ tục" in page


def test_an_abolished_procedure_is_carried_out(province: Province, officer: User) -> None:
    agency = province.departments[0]
    plan = make_plan(agency, reviews=[make_done_review(agency, outcome=Outcome.ABOLISH)])
    decide(plan)
    item = plan.items.select_related("plan__agency", "review__procedure_version").get()
    assert not is_done(item)
    with pytest.raises(Refused, match="bãi bỏ"):
        actions.draft_amendment(item=item, by=officer, at=AT, seen=item.version)

    versions = ProcedureVersion.objects.filter(procedure=item.review.procedure_id)
    versions.update(valid_to=TODAY)

    assert is_done(item)
    assert not is_done(item, TODAY - timedelta(1))
    versions.update(is_superseded=True)  # replaced, not abolished
    assert not is_done(item)


def test_one_draft_only_and_one_that_is_there_is_linked(
    client: StrictClient, officer: User, change: LegalChange
) -> None:
    item = item_of(change)
    procedure = item.review.procedure
    own = procedures.draft_change(procedure=procedure, action=Action.AMENDED, by=officer, at=AT)
    with pytest.raises(Refused, match="đang có bản dự thảo"):
        actions.draft_amendment(item=item, by=officer, at=AT, seen=item.version)
    reviewed = item.review.procedure_version
    with pytest.raises(Refused):
        actions.link_amendment(item=item, version=reviewed, by=officer, at=AT, seen=item.version)

    client.force_login(officer)
    assert "Gắn phiên bản lần 2" in client.get(item.get_absolute_url()).content.decode()
    url = f"/phuong-an/thu-tuc/{item.pk}/phien-ban/"
    client.post(url, {"version": item.version, "lan": own.number})

    assert item_of(change).amendment == own
    with pytest.raises(Refused, match="Đã có phiên bản"):
        actions.draft_amendment(item=item_of(change), by=officer, at=AT, seen=item.version + 1)


def test_only_approved_measures_go_into_the_amended_version(
    province: Province, officer: User
) -> None:
    agency = province.departments[0]
    plan = make_ready(agency)
    item = plan.items.select_related("plan__agency").get()
    papers = len(item.as_is_record.papers)
    drop = make_measure(item, entry=entry(MeasureKind.DROP_PAPER, "paper:1", value={}))
    text = make_legal_change(item, measure=drop)
    decide_partly(plan, item)

    item = item_of(text)
    draft = actions.draft_amendment(item=item, by=officer, at=AT, seen=item.version)

    assert len(draft.record.papers) == papers
    assert draft.record.time_limit != item.as_is_record.time_limit
    with pytest.raises(IllegalMove):  # its measure was not approved
        actions.draft_text(change=text, upload=None, by=officer, at=AT, seen=text.version)


def decide_partly(plan: Any, item: PlanItem) -> None:
    first = item.measures.order_by("pk").first()
    assert first is not None
    partly = actions.Decided(Verdict.PARTLY, "Còn vướng", frozenset({first.pk}))
    decide(plan, verdicts={item.pk: partly})


def test_a_version_that_came_since_is_drafted_as_it_is(officer: User, change: LegalChange) -> None:
    item = item_of(change)
    newer = procedures.draft_change(
        procedure=item.review.procedure, action=Action.AMENDED, by=officer, at=AT
    )
    publish(newer)
    newer.refresh_from_db()

    draft = actions.draft_amendment(item=item, by=officer, at=AT, seen=item.version)

    assert draft.record == newer.record


def test_the_number_on_the_page_of_the_day_is_that_of_the_list(
    client: StrictClient, province: Province, officer: User
) -> None:
    own, other = province.departments
    for _ in range(6):
        make_text(own, due_on=date(2024, 7, 1))
    make_text(other, due_on=date(2024, 7, 1))
    make_text(own, due_on=date(2024, 12, 1))
    client.force_login(officer)

    with time_machine.travel(AT, tick=False):
        page = client.get(reverse("my_work"))
        part = next(p for p in page.context["waiting"] if p.key == "late_texts")
        listed = client.get(part.list_url).context["page"].paginator.count

    assert (part.count, len(part.rows), listed) == (6, 5, 6)
    assert "quá hạn 7 ngày" in page.content.decode()


def run(day: date) -> str:
    said = StringIO()
    with time_machine.travel(datetime(day.year, day.month, day.day, 7, tzinfo=VIETNAM), tick=False):
        call_command("remind", stdout=said)
    return said.getvalue()


def test_each_rung_is_told_once_and_the_office_hears_of_what_stays_late(
    province: Province, officer: User
) -> None:
    office = make_user(province.committee, "coordinator")
    change = make_text(province.departments[0], due_on=date(2024, 7, 1))
    Notice.objects.all().delete()

    assert "1 văn bản phải sửa đổi" in run(date(2024, 7, 2))
    assert "0 văn bản phải sửa đổi" in run(date(2024, 7, 2))
    [told] = Notice.objects.filter(user=officer)
    assert (told.kind, told.url) == ("plans.text_due", change.get_absolute_url())
    assert any("Văn bản quá hạn sửa đổi theo phương án" in str(m.body) for m in mail.outbox)
    assert not Notice.objects.filter(user=office, kind="plans.text_late").exists()

    run(date(2024, 9, 10))
    assert Notice.objects.filter(user=office, kind="plans.text_late").count() == 1
    assert Notice.objects.filter(user=officer, kind="plans.text_due").count() == 2


def test_a_new_deadline_is_told_anew(province: Province, officer: User) -> None:
    change = make_text(province.departments[0], due_on=date(2024, 7, 1))
    run(date(2024, 7, 2))
    LegalChange.objects.update(due_on=date(2024, 9, 2))
    Notice.objects.all().delete()

    run(date(2024, 9, 4))

    assert Notice.objects.filter(user=officer, url=change.get_absolute_url()).exists()


def test_the_text_of_a_plan_is_its_own_until_it_is_approved(
    client: StrictClient, province: Province
) -> None:
    own, named = province.departments
    plan = make_ready(own)
    item = plan.items.select_related("plan__agency").get()
    change = make_legal_change(item, agency=named)
    client.force_login(make_user(named, "officer"))
    assert client.get(change.get_absolute_url()).status_code == 404

    client.force_login(make_user(own, "officer"))
    assert "chưa được phê duyệt" in client.get(change.get_absolute_url()).content.decode()

    decide(plan)
    client.force_login(make_user(named, "officer"))
    assert client.get(change.get_absolute_url()).status_code == 200


def test_the_tabs_keep_what_the_list_is_narrowed_by(
    client: StrictClient, officer: User, change: LegalChange
) -> None:
    client.force_login(officer)

    page = client.get(TEXTS, {"q": "không có ở đâu", "co-quan": "a&b"})

    tab = page.context["tabs"][1]
    assert (tab["count"], page.context["tabs"][0]["count"]) == ("0", "0")
    assert "q=kh%C3%B4ng+c%C3%B3" in tab["url"]
    assert "co-quan=a%26b" in tab["url"]


def test_nobody_is_reminded_of_what_is_law(province: Province) -> None:
    make_issued_text(province.departments[0])

    assert "0 văn bản phải sửa đổi" in run(date(2025, 2, 4))
    assert LegalChange.objects.get().status == L.IN_FORCE

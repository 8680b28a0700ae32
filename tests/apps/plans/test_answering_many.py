"""One document of those above that answers of several procedures of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.plans import (
    MINISTRY,
    PDF,
    answer,
    decide,
    entry,
    make_done_review,
    make_legal_change,
    make_measure,
    make_plan,
    make_sent,
    record_answer,
    sent_letter,
)
from tests.factories.procedures import AT
from tests.factories.reviews import make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import (
    MeasureKind,
    RecommendationMove,
    RecommendationStatus,
    Verdict,
)
from tinhgon.apps.plans.models import LegalChange, PlanItem, Recommendation
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.lifecycle import IllegalMove

M, S = RecommendationMove, RecommendationStatus
CIRCULAR = "Thông tư số 02/2021/TT-BNV"


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with time_machine.travel(AT + timedelta(days=2), tick=False):
        yield


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


@pytest.fixture
def home(province: Province) -> Agency:
    return province.departments[0]


@pytest.fixture
def clerk(province: Province) -> User:
    return make_user(province.committee, "clerk")


@pytest.fixture
def sent(home: Agency, clerk: User) -> list[Recommendation]:
    """Three procedures of a plan in one letter; the first has two measures, the second a text."""
    review_round = make_review_round(home.parent or home)
    plan = make_plan(home, reviews=[make_done_review(home, review_round) for _ in range(3)])
    items = list(plan.items.select_related("plan__agency", "review__procedure_version"))
    for item in items:
        make_measure(item)
        item.refresh_from_db()
    make_measure(items[0], entry=entry(MeasureKind.DROP_PAPER, "paper:1", value={}))
    items[1].refresh_from_db()
    make_legal_change(items[1], text="Thông tư số 9/2020/TT-BNV")
    decide(plan, Verdict.RECOMMENDED_UP)
    rows = Recommendation.objects.select_related("item__plan__agency", "agency")
    for row in rows:
        officer = make_user(home, "officer")
        asked = actions.Asked(MINISTRY)
        actions.address_recommendation(
            recommendation=row, asked=asked, by=officer, at=AT, seen=row.version
        )
    seen = [actions.SeenRecommendation(row, row.version) for row in rows]
    actions.send_recommendations(seen=seen, letter=sent_letter(), by=clerk, at=AT)
    return list(Recommendation.objects.order_by("pk"))


def address(row: Recommendation) -> str:
    return reverse("plans:answer_recommendations", args=[row.pk])


def form_of(rows: list[Recommendation], **values: Any) -> dict[str, Any]:
    paper = {"number": "3300", "symbol": "BNV-CCVC", "issued_on": "10/7/2024"}
    return {**paper, **{f"version_{row.pk}": row.version for row in rows}, **values}


def test_one_document_answers_each_in_its_own_way(
    client: StrictClient, home: Agency, clerk: User, sent: list[Recommendation]
) -> None:
    first, second, third = sent
    kept, lost = first.item.measures.all()
    client.force_login(clerk)
    page = client.get(first.get_absolute_url()).content.decode()
    assert address(first) in page
    page = client.get(address(first)).content.decode()
    assert "3 thủ tục của" in page
    assert page.count("Chưa trả lời ở văn bản này") == 3
    values = {
        f"answer_{first.pk}": "agree_in_part",
        f"measures_{first.pk}": [kept.pk],
        f"reason_{first.pk}": "Vẫn cần giấy tờ này",
        f"answer_{second.pk}": "agree",
        f"answer_{third.pk}": "refuse",
        f"reason_{third.pk}": "Luật quy định",
        "text": CIRCULAR,
        "due_on": "01/12/2024",
        "file": SimpleUploadedFile("tra-loi.pdf", PDF.data, "application/pdf"),
    }
    Notice.objects.all().delete()

    answered = client.post(address(first), form_of(sent, **values), follow=True)

    assert "Đã ghi trả lời đối với 3 thủ tục." in answered.content.decode()
    rows = list(Recommendation.objects.order_by("pk"))
    assert [row.status for row in rows] == [S.AGREED_IN_PART, S.AGREED, S.REFUSED]
    document = Document.objects.get(number="3300")
    assert {row.answer_id for row in rows} == {document.pk}
    assert StoredFile.objects.filter(name="tra-loi.pdf").count() == 1
    items = [PlanItem.objects.get(pk=row.item_id) for row in rows]
    assert [item.verdict for item in items] == [
        Verdict.PARTLY, Verdict.APPROVED, Verdict.REFUSED,
    ]  # fmt: skip
    assert [m.pk for m in items[0].measures.exclude(granted_by=None)] == [kept.pk]
    texts = {(c.item_id, c.text, c.due_on) for c in LegalChange.objects.to_carry_out()}
    until = date(2024, 12, 1)
    assert texts == {
        (items[0].pk, CIRCULAR, until),  # the plan names none
        (items[1].pk, "Thông tư số 9/2020/TT-BNV", until),  # it does
    }
    kind = "plans.recommendation_answered"
    assert Event.objects.filter(kind=kind).count() == 6  # each recommendation, each procedure
    told = Notice.objects.filter(user__positions__agency=home)
    assert {notice.text for notice in told} == {
        f"{MINISTRY} đã trả lời kiến nghị đối với 3 thủ tục ({document.title})."
    }
    assert lost.pk


def test_what_the_document_does_not_answer_goes_on_waiting(
    client: StrictClient, clerk: User, sent: list[Recommendation]
) -> None:
    first, second, third = sent
    client.force_login(clerk)
    values = {f"answer_{second.pk}": "agree"}

    assert client.post(address(first), form_of(sent, **values)).status_code == 302

    waiting = Recommendation.objects.filter(status=S.SENT).order_by("pk")
    assert list(waiting) == [first, third]
    page = client.get(address(second)).content.decode()  # of the same letter
    assert "2 thủ tục của" in page


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "ít nhất một thủ tục"),
        ({"answer_0": "refuse"}, "Ghi lý do không chấp thuận"),
        ({"answer_0": "agree"}, "Ghi văn bản mà cấp trên"),
        ({"answer_0": "agree_in_part", "reason_0": "x"}, "không phải tất cả"),
        ({"answer_1": "agree", "due_on_1": "01/7/2024"}, "không thể trước ngày văn bản"),
        ({"answer_1": "agree", "issued_on": "20/7/2024"}, "không thể sau hôm nay"),
        ({"answer_1": "agree", "issued_on": "01/7/2024"}, "không thể có trước công văn"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_recorded(
    client: StrictClient,
    clerk: User,
    sent: list[Recommendation],
    more: dict[str, str],
    told: str,
) -> None:
    values = {
        f"{name[:-1]}{sent[int(name[-1])].pk}" if name[-1].isdigit() else name: value
        for name, value in more.items()
    }
    also = {f"answer_{sent[2].pk}": "refuse", f"reason_{sent[2].pk}": "Luật quy định"}
    client.force_login(clerk)

    answer = client.post(address(sent[0]), form_of(sent, **({**also, **values} if more else {})))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Recommendation.objects.exclude(status=S.SENT).exists()
    assert not Document.objects.filter(number="3300").exists()


def test_a_fault_stands_at_the_field_of_its_procedure(
    client: StrictClient, clerk: User, sent: list[Recommendation]
) -> None:
    client.force_login(clerk)
    values = {f"answer_{row.pk}": "refuse" for row in sent} | {f"reason_{sent[0].pk}": "x"}

    form = client.post(address(sent[0]), form_of(sent, **values)).context["form"]

    assert list(form.errors) == [f"reason_{sent[1].pk}"]


def test_who_answers_second_is_told_and_records_nothing(
    client: StrictClient, clerk: User, sent: list[Recommendation]
) -> None:
    first, second, third = sent
    late = form_of(sent, **{f"answer_{row.pk}": "agree" for row in sent}, text=CIRCULAR)
    record_answer(
        Recommendation.objects.select_related("item__plan__agency", "letter").get(pk=second.pk),
        answer(M.REFUSE),
        by=clerk,
    )
    client.force_login(clerk)

    told = client.post(address(first), late)

    assert told.status_code == 422
    assert "Người khác vừa ghi đối với thủ tục" in told.content.decode()
    assert list(Recommendation.objects.filter(status=S.SENT)) == [first, third]
    page = told.context["form"]
    assert page.waiting == [first, third]
    again = {name: page[name].value() for name in page.fields if page[name].value()}
    assert client.post(address(first), again).status_code == 302
    assert Recommendation.objects.filter(status=S.AGREED).count() == 2


def test_what_is_wrong_otherwise_goes_back_under_the_version_that_was_seen(
    client: StrictClient, clerk: User, sent: list[Recommendation]
) -> None:
    """With the newest version the next click would overwrite what nobody saw."""
    first = sent[0]
    posted = form_of(sent, **{f"answer_{first.pk}": "agree"}, text=CIRCULAR, number="")
    Recommendation.objects.filter(pk=first.pk).update(version=first.version + 1)
    client.force_login(clerk)

    told = client.post(address(first), posted)
    assert told.status_code == 422
    assert told.context["form"][f"version_{first.pk}"].value() == str(first.version)
    told = client.post(address(first), {**posted, "number": "3300"})
    assert "Người khác vừa ghi kiến nghị này" in told.content.decode()
    assert told.context["form"][f"version_{first.pk}"].value() == str(first.version + 1)


def test_a_change_between_looking_and_writing_undoes_all(
    clerk: User, sent: list[Recommendation]
) -> None:
    """The last of them changes after the others were moved on."""
    rows = list(Recommendation.objects.select_related("item__plan__agency", "letter", "agency"))
    said, paper = answer()
    answers = [actions.Answered(row, row.version, said) for row in rows]
    Recommendation.objects.filter(pk=rows[-1].pk).update(version=99)

    with pytest.raises(StaleObject):
        actions.answer_recommendations(answers=answers, paper=paper, by=clerk, at=AT)

    assert not Recommendation.objects.exclude(status=S.SENT).exists()
    assert not Document.objects.filter(number=paper.number).exists()


def test_only_procedures_of_one_plan_share_a_document(home: Agency, clerk: User) -> None:
    rows = [make_sent(home), make_sent(home)]
    said, paper = answer()
    answers = [actions.Answered(row, row.version, said) for row in rows]

    with pytest.raises(Refused, match="một phương án"):
        actions.answer_recommendations(answers=answers, paper=paper, by=clerk, at=AT)


def test_one_that_is_answered_is_not_answered_again(home: Agency, clerk: User) -> None:
    row = make_sent(home)
    record_answer(row, answer(), by=clerk)

    with pytest.raises(IllegalMove):
        record_answer(row, answer(), by=clerk)


def test_who_does_not_record_has_no_such_page(
    client: StrictClient, home: Agency, sent: list[Recommendation]
) -> None:
    client.force_login(make_user(home, "officer"))
    assert client.get(address(sent[0])).status_code == 403
    values = {f"answer_{sent[1].pk}": "agree"}
    assert client.post(address(sent[0]), form_of(sent, **values)).status_code == 403
    assert address(sent[0]) not in client.get(sent[0].get_absolute_url()).content.decode()


def test_a_stranger_is_told_that_there_is_none(
    client: StrictClient, province: Province, sent: list[Recommendation]
) -> None:
    client.force_login(make_user(province.departments[1], "clerk"))
    assert client.get(address(sent[0])).status_code == 404


def test_where_nothing_waits_the_page_leads_back(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    row = make_sent(home)
    record_answer(row, answer(), by=clerk)
    client.force_login(clerk)

    assert client.get(address(row)).headers["Location"] == row.get_absolute_url()

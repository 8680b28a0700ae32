"""A recommendation upwards: drafted, sent, asked about again, answered; and what follows."""

from __future__ import annotations

import io
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import make_calendar
from tests.factories.plans import (
    MINISTRY,
    PDF,
    answer,
    decide,
    entry,
    issued_text,
    make_decided,
    make_done_review,
    make_legal_change,
    make_measure,
    make_plan,
    make_recommendation,
    make_sent,
    make_text,
    record_answer,
    sent_letter,
)
from tests.factories.procedures import AT
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.home.queries import my_day
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.actions.reminding_up import LINES_AN_AGENCY
from tinhgon.apps.plans.enums import (
    MeasureKind,
    RecommendationMove,
    RecommendationStatus,
    Verdict,
)
from tinhgon.apps.plans.models import LegalChange, PlanItem, Recommendation
from tinhgon.apps.reviews.models import Review
from tinhgon.common import clock
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.officialdoc import read

LIST = "/phuong-an/kien-nghi/"
MY_WORK = "/nhiem-vu/cua-toi/"
M, S = RecommendationMove, RecommendationStatus


@pytest.fixture
def province(db: None) -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def home(province: Province) -> Agency:
    return province.departments[0]


@pytest.fixture
def clerk(province: Province) -> User:
    return make_user(province.committee, "clerk")


@pytest.fixture
def officer(home: Agency) -> User:
    return make_user(home, "officer")


def letter_form(version: int, **values: Any) -> dict[str, Any]:
    return {
        "move": "gui",
        "version": version,
        "number": "812",
        "symbol": "UBND-SNV",
        "issued_on": "09/7/2024",
        "answer_by": "01/8/2024",
        **values,
    }


def answer_form(version: int, **values: Any) -> dict[str, Any]:
    return {
        "move": "tra-loi",
        "version": version,
        "answer": "agree",
        "number": "3300",
        "symbol": "BNV-CCVC",
        "issued_on": "10/7/2024",
        "signer_title": "THỨ TRƯỞNG",
        "signer_name": "Trần Thị B",
        "text": "Thông tư số 02/2021/TT-BNV",
        **values,
    }


def test_the_way_from_the_decision_to_the_agreement_of_the_ministry(
    client: StrictClient, home: Agency, officer: User, clerk: User
) -> None:
    """Drafted by the agency, sent and answered through the clerk, then carried out by all rules."""
    found = make_recommendation(home, "")
    url = found.get_absolute_url()
    file = SimpleUploadedFile("cong-van.pdf", PDF.data, "application/pdf")
    with time_machine.travel(AT + timedelta(days=2), tick=False):
        client.force_login(officer)
        assert client.get(f"{url}cong-van.docx").status_code == 404  # to nobody yet
        saved = client.post(
            f"{url}soan/", {"version": found.version, "authority": MINISTRY}, follow=True
        )
        assert "Đã lưu nơi gửi, nội dung kiến nghị." in saved.content.decode()
        assert f'href="{url}cong-van.docx"' in saved.content.decode()
        drafted = read(client.get(f"{url}cong-van.docx").content, "cong-van.docx")
        assert client.get(f"{url}cong-van.pdf").content.startswith(b"%PDF")
        client.force_login(clerk)
        client.post(f"{url}chuyen/", letter_form(2, file=file))
        client.post(f"{url}chuyen/", answer_form(3))
        page = client.get(url).content.decode()
        found.refresh_from_db()
        kept: Any = client.get(f"{url}tep/{found.letter_id}/")
        assert kept.getvalue() == PDF.data
        assert client.get(f"{url}tep/{found.answer_id}/").status_code == 404  # without a file

    assert drafted.addressees == (MINISTRY,)
    assert (found.status, found.authority) == (S.AGREED, MINISTRY)
    assert found.letter is not None
    assert found.answer is not None
    assert found.letter.title == "Công văn số 812/UBND-SNV ngày 09/7/2024"
    assert (found.answer.agency_name, found.answer.direction) == (MINISTRY, "in")
    assert found.answer.title in page
    assert "Trần Thị B" in page
    item = PlanItem.objects.get(pk=found.item_id)
    assert item.verdict == Verdict.APPROVED
    text = item.legal_changes.get()
    assert text.text == "Thông tư số 02/2021/TT-BNV"
    assert MINISTRY in text.work
    kinds = set(Event.objects.filter(kind__startswith="plans.rec").values_list("kind", flat=True))
    assert kinds == {
        f"plans.recommendation_{deed}" for deed in ("opened", "addressed", "sent", "answered")
    }


def test_what_they_agree_to_is_carried_out_when_their_text_and_the_version_are_in_force(
    home: Agency, officer: User, clerk: User
) -> None:
    found = make_sent(home)
    item = PlanItem.objects.select_related("plan__agency").get(pk=found.item_id)
    assert not PlanItem.objects.granted().exists()

    record_answer(found, answer(due_on=date(2024, 12, 1)), by=clerk, at=AT, seen=3)

    assert PlanItem.objects.granted().get() == item
    change = LegalChange.objects.to_carry_out().select_related("agency", "item__plan__agency").get()
    assert change.due_on == date(2024, 12, 1)
    item.refresh_from_db()
    draft = actions.draft_amendment(item=item, by=officer, at=AT, seen=item.version)
    type(draft).objects.filter(pk=draft.pk).update(status="published", valid_from=AT.date())
    assert not PlanItem.objects.carried_out_on(AT.date()).exists()  # their text is still to come
    actions.issue_text(change=change, text=issued_text(), by=officer, at=AT, seen=change.version)
    assert PlanItem.objects.carried_out_on(AT.date()).get() == item


def test_what_they_refuse_ends_there_and_is_no_longer_counted(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    found = make_sent(home, legal_text="Thông tư số 02/2021/TT-BNV")
    assert Review.objects.filter(pk=found.item.review_id, is_held=True).exists()

    with pytest.raises(Refused, match="lý do"):
        record_answer(found, answer(M.REFUSE, reason=""), by=clerk, at=AT, seen=3)
    record_answer(found, answer(M.REFUSE), by=clerk, at=AT, seen=3)

    item = PlanItem.objects.get(pk=found.item_id)
    assert item.verdict == Verdict.REFUSED
    assert not item.measures.filter(granted_by__isnull=False).exists()
    assert not LegalChange.objects.to_carry_out().exists()
    assert not Review.objects.filter(is_held=True).exists()
    client.force_login(make_user(home, "officer"))
    page = client.get(found.get_absolute_url()).content.decode()
    assert "không còn tính" in page
    assert "Chưa đủ căn cứ" in page
    # The decision of the province stands as it was signed.
    papers = client.get(f"/phuong-an/{item.plan_id}/van-ban/quyet-dinh.docx").content
    assert str(item) in " ".join(
        block.text
        for annex in read(papers, "qd.docx").annexes
        for top in annex.body
        for block in top.walk()
    )


def test_of_a_partial_agreement_only_that_part_goes_on(home: Agency, clerk: User) -> None:
    plan = make_plan(home, reviews=[make_done_review(home)])
    item = plan.items.select_related("plan__agency", "review__procedure_version").get()
    kept = make_measure(item)
    item.refresh_from_db()
    lost = make_measure(item, entry=entry(MeasureKind.DROP_PAPER, "paper:1", value={}))
    item.refresh_from_db()
    make_legal_change(item, measure=lost, text="Thông tư số 3/2022/TT-BTC")
    decide(plan, Verdict.RECOMMENDED_UP)
    found = Recommendation.objects.select_related("item__plan__agency", "item__review").get()
    assert found.authority == "Bộ Tài chính"
    actions.send_recommendations(
        seen=[actions.SeenRecommendation(found, 1)], letter=sent_letter(), by=clerk, at=AT
    )
    both = frozenset({kept.pk, lost.pk})
    with pytest.raises(Refused, match="không phải tất cả"):
        record_answer(
            found,
            answer(M.AGREE_IN_PART, measures=both),
            by=clerk,
            at=AT,
            seen=2,
        )
    part = answer(M.AGREE_IN_PART, measures=frozenset({kept.pk}), text="")
    with pytest.raises(Refused, match="văn bản mà cấp trên"):  # that one belongs to what is lost
        record_answer(found, part, by=clerk, at=AT, seen=2)

    until = date(2025, 3, 1)
    part = answer(M.AGREE_IN_PART, measures=frozenset({kept.pk}), due_on=until)
    record_answer(found, part, by=clerk, at=AT, seen=2)

    item.refresh_from_db()
    assert LegalChange.objects.get(measure=lost).due_on == date(2024, 12, 31)  # as it was
    assert item.verdict == Verdict.PARTLY
    assert [m.pk for m in item.measures.filter(granted_by__isnull=False)] == [kept.pk]
    to_carry_out = LegalChange.objects.to_carry_out()
    assert [(c.text, c.due_on) for c in to_carry_out] == [(part[0].text, until)]


def test_the_text_that_they_name_is_found_without_tones(
    client: StrictClient, home: Agency, officer: User, clerk: User
) -> None:
    found = make_sent(home)
    said = answer(text="  Quy chế   của Bộ ")
    record_answer(found, said, by=clerk, at=AT, seen=3)
    client.force_login(officer)

    [line] = client.get("/phuong-an/thuc-thi/", {"q": "quy che cua bo"}).context["lines"]

    assert line.change.text == "Quy chế của Bộ"


def test_those_above_cannot_promise_a_day_before_their_answer(home: Agency, clerk: User) -> None:
    found = make_sent(home)
    said = answer(due_on=AT.date() - timedelta(days=1))
    with pytest.raises(Refused, match="trước ngày văn bản trả lời") as refused:
        record_answer(found, said, by=clerk, at=AT, seen=3)
    assert refused.value.field == "due_on"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"number": " "}, "số của công văn"),
        ({"issued_on": AT.date() + timedelta(days=1)}, "sau hôm nay"),
        ({"issued_on": date(2023, 1, 1)}, "không thể trước"),
        ({"answer_by": AT.date()}, "phải sau ngày công văn"),
    ],
)
def test_a_letter_that_cannot_be_is_not_recorded(
    home: Agency, clerk: User, values: dict[str, Any], told: str
) -> None:
    found = make_recommendation(home)
    with pytest.raises(Refused, match=told):
        actions.send_recommendations(
            seen=[actions.SeenRecommendation(found, found.version)],
            letter=sent_letter(**values),
            by=clerk,
            at=AT,
        )
    found.refresh_from_db()
    assert found.status == S.TO_SEND


def test_an_authority_that_is_no_more_is_named_with_its_successor(
    home: Agency, officer: User
) -> None:
    found = make_recommendation(home, "")
    asked = actions.Asked("Bộ Giao thông vận tải")
    later = AT.replace(year=2025)

    with pytest.raises(Refused, match="gửi Bộ Xây dựng"):
        actions.address_recommendation(
            recommendation=found, asked=asked, by=officer, at=later, seen=1
        )
    actions.address_recommendation(recommendation=found, asked=asked, by=officer, at=AT, seen=1)
    assert found.authority == "Bộ Giao thông vận tải"


def test_several_of_a_plan_go_to_one_authority_in_one_letter(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    plan, _ = make_decided(home, 2, Verdict.RECOMMENDED_UP)
    first, second = Recommendation.objects.filter(item__plan=plan).select_related(
        "item__plan__agency"
    )
    officer = make_user(home, "officer")
    for each in (first, second):
        actions.address_recommendation(
            recommendation=each, asked=actions.Asked(MINISTRY), by=officer, at=AT, seen=1
        )
    client.force_login(clerk)
    url = first.get_absolute_url()
    drafted = read(client.get(f"{url}cong-van.docx").content, "cong-van.docx")
    said = " ".join(block.text for block in drafted.walk())
    assert str(first.item) in said
    assert str(second.item) in said

    form = letter_form(2, others=[f"{second.pk}-2"], issued_on=f"{AT.date():%d/%m/%Y}")
    with time_machine.travel(AT, tick=False):
        client.post(f"{url}chuyen/", form)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (S.SENT, S.SENT)
    assert first.letter_id == second.letter_id


def test_another_of_the_letter_that_changed_meanwhile_stops_it_whole(
    home: Agency, clerk: User, officer: User
) -> None:
    plan, _ = make_decided(home, 2, Verdict.RECOMMENDED_UP)
    first, second = Recommendation.objects.filter(item__plan=plan).select_related(
        "item__plan__agency"
    )
    for each in (first, second):
        asked = actions.Asked(MINISTRY)
        actions.address_recommendation(recommendation=each, asked=asked, by=officer, at=AT, seen=1)
    seen = [actions.SeenRecommendation(first, 2), actions.SeenRecommendation(second, 1)]

    with pytest.raises(StaleObject):
        actions.send_recommendations(seen=seen, letter=sent_letter(), by=clerk, at=AT)

    first.refresh_from_db()
    assert first.status == S.TO_SEND
    assert first.letter is None


def test_who_asks_again_gets_another_day_and_keeps_both_letters(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    found = make_sent(home)
    client.force_login(clerk)
    url = found.get_absolute_url()
    form = letter_form(found.version, move="don-doc", number="990", answer_by="")
    with time_machine.travel(AT + timedelta(days=60), tick=False):
        page = client.get(url).content.decode()
        assert "quá hạn trả lời" in page
        refused = client.post(f"{url}chuyen/", {**form, "issued_on": "01/9/2024"})
        assert refused.status_code == 422
        assert "Ghi ngày đề nghị trả lời." in refused.content.decode()
        form |= {"issued_on": "01/9/2024", "answer_by": "01/10/2024"}
        client.post(f"{url}chuyen/", form)
        page = client.get(url).content.decode()

    found.refresh_from_db()
    assert found.answer_by == date(2024, 10, 1)
    assert found.letter is not None
    assert found.letter.title in page
    assert "990/UBND-SNV" in page


def test_a_letter_to_the_wrong_authority_is_addressed_anew(
    client: StrictClient, home: Agency, officer: User, clerk: User
) -> None:
    found = make_sent(home)
    old = found.letter
    assert old is not None
    client.force_login(clerk)
    url = found.get_absolute_url()
    form = {"move": "chuyen", "version": found.version, "reason": "Thuộc Bộ Tài chính"}
    client.post(f"{url}chuyen/", form)

    found.refresh_from_db()
    assert (found.status, found.authority, found.letter) == (S.TO_SEND, "", None)
    assert old.title in client.get(url).content.decode()
    assert Notice.objects.filter(user=officer, text__contains="gửi cơ quan khác").exists()
    client.force_login(officer)
    client.post(f"{url}soan/", {"version": found.version, "authority": "Bộ Tài chính"})
    found.refresh_from_db()
    assert found.authority == "Bộ Tài chính"


def test_who_was_overtaken_keeps_what_he_typed_and_sees_why(
    client: StrictClient, home: Agency, officer: User
) -> None:
    found = make_recommendation(home, "")
    asked = actions.Asked(MINISTRY)
    by = make_user(home, "officer")
    actions.address_recommendation(recommendation=found, asked=asked, by=by, at=AT, seen=1)
    client.force_login(officer)

    answer = client.post(
        f"{found.get_absolute_url()}soan/", {"version": 1, "authority": "Bộ Tài chính"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Người khác vừa ghi kiến nghị này" in page
    assert 'value="Bộ Tài chính"' in page
    found.refresh_from_db()
    assert found.authority == MINISTRY


def test_only_the_clerk_sends_and_only_the_agency_words_it(
    home: Agency, officer: User, clerk: User
) -> None:
    found = make_recommendation(home)
    seen = [actions.SeenRecommendation(found, found.version)]
    with pytest.raises(PermissionDenied):
        actions.send_recommendations(seen=seen, letter=sent_letter(), by=officer, at=AT)
    with pytest.raises(PermissionDenied):
        actions.address_recommendation(
            recommendation=found, asked=actions.Asked("Chính phủ"), by=clerk, at=AT, seen=2
        )
    with pytest.raises(IllegalMove):
        record_answer(found, answer(), by=clerk, at=AT, seen=2)


def test_the_list_shows_the_late_first_counts_each_tab_and_goes_out_as_shown(
    client: StrictClient, province: Province, home: Agency, clerk: User
) -> None:
    waiting = make_recommendation(home)
    late = make_sent(home)
    foreign = make_sent(province.departments[1])
    client.force_login(make_user(home, "officer"))

    with time_machine.travel(AT + timedelta(days=60), tick=False):
        assert 'value="toi" selected' in client.get(f"{LIST}?viec=toi").content.decode()
        response = client.get(LIST)
        page = response.content.decode()
        tabs = {tab["label"]: tab["count"] for tab in response.context["tabs"]}
        found = client.get(f"{LIST}?q=noi+vu").context["page"].paginator.count
        none = client.get(f"{LIST}?q=bo+tai+chinh").context["page"].paginator.count
        data = client.get(f"{LIST}xuat/?nhom=qua-han").content
        group = client.get(f"{LIST}?nhom=qua-han").context["page"].paginator.count

    assert page.index(late.get_absolute_url()) < page.index(waiting.get_absolute_url())
    assert foreign.get_absolute_url() not in page
    assert tabs == {
        "Tất cả": "2",
        "Cần làm": "2",
        "Chưa gửi": "1",
        "Chờ trả lời": "1",
        "Quá hạn trả lời": "1",
        "Chấp thuận": "0",
        "Không chấp thuận": "0",
    }
    assert (found, none, group) == (2, 0, 1)
    rows = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [str(late.item)]
    assert rows[1][2] == MINISTRY


def test_it_stands_on_the_page_of_the_day_until_it_is_sent_and_when_it_is_late(
    client: StrictClient, home: Agency, clerk: User, officer: User
) -> None:
    found = make_sent(home)
    client.force_login(officer)
    with time_machine.travel(AT, tick=False):
        assert found.get_absolute_url() not in client.get(MY_WORK).content.decode()
    with time_machine.travel(AT + timedelta(days=60), tick=False):
        page = client.get(MY_WORK).content.decode()
    assert found.get_absolute_url() in page
    assert "quá hạn trả lời" in page


def test_the_page_of_the_day_counts_what_its_list_shows(
    client: StrictClient, home: Agency, officer: User
) -> None:
    """What waits for an answer in time is on neither."""
    make_recommendation(home)
    make_sent(home, answer_by=AT.date() + timedelta(days=90))
    late = make_sent(home)
    make_text(home, due_on=AT.date())
    make_text(home, due_on=AT.date() + timedelta(days=90))
    client.force_login(officer)

    with time_machine.travel(AT + timedelta(days=60), tick=False):
        day = my_day(user=officer, today=clock.today(), calendar=calendars.calendar())
        parts = {part.key: part for part in day.waiting}
        shown = {
            key: client.get(parts[key].list_url).context["lines"]
            for key in ("recommendations", "late_texts")
        }

    assert (
        {key: len(lines) for key, lines in shown.items()}
        == {
            "recommendations": parts["recommendations"].count,
            "late_texts": parts["late_texts"].count,
        }
        == {"recommendations": 2, "late_texts": 1}
    )
    assert shown["recommendations"][0].recommendation == late


def test_one_letter_about_many_procedures_is_told_of_once(
    home: Agency, officer: User, clerk: User
) -> None:
    make_decided(home, 3, Verdict.RECOMMENDED_UP)
    rows = list(Recommendation.objects.select_related("item__plan", "agency"))
    for each in rows:
        asked = actions.Asked(MINISTRY)
        actions.address_recommendation(recommendation=each, asked=asked, by=officer, at=AT, seen=1)
    for some in (rows[:2], rows[2:]):
        seen = [actions.SeenRecommendation(each, 2) for each in some]
        actions.send_recommendations(seen=seen, letter=sent_letter(), by=clerk, at=AT)

    with time_machine.travel(AT + timedelta(days=60), tick=False):
        call_command("remind", stdout=StringIO())

    told = Notice.objects.filter(user=officer, kind="plans.answer_due").order_by("pk")
    together, alone = (each.text for each in told)
    assert f"{rows[0].letter} gửi {MINISTRY}, kiến nghị về 2 thủ tục" in together
    assert str(rows[2]) in alone


def test_more_letters_than_one_reads_in_a_day_are_summed_up(home: Agency, officer: User) -> None:
    for _ in range(LINES_AN_AGENCY + 2):
        make_sent(home)

    with time_machine.travel(AT + timedelta(days=60), tick=False):
        call_command("remind", stdout=StringIO())

    told = Notice.objects.filter(user=officer, kind="plans.answer_due").order_by("pk")
    assert told.count() == LINES_AN_AGENCY + 1
    assert "Còn 2 kiến nghị khác" in told[LINES_AN_AGENCY].text


def test_a_search_asks_as_little_for_many_words_as_for_one(
    client: StrictClient, home: Agency, officer: User
) -> None:
    found = make_sent(home)
    client.force_login(officer)

    def search(words: str) -> list[Recommendation]:
        with CaptureQueriesContext(connection) as asked:
            lines = client.get(LIST, {"q": words}).context["lines"]
        counts.append(len(asked))
        return [line.recommendation for line in lines]

    counts: list[int] = []
    assert search("noi") == search("bo noi vu so") == [found]
    assert search("bo noi vu khong co") == []
    assert counts[0] == counts[1]


def test_late_answers_are_told_once_a_rung(home: Agency, officer: User) -> None:
    found = make_sent(home)
    with time_machine.travel(AT + timedelta(days=60), tick=False):
        call_command("remind", stdout=StringIO())
        told = Notice.objects.filter(user=officer, kind="plans.answer_due")
        assert told.count() == 1
        assert found.get_absolute_url() in told.get().url
        call_command("remind", stdout=StringIO())
        assert told.count() == 1

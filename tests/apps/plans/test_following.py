"""When an agency ends in mid-round, its reviews, plans and texts go on with the successor."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.management import call_command

from tests.conftest import VIETNAM, StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import make_calendar
from tests.factories.plans import (
    MINISTRY,
    answer,
    make_decided,
    make_done_review,
    make_plan,
    make_ready,
    make_recommendation,
    make_sent,
    make_text,
    record_answer,
)
from tests.factories.procedures import AT
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import RecommendationMove
from tinhgon.apps.plans.models import LegalChange, Plan, PlanItem, Recommendation
from tinhgon.apps.reviews.models import Review, ReviewRound

pytestmark = pytest.mark.django_db

ENDS = date(2025, 3, 1)


@pytest.fixture
def province() -> Province:
    make_calendar()
    return make_province()


@pytest.fixture(autouse=True)
def _after_the_merger(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2025, 3, 3, 8, tzinfo=VIETNAM)
    monkeypatch.setattr("tinhgon.common.clock.now", lambda: now)
    monkeypatch.setattr("tinhgon.common.clock.today", now.date)


def end(old: Agency, *heirs: Agency) -> None:
    old.ended_on = ENDS
    old.save(update_fields=["ended_on"])
    kind = SuccessionKind.WHOLE if len(heirs) == 1 else SuccessionKind.PART
    for heir in heirs:
        Succession.objects.create(
            predecessor=old, successor=heir, on=ENDS, kind=kind, basis="Nghị quyết số 22/NQ-HĐND"
        )


def test_reviews_of_a_round_under_way_go_with_their_procedures(province: Province) -> None:
    old, new = province.departments
    review_round = make_review_round(province.committee)
    over = make_review_round(province.committee, closed_on=date(2024, 12, 31))
    review = make_review(review_round, old, reviewer=make_user(old, "officer"))
    kept = make_review(over, old)
    heir = make_user(new, "officer")
    end(old, new)

    call_command("remind")
    call_command("remind")

    review.refresh_from_db()
    kept.refresh_from_db()
    assert (review.agency, review.reviewer, review.version) == (new, None, 2)
    assert kept.agency == old
    event = Event.objects.get(kind="reviews.transferred")
    assert event.changes == [{"field": "Cơ quan rà soát", "from": old.name, "to": new.name}]
    assert Notice.objects.filter(user=heir, kind="reviews.transferred").count() == 1


def test_an_undecided_plan_goes_on_with_the_successor(
    province: Province, client: StrictClient
) -> None:
    old, new = province.departments
    plan = make_ready(old)
    heirs_own = make_plan(new, reviews=[make_done_review(new, plan.round)])
    end(old, new)
    ReviewRound.objects.filter(pk=plan.round_id).update(closed_on=date(2024, 12, 31))

    call_command("remind")

    plan.refresh_from_db()
    assert (plan.agency, plan.number) == (new, heirs_own.number + 1)
    assert {item.review.agency for item in plan.items.all()} == {new}
    assert Event.objects.filter(kind="plans.transferred").count() == 1
    client.force_login(make_user(new, "officer"))
    assert client.get(plan.get_absolute_url()).status_code == 200


def test_a_decided_plan_stays_and_what_is_left_to_do_goes(province: Province) -> None:
    old, new = province.departments
    text = make_text(old)
    plan = text.item.plan
    end(old, new)

    call_command("remind")

    plan.refresh_from_db()
    text = LegalChange.objects.get(pk=text.pk)
    assert plan.agency == old
    assert text.agency == new
    item = PlanItem.objects.get(plan=plan)
    assert policies.may_amend(make_user(new, "officer"), item)
    assert not policies.may_amend(make_user(old, "officer"), item)


def test_recommendations_without_an_answer_go_on_with_the_successor(
    province: Province, client: StrictClient
) -> None:
    """Who comes after words, sends, asks again; and follows the text that those above name."""
    old, new = province.departments
    to_send, sent = make_recommendation(old, ""), make_sent(old)
    refused = make_sent(old)
    clerk, heir = make_user(province.committee, "clerk"), make_user(new, "officer")
    record_answer(
        refused,
        answer(RecommendationMove.REFUSE),
        by=clerk,
        at=AT,
        seen=refused.version,
    )
    ReviewRound.objects.update(closed_on=date(2024, 12, 31))
    end(old, new)
    client.force_login(heir)
    assert client.get(to_send.get_absolute_url()).status_code == 404

    call_command("remind")
    call_command("remind")

    agencies = Recommendation.objects.values_list("agency", flat=True).order_by("pk")
    assert list(agencies) == [new.pk, new.pk, old.pk]  # what was refused ended there
    told = Notice.objects.filter(user=heir, kind="plans.recommendation_transferred")
    assert "2 kiến nghị" in told.get().text
    assert Notice.objects.filter(user=heir, kind="plans.answer_due").exists()
    assert Event.objects.filter(kind="plans.recommendation_transferred").count() == 2
    listed = client.get(told.get().url).context["lines"]
    assert {line.recommendation for line in listed} == {to_send, sent}
    address = {"version": 2, "authority": MINISTRY}
    assert client.post(f"{to_send.get_absolute_url()}soan/", address).status_code == 302
    sent.refresh_from_db()
    record_answer(sent, answer(), by=clerk, at=AT, seen=sent.version)
    assert LegalChange.objects.get().agency == new
    # The review of what was refused goes on, too, so that another plan can be drafted.
    assert Review.objects.get(plan_items=refused.item_id).agency == new
    reviews = {"dot": refused.item.plan.round_id, "co-quan": new.pk}
    assert client.get("/phuong-an/lap/", reviews).status_code == 200


def test_where_the_heir_is_unsure_a_person_chooses(
    province: Province, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = province.departments
    plan = make_ready(old)
    end(old, new, province.office)

    call_command("remind")

    plan.refresh_from_db()
    assert plan.agency == old
    assert Review.objects.get(plan_items__plan=plan).agency == old
    assert f"{old}: nhiều cơ quan kế thừa một phần" in capsys.readouterr().out


def test_nothing_is_left_to_hand_over(province: Province) -> None:
    make_decided(province.departments[0])

    call_command("remind")

    assert not Event.objects.filter(kind__endswith="transferred").exists()
    assert Plan.objects.get().agency == province.departments[0]

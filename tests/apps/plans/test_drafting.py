from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.domain.costing.sheets import row
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plans import entry, make_done_review, make_measure, make_plan
from tests.factories.procedures import AT, make_version
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.assessments.actions import import_rows, start_sheet, write_cells
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind
from tinhgon.apps.plans.models import Plan, PlanItem
from tinhgon.apps.plans.queries.costs import costs_of
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.enums import Outcome
from tinhgon.apps.reviews.models import SuggestionVerdict
from tinhgon.domain.costing import Sides

K = MeasureKind


def fresh(item: PlanItem) -> PlanItem:
    return PlanItem.objects.select_related("plan").get(pk=item.pk)


def kinds() -> list[str]:
    return list(Event.objects.order_by("number").values_list("kind", flat=True))


def test_a_plan_starts_with_what_the_reviews_found(province: Province) -> None:
    home = province.departments[0]
    review_round = make_review_round(province.committee)
    into = make_version(home, status=VersionStatus.PUBLISHED)
    reviews = [
        make_done_review(home, review_round, outcome=Outcome.ABOLISH),
        make_done_review(home, review_round, outcome=Outcome.MERGE, merge_into=into.procedure),
        make_done_review(home, review_round),
    ]
    SuggestionVerdict.objects.create(
        review=reviews[2],
        rule="sets",
        target="paper:2",
        measure="drop_paper",
        words="Giấy tờ đã có ở cơ quan giải quyết",
        is_accepted=True,
        decided_at=AT,
        decided_by=make_user(home),
    )

    plan = make_plan(home, reviews=reviews)

    found = [
        [(m.kind, m.content, m.reason) for m in item.measures.all()] for item in plan.items.all()
    ]
    assert found[0] == [("abolish", "Bãi bỏ thủ tục hành chính", "Không còn cần thiết")]
    assert found[1][0][1] == f"Gộp thủ tục vào thủ tục “{into.name}”"
    assert found[2][0][0] == "drop_paper"
    assert [item.ending for item in plan.items.all()] == ["abolish", "merge", ""]
    last = plan.items.last()
    assert last is not None
    assert last.to_be_record is not None
    assert len(last.to_be_record.papers) == 1
    assert kinds()[-1] == "plans.drafted"


def test_what_is_accepted_later_is_told_and_taken(client: StrictClient, province: Province) -> None:
    home = province.departments[0]
    officer = make_user(home)
    plan = make_plan(home, officer)
    item = plan.items.get()
    url = reverse("plans:take_suggestions", args=[item.pk])
    client.force_login(officer)
    client.post(url, {"version": item.version})
    assert "Không còn gợi ý nào" in client.get(item.get_absolute_url()).text
    for target, accepted in (("paper:1", False), ("paper:2", True)):
        SuggestionVerdict.objects.create(
            review=item.review,
            rule="held",
            target=target,
            measure="drop_paper",
            words="Giấy tờ đã có ở cơ quan giải quyết",
            is_accepted=accepted,
            reason="" if accepted else "Vẫn cần",
            decided_at=AT,
            decided_by=officer,
        )

    assert (
        "có 01 gợi ý đã nhận khi rà soát chưa đưa vào" in client.get(plan.get_absolute_url()).text
    )
    page = client.get(item.get_absolute_url()).text
    assert page.count("Giấy tờ đã có ở cơ quan giải quyết") == 1
    client.post(url, {"version": item.version})

    item.refresh_from_db()
    [measure] = item.measures.all()
    assert (measure.kind, measure.target) == ("drop_paper", "paper:2")
    assert item.to_be_record is not None
    assert len(item.to_be_record.papers) == 1
    assert kinds()[-1] == "plans.suggestions_taken"
    assert "chưa đưa vào" not in client.get(plan.get_absolute_url()).text
    # Told once more it has nothing to do; somebody else's agency does not see it.
    client.post(url, {"version": item.version})
    assert item.measures.count() == 1
    client.force_login(make_user(province.departments[1]))
    assert client.post(url, {"version": item.version}).status_code == 404


def test_a_second_plan_of_an_agency_in_a_round_is_a_supplement(province: Province) -> None:
    home = province.departments[0]
    review_round = make_review_round(province.committee)
    make_plan(home, reviews=[make_done_review(home, review_round)])

    second = make_plan(home, reviews=[make_done_review(home, review_round)])

    assert second.number == 2
    assert "bổ sung 1" in str(second)


def test_what_is_kept_or_not_reviewed_does_not_go_into_a_plan(province: Province) -> None:
    home, other = province.departments
    review_round = make_review_round(province.committee)
    for review in (
        make_done_review(home, review_round, outcome=Outcome.KEEP),
        make_review(review_round, home),
        make_done_review(other, review_round),
    ):
        with pytest.raises(actions.Refused):
            actions.draft_plan(
                review_round=review_round, agency=home, reviews=[review], by=make_user(home), at=AT
            )
    assert not Plan.objects.exists()


def test_a_procedure_is_in_one_plan_only(province: Province) -> None:
    review = make_done_review(province.departments[0])
    make_plan(review.agency, reviews=[review])

    with pytest.raises(actions.StaleObject):
        make_plan(review.agency, reviews=[review])
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("role", ["coordinator", "clerk", "leader", "administrator"])
def test_who_may_not_draft(province: Province, role: str) -> None:
    with pytest.raises(PermissionDenied):
        make_plan(province.departments[0], make_user(province.departments[0], role))


def test_measures_make_the_record_to_be(province: Province) -> None:
    item = make_plan(province.departments[0]).items.get()

    make_measure(item)
    make_measure(item := fresh(item), kind=K.DROP_STEP, target="step:2")

    record = fresh(item).to_be_record
    assert record is not None
    assert (str(record.time_limit.amount) if record.time_limit else "") == "3"
    assert len(record.steps) == 2
    assert kinds()[-2:] == ["plans.measure_added", "plans.measure_added"]


def test_measures_in_each_others_way_are_named(province: Province) -> None:
    item = make_plan(province.departments[0]).items.get()
    shorter = make_measure(
        item, entry=entry(target="step:2", value={"amount": "1", "unit": "working_day"})
    )
    drop = make_measure(item := fresh(item), kind=K.DROP_STEP, target="step:2")

    [conflict] = fresh(item).conflicts
    assert (conflict["measure"], conflict["other"]) == (shorter.pk, drop.pk)

    actions.remove_measure(
        measure=drop, by=make_user(item.plan.agency), at=AT, seen=fresh(item).version
    )
    assert fresh(item).conflicts == []


def test_another_amount_under_the_same_words_is_in_the_trail(province: Province) -> None:
    item = make_plan(province.departments[0]).items.get()
    measure = make_measure(item, entry=entry(content="Giảm thời hạn"))
    less = {"amount": "1", "unit": "working_day"}

    actions.change_measure(
        measure=measure,
        entry=entry(content="Giảm thời hạn", value=less),
        by=make_user(item.plan.agency),
        at=AT,
        seen=fresh(item).version,
    )

    changes = Event.objects.get(kind="plans.measure_changed").changes
    assert [each["field"] for each in changes] == ["Tác động"]


def test_the_draft_of_another_agency_tells_no_name(province: Province) -> None:
    home, other = province.departments
    into = make_version(other, status=VersionStatus.PUBLISHED, name="Tên đã công bố")
    draft = ProcedureVersion.objects.get(pk=into.pk)
    draft.pk, draft.number, draft.name = None, 2, "Tên còn dự thảo"
    draft.status, draft.valid_from = VersionStatus.DRAFT.value, None
    draft._state.adding = True
    draft.save()
    review = make_done_review(home, outcome=Outcome.MERGE, merge_into=into.procedure)

    item = make_plan(home, reviews=[review]).items.get()

    assert item.measures.get().value == {"into": "Tên đã công bố"}


def test_what_cannot_be_applied_at_all_is_refused(province: Province) -> None:
    item = make_plan(province.departments[0]).items.get()

    with pytest.raises(actions.Refused, match="không chắc ngắn hơn"):
        make_measure(item, entry=entry(value={"amount": "9", "unit": "working_day"}))
    assert fresh(item).version == item.version
    assert not item.measures.exists()


def test_two_officers_on_one_procedure_lose_nothing(province: Province) -> None:
    item = make_plan(province.departments[0]).items.get()
    seen_by_both = item.version
    make_measure(item)

    with pytest.raises(actions.StaleObject):
        actions.add_measure(
            item=fresh(item),
            entry=entry(K.DROP_STEP, "step:2"),
            by=make_user(item.plan.agency),
            at=AT,
            seen=seen_by_both,
        )
    assert item.measures.count() == 1


def test_two_officers_on_two_procedures_do_not_meet(province: Province) -> None:
    home = province.departments[0]
    review_round = make_review_round(province.committee)
    reviews = [make_done_review(home, review_round) for _ in range(2)]
    one, two = make_plan(home, reviews=reviews).items.all()

    make_measure(one)
    make_measure(two)

    assert [item.measures.count() for item in (one, two)] == [1, 1]


def test_a_changed_measure_is_computed_anew(province: Province) -> None:
    item = make_plan(province.departments[0]).items.get()
    measure = make_measure(item)

    actions.change_measure(
        measure=measure,
        entry=entry(value={"amount": "2", "unit": "working_day"}),
        by=make_user(item.plan.agency),
        at=AT,
        seen=fresh(item).version,
    )

    record = fresh(item).to_be_record
    assert record is not None
    assert record.time_limit is not None
    assert str(record.time_limit.amount) == "2"
    assert "02 ngày làm việc" in item.measures.get().content


def test_a_procedure_leaves_the_plan_and_may_enter_another(province: Province) -> None:
    plan = make_plan(province.departments[0])
    item = plan.items.get()
    review = item.review

    actions.remove_item(item=item, by=make_user(plan.agency), at=AT, seen=item.version)

    assert not plan.items.exists()
    actions.add_items(plan=plan, reviews=[review], by=make_user(plan.agency), at=AT)
    assert plan.items.get().review == review


def test_the_cost_follows_the_measures(province: Province) -> None:
    review = make_done_review(province.departments[0])
    by = make_user(review.agency)
    sheet = start_sheet(review=review, by=by, at=AT)
    cells = {"now.paper-1.hours": "5", "now.paper-2.hours": "2", "now..subjects": "40"}
    write_cells(sheet=sheet, cells=cells, by=by, at=AT, seen=sheet.version)
    item = make_plan(review.agency, reviews=[review]).items.get()
    before = costs_of([review.pk])[review.pk]
    assert before.before == before.after == sheet.cost_now > 0

    make_measure(item, kind=K.DROP_PAPER, target="paper:2")
    less = costs_of([review.pk])[review.pk]
    assert less.before == before.before
    assert 0 < less.after < before.after

    item = fresh(item)
    actions.remove_measure(
        measure=item.measures.get(), by=make_user(review.agency), at=AT, seen=item.version
    )
    make_measure(item := fresh(item), kind=K.ABOLISH, target="")
    assert costs_of([review.pk])[review.pk].after == 0


def test_merging_steps_alone_saves_nothing(province: Province) -> None:
    review = make_done_review(province.departments[0])
    by = make_user(review.agency)
    sheet = start_sheet(review=review, by=by, at=AT)
    item = make_plan(review.agency, reviews=[review]).items.get()
    steps = item.as_is_record.steps
    rows = [
        row(f"step-{n}", part=f"step:{n}", hours=4, source="Sổ theo dõi")
        for n in range(1, len(steps) + 1)
    ]
    side = replace(sheet.sides.now, rows=tuple(rows), subjects=Decimal(40))
    import_rows(sheet=sheet, sides=Sides(side, side), by=by, at=AT, seen=sheet.version)

    make_measure(item, kind=K.MERGE_STEPS, target="step:1", value={"with": ["step:2"]})

    costs = costs_of([review.pk])[review.pk]
    assert costs.before == costs.after > 0

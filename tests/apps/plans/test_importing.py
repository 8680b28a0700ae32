"""Plans approved before the system existed: read, matched, written at one stroke, taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.domain.catalogue.plans.decisions import decision, layout
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plan_imports import (
    ASSESS,
    LATER,
    STAFF,
    make_import,
    make_ready_import,
    published,
    text_upload,
    write,
)
from tests.factories.plans import PDF, make_done_review, make_plan
from tests.factories.procedures import make_version
from tests.factories.reviews import make_programme_round, make_review, make_review_round
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind, PlanStatus, RowChoice, Verdict
from tinhgon.apps.plans.models import (
    LegalChange,
    Measure,
    Plan,
    PlanDecision,
    PlanImport,
    PlanImportRow,
    PlanItem,
    StatedCosts,
)
from tinhgon.apps.plans.queries.costs import costs_of, stated_of
from tinhgon.apps.plans.queries.import_standing import Standing, standing_of
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.refusal import Refused
from tinhgon.domain.lifecycle import IllegalMove

D = Decimal


def standing(plan_import: PlanImport) -> Standing:
    by = make_user(plan_import.agency.parent or plan_import.agency, "coordinator")
    return standing_of(plan_import, today=LATER.date(), by=by)


def fault_of(plan_import: PlanImport, place: int) -> str:
    return standing(plan_import).faults[plan_import.rows.all()[place].pk]


def test_each_procedure_stands_beside_its_match(home: Agency) -> None:
    version = published(home, f"Thủ tục {ASSESS.lower()}")
    found = make_import(home)

    first, second = found.rows.all()
    assert (found.heading["number"], found.heading["issued_on"]) == ("1877", "2024-10-07")
    assert found.issuer == home.parent
    assert (first.version, first.matched_by, first.choice) == (version, "name", "take")
    assert (second.procedure, second.choice) == (None, "")
    assert [m["kind"] for m in first.said["measures"]] == ["drop_paper", "fewer_sets"]
    assert first.said["costs"] == {
        "before": "96496000",
        "after": "72372000",
        "saved": "24124000",
        "ratio": "25",
    }
    [text] = first.texts
    assert (text["work"], text["provision"]) == ("Sửa đổi, bổ sung", "khoản 2 Điều 7")
    assert text["text"].startswith("Quyết định số 41/2021/QĐ-UBND ngày 20/12/2021")
    assert not Plan.objects.exists()


def test_the_national_code_goes_before_the_name(home: Agency) -> None:
    named = published(home, ASSESS)
    coded = published(home, "Tên khác hẳn")
    coded.procedure.change(seen_version=coded.procedure.version, national_code="1.005388")

    first = make_import(home).rows.all()[0]

    assert (first.procedure, first.matched_by) == (coded.procedure, "code")
    assert first.procedure != named.procedure


def test_what_is_like_it_is_offered_and_not_taken(home: Agency) -> None:
    version = published(home, "Giao biên chế công chức hàng năm cho đơn vị")
    row = make_import(home).rows.all()[1]

    assert (row.procedure, row.choice) == (None, "")
    assert [offer["procedure"] for offer in row.offers] == [version.procedure_id]
    assert row.offers[0]["reasons"]


def test_several_of_one_name_are_offered(province: Province) -> None:
    versions = [published(agency, STAFF) for agency in province.departments]
    row = make_import(province.committee).rows.all()[1]

    assert row.choice == ""
    offered = {offer["procedure"] for offer in row.offers}
    assert offered == {version.procedure_id for version in versions}


def test_only_the_branch_is_searched(province: Province) -> None:
    published(province.departments[1], ASSESS)

    assert make_import(province.departments[0]).rows.all()[0].procedure is None


def test_the_version_of_the_day_of_the_decision_is_meant(home: Agency) -> None:
    old = published(home, STAFF, valid_to=date(2024, 10, 20))
    new = make_version(home, name="Tên khác")
    type(new).objects.filter(pk=new.pk).update(
        procedure=old.procedure_id, number=2, status="published", valid_from=date(2024, 10, 20)
    )

    assert make_import(home).rows.all()[1].version == old


def test_a_procedure_that_ended_meanwhile_is_still_found(home: Agency) -> None:
    ended = published(home, STAFF, valid_to=date(2024, 10, 15))

    assert make_import(home).rows.all()[1].version == ended


def judged(row: PlanImportRow, verdict: Verdict, **values: Any) -> None:
    """Say what the decision says of a procedure, as a clerk does it in the preview."""
    plan_import = PlanImport.objects.select_related("agency__parent").get(pk=row.plan_import_id)
    row.plan_import = plan_import
    kinds = [MeasureKind(each["kind"]) for each in row.said["measures"]]
    entry = actions.RowEntry(
        RowChoice.TAKE, row.procedure_id or 0, verdict=verdict, kinds=kinds, **values
    )
    by = make_user(plan_import.agency.parent or plan_import.agency, "coordinator")
    actions.change_row(row=row, entry=entry, by=by, at=LATER, seen=plan_import.version)


def test_what_the_decision_refuses_or_approves_in_part_is_written_so(home: Agency) -> None:
    found = make_ready_import(home)
    first, second = found.rows.all()
    judged(first, Verdict.PARTLY, verdict_reason="Vẫn cần bản sao", granted=[False, True])
    judged(second, Verdict.REFUSED, verdict_reason="Trái Luật Cán bộ, công chức")
    found.refresh_from_db()

    made = write(found)

    plan = Plan.objects.get()
    assert plan.status == PlanStatus.APPROVED_IN_PART
    partly, refused = plan.items.all()
    assert (partly.verdict, partly.is_live) == (Verdict.PARTLY, True)
    assert [bool(m.granted_by) for m in partly.measures.all()] == [False, True]
    assert (refused.verdict, refused.is_live) == (Verdict.REFUSED, False)
    assert not refused.measures.filter(granted_by__isnull=False).exists()
    assert {change.item for change in LegalChange.objects.to_carry_out()} <= {partly}
    lines = made.lines.all()
    assert [line.reason for line in lines] == ["Vẫn cần bản sao", "Trái Luật Cán bộ, công chức"]
    undone = PlanImport.objects.get(pk=found.pk)
    by = make_user(home.parent or home, "coordinator")
    assert actions.undo_import(plan_import=undone, by=by, at=LATER, seen=undone.version) == 2


def test_a_decision_that_refuses_all_leaves_a_refused_plan(home: Agency) -> None:
    found = make_ready_import(home)
    for row in found.rows.all():
        judged(row, Verdict.REFUSED, verdict_reason="Chưa đủ căn cứ")
    found.refresh_from_db()
    write(found)
    assert Plan.objects.get().status == PlanStatus.REFUSED


@pytest.mark.parametrize(
    ("verdict", "values", "words"),
    [
        (Verdict.REFUSED, {}, "Ghi lý do"),
        (Verdict.PARTLY, {"granted": [True, False]}, "Ghi lý do"),
        (Verdict.PARTLY, {"granted": [True, True], "verdict_reason": "x"}, "không phải tất cả"),
        (Verdict.PARTLY, {"granted": [False, False], "verdict_reason": "x"}, "không phải tất cả"),
    ],
)
def test_what_is_not_approved_says_why_and_which_measures_are(
    home: Agency, verdict: Verdict, values: dict[str, Any], words: str
) -> None:
    row = make_ready_import(home).rows.all()[0]
    with pytest.raises(Refused, match=words):
        judged(row, verdict, **values)


def test_what_stands_under_a_heading_of_refusals_is_taken_for_refused(home: Agency) -> None:
    heading = "CÁC PHƯƠNG ÁN KHÔNG ĐƯỢC PHÊ DUYỆT"
    text = decision(layout("dotted").replace("LĨNH VỰC BIÊN CHẾ", heading))
    for each in (ASSESS, STAFF):
        published(home, each)

    first, second = make_import(home, text=text).rows.all()

    assert first.verdict == Verdict.APPROVED
    assert second.verdict == Verdict.REFUSED
    assert second.verdict_reason == heading


def test_what_is_refused_by_name_and_what_goes_back_are_judged_as_read(home: Agency) -> None:
    """A decision may list them without a plan; the clerk only corrects."""
    more = (
        "III. Đề nghị tiếp tục nghiên cứu\n1. Thủ tục Thi nâng ngạch, lý do: Chưa đủ căn cứ.\n"
        "IV. Thủ tục trả lại để hoàn thiện\n1. Thủ tục Xếp lương\n"
    )
    for name in (ASSESS, STAFF, "Thi nâng ngạch", "Xếp lương"):
        published(home, name)
    found = make_import(home, text=decision(layout("dotted") + more))

    refused, returned = found.rows.all()[2:]
    assert (refused.choice, refused.verdict) == ("take", Verdict.REFUSED)
    assert refused.verdict_reason == "Đề nghị tiếp tục nghiên cứu: Chưa đủ căn cứ."
    assert (returned.choice, returned.reason) == ("leave", "Thủ tục trả lại để hoàn thiện")
    assert returned.procedure
    assert standing(found).ready == 3
    made = write(found)

    line = made.lines.get(verdict=Verdict.REFUSED)
    assert line.reason == refused.verdict_reason
    assert not line.item.is_live
    assert PlanItem.objects.count() == 3


def test_everything_is_written_at_one_stroke(home: Agency) -> None:
    found = make_ready_import(home)
    made = write(found)

    found.refresh_from_db()
    plan = Plan.objects.get()
    assert (found.status, found.decision) == ("written", made)
    assert (plan.agency, plan.status, plan.is_imported) == (home, PlanStatus.APPROVED, True)
    assert plan.decided_on == date(2024, 10, 7)
    assert made.is_imported
    assert made.document.file == found.file
    assert (made.document.number, made.document.signer_name) == ("1877", "Lương Trọng Nghĩa")
    first, second = plan.items.all()
    assert [str(item) for item in (first, second)] == [ASSESS, STAFF]
    assert (first.verdict, first.to_be, first.ending) == (Verdict.APPROVED, None, "")
    assert first.proposal.startswith("Sửa đổi khoản 2 Điều 7")
    measures = list(first.measures.all())
    assert [m.content for m in measures] == [
        "Bãi bỏ bản sao quyết định thành lập đơn vị.",
        "Giảm số lượng hồ sơ phải nộp từ 02 bộ xuống còn 01 bộ.",
    ]
    assert {m.granted_by for m in measures} == {first.decision_lines.get()}
    assert {(m.target, str(m.value)) for m in measures} == {("", "{}")}
    change = first.legal_changes.get()
    assert (change.provision, change.agency) == ("khoản 2 Điều 7", home)
    assert set(LegalChange.objects.to_carry_out()) == set(LegalChange.objects.all())


def test_the_costs_of_the_decision_are_stated_and_never_computed(home: Agency) -> None:
    write(make_ready_import(home))

    item = PlanItem.objects.order_by("order")[0]
    assert costs_of([item.review_id]) == {}
    line = item.decision_lines.get()
    assert (line.cost_before, line.cost_after) == (None, None)
    stated = stated_of([item.pk])[item.pk]
    figures = (stated.before, stated.after, stated.saved, stated.ratio)
    assert figures == (D(96_496_000), D(72_372_000), D(24_124_000), D(25))


def test_the_review_says_that_the_decision_tells_of_it(home: Agency) -> None:
    found = make_ready_import(home)
    made = write(found)

    review = PlanItem.objects.order_by("order")[0].review
    assert (review.status, review.outcome, review.answered_by) == (Status.ENTERED, "amend", None)
    assert str(made) in review.outcome_reason
    review_round = ReviewRound.objects.get()
    assert review_round.round == found.round
    assert review_round.closed_on == date(2024, 10, 7)


def test_each_agency_that_holds_a_procedure_gets_a_plan(province: Province) -> None:
    one, other = province.departments
    published(one, ASSESS)
    published(other, STAFF)
    made = write(make_import(province.committee), make_user(province.committee, "coordinator"))

    plans = {plan.agency: plan for plan in Plan.objects.all()}
    assert set(plans) == {one, other}
    assert made.lines.count() == 2


def test_abolition_and_central_texts_are_told_from_the_words(home: Agency) -> None:
    annex = (
        f"1. {ASSESS}\nNội dung đơn giản hóa: Bãi bỏ thủ tục.\nLý do: Không còn phát sinh.\n"
        "Kiến nghị thực thi: Bãi bỏ Điều 3 Thông tư số 01/2019/TT-BNV.\n"
        f"2. {STAFF}\nNội dung đơn giản hóa: Rút ngắn thời hạn từ 9 ngày xuống 7 ngày.\n"
        "Lý do: Nhanh hơn.\nKiến nghị thực thi: Sửa Điều 5 Quyết định số 9/2020/QĐ-UBND.\n"
    )
    published(home, ASSESS)
    published(home, STAFF)
    write(make_import(home, text=decision(annex)))

    ended, shortened = PlanItem.objects.order_by("order")
    assert (ended.ending, ended.verdict) == ("abolish", Verdict.RECOMMENDED_UP)
    assert ended.review.outcome == "abolish"
    assert ended.recommendation.authority == "Bộ Nội vụ"
    assert not hasattr(shortened, "recommendation")
    assert (shortened.ending, shortened.verdict) == ("", Verdict.APPROVED)
    assert not StatedCosts.objects.exists()


def test_nothing_is_written_while_something_is_unclear(home: Agency) -> None:
    published(home, ASSESS)
    found = make_import(home)

    with pytest.raises(actions.Refused, match="Còn 1 thủ tục chưa rõ"):
        write(found)
    found.refresh_from_db()
    assert (found.status, PlanDecision.objects.count(), Review.objects.count()) == (
        "previewed",
        0,
        0,
    )


def test_what_is_left_out_has_a_reason(home: Agency) -> None:
    published(home, ASSESS)
    found = make_import(home)
    by = make_user(home.parent or home, "coordinator")

    with pytest.raises(actions.Refused, match="Ghi lý do"):
        actions.leave_unclear(plan_import=found, reason=" ", by=by, at=LATER, seen=found.version)
    found.refresh_from_db()
    count = actions.leave_unclear(
        plan_import=found, reason="Chưa công bố", by=by, at=LATER, seen=found.version
    )
    write(found)

    assert count == 1
    assert [str(item) for item in PlanItem.objects.all()] == [ASSESS]
    assert found.rows.all()[1].reason == "Chưa công bố"


def entry(choice: RowChoice = RowChoice.TAKE, **values: object) -> actions.RowEntry:
    defaults = {"kinds": [MeasureKind.OTHER], "texts": []}
    return actions.RowEntry(choice=choice, **{**defaults, **values})  # type: ignore[arg-type]


def test_another_procedure_is_chosen_and_stays_chosen(home: Agency) -> None:
    other = published(home, "Cử công chức đi học")
    found = make_import(home)
    by = make_user(home.parent or home, "coordinator")
    row = found.rows.select_related("plan_import").all()[1]

    actions.change_row(
        row=row, entry=entry(procedure=other.procedure_id), by=by, at=LATER, seen=found.version
    )
    found.refresh_from_db()
    actions.match_again(plan_import=found, by=by, at=LATER, seen=found.version)

    row.refresh_from_db()
    assert (row.version, row.matched_by, row.choice) == (other, "person", "take")
    assert row.said["measures"][0]["kind"] == "other"


def test_a_procedure_of_another_branch_cannot_be_chosen(province: Province) -> None:
    elsewhere = published(province.departments[1], "Cử công chức đi học")
    found = make_import(province.departments[0])
    row = found.rows.select_related("plan_import").all()[1]
    chosen = entry(procedure=elsewhere.procedure_id)

    with pytest.raises(actions.Refused, match="thuộc phạm vi nhập"):
        actions.change_row(
            row=row,
            entry=chosen,
            by=make_user(province.committee, "coordinator"),
            at=LATER,
            seen=found.version,
        )


def test_two_rows_are_never_one_procedure(home: Agency) -> None:
    version = published(home, ASSESS)
    found = make_import(home)
    row = found.rows.select_related("plan_import").all()[1]
    by = make_user(home.parent or home, "coordinator")
    chosen = entry(procedure=version.procedure_id)
    actions.change_row(row=row, entry=chosen, by=by, at=LATER, seen=found.version)

    found.refresh_from_db()
    assert "Trùng thủ tục với mục I.1" in fault_of(found, 1)
    with pytest.raises(actions.Refused, match="chưa ghi được"):
        write(found)


def test_a_procedure_entered_later_is_found_on_looking_again(home: Agency) -> None:
    found = make_import(home)
    assert standing(found).undecided == 2
    published(home, STAFF)
    by = make_user(home.parent or home, "coordinator")

    actions.match_again(plan_import=found, by=by, at=LATER, seen=found.version)

    assert standing(found).undecided == 1


def test_the_same_decision_is_not_written_twice(home: Agency) -> None:
    first = make_ready_import(home)
    second = make_import(home, programme_round=make_programme_round(home.parent or home))
    write(first)

    with pytest.raises(actions.Refused, match="Đã ghi"):
        write(second)
    assert PlanDecision.objects.count() == 1
    assert Plan.objects.count() == 1


def test_a_procedure_already_planned_in_the_round_is_told(home: Agency) -> None:
    review_round = make_review_round(home.parent or home)
    version = published(home, ASSESS)
    make_plan(home, reviews=[make_done_review(home, review_round, version=version)])
    found = make_import(home, programme_round=review_round.round)

    assert "Đã có trong phương án" in fault_of(found, 0)


def test_a_review_under_way_is_not_written_over(home: Agency) -> None:
    review_round = make_review_round(home.parent or home)
    version = published(home, ASSESS)
    review = make_review(review_round, home, version, status=Status.IN_PROGRESS.value)
    found = make_import(home, programme_round=review_round.round)

    assert "Đang được rà soát" in fault_of(found, 0)
    review.refresh_from_db()
    assert review.status == Status.IN_PROGRESS


def test_a_review_that_nobody_began_takes_the_outcome_and_gives_it_back(home: Agency) -> None:
    review_round = make_review_round(home.parent or home)
    review = make_review(review_round, home, published(home, ASSESS))
    published(home, STAFF)
    found = make_import(home, programme_round=review_round.round)
    by = make_user(home.parent or home, "coordinator")

    write(found, by)
    review.refresh_from_db()
    assert (review.status, Review.objects.count()) == (Status.ENTERED, 2)
    found.refresh_from_db()
    actions.undo_import(plan_import=found, by=by, at=LATER, seen=found.version)

    review.refresh_from_db()
    assert (review.status, review.outcome) == (Status.TO_DO, "")
    assert list(Review.objects.all()) == [review]
    assert ReviewRound.objects.filter(pk=review_round.pk).exists()


def test_what_changed_since_the_preview_stops_the_writing(home: Agency) -> None:
    found = make_ready_import(home)
    row = found.rows.all()[0]
    assert row.version is not None
    type(row.version).objects.filter(pk=row.version.pk).update(status="checked", valid_from=None)

    with pytest.raises(actions.Refused, match=r"xem lý do ở mục I\.1"):
        write(found)
    assert not PlanDecision.objects.exists()


def test_the_second_of_two_people_is_told(home: Agency) -> None:
    found = make_ready_import(home)
    seen = PlanImport.objects.get(pk=found.pk)
    write(found)

    with pytest.raises(IllegalMove):
        write(PlanImport.objects.get(pk=found.pk))
    with pytest.raises(actions.StaleObject):
        write(seen)
    assert PlanDecision.objects.count() == 1


def test_undoing_leaves_nothing_behind_but_the_trail(home: Agency) -> None:
    found = make_ready_import(home)
    by = make_user(home.parent or home, "coordinator")
    write(found, by)
    found.refresh_from_db()

    count = actions.undo_import(plan_import=found, by=by, at=LATER, seen=found.version)

    assert count == 2
    for model in (PlanDecision, Plan, PlanItem, Measure, LegalChange, StatedCosts, Review):
        assert not model._default_manager.exists(), model
    assert not ReviewRound.objects.exists()
    found.refresh_from_db()
    assert (found.status, found.decision, found.entered_round) == ("undone", None, False)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"plans.import_written", "plans.import_undone", "plans.import_taken_back"} <= kinds
    again = make_import(home, programme_round=found.round)
    assert write(again, by).lines.count() == 2


def test_what_was_followed_is_not_undone(home: Agency) -> None:
    found = make_ready_import(home)
    by = make_user(home.parent or home, "coordinator")
    write(found, by)
    found.refresh_from_db()
    change = LegalChange.objects.all()[0]
    actions.draft_text(
        change=change, upload=PDF, by=make_user(home, "officer"), at=LATER, seen=change.version
    )

    with pytest.raises(actions.Refused, match="đã có việc tiếp theo"):
        actions.undo_import(plan_import=found, by=by, at=LATER, seen=found.version)
    assert PlanDecision.objects.exists()


def test_a_version_that_carries_it_out_is_drafted_as_it_stands(home: Agency) -> None:
    write(make_ready_import(home))
    item = PlanItem.objects.select_related("plan__agency", "review__procedure_version").order_by(
        "order"
    )[0]
    draft = actions.draft_amendment(
        item=item, by=make_user(home, "officer"), at=LATER, seen=item.version
    )

    assert draft.record == item.as_is_record
    found = PlanImport.objects.get()
    by = make_user(home.parent or home, "coordinator")
    with pytest.raises(actions.Refused, match="đã có việc tiếp theo"):
        actions.undo_import(plan_import=found, by=by, at=LATER, seen=found.version)


def test_the_round_must_be_of_the_branch(province: Province) -> None:
    elsewhere = make_programme_round(province.districts[0])

    with pytest.raises(actions.Refused, match="Chọn đợt khác"):
        make_import(province.departments[0], programme_round=elsewhere)
    assert not StoredFile.objects.exists()


def test_a_past_round_is_entered_only_by_who_runs_rounds(home: Agency) -> None:
    clerk = make_user(home.parent or home, "clerk")

    with pytest.raises(PermissionDenied):
        make_import(home, clerk)
    review_round = make_review_round(home.parent or home)
    made = make_import(home, clerk, programme_round=review_round.round)
    assert made.created_by == clerk


def test_an_officer_enters_no_decision(home: Agency) -> None:
    with pytest.raises(PermissionDenied):
        make_import(home, make_user(home, "officer"))


def test_what_is_no_decision_on_plans_is_refused(home: Agency) -> None:
    with pytest.raises(actions.Refused, match="Không thấy phương án đơn giản hóa"):
        make_import(home, text=decision(""))
    assert not PlanImport.objects.exists()


def test_the_upload_is_what_is_kept(home: Agency) -> None:
    found = make_import(home)

    with found.file.content.open("rb") as content:
        assert content.read() == text_upload().data


def test_the_heading_is_put_right_and_the_day_decides_again(home: Agency) -> None:
    old = published(home, STAFF, valid_to=date(2024, 1, 1))
    new = make_version(home, name=STAFF)
    type(new).objects.filter(pk=new.pk).update(
        procedure=old.procedure_id, number=2, status="published", valid_from=date(2024, 1, 1)
    )
    found = make_import(home)
    assert found.rows.all()[1].version == new
    by = make_user(home.parent or home, "coordinator")
    texts = {**{n: found.heading[n] for n in ("symbol", "subject", "signer_name")}, "number": "9"}
    heading = actions.Heading(
        home, date(2023, 6, 1), {**texts, "signer_title": "GIÁM ĐỐC", "signer_authority": ""}
    )

    actions.correct_heading(
        plan_import=found,
        heading=heading,
        programme_round=found.round,
        by=by,
        at=LATER,
        seen=found.version,
    )

    assert found.rows.all()[1].version == old
    assert (found.issuer, found.heading["number"]) == (home, "9")


def test_one_block_for_several_procedures_states_its_costs_once(home: Agency) -> None:
    annex = (
        "1. Nhóm 02 thủ tục, gồm:\n1.1. Thủ tục cử đi học\n1.2. Thủ tục cử đi công tác\n"
        "1.1. Nội dung đơn giản hóa\nBỏ bản giấy.\n1.2. Kiến nghị thực thi\nSửa Quy chế.\n"
        "1.3. Lợi ích phương án đơn giản hóa\n"
        "- Chi phí tuân thủ TTHC trước khi đơn giản hóa: 10.000.000 đồng/năm\n"
        "- Chi phí tuân thủ TTHC sau khi đơn giản hóa: 8.000.000 đồng/năm\n"
        "- Chi phí tiết kiệm: 2.000.000 đồng/năm\n- Tỷ lệ cắt giảm chi phí: 20%.\n"
    )
    first, second = make_import(home, text=decision(annex)).rows.all()

    assert first.said["costs"]["saved"] == "2000000"
    assert (second.said["costs"], second.said["costs_with"]) == ({}, "1")


def test_sums_that_do_not_agree_are_told_beside_the_row(home: Agency) -> None:
    annex = layout("dotted").replace("24.124.000", "25.000.000")
    first, second = make_import(home, text=decision(annex)).rows.all()

    assert any("24.124.000" in problem for problem in first.problems)
    assert second.problems == []

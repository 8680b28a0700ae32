"""The way of a plan through the pages, as each person walks it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_user
from tests.factories.agencies import Province, make_agency
from tests.factories.plans import (
    make_assessed,
    make_confirmed,
    make_done_review,
    make_measure,
    make_plan,
    make_ready,
    make_submitted_plan,
)
from tests.factories.reviews import make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.enums import PlanStatus, Verdict
from tinhgon.apps.plans.models import Plan, PlanDecision, PlanItem

S = PlanStatus


def signed_in(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def post(client: StrictClient, name: str, pk: int, **data: Any) -> Any:
    return client.post(reverse(f"plans:{name}", args=[pk]), data)


def words_of(response: Any) -> str:
    content: bytes = response.content
    return content.decode()


def status_of(plan: Plan) -> str:
    return Plan.objects.get(pk=plan.pk).status


def test_an_officer_drafts_a_plan_from_the_reviews(province: Province, home: Agency) -> None:
    review_round = make_review_round(province.committee)
    reviews = [make_done_review(home, review_round) for _ in range(2)]
    client = signed_in(make_user(home, "officer"))

    page = words_of(client.get(reverse("plans:draft")))
    assert all(str(review.procedure_version) in page for review in reviews)
    assert client.post(reverse("plans:draft"), {"sent": "1"}).status_code == 422
    answer = client.post(reverse("plans:draft"), {"reviews": [reviews[0].pk]})

    plan = Plan.objects.get()
    assert answer.headers["Location"] == plan.get_absolute_url()
    assert "Thêm thủ tục" in words_of(client.get(plan.get_absolute_url()))
    answer = post(client, "add_items", plan.pk, reviews=[reviews[1].pk])
    assert answer.status_code == 302
    assert plan.items.count() == 2


def test_of_several_rounds_one_is_chosen_first(province: Province, home: Agency) -> None:
    rounds = [make_review_round(province.committee) for _ in range(2)]
    for review_round in rounds:
        make_done_review(home, review_round)
    client = signed_in(make_user(home, "officer"))

    page = words_of(client.get(reverse("plans:draft")))
    assert page.count("co-quan=") == 2
    chosen = client.get(reverse("plans:draft"), {"dot": rounds[1].pk, "co-quan": home.pk})
    assert "Lập phương án của" in words_of(chosen)
    strange = client.get(reverse("plans:draft"), {"dot": rounds[1].pk, "co-quan": 999_999})
    assert strange.status_code == 404


def test_with_nothing_to_plan_the_page_says_what_to_do(home: Agency) -> None:
    page = words_of(signed_in(make_user(home, "officer")).get(reverse("plans:draft")))

    assert "Chưa có thủ tục nào để lập phương án" in page


def test_the_agencies_to_plan_for_come_in_pages_and_are_found_without_tones(
    province: Province,
) -> None:
    review_round = make_review_round(province.committee)
    for number in range(51):
        agency = make_agency(f"Trung tâm Đo đạc {number}", parent=province.committee)
        make_done_review(agency, review_round)
    client = signed_in(make_user(province.committee, "officer"))
    url = reverse("plans:draft")

    first, second = (client.get(url, {"page": n}) for n in (1, 2))
    found = client.get(url, {"q": "do dac 17"})

    assert [len(page.context["choices"]) for page in (first, second)] == [50, 1]
    assert [c.agency.name for c in found.context["choices"]] == ["Trung tâm Đo đạc 17"]
    assert "Không có cơ quan nào khớp" in words_of(client.get(url, {"q": "không có"}))


def test_a_seat_outside_the_branch_of_the_role_gives_nothing_to_plan(province: Province) -> None:
    """Sits in a department, looks after a district: what the department reviewed is not his."""
    home, district = province.departments[0], province.districts[0]
    review_round = make_review_round(province.committee)
    make_done_review(home, review_round)
    client = signed_in(make_user(home, "officer", scope=district))
    address = {"dot": review_round.pk, "co-quan": home.pk}

    assert "Chưa có thủ tục nào" in words_of(client.get(reverse("plans:draft")))
    assert client.get(reverse("plans:draft"), address).status_code == 404


FORMS: dict[str, dict[str, Any]] = {
    "shorten": {"target": "time_limit", "amount": "2,5", "unit": "working_day"},
    "drop_step": {"target": "step:2"},
    "merge_steps": {"target": "step:1", "with_steps": ["step:2"], "what": "Gửi và thẩm định"},
    "drop_paper": {"target": "paper:2"},
    "electronic": {"target": "paper:2"},
    "form": {"target": "paper:1", "name": "Mẫu số 01"},
    "delegate": {"target": "body:1", "name": "Trưởng phòng", "devolved": "on"},
    "interconnect": {"with_whom": "Sở Nội vụ"},
    "merge": {"into": "Lập dự toán"},
    "abolish": {},
    "other": {"target": "result", "text": "Thông báo"},
}


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_of_measure_has_its_form(home: Agency, kind: str) -> None:
    item = make_plan(home).items.get()
    client = signed_in(make_user(home, "officer"))
    url = f"{reverse('plans:add_measure', args=[item.pk])}?loai={kind}"

    assert client.get(url).status_code == 200
    common = {"reason": "Không cần thiết", "effort": "2,5", "risk": "2", "version": item.version}
    answer = client.post(url, {**FORMS[kind], **common})

    assert answer.status_code == 302, words_of(answer)
    measure = item.measures.get()
    assert (measure.kind, str(measure.effort), measure.risk) == (kind, "2.5", 2)
    assert measure.content
    page = words_of(client.get(item.get_absolute_url()))
    assert measure.content in page.replace("&#x27;", "'").replace("&quot;", '"')
    change = client.get(reverse("plans:change_measure", args=[measure.pk]))
    assert "Không cần thiết" in words_of(change)


def test_what_cannot_be_applied_is_told_beside_the_form(home: Agency) -> None:
    item = make_plan(home).items.get()
    client = signed_in(make_user(home, "officer"))
    url = f"{reverse('plans:add_measure', args=[item.pk])}?loai=shorten"
    data = {
        "target": "time_limit",
        "amount": "9",
        "unit": "working_day",
        "reason": "Nhanh hơn",
        "effort": "1",
        "risk": "1",
        "version": item.version,
    }

    answer = client.post(url, data)

    assert answer.status_code == 422
    assert "không chắc ngắn hơn" in words_of(answer)
    assert "Nhanh hơn" in words_of(answer)


def test_two_officers_at_once_lose_nothing(home: Agency) -> None:
    item = make_plan(home).items.get()
    client = signed_in(make_user(home, "officer"))
    url = f"{reverse('plans:add_measure', args=[item.pk])}?loai=drop_step"
    data = {"target": "step:2", "reason": "Trùng", "effort": "1", "risk": "1"}
    seen = item.version
    make_measure(item)

    answer = client.post(url, {**data, "version": seen})

    assert answer.status_code == 422
    page = words_of(answer)
    assert "Người khác vừa thay đổi" in page
    assert "Trùng" in page
    fresh = PlanItem.objects.get(pk=item.pk).version
    assert f'value="{fresh}"' in page
    assert client.post(url, {**data, "version": fresh}).status_code == 302
    assert item.measures.count() == 2


def test_what_is_wrong_in_a_form_does_not_hide_what_another_wrote(home: Agency) -> None:
    item = make_plan(home).items.get()
    client = signed_in(make_user(home, "officer"))
    url = f"{reverse('plans:add_measure', args=[item.pk])}?loai=drop_step"
    data = {"target": "step:2", "effort": "1", "risk": "1", "version": item.version}
    make_measure(item)

    assert f'name="version" value="{item.version}"' not in words_of(client.post(url, data))

    again = client.post(url, {**data, "reason": "Trùng"})

    assert again.status_code == 422
    assert "Người khác vừa thay đổi" in words_of(again)


def test_of_two_proposals_the_second_is_told_of_the_first(home: Agency) -> None:
    item = make_plan(home).items.get()
    client = signed_in(make_user(home, "officer"))
    seen = item.version
    make_measure(item)

    told = post(client, "describe", item.pk, proposal="Giao Sở Tư pháp", version=seen)

    assert "Người khác vừa thay đổi" in words_of(told)
    assert f'name="version" value="{item.version}"' in words_of(told)
    assert post(client, "describe", item.pk, proposal="x", version=item.version).status_code == 302


@pytest.mark.parametrize(
    ("name", "make", "role", "wrong"),
    [
        ("assess", make_confirmed, "coordinator", {"text": ""}),
        ("submit", make_assessed, "head", {"issued_on": "hôm qua"}),
        ("decide", make_submitted_plan, "clerk", {"number": ""}),
    ],
)
def test_a_form_that_is_wrong_keeps_the_version_that_was_seen(
    province: Province, home: Agency, name: str, make: Any, role: str, wrong: dict[str, str]
) -> None:
    plan = make(home)
    seen = plan.version
    Plan.objects.filter(pk=plan.pk).update(version=seen + 1)
    agency = home if role == "head" else province.committee
    client = signed_in(make_user(agency, role))

    page = words_of(post(client, name, plan.pk, version=seen, **wrong))

    assert f'name="version" value="{seen}"' in page


def test_a_measure_is_changed_and_removed(home: Agency) -> None:
    item = make_plan(home).items.get()
    measure = make_measure(item)
    client = signed_in(make_user(home, "officer"))
    data = {
        "target": "time_limit",
        "amount": "1",
        "unit": "working_day",
        "content": "Rút ngắn còn một ngày",
        "reason": "Nhanh",
        "effort": "1",
        "risk": "5",
        "version": item.version,
    }

    assert post(client, "change_measure", measure.pk, **data).status_code == 302
    assert item.measures.get().content == "Rút ngắn còn một ngày"
    version = PlanItem.objects.get(pk=item.pk).version
    assert post(client, "remove_measure", measure.pk, version=version).status_code == 302
    assert not item.measures.exists()


def test_texts_to_change_are_proposed(home: Agency) -> None:
    item = make_plan(home).items.get()
    client = signed_in(make_user(home, "officer"))
    data = {
        "text": "Quyết định số 15/2022/QĐ-UBND",
        "provision": "khoản 2 Điều 5",
        "work": "Sửa đổi, bổ sung",
        "agency": home.name,
        "due_on": "31/12/2024",
        "version": item.version,
    }

    unknown = post(client, "add_legal_change", item.pk, **{**data, "agency": "Cơ quan lạ"})
    assert unknown.status_code == 422
    assert "Không rõ cơ quan" in words_of(unknown)
    answer = post(client, "add_legal_change", item.pk, **data)
    assert answer.status_code == 302, words_of(answer)
    [change] = item.legal_changes.all()
    assert (change.agency, str(change.due_on)) == (home, "2024-12-31")
    page = words_of(client.get(item.get_absolute_url()))
    assert "khoản 2 Điều 5 Quyết định số 15/2022/QĐ-UBND" in page

    version = PlanItem.objects.get(pk=item.pk).version
    data |= {"work": "Bãi bỏ", "version": version}
    assert post(client, "change_legal_change", change.pk, **data).status_code == 302
    version += 1
    assert post(client, "remove_legal_change", change.pk, version=version).status_code == 302
    assert not item.legal_changes.exists()


def test_the_whole_way_through_the_door(province: Province, home: Agency) -> None:
    plan = make_ready(home)
    item = plan.items.get()
    officer, head, office, clerk = (
        signed_in(make_user(agency, role))
        for agency, role in (
            (home, "officer"),
            (home, "head"),
            (province.committee, "coordinator"),
            (province.committee, "clerk"),
        )
    )
    assert post(officer, "confirm", plan.pk, version=plan.version).status_code == 403
    assert "Xác nhận phương án" in words_of(head.get(plan.get_absolute_url()))
    post(head, "confirm", plan.pk, version=plan.version)
    assert status_of(plan) == S.CONFIRMED

    measures = f"{reverse('plans:add_measure', args=[item.pk])}?loai=abolish"
    late = officer.post(
        measures, {"reason": "x", "effort": "1", "risk": "1", "version": item.version}
    )
    assert "đã chuyển trạng thái" in words_of(late)

    page = words_of(office.get(reverse("plans:assess", args=[plan.pk])))
    assert "Phương án gồm 01 thủ tục" in page
    assert "chưa nêu văn bản phải sửa đổi, bãi bỏ" in page
    version = Plan.objects.get(pk=plan.pk).version
    said = {"text": "Đủ nội dung", "verdict": "pass", "version": version}
    assert post(office, "assess", plan.pk, **said).status_code == 302
    assert status_of(plan) == S.ASSESSED

    data = {"number": "12", "issued_on": "05/7/2024", "version": version + 1}
    assert post(head, "submit", plan.pk, **data).status_code == 302
    assert status_of(plan) == S.SUBMITTED

    form = words_of(clerk.get(reverse("plans:decide", args=[plan.pk])))
    assert f"verdict_{item.pk}" in form
    decided = {
        "issuer": province.committee.pk,
        "subject": "phê duyệt phương án",
        "number": "77",
        "symbol": "QĐ-UBND",
        "issued_on": "08/7/2024",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn A",
        f"verdict_{item.pk}": "approved",
        "version": version + 2,
    }
    answer = post(clerk, "decide", plan.pk, **decided)
    assert answer.status_code == 302, words_of(answer)
    assert answer.headers["Location"] == PlanDecision.objects.get().get_absolute_url()
    assert status_of(plan) == S.APPROVED
    seen = words_of(officer.get(plan.get_absolute_url()))
    assert "Quyết định số 77/QĐ-UBND ngày 08/7/2024" in seen


def test_the_office_returns_with_reasons(province: Province, home: Agency) -> None:
    plan = make_confirmed(home)
    client = signed_in(make_user(province.committee, "coordinator"))

    data = {"verdict": "return", "version": plan.version}
    assert post(client, "assess", plan.pk, **data, text="").status_code == 422
    assert post(client, "assess", plan.pk, **data, text="Thiếu thời hạn").status_code == 302

    page = words_of(signed_in(make_user(home, "officer")).get(plan.get_absolute_url()))
    assert "Trả lại để hoàn thiện" in page
    assert "Thiếu thời hạn" in page


def test_nobody_is_offered_to_assess_the_plan_of_his_own_agency(
    province: Province, home: Agency
) -> None:
    plan = make_confirmed(home)
    client = signed_in(make_user(home, "coordinator", scope=province.committee))

    assert "Đánh giá</a>" not in words_of(client.get(plan.get_absolute_url()))
    assert client.get(reverse("plans:assess", args=[plan.pk])).status_code == 403


def test_a_refusal_without_a_reason_stays_in_the_form(province: Province, home: Agency) -> None:
    plan = make_submitted_plan(home)
    item = plan.items.get()
    client = signed_in(make_user(province.committee, "clerk"))
    data = {
        "issuer": province.committee.pk,
        "subject": "phê duyệt phương án",
        "number": "78",
        "symbol": "QĐ-UBND",
        "issued_on": "08/7/2024",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn A",
        f"verdict_{item.pk}": Verdict.REFUSED.value,
        "version": plan.version,
    }

    answer = post(client, "decide", plan.pk, **data)

    assert answer.status_code == 422
    assert "Ghi lý do đối với" in words_of(answer)
    assert status_of(plan) == S.SUBMITTED


def test_a_plan_withdrawn_needs_a_reason_and_comes_back(home: Agency) -> None:
    plan = make_ready(home)
    client = signed_in(make_user(home, "head"))

    post(client, "withdraw", plan.pk, version=plan.version, reason="")
    assert status_of(plan) == S.DRAFT
    post(client, "withdraw", plan.pk, version=plan.version, reason="Chờ văn bản mới")
    assert status_of(plan) == S.WITHDRAWN
    post(client, "resume", plan.pk, version=plan.version + 1)
    assert status_of(plan) == S.DRAFT


def test_a_procedure_is_taken_out(home: Agency) -> None:
    plan = make_ready(home)
    item = plan.items.get()
    client = signed_in(make_user(home, "officer"))

    answer = post(client, "remove_item", item.pk, version=item.version)

    assert answer.headers["Location"] == plan.get_absolute_url()
    assert not plan.items.exists()


def test_one_decision_is_recorded_on_several_plans(province: Province) -> None:
    plans = [make_submitted_plan(agency) for agency in province.departments]
    clerk = signed_in(make_user(province.committee, "clerk"))
    url = reverse("plans:decide_many")
    assert url in words_of(clerk.get(reverse("plans:list")))
    page = words_of(clerk.get(url))
    assert all(f'value="{plan.pk}"' in page for plan in plans)
    address = f"{url}?pk={plans[0].pk}&pk={plans[1].pk}"
    page = words_of(clerk.get(address))
    items = [plan.items.get() for plan in plans]
    assert all(f"verdict_{item.pk}" in page for item in items)

    said = {
        "issuer": province.committee.pk,
        "subject": "phê duyệt phương án lần 2",
        "number": "90",
        "symbol": "QĐ-UBND",
        "issued_on": "08/7/2024",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn A",
        **{f"version_{plan.pk}": plan.version for plan in plans},
        f"verdict_{items[0].pk}": "approved",
        f"verdict_{items[1].pk}": "refused",
    }
    answer = clerk.post(address, said)
    assert answer.status_code == 422
    assert "Ghi lý do đối với" in words_of(answer)
    said[f"reason_{items[1].pk}"] = "Chưa đủ căn cứ"
    stale = clerk.post(address, {**said, f"version_{plans[0].pk}": 1})
    assert stale.status_code == 422
    assert f'name="version_{plans[0].pk}" value="{plans[0].version}"' in words_of(stale)
    assert not PlanDecision.objects.exists()

    assert clerk.post(address, said).status_code == 302
    decision = PlanDecision.objects.get()
    assert decision.lines.count() == 2
    assert [status_of(plan) for plan in plans] == [S.APPROVED, S.REFUSED]
    # Decided by now: the choice is told, and nothing of it is left.
    late = clerk.get(address)
    assert late.status_code == 422
    assert "đã chuyển trạng thái" in words_of(late)
    assert "Không có phương án nào đang trình" in words_of(clerk.get(url))


def test_a_plan_of_another_branch_is_not_offered_for_a_decision(province: Province) -> None:
    plan = make_submitted_plan(province.departments[0])
    url = reverse("plans:decide_many")
    stranger = signed_in(make_user(province.departments[1], "clerk"))
    assert f'value="{plan.pk}"' not in words_of(stranger.get(url))
    assert stranger.get(f"{url}?pk={plan.pk}").status_code == 422
    officer = signed_in(make_user(province.departments[0], "officer"))
    assert officer.get(url).status_code == 403

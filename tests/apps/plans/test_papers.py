from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plans import (
    decide,
    make_assessed,
    make_confirmed,
    make_done_review,
    make_legal_change,
    make_measure,
    make_plan,
    make_ready,
)
from tests.factories.publications import make_entered
from tinhgon.apps.plans.enums import Verdict
from tinhgon.apps.plans.models import Plan
from tinhgon.domain.catalogue import read_plan
from tinhgon.domain.officialdoc import read


def get(client: StrictClient, plan: Plan, name: str, kind: str = "docx") -> Any:
    return client.get(reverse("plans:paper", args=[plan.pk, name, kind]))


def test_the_decision_reads_back_as_the_plan_was(client: StrictClient, province: Province) -> None:
    plan = make_ready(province.departments[0], 2)
    item = plan.items.select_related("plan__agency").first()
    assert item is not None
    make_legal_change(item)
    decide(plan)
    client.force_login(make_user(plan.agency, "officer"))

    answer = get(client, plan, "quyet-dinh")
    known = read_plan(read(answer.content, "quyet-dinh.docx"))

    items = plan.items.select_related("review__procedure_version")
    assert [each.name for each in known.procedures] == [str(each) for each in items]
    assert [
        [(m.content.rstrip("."), (m.reason or "").rstrip(".")) for m in each.measures]
        for each in known.procedures
    ] == [[(m.content, m.reason) for m in each.measures.all()] for each in items]
    assert "Quyết định số 15/2022/QĐ-UBND" in (known.procedures[0].implementation or "")


def test_each_state_has_its_papers(client: StrictClient, province: Province) -> None:
    one, other = province.departments
    draft, confirmed = make_ready(one), make_confirmed(one)
    assessed = make_assessed(other)
    client.force_login(make_user(province.committee, "coordinator"))
    wanted = {
        draft: (404, 404, 404),
        confirmed: (200, 404, 404),
        assessed: (200, 200, 200),
    }

    for plan, statuses in wanted.items():
        names = ("to-trinh", "danh-gia", "quyet-dinh")
        assert tuple(get(client, plan, name).status_code for name in names) == statuses
        page = client.get(plan.get_absolute_url()).content.decode()
        assert page.count(f"/phuong-an/{plan.pk}/van-ban/") == 2 * statuses.count(200)


def test_the_office_drafts_its_assessment_before_it_gives_it(
    client: StrictClient, province: Province
) -> None:
    plan = make_confirmed(province.departments[0])
    url = reverse("plans:opinion_draft", args=[plan.pk, "docx"])
    client.force_login(make_user(province.office, "coordinator", scope=province.committee))
    assert f'formaction="{url}"' in client.get(reverse("plans:assess", args=[plan.pk])).text
    typed = {"text": "Lý do nêu rõ, số liệu đúng.", "consulted": "Sở Tài chính"}
    written = text_of(client.post(url, typed).content)
    assert "Lý do nêu rõ, số liệu đúng." in written
    assert "Sở Tài chính" in written
    plan.refresh_from_db()
    assert not plan.assessments.exists()  # drafting says nothing yet

    assert client.post(url, {"text": " "}).status_code == 302

    client.force_login(make_user(plan.agency, "head"))
    assert client.post(url, typed).status_code == 403
    client.force_login(make_user(province.office, "coordinator", scope=province.committee))
    late = reverse("plans:opinion_draft", args=[make_assessed(province.departments[1]).pk, "docx"])
    assert client.post(late, typed).status_code == 404


def text_of(data: bytes) -> str:
    return "\n".join(block.text for block in read(data, "danh-gia.docx").walk())


def test_a_pdf_too_but_nothing_else_and_not_for_strangers(
    client: StrictClient, province: Province
) -> None:
    plan = make_assessed(province.departments[0])
    client.force_login(make_user(plan.agency, "leader"))
    assert get(client, plan, "danh-gia", "pdf").content.startswith(b"%PDF")
    assert get(client, plan, "danh-gia", "exe").status_code == 404
    assert get(client, plan, "khac").status_code == 404

    client.force_login(make_user(province.departments[1], "head"))
    assert get(client, plan, "to-trinh").status_code == 404


def test_a_refused_plan_has_its_submission_as_it_was_and_no_decision_to_draft(
    client: StrictClient, province: Province
) -> None:
    plan = make_ready(province.departments[0])
    decide(plan, Verdict.REFUSED)
    client.force_login(make_user(plan.agency, "officer"))

    assert get(client, plan, "quyet-dinh").status_code == 404
    again = read(get(client, plan, "to-trinh").content, "to-trinh.docx")
    said = " ".join(block.text for part in again.body for block in part.walk())
    assert "01 thủ tục hành chính nội bộ" in said


def test_the_decision_rests_on_the_plan_of_the_province_and_on_what_was_published(
    client: StrictClient, province: Province
) -> None:
    home = province.departments[0]
    published = make_entered(home, 1)
    line = published.lines.get()
    review = make_done_review(home, version=line.version)
    programme = review.round.round.programme
    programme.basis = "Kế hoạch số 243/KH-UBND ngày 02/12/2022"
    programme.save()
    plan = make_plan(home, reviews=[review])
    make_measure(plan.items.get())
    decide(plan, Verdict.RECOMMENDED_UP)
    client.force_login(make_user(home, "officer"))

    found = read(get(client, plan, "quyet-dinh").content, "quyet-dinh.docx")

    bases = " ".join(block.text for block in found.legal_bases)
    assert "Kế hoạch số 243/KH-UBND ngày 02/12/2022" in bases
    assert published.document.code in bases
    said = " ".join(block.text for part in found.body for block in part.walk())
    assert "Kiến nghị bộ, cơ quan ngang bộ" in said
    assert "trình ban hành văn bản sửa đổi" not in said

"""One change to many procedures, from the ticks in the list to what was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures.enums import Kind, Status, Task, Tier
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries import many as queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
LIST = "che-do=thong-ke"


@pytest.fixture
def drafts(province: Province, officer: User) -> list[ProcedureVersion]:
    home = province.departments[0]
    return [make_version(home, officer, name=f"Việc {n}", field="Cũ") for n in range(3)]


def html(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def choose(client: Any, versions: Iterable[ProcedureVersion], **more: str) -> Any:
    sent = {"query": LIST, "pk": [str(version.pk) for version in versions], **more}
    return client.post("/thu-tuc/nhieu/", sent)


def form_of(page: BeautifulSoup, task: Task) -> dict[str, str]:
    """Return what the form of the task would send as it stands."""
    for form in page.select('form[action="/thu-tuc/nhieu/xem-truoc/"]'):
        sent = {str(i["name"]): str(i.get("value", "")) for i in form.select("input[name]")}
        if sent["task"] == task.value:
            return sent
    raise AssertionError(f"no form for {task.label}")


def previewed(client: Any, versions: Iterable[ProcedureVersion], task: Task, **values: str) -> Any:
    sent = form_of(html(choose(client, versions)), task) | values
    return client.post("/thu-tuc/nhieu/xem-truoc/", sent)


def apply(client: Any, answer: Any) -> Any:
    form = html(answer).select_one('form[action="/thu-tuc/nhieu/thuc-hien/"]')
    assert form is not None
    sent = {str(i["name"]): str(i.get("value", "")) for i in form.select("input[name]")}
    return client.post("/thu-tuc/nhieu/thuc-hien/", sent)


def tables(answer: Any) -> list[list[str]]:
    """Return the names in each table of a preview: what changes, what stays."""
    return [
        [th.get_text() for th in table.select("tbody th")]
        for table in html(answer).select("table.ledger")
    ]


def statuses(versions: Iterable[ProcedureVersion]) -> list[str]:
    pks = [version.pk for version in versions]
    return list(
        ProcedureVersion.objects.filter(pk__in=pks).order_by("pk").values_list("status", flat=True)
    )


def test_parts_of_many_are_set_after_a_preview(
    client: Any, officer: User, drafts: list[ProcedureVersion]
) -> None:
    client.force_login(officer)
    answer = previewed(client, drafts, Task.SET, field="Nội vụ", tier=Tier.COMMUNE.value)
    text = html(answer).get_text()
    assert "Cấp thực hiện: Cấp tỉnh → Cấp xã; Lĩnh vực: Cũ → Nội vụ" in text
    assert "3 thủ tục sẽ thay đổi" in text
    assert ProcedureVersion.objects.filter(tier=Tier.COMMUNE.value).count() == 0
    done = client.get(apply(client, answer)["Location"])
    for version in ProcedureVersion.objects.all():
        assert version.record.field == "Nội vụ"
        assert version.field is not None
        assert version.field.name == "Nội vụ"
        assert version.record.tier is Tier.COMMUNE
        assert version.version == 2
    assert tables(done) == [["Việc 0", "Việc 1", "Việc 2"]]
    events = Event.objects.filter(kind="procedures.edited")
    assert events.count() == 3
    assert len(set(events.values_list("request_id", flat=True))) == 1


def test_only_what_was_touched_changes(
    client: Any, officer: User, drafts: list[ProcedureVersion]
) -> None:
    client.force_login(officer)
    apply(client, previewed(client, drafts[:1], Task.SET, kind=Kind.INSIDE.value))
    changed = ProcedureVersion.objects.get(pk=drafts[0].pk)
    before = drafts[0].record
    assert changed.record.kind is Kind.INSIDE
    assert changed.record.field == before.field
    assert changed.record.steps == before.steps


def test_why_others_stay_is_said(
    client: Any, province: Province, officer: User, drafts: list[ProcedureVersion]
) -> None:
    home = province.departments[0]
    same = make_version(home, officer, name="Đúng rồi", field="Nội vụ")
    confirmed = make_version(home, officer, name="Đã xác nhận", status=Status.CONFIRMED)
    published = make_version(home, officer, name="Đã công bố", status=Status.PUBLISHED)
    foreign = make_version(province.departments[1], name="Của sở khác", status=Status.PUBLISHED)
    hidden = make_version(province.departments[1], name="Sở khác đang soạn")
    client.force_login(officer)
    chosen = [*drafts, same, confirmed, published, foreign, hidden]
    answer = previewed(client, chosen, Task.SET, field="Nội vụ")
    assert tables(answer) == [
        ["Việc 0", "Việc 1", "Việc 2"],
        ["Của sở khác", "Đã công bố", "Đã xác nhận", "Đúng rồi"],
    ]
    reasons = [td.get_text() for td in html(answer).select('td[data-label="Vì sao"]')]
    assert reasons == [
        "Không làm được khi đã công bố",
        "Không làm được khi đã công bố",
        "Không làm được khi thủ trưởng đã xác nhận",
        "Đã đúng như vậy",
    ]
    done = apply(client, answer)
    assert done.status_code == 302
    assert Event.objects.filter(kind="procedures.edited").count() == 3


def test_a_head_confirms_many_and_the_office_is_told_once(
    client: Any, head: User, office: User, drafts: list[ProcedureVersion]
) -> None:
    client.force_login(head)
    answer = previewed(client, drafts, Task.CONFIRM)
    assert "Thủ trưởng đã xác nhận" in html(answer).get_text()
    apply(client, answer)
    assert statuses(drafts) == [Status.CONFIRMED.value] * 3
    (notice,) = Notice.objects.filter(user=office)
    assert "3 thủ tục của Sở Nội vụ" in notice.text
    assert client.get(notice.url).status_code == 200


def test_what_lacks_something_is_not_checked(
    client: Any, province: Province, head: User, office: User, officer: User
) -> None:
    home = province.departments[0]
    good = make_version(home, officer, name="Đủ", status=Status.CONFIRMED)
    bad = make_version(home, officer, name="Thiếu bước", steps=(), status=Status.CONFIRMED)
    client.force_login(office)
    answer = previewed(client, [good, bad], Task.CHECK)
    assert tables(answer) == [["Đủ"], ["Thiếu bước"]]
    assert "Còn nội dung bắt buộc chưa đạt" in html(answer).get_text()
    apply(client, answer)
    assert statuses([good, bad]) == [Status.CHECKED.value, Status.CONFIRMED.value]


@pytest.mark.parametrize(("role", "task"), [("head", Task.SEND_BACK), ("office", Task.RETURN)])
def test_many_are_returned_with_one_reason(
    client: Any,
    province: Province,
    officer: User,
    request: pytest.FixtureRequest,
    role: str,
    task: Task,
) -> None:
    status = Status.PROPOSED if role == "head" else Status.CONFIRMED
    versions = [
        make_version(province.departments[0], officer, name=f"Việc {n}", status=status)
        for n in range(2)
    ]
    client.force_login(request.getfixturevalue(role))
    answer = previewed(client, versions, task)
    assert answer.status_code == 422
    assert "Ghi rõ lý do." in html(answer).get_text()
    apply(client, previewed(client, versions, task, reason="Thiếu căn cứ"))
    assert statuses(versions) == [Status.RETURNED.value] * 2
    assert {v.reason for v in ProcedureVersion.objects.all()} == {"Thiếu căn cứ"}
    assert "Thiếu căn cứ" in Notice.objects.filter(user=officer).get().text


def test_many_become_copies_of_a_shared_one(
    client: Any, province: Province, office: User, drafts: list[ProcedureVersion]
) -> None:
    shared = make_version(province.departments[1], name="Dùng chung", status=Status.PUBLISHED)
    client.force_login(office)
    code = shared.procedure.local_code
    answer = previewed(client, [*drafts, shared], Task.LINK, canonical=code.lower())
    assert tables(answer) == [["Việc 0", "Việc 1", "Việc 2"], ["Dùng chung"]]
    apply(client, answer)
    assert shared.procedure.local_copies.count() == 3
    again = previewed(client, drafts, Task.LINK, canonical=str(shared.procedure.pk))
    assert "Đã gắn với bản này" in html(again).get_text()


@pytest.mark.parametrize("code", ["", "NB-99999", "xyz"])
def test_an_unknown_code_is_said(
    client: Any, office: User, drafts: list[ProcedureVersion], code: str
) -> None:
    client.force_login(office)
    answer = previewed(client, drafts, Task.LINK, canonical=code)
    assert answer.status_code == 422
    assert "Không có thủ tục nào mang mã này." in html(answer).get_text()


def test_setting_nothing_is_said(
    client: Any, officer: User, drafts: list[ProcedureVersion]
) -> None:
    client.force_login(officer)
    answer = previewed(client, drafts, Task.SET)
    assert answer.status_code == 422
    assert "Chọn ít nhất một thông tin để sửa." in html(answer).get_text()


def test_all_that_match_and_not_only_the_page(
    client: Any, province: Province, officer: User, head: User
) -> None:
    home = province.departments[0]
    for number in range(55):
        make_version(home, officer, name=f"Việc {number}")
    make_version(home, officer, name="Khác")
    client.force_login(head)
    answer = choose(client, [], all_matching="1", query=f"{LIST}&q=viec")
    assert "Việc cho 55 thủ tục" in html(answer).get_text()
    sent = form_of(html(answer), Task.CONFIRM)
    done = apply(client, client.post("/thu-tuc/nhieu/xem-truoc/", sent))
    result = client.get(done["Location"])
    assert "Đã thay đổi 55 thủ tục" in html(result).get_text()
    assert ProcedureVersion.objects.filter(status=Status.CONFIRMED).count() == 55


def test_what_changed_since_the_preview_stops_all(
    client: Any, officer: User, drafts: list[ProcedureVersion]
) -> None:
    client.force_login(officer)
    answer = previewed(client, drafts, Task.SET, field="Nội vụ")
    last = ProcedureVersion.objects.get(pk=drafts[2].pk)
    last.change(seen_version=last.version, reason="Người khác vừa sửa")
    refused = apply(client, answer)
    assert refused.status_code == 409
    assert "vừa được người khác thay đổi" in html(refused).get_text()
    assert not Event.objects.filter(kind="procedures.edited").exists()
    assert apply(client, refused).status_code == 302
    assert Event.objects.filter(kind="procedures.edited").count() == 3


def test_each_is_offered_what_he_may_do(
    client: Any,
    officer: User,
    head: User,
    office: User,
    province: Province,
    drafts: list[ProcedureVersion],
) -> None:
    leader = make_user(province.committee, "leader")
    for user, tasks in (
        (officer, {Task.SET, Task.SEND}),
        (head, {Task.SET, Task.SEND, Task.CONFIRM, Task.SEND_BACK}),
        (office, {Task.SET, Task.SEND, Task.CHECK, Task.RETURN, Task.LINK}),
        (leader, set()),
    ):
        client.force_login(user)
        page = html(choose(client, drafts))
        offered = {
            str(i["value"])
            for i in page.select('form[action="/thu-tuc/nhieu/xem-truoc/"] input[name="task"]')
        }
        assert offered == {task.value for task in tasks}, user
        ticks = html(client.get(f"/thu-tuc/?{LIST}")).select('input[name="pk"]')
        assert bool(ticks) == bool(tasks)


def test_rights_are_asked_again_for_each_when_it_is_done(
    client: Any, province: Province, officer: User, stranger: User, drafts: list[ProcedureVersion]
) -> None:
    published = make_version(province.departments[0], officer, status=Status.PUBLISHED)
    chosen = ",".join(f"{v.pk}:{v.version}" for v in [*drafts, published])
    client.force_login(stranger)
    for task in (Task.SET, Task.CONFIRM, Task.CHECK):
        sent = {"chosen": chosen, "task": task.value, "field": "Trộm"}
        answer = client.post("/thu-tuc/nhieu/thuc-hien/", sent)
        assert answer.status_code == 422
        assert "Không có thủ tục nào thay đổi được." in html(answer).get_text()
        assert "Việc 0" not in html(answer).get_text()
    assert (
        not Event.objects.filter(kind__in=["procedures.edited", "procedures.moved"])
        .exclude(actor_ref=officer.audit_ref)
        .filter(actor_ref=stranger.audit_ref)
        .exists()
    )


def test_nothing_or_too_much_is_said(
    client: Any,
    officer: User,
    drafts: list[ProcedureVersion],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.force_login(officer)
    answer = client.post("/thu-tuc/nhieu/", {"query": LIST}, follow=True)
    assert "Chưa chọn thủ tục nào." in answer.content.decode()
    assert client.post("/thu-tuc/nhieu/xem-truoc/", {"task": "sua"}).status_code == 302
    monkeypatch.setattr(queries, "MOST_AT_ONCE", 2)
    answer = client.post("/thu-tuc/nhieu/", {"query": LIST, "all_matching": "1"}, follow=True)
    assert "nhiều nhất 2 thủ tục" in answer.content.decode()
    assert answer.redirect_chain[0][0] == f"/thu-tuc/?{LIST}"


def test_the_result_is_of_the_one_who_did_it(
    client: Any, officer: User, head: User, drafts: list[ProcedureVersion]
) -> None:
    client.force_login(officer)
    done = apply(client, previewed(client, drafts, Task.SET, field="Nội vụ"))
    client.force_login(head)
    assert client.get(done["Location"]).status_code == 404
    assert client.get("/thu-tuc/nhieu/ket-qua/abc/").status_code == 404


def test_few_queries_however_many(
    client: Any, province: Province, officer: User, django_assert_max_num_queries: Any
) -> None:
    versions = [make_version(province.departments[0], officer) for _ in range(20)]
    client.force_login(officer)
    with django_assert_max_num_queries(14):
        answer = previewed(client, versions, Task.SET, field="Nội vụ")
    with django_assert_max_num_queries(60):
        assert apply(client, answer).status_code == 302

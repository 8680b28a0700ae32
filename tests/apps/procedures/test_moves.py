"""Each move through the page, as a person makes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province, make_user
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED, Record

from .samples import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


def made(province: Province, status: Status, **more: Any) -> ProcedureVersion:
    officer = make_user(province.departments[0])
    return make_version(province.departments[0], officer, status=status, **more)


def post(client: Any, user: User, made: ProcedureVersion, name: str, /, **data: Any) -> Any:
    client.force_login(user)
    return client.post(f"{made.get_absolute_url()}{name}/", {"version": made.version, **data})


def now(version: ProcedureVersion) -> ProcedureVersion:
    return ProcedureVersion.objects.get(pk=version.pk)


def buttons(client: Any, user: User, version: ProcedureVersion) -> list[str]:
    """Return the moves that the page offers, the main one first with a star."""
    client.force_login(user)
    soup = BeautifulSoup(client.get(version.get_absolute_url()).content.decode(), "html.parser")
    moves: Any = soup.find(id="moves")
    if moves is None:
        return []
    found = moves.select(".step > button, .step > summary, a.step")
    primary = [each for each in found if "button--primary" in each["class"]]
    assert len(primary) <= 1, "one primary action"
    return [("*" if each in primary else "") + each.text.strip() for each in found]


# --- what is offered to whom


def test_only_what_can_be_done_is_offered(
    client: Any, province: Province, officer: User, head: User, office: User, stranger: User
) -> None:
    draft = make_draft(province.departments[0])
    aside = ["Ghi mã số quốc gia", "Không phải TTHC nội bộ"]
    links = ["Đánh dấu trùng lặp", "Gộp vào thủ tục khác"]
    assert buttons(client, officer, draft) == ["*Gửi thủ trưởng xác nhận", "Bỏ bản dự thảo"]
    proposed = made(province, Status.PROPOSED)
    assert buttons(client, officer, proposed) == []
    assert buttons(client, head, proposed) == ["*Xác nhận, chuyển Văn phòng", "Trả lại người soạn"]
    confirmed = made(province, Status.CONFIRMED)
    assert buttons(client, head, confirmed) == []
    assert buttons(client, office, confirmed) == [
        "*Đạt, chờ công bố",
        "Trả lại cơ quan",
        *aside,
        *links,
    ]
    published = made(province, Status.PUBLISHED)
    assert buttons(client, officer, published) == ["Soạn sửa đổi"]
    assert buttons(client, office, published) == [
        "*Ghi đã công khai",
        "Soạn sửa đổi",
        "Ghi mã số quốc gia",
    ]
    assert buttons(client, stranger, published) == []


def test_what_has_faults_is_not_offered_for_checking(
    client: Any, province: Province, office: User
) -> None:
    version = made(province, Status.CONFIRMED, subjects=())
    assert "*Đạt, chờ công bố" not in buttons(client, office, version)
    response = post(client, office, version, "kiem-soat")
    assert response.status_code == 422
    assert "Còn nội dung bắt buộc chưa đạt" in response.content.decode()
    assert now(version).status == Status.CONFIRMED


# --- the way to the public


def test_the_whole_way_with_its_notices(
    client: Any, province: Province, officer: User, head: User, office: User
) -> None:
    version = make_draft(province.departments[0])
    make_user(province.committee, "head", name="Chủ tịch")  # not told of every department

    assert post(client, officer, version, "gui").url == version.get_absolute_url()
    assert [n.user for n in Notice.objects.all()] == [head]
    response = post(client, head, now(version), "tra-nguoi-soan", reason="Thiếu sản phẩm bước 2")
    assert response.status_code == 302
    assert now(version).status == Status.RETURNED
    told = Notice.objects.filter(user=officer).latest("pk")
    assert "Thủ trưởng trả lại thủ tục để sửa" in told.text
    assert told.text.endswith("Lý do: Thiếu sản phẩm bước 2")
    assert "Thiếu sản phẩm bước 2" in client.get(version.get_absolute_url()).content.decode()

    post(client, officer, now(version), "gui")
    post(client, head, now(version), "xac-nhan")
    told = Notice.objects.get(user=office)
    assert told.text.startswith("Đề nghị kiểm soát thủ tục")
    post(client, office, now(version), "tra-lai", reason="Chưa rõ thẩm quyền")
    assert (now(version).status, now(version).reason) == (Status.RETURNED, "Chưa rõ thẩm quyền")
    assert Notice.objects.filter(user__in=[officer, head], text__contains="Chưa rõ").count() == 2

    post(client, officer, now(version), "gui")
    post(client, head, now(version), "xac-nhan")
    assert post(client, office, now(version), "kiem-soat").status_code == 302
    assert (now(version).status, now(version).reason) == (Status.CHECKED, "")


def test_nobody_is_told_of_what_he_did_himself(client: Any, province: Province, head: User) -> None:
    version = make_draft(province.departments[0])
    post(client, head, version, "gui")
    assert not Notice.objects.filter(user=head).exists()


@pytest.mark.parametrize("name", ["tra-nguoi-soan", "tra-lai", "ngoai-danh-muc"])
def test_a_reason_is_asked_for_in_place(
    client: Any, province: Province, head: User, office: User, name: str
) -> None:
    status = Status.CONFIRMED if name == "tra-lai" else Status.PROPOSED
    version = made(province, status)
    by = head if name == "tra-nguoi-soan" else office
    response = post(client, by, version, name, reason=" ")
    assert response.status_code == 422
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    form: Any = soup.find(id=name)
    assert form.has_attr("open")
    assert "Ghi rõ lý do." in form.text
    assert now(version).status == status


MOVES = [
    ("gui", "officer", "leader", Status.DRAFT),
    ("bo", "officer", "leader", Status.DRAFT),
    ("xac-nhan", "head", "officer", Status.PROPOSED),
    ("tra-nguoi-soan", "head", "coordinator", Status.PROPOSED),
    ("kiem-soat", "coordinator", "head", Status.CONFIRMED),
    ("tra-lai", "coordinator", "officer", Status.CONFIRMED),
    ("ngoai-danh-muc", "coordinator", "head", Status.CONFIRMED),
    ("khoi-phuc", "coordinator", "head", Status.OUT_OF_SCOPE),
    ("cong-khai", "coordinator", "clerk", Status.PUBLISHED),
    ("sua-cong-khai", "coordinator", "clerk", Status.DISCLOSED),
]
GIVEN = {"reason": "Lý do", "on": "20/6/2024", "url": ""}


@pytest.mark.parametrize(("name", "who", "other", "status"), MOVES)
def test_who_may_make_a_move_and_when(
    client: Any, province: Province, name: str, who: str, other: str, status: Status
) -> None:
    version = make_draft(province.departments[0])
    ProcedureVersion.objects.update(status=status.value)
    right, wrong = (make_user(province.departments[0], role) for role in (who, other))

    assert post(client, wrong, version, name, **GIVEN).status_code == 403
    if status not in PUBLISHED:
        elsewhere = make_user(province.departments[1], who)
        assert post(client, elsewhere, version, name, **GIVEN).status_code == 404
    assert now(version).status == status

    ProcedureVersion.objects.update(status=Status.SUBMITTED.value)
    response = post(client, right, version, name, **GIVEN)
    assert response.status_code == 422, "nobody, while it is being signed"
    assert "sang trạng thái khác" in response.content.decode()

    ProcedureVersion.objects.update(status=status.value, version=7)
    response = post(client, right, version, name, **GIVEN)
    assert response.status_code == 422, "somebody else was faster"
    assert "Người khác vừa thay đổi" in response.content.decode()
    assert now(version).status == status

    for forged in ("", "x", "-1", "9" * 30):
        assert post(client, right, version, name, **GIVEN | {"version": forged}).status_code == 422
    assert post(client, right, now(version), name, **GIVEN).status_code == 302
    assert name in {"bo", "sua-cong-khai"} or now(version).status != status


@pytest.mark.parametrize("name", [name for name, *_ in MOVES])
def test_a_move_is_a_post(client: Any, province: Province, officer: User, name: str) -> None:
    version = make_draft(province.departments[0])
    client.force_login(officer)
    assert client.get(f"{version.get_absolute_url()}{name}/").status_code == 405


# --- dropping and changing


def test_a_first_draft_goes_with_its_procedure(
    client: Any, province: Province, officer: User
) -> None:
    version = make_draft(province.departments[0])
    assert post(client, officer, version, "bo").url == "/thu-tuc/"
    assert not Procedure.objects.exists()


def test_a_change_is_begun_and_dropped(client: Any, province: Province, officer: User) -> None:
    version = made(province, Status.PUBLISHED)
    client.force_login(officer)
    address = f"/thu-tuc/{version.procedure_id}/sua-doi/"
    assert (
        client.post(address, {"action": "amended"}).url == f"/thu-tuc/{version.procedure_id}/sua/"
    )
    draft = ProcedureVersion.objects.get(number=2)
    assert (draft.action, draft.status) == (Action.AMENDED, Status.DRAFT)

    response = client.post(address, {"action": "amended"})
    assert response.status_code == 422
    assert "đang có bản dự thảo" in response.content.decode()
    for forged in ("abolished", "new", ""):
        assert client.post(address, {"action": forged}).status_code == 422
    assert post(client, officer, draft, "bo").url == version.procedure.get_absolute_url()
    assert ProcedureVersion.objects.get() == version


def test_others_do_not_change_what_they_may_read(
    client: Any, province: Province, stranger: User
) -> None:
    version = made(province, Status.PUBLISHED)
    client.force_login(stranger)
    assert client.post(f"/thu-tuc/{version.procedure_id}/sua-doi/", {}).status_code == 403
    assert client.post(f"/thu-tuc/{version.procedure_id}/ma-so/", {}).status_code == 403


# --- made public, coded


def test_what_is_made_public_says_when_and_where(
    client: Any, province: Province, office: User
) -> None:
    version = made(province, Status.PUBLISHED)
    given = {"on": "19/6/2024", "url": "https://tthc.langson.example/12"}
    assert post(client, office, version, "cong-khai", **given).status_code == 302
    assert now(version).disclosed_on == date(2024, 6, 19)
    page = client.get(version.get_absolute_url()).content.decode()
    assert 'href="https://tthc.langson.example/12"' in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"on": "21/6/2024"}, "Ngày công khai không thể sau hôm nay."),
        ({"on": "31/6/2024"}, "Không có ngày 31/6/2024."),
        ({"on": ""}, "Ngày công khai"),
        ({"url": "javascript:alert(1)"}, "Địa chỉ nơi công khai"),
    ],
)
def test_what_cannot_be_of_a_disclosure_is_said(
    client: Any, province: Province, office: User, given: dict[str, str], words: str
) -> None:
    version = made(province, Status.PUBLISHED)
    response = post(client, office, version, "cong-khai", **{"on": "19/6/2024", "url": ""} | given)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert now(version).disclosed_on is None


def disclosed(client: Any, province: Province, office: User) -> ProcedureVersion:
    version = made(province, Status.PUBLISHED)
    post(client, office, version, "cong-khai", on="19/6/2024", url="https://sai.langson.example/1")
    return now(version)


def test_a_wrong_disclosure_is_corrected_with_a_reason(
    client: Any, province: Province, office: User
) -> None:
    version = disclosed(client, province, office)
    page = client.get(version.get_absolute_url()).content.decode()
    form: Any = BeautifulSoup(page, "html.parser").find(id="sua-cong-khai")
    typed = {i["name"]: i.get("value", "") for i in form.select("input[name]")}
    assert (typed["on"], typed["url"]) == ("19/6/2024", "https://sai.langson.example/1")

    given = {"on": "18/6/2024", "url": "https://tthc.langson.example/1"}
    response = post(client, office, version, "sua-cong-khai", **given, reason=" ")
    assert response.status_code == 422
    assert "Ghi rõ lý do." in response.content.decode()
    assert post(client, office, version, "sua-cong-khai", **given, reason="Ghi nhầm").url
    version = now(version)
    assert (version.disclosed_on, version.disclosed_at_url) == (date(2024, 6, 18), given["url"])
    assert version.status == Status.DISCLOSED
    event = Event.objects.get(kind="procedures.disclosure_corrected")
    assert event.reason == "Ghi nhầm"
    assert [(c["from"], c["to"]) for c in event.changes] == [
        ("19/6/2024", "18/6/2024"),
        ("https://sai.langson.example/1", given["url"]),
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"on": "21/6/2024"}, "Ngày công khai không thể sau hôm nay."),
        ({}, "không có gì để sửa"),
    ],
)
def test_a_correction_must_say_something_that_can_be(
    client: Any, province: Province, office: User, given: dict[str, str], words: str
) -> None:
    version = disclosed(client, province, office)
    same = {"on": "19/6/2024", "url": "https://sai.langson.example/1", "reason": "Sửa"}
    response = post(client, office, version, "sua-cong-khai", **same | given)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert now(version).disclosed_on == date(2024, 6, 19)


def test_a_national_code(client: Any, province: Province, office: User) -> None:
    version, other = (made(province, Status.PUBLISHED) for _ in range(2))
    client.force_login(office)
    data = {"version": version.procedure.version, "code": "1.012345"}
    address = f"/thu-tuc/{version.procedure_id}/ma-so/"
    assert client.post(address, data).url == version.procedure.get_absolute_url()
    assert "1.012345" in client.get(version.get_absolute_url()).content.decode()

    response = client.post(f"/thu-tuc/{other.procedure_id}/ma-so/", data)
    assert response.status_code == 422
    assert "đã gắn với thủ tục khác" in response.content.decode()
    assert client.post(address, data | {"code": "2.000001"}).status_code == 422, "stale"


# --- setting aside


@pytest.mark.parametrize(
    ("name", "status"), [("trung-lap", Status.DUPLICATE), ("gop", Status.MERGED)]
)
def test_the_other_procedure_is_found_by_its_words(
    client: Any, province: Province, office: User, name: str, status: Status
) -> None:
    other = made(province, Status.PUBLISHED, name="Xét tặng danh hiệu Lao động tiên tiến")
    version = made(province, Status.PROPOSED, name="Công nhận Lao động tiên tiến")
    client.force_login(office)
    address = f"{version.get_absolute_url()}{name}/"

    page = client.get(address).content.decode()
    assert "Không có thủ tục nào cùng tên" in page
    page = client.get(f"{address}?q=lao dong tien tien xet tang").content.decode()
    assert other.name in page
    assert page.count('type="radio"') == 1
    data = {"version": version.version, "into": other.procedure_id, "reason": "Cùng nội dung"}
    assert client.post(address, data).url == version.get_absolute_url()
    assert (now(version).status, now(version).reason) == (status, "Cùng nội dung")
    page = client.get(version.get_absolute_url()).content.decode()
    assert f'href="/thu-tuc/{other.procedure_id}/"' in page

    assert post(client, office, now(version), "khoi-phuc").status_code == 302
    assert now(version).status == Status.PROPOSED


def test_the_same_name_is_offered_at_once(client: Any, province: Province, office: User) -> None:
    version, other = (made(province, Status.PROPOSED, name="Cấp biển số nhà") for _ in range(2))
    client.force_login(office)
    page = client.get(f"{version.get_absolute_url()}trung-lap/").content.decode()
    assert f'id="into-{other.procedure_id}"' in page
    assert f'id="into-{version.procedure_id}"' not in page


def test_what_cannot_be_chosen_is_refused(client: Any, province: Province) -> None:
    hidden = make_version(province.departments[1], name="Bí mật")
    version = made(province, Status.PROPOSED)
    client.force_login(make_user(province.departments[0], "coordinator"))
    address = f"{version.get_absolute_url()}gop/"
    assert hidden.name not in client.get(f"{address}?q=bi mat").content.decode()
    for into in (hidden.procedure_id, version.procedure_id, 999_999, "x", ""):
        response = client.post(address, {"version": version.version, "into": into})
        assert response.status_code == 422
        assert hidden.name not in response.content.decode()
    other = made(province, Status.PROPOSED)
    response = client.post(address, {"version": 99, "into": other.procedure_id})
    assert "Người khác vừa thay đổi" in response.content.decode()
    assert now(version).status == Status.PROPOSED


# --- the drawing


def test_the_steps_are_drawn_and_taken_along(
    client: Any, province: Province, stranger: User
) -> None:
    version = made(province, Status.PUBLISHED)
    client.force_login(stranger)
    page = client.get(f"{version.get_absolute_url()}?phan=quy-trinh").content.decode()
    assert "<svg" in page
    for extension, kind in (("svg", "image/svg+xml"), ("bpmn", "application/xml")):
        response = client.get(f"{version.get_absolute_url()}quy-trinh.{extension}")
        assert response["Content-Type"] == kind
        name = f"{version.procedure.local_code}-ban-1.{extension}"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert b"Th\xe1\xba\xa9m" in response.content


def test_there_is_no_drawing_of_nothing(client: Any, province: Province, officer: User) -> None:
    version = actions.propose_procedure(
        record=Record("Cử công chức đi học"), agency=province.departments[0], by=officer, at=AT
    )
    client.force_login(officer)
    assert client.get(f"{version.get_absolute_url()}quy-trinh.svg").status_code == 404
    assert client.get(f"{version.get_absolute_url()}quy-trinh.bpmn").status_code == 404

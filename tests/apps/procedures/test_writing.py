"""Writing a procedure through its pages: nothing typed is lost, nothing changes unless saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import Province, make_user
from tests.factories.assignments import PDF
from tests.factories.procedures import make_record
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion, WorkingCopy
from tinhgon.domain.procedures import Basis, Duration, Form, Record, Unit

from .samples import AT, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def draft(province: Province) -> ProcedureVersion:
    return make_draft(province.departments[0])


@pytest.fixture
def writer(client: Any, officer: User) -> Any:
    client.force_login(officer)
    return client


def address(version: ProcedureVersion) -> str:
    return f"/thu-tuc/{version.procedure_id}/sua/"


def inputs(page: BeautifulSoup) -> dict[str, Any]:
    """Return what a browser would send of the form as it stands."""
    form: Any = page.find("form", id="record")
    sent: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or kind == "file" or field.find_parent("template"):
            continue
        if kind == "checkbox":
            if field.has_attr("checked"):
                sent.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            sent[name] = (field.find("option", selected=True) or field.find("option"))["value"]
        elif field.name == "input":
            sent[name] = field.get("value", "")
        else:
            sent[name] = field.text.lstrip("\n")
    return sent


def opened(client: Any, version: ProcedureVersion) -> dict[str, Any]:
    response = client.get(address(version))
    assert response.status_code == 200
    return inputs(BeautifulSoup(response.content.decode(), "html.parser"))


def record_of(version: ProcedureVersion) -> Record:
    return ProcedureVersion.objects.get(pk=version.pk).record


# --- starting


def test_a_procedure_is_started_with_its_name(writer: Any, province: Province) -> None:
    page = writer.get("/thu-tuc/moi/").content.decode()
    assert "Thống kê thủ tục" in page
    response = writer.post(
        "/thu-tuc/moi/",
        {
            "name": " Cử công chức  đi đào tạo ",
            "agency": province.departments[0].pk,
            "kind": "inside",
            "tier": "province",
        },
    )
    version = ProcedureVersion.objects.get()
    assert response.url == address(version)
    assert (version.name, version.status) == ("Cử công chức đi đào tạo", Status.DRAFT)
    assert version.record.lead == "Sở Nội vụ"


@pytest.mark.parametrize("changed", [{"name": ""}, {"agency": "0"}, {"kind": "x"}, {"tier": ""}])
def test_a_start_that_lacks_something_says_what(
    writer: Any, province: Province, changed: dict[str, str]
) -> None:
    data = {
        "name": "Tên",
        "agency": province.departments[0].pk,
        "kind": "inside",
        "tier": "province",
    }
    response = writer.post("/thu-tuc/moi/", {**data, **changed})
    assert response.status_code == 422
    assert "Chưa lưu được" in response.content.decode()
    assert not ProcedureVersion.objects.exists()


def test_it_is_carried_out_at_the_level_of_who_writes_it_down(
    client: Any, province: Province
) -> None:
    for agency, tier in (
        (province.departments[0], "province"),
        (province.communes[0][0], "commune"),
    ):
        client.force_login(make_user(agency))
        page = BeautifulSoup(client.get("/thu-tuc/moi/").content, "html.parser")
        [chosen] = page.select("[name=tier] option[selected]")
        assert chosen["value"] == tier


def test_nothing_is_started_for_another_branch(writer: Any, province: Province) -> None:
    data = {"name": "Tên thủ tục", "agency": province.departments[1].pk, "kind": "inside"}
    assert writer.post("/thu-tuc/moi/", {**data, "tier": "province"}).status_code == 422
    assert not ProcedureVersion.objects.exists()


# --- the form says what the record says


def test_the_form_loses_nothing(writer: Any, draft: ProcedureVersion) -> None:
    before = record_of(draft)
    response = writer.post(address(draft), {**opened(writer, draft), "do": "save"})

    assert response.url == draft.get_absolute_url()
    assert record_of(draft) == before
    assert not Event.objects.filter(kind="procedures.edited").exists()


def test_everything_that_can_be_typed(writer: Any, draft: ProcedureVersion) -> None:
    typed = opened(writer, draft) | {
        "name": "Nâng bậc lương thường xuyên",
        "kind": "inside",
        "tier": "commune",
        "rule_owner": "province",
        "is_interconnected": "on",
        "field": "Công chức, viên chức",
        "manners": ["in_person", "post"],
        "time_limit": "không quá 05 ngày làm việc",
        "subjects": "Công chức\n\n Viên chức ",
        "conditions": "Đủ thời gian\nHoàn thành nhiệm vụ",
        "dossier_sets": "2",
        "steps-0-time": "4 giờ",
        "steps-2-after": "bước 1",
        "steps-7-what": "Phát hành",
        "steps-7-actor": "Văn thư",
        "papers-1-quantity": "3",
        "bodies-5-part": "cooperating",
        "bodies-5-name": "Sở Tài chính",
        "bases-3-line": "điểm a khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 5/3/2020",
        "do": "save",
    }
    del typed["papers-1-compulsory"]
    assert writer.post(address(draft), typed).status_code == 302

    record = record_of(draft)
    assert (record.name, record.kind, record.tier) == (typed["name"], "inside", "commune")
    assert (record.rule_owner, record.is_interconnected) == ("province", True)
    assert record.manners == ("in_person", "post")
    assert record.time_limit == Duration(Decimal(5), Unit.WORKING_DAY)
    assert record.subjects == ("Công chức", "Viên chức")
    assert record.conditions == ("Đủ thời gian", "Hoàn thành nhiệm vụ")
    assert record.dossier_sets == 2
    assert record.steps[0].duration == Duration(Decimal(4), Unit.HOUR)
    assert record.steps[2].after == (1,)
    assert (record.steps[3].number, record.steps[3].actor) == (4, "Văn thư")
    assert (record.papers[1].quantity, record.papers[1].compulsory) == (3, False)
    assert record.bodies[-1].name == "Sở Tài chính"
    basis = record.bases[-1]
    assert (basis.code, basis.article, basis.clause, basis.point) == (
        "30/2020/NĐ-CP",
        "5",
        "2",
        "a",
    )
    version = ProcedureVersion.objects.get()
    assert (version.name, version.kind, version.tier) == (record.name, "inside", "commune")
    assert str(version.field) == "Công chức, viên chức"


def test_an_untouched_basis_stays_what_it_is(
    writer: Any, draft: ProcedureVersion, officer: User
) -> None:
    """Even where a new reading of its words would find something else."""
    odd = Basis("Quy chế số 12 của Sở", code="12/QC-SNV", article="3")
    record = replace(record_of(draft), bases=(odd,))
    actions.edit_version(version=draft, record=record, by=officer, at=AT, seen=1)
    typed = opened(writer, draft) | {"result": "Văn bản trả lời", "do": "save"}

    assert writer.post(address(draft), typed).status_code == 302
    assert record_of(draft).bases == (odd,)


def test_blank_rows_are_no_rows_and_steps_keep_what_they_wait_for(
    writer: Any, draft: ProcedureVersion
) -> None:
    typed = opened(writer, draft) | {
        "steps-1-what": " ",
        "steps-1-actor": "",
        "steps-1-time": "",
        "steps-1-product": "",
        "steps-5-what": "Lưu hồ sơ",
        "steps-5-after": "1, 3",
        "do": "save",
    }
    assert writer.post(address(draft), typed).status_code == 302
    assert [(s.number, s.after) for s in record_of(draft).steps] == [(1, ()), (2, ()), (3, (1, 2))]


# --- what is wrong is said where it is


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "Ghi tên thủ tục."),
        ("time_limit", "năm ngày", "Không hiểu thời gian “năm ngày”. Ghi số và đơn vị"),
        ("steps-0-time", "vài hôm", "Bước 1: thời gian: Không hiểu thời gian “vài hôm”."),
        ("steps-1-after", "hai", "Bước 2: làm sau bước: Ghi số thứ tự của bước"),
        ("steps-1-after", "2", "Bước không chờ chính nó."),
        ("steps-1-after", "9", "Không có bước 9."),
        ("papers-0-quantity", "nhiều", "Giấy tờ 1: số lượng: Ghi số lượng bằng chữ số."),
        ("dossier_sets", "một", "Ghi số bộ bằng chữ số"),
        ("bases-0-ended_on", "31/6/2024", "Không có ngày 31/6/2024."),
        ("kind", "x", "Loại thủ tục"),
        ("steps-0-what", "x" * 20_001, "Bước 1: nội dung công việc"),
    ],
)
def test_what_cannot_be_understood_is_said_in_place_and_kept(
    writer: Any, draft: ProcedureVersion, field: str, value: str, words: str
) -> None:
    before = record_of(draft)
    typed = opened(writer, draft) | {field: value, "result": "Đã sửa", "do": "save"}
    response = writer.post(address(draft), typed)

    assert response.status_code == 422
    page = BeautifulSoup(response.content.decode(), "html.parser")
    summary = page.find(class_="error-summary")
    assert summary is not None
    assert words in " ".join(summary.text.split())
    target = summary.find("a")
    assert target is not None
    assert page.find(id=str(target["href"])[1:]) is not None
    assert record_of(draft) == before
    again = opened(writer, draft)
    assert again["result"] == "Đã sửa"
    if field != "kind":
        assert again[field].strip() == value.strip()


# --- rows


def rows_after(writer: Any, draft: ProcedureVersion, deed: str, **typed: Any) -> Any:
    response = writer.post(address(draft), opened(writer, draft) | typed | {"do": deed})
    assert response.status_code == 302
    assert response.url == f"{address(draft)}#{deed.split(':')[1]}"
    return opened(writer, draft)


def whats(sent: dict[str, Any]) -> list[str]:
    return [value for name, value in sent.items() if name.startswith("steps-") and "-what" in name]


def test_rows_come_go_and_change_places_without_scripts(
    writer: Any, draft: ProcedureVersion
) -> None:
    first, second, third = whats(opened(writer, draft))

    sent = rows_after(writer, draft, "add:steps", result="Đang gõ dở")
    assert whats(sent) == [first, second, third, ""]
    assert sent["result"] == "Đang gõ dở"
    assert whats(rows_after(writer, draft, "up:steps:2")) == [first, third, second, ""]
    assert whats(rows_after(writer, draft, "down:steps:0")) == [third, first, second, ""]
    assert whats(rows_after(writer, draft, "remove:steps:1")) == [third, second, ""]
    assert whats(rows_after(writer, draft, "up:steps:0")) == [third, second, ""]
    assert whats(rows_after(writer, draft, "remove:steps:99")) == [third, second, ""]
    assert record_of(draft).steps[0].what == first, "nothing was saved yet"


def test_steps_wait_for_the_same_steps_wherever_they_go(
    writer: Any, draft: ProcedureVersion
) -> None:
    sent = rows_after(writer, draft, "up:steps:2", **{"steps-2-after": "0", "steps-1-after": "1"})
    assert [sent[f"steps-{n}-after"] for n in range(3)] == ["", "0", "1"]
    sent = rows_after(writer, draft, "remove:steps:0")
    assert [sent[f"steps-{n}-after"] for n in range(2)] == ["0", ""]


@pytest.mark.parametrize("part", ["papers", "bodies", "forms", "bases"])
def test_every_list_takes_another_row(writer: Any, draft: ProcedureVersion, part: str) -> None:
    before = len([n for n in opened(writer, draft) if n.startswith(f"{part}-")])
    after = rows_after(writer, draft, f"add:{part}")
    assert len([n for n in after if n.startswith(f"{part}-")]) > before
    response = writer.post(address(draft), opened(writer, draft) | {"do": "save"})
    assert response.status_code == 302
    assert not Event.objects.filter(kind="procedures.edited").exists(), "a blank row is no change"


@pytest.mark.parametrize("deed", ["add:nothing", "burn:steps:1", "up:steps:-1", "x", ":::", "add:"])
def test_a_button_that_does_not_exist_changes_nothing(
    writer: Any, draft: ProcedureVersion, deed: str
) -> None:
    typed = opened(writer, draft)
    assert writer.post(address(draft), typed | {"do": deed}).status_code == 302
    again = opened(writer, draft)
    assert {n: v for n, v in again.items() if n != "csrfmiddlewaretoken"} == {
        n: v for n, v in typed.items() if n != "csrfmiddlewaretoken"
    }


def test_a_pasted_table_becomes_steps(writer: Any, draft: ProcedureVersion) -> None:
    table = (
        "TT\tNội dung công việc\tTrách nhiệm\tThời gian\tSản phẩm\n"
        "1\tTiếp nhận hồ sơ\tVăn thư\t0,5 ngày\tPhiếu tiếp nhận\n"
        '2\t"Thẩm định\nhồ sơ"\tPhòng Nội vụ\t02 ngày làm việc\tBáo cáo\n'
    )
    sent = rows_after(writer, draft, "paste:steps", pasted=table)

    assert [sent[f"steps-3-{n}"] for n in ("what", "actor", "time", "product")] == [
        "Tiếp nhận hồ sơ",
        "Văn thư",
        "0,5 ngày",
        "Phiếu tiếp nhận",
    ]
    assert sent["steps-4-what"] == "Thẩm định\nhồ sơ"
    assert sent["pasted"] == ""


def test_what_was_pasted_is_kept_until_it_is_used(writer: Any, draft: ProcedureVersion) -> None:
    assert rows_after(writer, draft, "add:steps", pasted="Bước mới")["pasted"] == "Bước mới"


def test_no_more_rows_than_anybody_needs(writer: Any, draft: ProcedureVersion) -> None:
    typed = opened(writer, draft) | {f"bodies-{n}-name": "x" for n in range(500)}
    assert writer.post(address(draft), typed | {"do": "add:bodies"}).status_code == 302
    assert len(WorkingCopy.objects.get().typed["bodies"]) == 200


# --- keeping while typing


def autosave(client: Any, version: ProcedureVersion, typed: dict[str, Any]) -> Any:
    return client.post(address(version), typed, headers={"X-Autosave": "1"})


def test_what_is_typed_is_kept_right_or_wrong_and_no_version_changes(
    writer: Any, draft: ProcedureVersion
) -> None:
    typed = opened(writer, draft) | {"time_limit": "năm ng", "name": ""}
    response = autosave(writer, draft, typed)

    assert response.status_code == 200
    words = BeautifulSoup(response.content.decode(), "html.parser").text
    assert "Không hiểu thời gian “năm ng”" in words
    assert "Chưa có tên thủ tục hành chính" in words
    version = ProcedureVersion.objects.get()
    assert (version.version, version.name) == (1, draft.name)
    assert not Event.objects.filter(kind="procedures.edited").exists()
    assert opened(writer, draft)["time_limit"] == "năm ng"
    assert "chưa lưu vào thủ tục" in writer.get(draft.get_absolute_url()).content.decode()


def test_the_side_says_how_what_is_typed_was_understood(
    writer: Any, draft: ProcedureVersion
) -> None:
    typed = opened(writer, draft) | {
        "bases-0-line": "khoản 2 Điều 31 Luật Lưu trữ số 33/2024/QH15",
        "steps-0-time": "10 ngày làm việc",
    }
    words = " ".join(
        BeautifulSoup(autosave(writer, draft, typed).content, "html.parser").text.split()
    )
    assert "33/2024/QH15, Điều 31, khoản 2" in words
    assert "Tổng thời gian các bước: 14 ngày làm việc" in words
    assert "dài hơn thời hạn giải quyết (05 ngày làm việc)" in words


def test_what_is_typed_belongs_to_the_one_who_typed_it(
    client: Any, writer: Any, draft: ProcedureVersion, head: User
) -> None:
    autosave(writer, draft, opened(writer, draft) | {"result": "Của tôi"})
    client.force_login(head)
    assert opened(client, draft)["result"] == "Quyết định"
    assert "chưa lưu vào thủ tục" not in client.get(draft.get_absolute_url()).content.decode()


def test_saving_ends_keeping(writer: Any, draft: ProcedureVersion) -> None:
    autosave(writer, draft, opened(writer, draft) | {"result": "Văn bản"})
    writer.post(address(draft), opened(writer, draft) | {"do": "save"})

    assert record_of(draft).result == "Văn bản"
    assert not WorkingCopy.objects.exists()


def test_what_is_typed_can_be_thrown_away(writer: Any, draft: ProcedureVersion) -> None:
    autosave(writer, draft, opened(writer, draft) | {"result": "Gõ nhầm"})
    response = writer.post(address(draft), opened(writer, draft) | {"do": "discard"})
    assert response.url == address(draft)
    assert opened(writer, draft)["result"] == "Quyết định"


def test_a_null_character_is_dropped(writer: Any, draft: ProcedureVersion) -> None:
    assert autosave(writer, draft, opened(writer, draft) | {"result": "a\0b"}).status_code == 200
    assert opened(writer, draft)["result"] == "ab"


# --- two people


def test_two_who_write_in_different_parts_lose_nothing(
    client: Any, draft: ProcedureVersion, officer: User, head: User
) -> None:
    client.force_login(officer)
    mine = opened(client, draft) | {"result": "Kết quả của tôi"}
    autosave(client, draft, mine)
    others = replace(record_of(draft), fee="Theo Thông tư", subjects=("Sở", "Xã"))
    actions.edit_version(version=draft, record=others, by=head, at=AT + timedelta(days=1), seen=1)

    response = client.post(address(draft), mine | {"do": "save"})
    assert response.status_code == 409
    page = BeautifulSoup(response.content.decode(), "html.parser")
    told = page.find(id="others")
    assert told is not None
    assert "Nông Văn Sơn" in told.text
    assert "Theo Thông tư" in told.text
    assert "bạn cũng đang sửa" not in told.text
    assert client.post(address(draft), inputs(page) | {"do": "save"}).status_code == 302
    assert record_of(draft) == replace(others, result="Kết quả của tôi")


def test_two_who_write_in_the_same_part_are_told(
    client: Any, draft: ProcedureVersion, officer: User, head: User
) -> None:
    client.force_login(officer)
    mine = opened(client, draft) | {"result": "Kết quả của tôi"}
    autosave(client, draft, mine)
    others = replace(record_of(draft), result="Kết quả của thủ trưởng")
    actions.edit_version(version=draft, record=others, by=head, at=AT + timedelta(days=1), seen=1)

    page = BeautifulSoup(client.get(address(draft)).content.decode(), "html.parser")
    told = page.find(id="others")
    assert told is not None
    assert "Kết quả, phí, lệ phí bạn cũng đang sửa" in " ".join(told.text.split())
    assert "Kết quả của thủ trưởng" in told.text
    assert inputs(page)["result"] == "Kết quả của tôi"
    assert client.post(address(draft), inputs(page) | {"do": "save"}).status_code == 302
    assert record_of(draft).result == "Kết quả của tôi"


def test_without_scripts_what_another_saved_is_told_as_well(
    client: Any, draft: ProcedureVersion, officer: User, head: User
) -> None:
    client.force_login(officer)
    mine = opened(client, draft) | {"result": "Kết quả của tôi"}
    others = replace(record_of(draft), fee="Theo Thông tư")
    actions.edit_version(version=draft, record=others, by=head, at=AT + timedelta(days=1), seen=1)

    response = client.post(address(draft), mine | {"do": "save"})
    assert response.status_code == 409
    assert "Theo Thông tư" in response.content.decode()
    assert record_of(draft) == others


# --- files


def test_the_file_of_a_form_is_kept_with_its_row(writer: Any, draft: ProcedureVersion) -> None:
    upload = SimpleUploadedFile("Mau-02.pdf", PDF, "application/pdf")
    typed = opened(writer, draft) | {"forms-1-name": "", "forms-1-upload": upload}
    assert writer.post(address(draft), typed).status_code == 302

    sent = opened(writer, draft)
    assert sent["forms-1-name"] == "Mau-02"
    writer.post(address(draft), sent | {"do": "save"})
    forms = record_of(draft).forms
    assert [form.name for form in forms] == ["Mẫu số 01: Tờ trình", "Mau-02"]
    file = ProcedureVersion.objects.get().form_files.get(name="Mau-02")
    response = writer.get(f"/thu-tuc/mau/{file.pk}/")
    assert b"".join(response.streaming_content) == PDF


def test_a_file_that_may_not_be_is_refused_beside_its_row(
    writer: Any, draft: ProcedureVersion
) -> None:
    upload = SimpleUploadedFile("mau.exe", b"MZ", "application/octet-stream")
    typed = opened(writer, draft) | {"forms-0-upload": upload, "result": "Giữ", "do": "save"}
    response = writer.post(address(draft), typed)
    assert response.status_code == 422
    assert "Không nhận loại tệp của “mau.exe”" in response.content.decode()
    assert opened(writer, draft)["result"] == "Giữ"


def test_nobody_takes_a_file_that_is_not_of_this_procedure(
    writer: Any, draft: ProcedureVersion, province: Province
) -> None:
    """By its key, or by the token of another procedure."""
    other = make_draft(province.departments[0])
    token = opened(writer, other)["forms-0-file"]
    secret = StoredFile.objects.latest("pk").pk
    for forged in (str(secret), token, "x", f"[{secret}, {draft.procedure_id}]"):
        typed = opened(writer, draft) | {"forms-0-file": forged, "do": "save"}
        assert writer.post(address(draft), typed).status_code == 302
        assert record_of(draft).forms == (Form("Mẫu số 01: Tờ trình", None),)


# --- sending, and when nothing may be written


def test_saving_and_sending_is_one_step(writer: Any, draft: ProcedureVersion, head: User) -> None:
    typed = opened(writer, draft) | {"result": "Văn bản trả lời", "do": "send"}
    assert writer.post(address(draft), typed).status_code == 302

    version = ProcedureVersion.objects.get()
    assert (version.status, version.record.result) == (Status.PROPOSED, "Văn bản trả lời")
    told = Notice.objects.get(user=head)
    assert told.text == f"Đề nghị xác nhận thủ tục: {version.name}"
    assert told.url == version.get_absolute_url()


def test_what_was_confirmed_is_no_longer_written(writer: Any, draft: ProcedureVersion) -> None:
    typed = opened(writer, draft) | {"result": "Muộn rồi"}
    ProcedureVersion.objects.update(status=Status.CONFIRMED.value)

    assert autosave(writer, draft, typed).status_code == 409
    assert writer.post(address(draft), typed | {"do": "save"}).url == draft.get_absolute_url()
    assert writer.get(address(draft)).url == draft.get_absolute_url()
    assert record_of(draft).result == "Quyết định"


def test_who_may_write(client: Any, draft: ProcedureVersion, province: Province) -> None:
    for role, expected in (("leader", 403), ("clerk", 403), ("officer", 200), ("head", 200)):
        client.force_login(make_user(province.departments[0], role))
        assert client.get(address(draft)).status_code == expected
        assert client.post(address(draft), {"do": "add:steps"}).status_code in {expected, 302}
    client.force_login(make_user(province.departments[1]))
    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft), {"do": "save"}).status_code == 404


def test_a_procedure_without_a_draft_has_no_form(writer: Any, province: Province) -> None:
    version = make_draft(province.departments[0])
    ProcedureVersion.objects.update(status=Status.PUBLISHED.value)
    assert writer.get(address(version)).status_code == 404


def test_make_record_is_without_fault(province: Province) -> None:
    """The tests above lean on it."""
    assert make_record().time_limit == Duration(Decimal(5), Unit.WORKING_DAY)

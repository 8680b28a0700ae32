"""A difficulty is written down with what it is about, found again, answered by what is known."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.conftest import StrictClient
from tests.factories.agencies import make_agency
from tests.factories.assignments import make_assignment, system_coordinator
from tests.factories.difficulties import (
    AT,
    PDF,
    content,
    make_answered,
    make_difficulty,
    make_guidance,
    make_sent,
)
from tests.factories.people import make_user
from tests.factories.plans import make_decided, make_text
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.difficulties import actions
from tinhgon.apps.difficulties.actions import Refused, StaleObject
from tinhgon.apps.difficulties.enums import Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries.blocked import blocked_by
from tinhgon.apps.difficulties.queries.waiting import short_lists
from tinhgon.apps.procedures.enums import Status as ProcedureStatus
from tinhgon.apps.search.models import SearchEntry
from tinhgon.common import shortlist

from .conftest import People
from .test_way import do, main_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]

RAISE = reverse("difficulties:raise")
LIST = reverse("difficulties:list")
SAME = "Chưa xác định được số lượt thực hiện trong năm nên không tính được chi phí tuân thủ"


def typed(people: People, **parts: Any) -> dict[str, Any]:
    """Return what a person fills in."""
    return {
        "agency": people.commune.pk,
        "kind": "costing",
        "title": "Không có số lượt thực hiện",
        "description": SAME,
        "texts": "Điều 27 Thông tư số 02/2017/TT-VPCP; Nghị định số 30/2020/NĐ-CP",
        "own_part": "Đã lập sổ theo dõi.",
        "proposal": "Hướng dẫn cách ước tính.",
        "decider": "province",
        "due_on": "10/7/2024",
        **parts,
    }


def test_it_is_written_down_with_procedures_texts_and_files(
    client: StrictClient, people: People
) -> None:
    version = make_version(people.commune)
    client.force_login(people.commune_officer)

    response = client.post(
        RAISE,
        typed(
            people,
            procedures=[version.procedure_id],
            evidence=[
                SimpleUploadedFile("so-theo-doi.pdf", PDF.data),
                SimpleUploadedFile("bien-ban.pdf", PDF.data),
            ],
        ),
    )

    difficulty = Difficulty.objects.get()
    assert response.status_code == 302
    assert (difficulty.status, difficulty.holder) == (Status.NEW, people.commune)
    assert [each.pk for each in difficulty.procedures.all()] == [version.procedure_id]
    assert [(text.text, text.law is not None) for text in difficulty.texts.all()] == [
        ("Điều 27 Thông tư số 02/2017/TT-VPCP", False),
        ("Nghị định số 30/2020/NĐ-CP", True),
    ]
    assert {each.file.name for each in difficulty.files.all()} == {
        "so-theo-doi.pdf",
        "bien-ban.pdf",
    }
    page = main_of(client.get(difficulty.get_absolute_url()))
    assert version.name in page
    assert "so-theo-doi.pdf" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", " ", "Tóm tắt"),
        ("description", "", "Nội dung vướng mắc"),
        ("kind", "none", "Loại"),
        ("due_on", "1/6/2024", "trước hôm nay"),
        ("decider", "nobody", "Cấp"),
    ],
)
def test_what_is_lacking_is_said_and_what_was_typed_stays(
    client: StrictClient, people: People, field: str, value: str, says: str
) -> None:
    client.force_login(people.commune_officer)

    response = client.post(RAISE, typed(people, **{field: value}))

    assert response.status_code == 422
    assert says in main_of(response)
    assert "Đã lập sổ theo dõi." in response.content.decode()
    assert not Difficulty.objects.exists()


def test_nobody_raises_for_another_agency(client: StrictClient, people: People) -> None:
    client.force_login(people.commune_officer)

    response = client.post(RAISE, typed(people, agency=people.department.pk))

    assert response.status_code == 422
    assert not Difficulty.objects.exists()


def test_forged_keys_of_what_one_may_not_see_are_not_taken(
    client: StrictClient, people: People
) -> None:
    """A draft of another branch, another branch's assignment, and a file of another difficulty."""
    foreign = make_version(people.department, status=ProcedureStatus.DRAFT)
    work = make_assignment(people.department, system_coordinator(people.province.committee))
    client.force_login(people.commune_officer)

    client.post(
        f"{RAISE}?viec={work.pk}&thu-tuc={foreign.procedure_id}",
        typed(people, procedures=[foreign.procedure_id, 10**9, "x"]),
    )

    difficulty = Difficulty.objects.get()
    assert not difficulty.procedures.exists()
    assert difficulty.assignment is None
    other = actions.raise_difficulty(
        agency=people.department,
        content=content(),
        uploads=[PDF],
        by=people.department_officer,
        at=AT,
    )
    file = other.files.get().pk
    for owner in (difficulty, other):
        url = reverse("difficulties:file", args=[owner.pk, file])
        assert client.get(url).status_code == 404


def test_a_procedure_an_assignment_and_a_text_lead_to_the_form_filled(
    client: StrictClient, people: People
) -> None:
    version = make_version(people.department)
    work = make_assignment(people.department, system_coordinator(people.province.committee))
    change = make_text(people.department)
    client.force_login(people.department_officer)

    assert f"{RAISE}?thu-tuc={version.procedure_id}" in _html(client, version.get_absolute_url())
    assert f"{RAISE}?viec={work.pk}" in _html(client, work.get_absolute_url())
    assert f"{RAISE}?van-ban={change.pk}" in _html(client, change.get_absolute_url())
    assert version.name in _html(client, f"{RAISE}?thu-tuc={version.procedure_id}")
    assert work.duty.summary in _html(client, f"{RAISE}?viec={work.pk}")
    assert change.text in _html(client, f"{RAISE}?van-ban={change.pk}")

    client.post(f"{RAISE}?van-ban={change.pk}", typed(people, agency=people.department.pk))
    difficulty = Difficulty.objects.get()
    assert (difficulty.legal_change, difficulty.plan_item) == (change, change.item)


def _html(client: StrictClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())


def test_who_may_not_raise_sees_no_way_to(client: StrictClient, people: People) -> None:
    version = make_version(people.department)
    client.force_login(make_user(people.department, "leader"))

    assert RAISE not in _html(client, version.get_absolute_url())
    assert client.get(RAISE).status_code == 403


def test_answers_to_others_are_shown_before_it_is_sent_also_without_javascript(
    client: StrictClient, people: People
) -> None:
    guidance = make_guidance(people.department, title="Không có số lượt", description=SAME)
    client.force_login(people.commune_officer)

    looked = client.post(RAISE, typed(people, look="1"))
    piece = client.post(
        reverse("difficulties:similar"),
        {"title": "", "description": SAME + " và còn nữa" * 900},
        headers={"HX-Request": "true"},
    )

    assert looked.status_code == 200
    assert list(Difficulty.objects.all()) == [guidance]
    for response in (looked, piece):
        assert guidance.title in response.content.decode()
        assert "Thực hiện theo thành phần hồ sơ" in response.content.decode()
    assert b"<html" not in piece.content


def test_procedures_are_found_by_words_without_tones(client: StrictClient, people: People) -> None:
    version = make_version(people.commune)
    words = "lap ke hoach"
    client.force_login(people.commune_officer)

    piece = client.post(reverse("difficulties:procedures"), {"find_words": words})
    page = client.post(RAISE, typed(people, find="1", find_words=words))

    assert page.status_code == 200
    for response in (piece, page):
        assert f'value="{version.procedure_id}"' in response.content.decode()


def test_what_was_answered_to_all_answers_at_once(client: StrictClient, people: People) -> None:
    guidance = make_guidance(people.department)
    difficulty = make_difficulty(people.commune)

    difficulty = do(client, people.commune_officer, difficulty, "apply", guidance=guidance.pk)

    assert (difficulty.status, difficulty.guidance) == (Status.ANSWERED, guidance)
    assert difficulty.answer is not None
    assert guidance.answer is not None
    assert difficulty.answer.words == guidance.answer.words
    page = main_of(client.get(difficulty.get_absolute_url()))
    assert f"áp dụng trả lời của {guidance.code}" in page

    difficulty = do(client, people.commune_officer, difficulty, "decline", words="Khác thủ tục.")
    assert (difficulty.status, difficulty.guidance, difficulty.answer) == (Status.NEW, None, None)
    do(client, people.commune_head, difficulty, "send")


def test_only_what_counts_for_all_is_applied(client: StrictClient, people: People) -> None:
    """Neither an answer of another branch nor one that counts no longer, whatever the key says."""
    answered, guidance = make_answered(people.department), make_guidance(people.department)
    difficulty = make_difficulty(people.commune)
    actions.set_guidance(
        difficulty=guidance,
        is_guidance=False,
        by=people.coordinator,
        at=AT,
        seen=guidance.version,
    )
    client.force_login(people.commune_officer)

    for key in (answered.pk, guidance.pk, 10**9, "x"):
        response = client.post(
            reverse("difficulties:apply", args=[difficulty.pk]),
            {"version": difficulty.version, "guidance": key},
        )
        assert response.status_code == 422
    with pytest.raises(Refused, match="không còn là trả lời dùng chung"):
        actions.apply_guidance(
            difficulty=difficulty,
            guidance=answered,
            by=people.commune_officer,
            at=AT,
            seen=difficulty.version,
        )


def test_all_units_read_a_guidance_and_not_how_it_came_about(
    client: StrictClient, people: People
) -> None:
    guidance = make_guidance(people.department)
    client.force_login(people.neighbour)

    page = main_of(client.get(guidance.get_absolute_url()))

    assert "Thực hiện theo thành phần hồ sơ" in page
    assert "Quá trình xử lý" not in page
    assert client.get(reverse("difficulties:letter", args=[guidance.pk, "docx"])).status_code == 404
    entry = SearchEntry.objects.get(kind="difficulty", ref=guidance.pk)
    assert entry.for_all


def test_only_the_office_answers_for_all(client: StrictClient, people: People) -> None:
    difficulty = make_answered(people.commune)
    district = make_user(people.district, "coordinator")
    url = reverse("difficulties:guide", args=[difficulty.pk])
    data = {"version": difficulty.version, "wanted": "1"}

    client.force_login(district)
    assert client.post(url, data).status_code == 403
    client.force_login(people.coordinator)
    assert client.post(url, data).status_code == 302
    assert Difficulty.objects.get().is_guidance


def test_what_was_edited_meanwhile_is_not_overwritten(people: People) -> None:
    difficulty = make_difficulty(people.commune)
    seen = difficulty.version
    for title in ("Một", "Hai"):
        said = content(title=title)
        if title == "Hai":
            with pytest.raises(StaleObject):
                _edit(people, difficulty, said, seen)
        else:
            _edit(people, difficulty, said, seen)
    assert Difficulty.objects.get().title == "Một"


def _edit(people: People, difficulty: Difficulty, said: actions.Content, seen: int) -> None:
    actions.edit_difficulty(
        difficulty=difficulty, content=said, by=people.commune_officer, at=AT, seen=seen
    )


def test_the_form_opens_with_what_was_said_and_takes_files_away(
    client: StrictClient, people: People
) -> None:
    difficulty = actions.raise_difficulty(
        agency=people.commune,
        content=content(texts="Quy chế làm việc"),
        uploads=[PDF],
        by=people.commune_officer,
        at=AT,
    )
    file = difficulty.files.get().pk
    url = reverse("difficulties:edit", args=[difficulty.pk])
    client.force_login(people.commune_officer)

    shown = _html(client, url)
    assert difficulty.own_part in shown
    assert "Quy chế làm việc" in shown
    response = client.post(
        url, typed(people, title="Tên mới", version=difficulty.version, dropped=[file])
    )

    assert response.status_code == 302
    difficulty.refresh_from_db()
    assert difficulty.title == "Tên mới"
    assert not difficulty.files.exists()


def test_what_was_returned_still_says_what_was_done_within_ones_own_authority(
    client: StrictClient, people: People
) -> None:
    difficulty = make_sent(people.commune)
    difficulty = do(client, people.district_officer, difficulty, "return", words="Nêu rõ hơn.")
    client.force_login(people.commune_officer)
    url = reverse("difficulties:edit", args=[difficulty.pk])

    response = client.post(url, typed(people, own_part="", version=difficulty.version))

    assert response.status_code == 422
    assert "không bỏ trống những việc đã làm trong thẩm quyền" in main_of(response)
    assert SAME in response.content.decode()
    difficulty.refresh_from_db()
    assert difficulty.own_part


def test_many_words_find_nothing_and_break_nothing(client: StrictClient, people: People) -> None:
    client.force_login(people.commune_officer)
    words = "thu tuc " * 1_500

    for response in (
        client.get(reverse("difficulties:procedures"), {"find_words": words}),
        client.post(reverse("difficulties:procedures"), {"find_words": words}),
        client.post(RAISE, typed(people, find="1", find_words=words)),
    ):
        assert response.status_code == 200


def test_what_it_holds_up_is_named_with_the_cut_at_stake(people: People) -> None:
    item = make_decided(people.department)[0].items.get()
    work = make_assignment(people.department, system_coordinator(people.province.committee))
    difficulty = make_difficulty(
        people.department, procedures=[item.review.procedure], assignment=work
    )

    seen = blocked_by(user=people.coordinator, difficulty=difficulty, today=AT.date())

    assert [each.pk for each in seen.procedures.told] == [item.review.procedure_id]
    assert [each.item for each in seen.waiting] == [item]
    assert seen.assignment == work
    costs = seen.waiting[0].costs
    assert seen.saved == (costs.saved if costs else None)


def test_the_list_by_each_filter(client: StrictClient, people: People) -> None:
    version = make_version(people.commune)
    own = make_sent(
        people.commune,
        kind="funds",
        title="Thiếu kinh phí",
        procedures=[version.procedure],
        due_on=AT.date(),
    )
    make_sent(people.department, title="Phần mềm chưa liên thông")
    client.force_login(people.coordinator)

    for query in (
        "nhom=qua-han",
        "loai=funds",
        "q=thieu kinh phi",
        f"q={own.code}",
        f"thu-tuc={version.procedure_id}",
        f"co-quan={people.district.pk}",
        "co-quan=xa gia cat",
        "q=gia cat",
    ):
        page = _html(client, f"{LIST}?{query}")
        found = ("Thiếu kinh phí" in page, "Phần mềm chưa liên thông" in page)
        assert found == (True, False), query
    page = _html(client, f"{LIST}?trang-thai=closed")
    assert "Không có vướng mắc nào khớp" in page
    every = _html(client, f"{LIST}?nhom=tat-ca&loai=khong-co&trang-thai=x&cap=y&sort=z&page=99")
    assert "Phần mềm chưa liên thông" in every


def test_the_workbook_has_what_the_list_shows(client: StrictClient, people: People) -> None:
    make_sent(people.commune, title="=1+1")
    make_sent(people.department, title="Phần mềm chưa liên thông")
    client.force_login(people.coordinator)

    response = client.get(reverse("difficulties:export"), {"co-quan": people.district.pk})

    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][2] == people.commune.name
    assert rows[1][4] == "=1+1"


def test_a_long_list_takes_no_more_queries(client: StrictClient, people: People) -> None:
    """The strict client refuses more than twelve; with procedures and answers on all rows."""
    version = make_version(people.commune)
    for _ in range(4):
        make_answered(people.commune, procedures=[version.procedure], texts="Quy chế")
    client.force_login(people.coordinator)

    assert "4" in _html(client, LIST)


def test_each_sees_what_waits_for_his_agency(people: People) -> None:
    mine = make_sent(people.commune)
    make_sent(people.department)
    answered = make_answered(people.commune)

    def waits_for(user: User) -> list[int]:
        found = shortlist.read(short_lists(user))
        return [entry.key for each in found.values() for entry in each.entries]

    assert waits_for(people.district_officer) == [mine.pk]
    assert waits_for(people.commune_officer) == [answered.pk]
    assert waits_for(make_user(people.commune, "leader")) == []


def test_the_letter_says_it_all_and_leaves_number_and_day_blank(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    version = make_version(people.commune)
    difficulty = make_sent(
        people.commune, procedures=[version.procedure], texts="Nghị định số 30/2020/NĐ-CP"
    )
    client.force_login(people.district_head)
    url = reverse("difficulties:letter", args=[difficulty.pk, "docx"])

    response = client.post(url, {"words": "Huyện không có thẩm quyền hướng dẫn."})

    with ZipFile(io.BytesIO(response.content)) as packed:
        text = packed.read("word/document.xml").decode()
    for words in (
        "HUYỆN CAO LỘC",
        "Văn phòng UBND tỉnh",
        "UBND xã Gia Cát",
        version.name,
        "Nghị định số 30/2020/NĐ-CP",
        "Huyện không có thẩm quyền hướng dẫn",
        "CHỦ TỊCH",
    ):
        assert words in text, words
    assert (
        client.get(reverse("difficulties:letter", args=[difficulty.pk, "pdf"])).content[:4]
        == b"%PDF"
    )
    assert (
        client.get(reverse("difficulties:letter", args=[difficulty.pk, "exe"])).status_code == 404
    )


def test_to_the_centre_the_committee_writes(client: StrictClient, people: People) -> None:
    difficulty = make_sent(people.department)
    client.force_login(people.coordinator)

    response = client.get(reverse("difficulties:letter", args=[difficulty.pk, "docx"]))

    with ZipFile(io.BytesIO(response.content)) as packed:
        text = packed.read("word/document.xml").decode()
    assert "TỈNH LẠNG SƠN" in text
    assert "Văn phòng Chính phủ" in text


def test_a_unit_of_a_department_asks_its_department(people: People) -> None:
    assert make_sent(make_agency(parent=people.department)).holder == people.department

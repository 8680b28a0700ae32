"""Who reads a difficulty far from its agency learns nothing that he may not see elsewhere."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.conftest import StrictClient
from tests.factories.assignments import make_assignment, system_coordinator
from tests.factories.difficulties import AT, answer, content, make_difficulty, make_sent
from tests.factories.people import make_user
from tests.factories.plans import make_text
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.difficulties import actions
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries import rows_of_table_4
from tinhgon.apps.procedures.enums import Status as ProcedureStatus

from .conftest import People
from .test_way import do, main_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
LIST = reverse("difficulties:list")
UNTOLD = "(thủ tục chưa công bố)"


@pytest.fixture
def draft(people: People) -> Any:
    return make_version(people.commune, name="Thủ tục còn giữ kín", status=ProcedureStatus.DRAFT)


def guidance_on(people: People, **parts: Any) -> Difficulty:
    """Answer a difficulty of the commune to all units, so that everybody reads it."""
    difficulty = answer(make_sent(people.commune, **parts))
    actions.set_guidance(
        difficulty=difficulty,
        is_guidance=True,
        by=people.coordinator,
        at=AT,
        seen=difficulty.version,
    )
    return difficulty


def _everywhere(client: StrictClient, user: User, difficulty: Difficulty) -> list[str]:
    """Return what the list, its workbook and the page say to a person."""
    client.force_login(user)
    book = client.get(reverse("difficulties:export")).content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    return [
        main_of(client.get(LIST)),
        str(sheet.to_python()),
        main_of(client.get(difficulty.get_absolute_url())),
    ]


def test_a_draft_of_another_branch_keeps_its_name(
    client: StrictClient, people: People, draft: Any
) -> None:
    name = "Thủ tục ai cũng đọc được"
    known = make_version(people.department, name=name, status=ProcedureStatus.PUBLISHED)
    both = [draft.procedure, known.procedure]
    difficulty = guidance_on(people, procedures=both)

    for said in _everywhere(client, people.neighbour, difficulty):
        assert draft.name not in said
        assert known.name in said
        assert UNTOLD in said
    for said in _everywhere(client, people.commune_officer, difficulty):
        assert draft.name in said
        assert UNTOLD not in said


def test_the_filter_by_procedure_does_not_tell_a_name(
    client: StrictClient, people: People, draft: Any
) -> None:
    guidance_on(people, procedures=[draft.procedure])

    client.force_login(people.neighbour)
    page = main_of(client.get(LIST, {"thu-tuc": draft.procedure_id}))
    client.force_login(people.commune_officer)
    own = main_of(client.get(LIST, {"thu-tuc": draft.procedure_id}))

    assert "Chỉ xem: một thủ tục" in page
    assert f"Chỉ xem: {draft.name}" in own


def test_the_letter_of_a_department_does_not_name_a_draft_of_a_commune(
    client: StrictClient, people: People, draft: Any
) -> None:
    difficulty = make_sent(people.commune, procedures=[draft.procedure])
    url = reverse("difficulties:letter", args=[difficulty.pk, "docx"])
    client.force_login(people.district_officer)
    of_district = _text(client.get(url).content)
    do(client, people.district_head, difficulty, "pass_up", words="Vượt thẩm quyền.")
    said = {"agency": people.department.name, "words": ""}
    do(client, people.coordinator, difficulty, "refer", **said)

    client.force_login(make_user(people.department, "head"))
    of_department = _text(client.get(url).content)

    assert draft.name in of_district
    assert draft.name not in of_department
    assert UNTOLD in of_department


def _text(docx: bytes) -> str:
    return ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


def test_a_report_names_what_its_branch_may_tell(people: People, draft: Any) -> None:
    """What came over from another branch is counted, not named."""
    foreign = make_version(people.department, name="Dự thảo của sở", status=ProcedureStatus.DRAFT)
    make_sent(people.commune, procedures=[draft.procedure, foreign.procedure])

    day = AT.date()
    [row] = rows_of_table_4(agency=people.district, since=day, until=day)

    assert row.procedures.names == [draft.name, UNTOLD]


def test_work_and_texts_of_another_branch_are_not_shown(
    client: StrictClient, people: People
) -> None:
    text = make_text(people.department)
    work = make_assignment(people.department, system_coordinator(people.province.committee))
    difficulty = answer(make_sent(people.department, assignment=work, legal_change=text))
    actions.set_guidance(
        difficulty=difficulty,
        is_guidance=True,
        by=people.coordinator,
        at=AT,
        seen=difficulty.version,
    )

    client.force_login(people.neighbour)
    hidden = client.get(difficulty.get_absolute_url()).content.decode()
    client.force_login(people.department_officer)
    shown = client.get(difficulty.get_absolute_url()).content.decode()

    for url in (work.get_absolute_url(), text.get_absolute_url()):
        assert url not in hidden
        assert url in shown


def test_an_edit_keeps_the_procedures_that_could_not_be_shown(people: People) -> None:
    foreign = make_version(people.department, status=ProcedureStatus.DRAFT)
    own = make_version(people.commune)
    difficulty = make_difficulty(people.commune, procedures=[own.procedure, foreign.procedure])

    actions.edit_difficulty(
        difficulty=difficulty,
        content=content(),
        by=people.commune_officer,
        at=AT,
        seen=difficulty.version,
    )

    assert list(difficulty.procedures.values_list("pk", flat=True)) == [foreign.procedure_id]

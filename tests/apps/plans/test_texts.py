"""The list of legal texts to change, and its file."""

from __future__ import annotations

from datetime import date

import time_machine

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.plans import make_issued_text, make_text
from tests.factories.procedures import AT
from tests.workbooks import sheet_lines
from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import LegalChange

TEXTS = "/phuong-an/thuc-thi/"


def test_texts_are_found_without_tones_and_by_the_document_that_came(
    client: StrictClient, province: Province, officer: User
) -> None:
    agency = province.departments[0]
    rules = make_text(agency, text="Quy chế làm việc của Ủy ban nhân dân tỉnh")
    issued = make_issued_text(agency, number="987")
    client.force_login(officer)

    def found(words: str) -> list[LegalChange]:
        return [line.change for line in client.get(TEXTS, {"q": words}).context["lines"]]

    assert found("QUY CHE lam viec") == [rules]
    assert found("987/qd-ubnd") == [issued]


def test_the_file_holds_what_the_list_shows(
    client: StrictClient, province: Province, officer: User
) -> None:
    agency = province.departments[0]
    late = make_text(agency, text="=1+1", due_on=date(2024, 7, 1))
    make_text(agency, text="Quyết định số 2/2022/QĐ-UBND", due_on=date(2025, 6, 1))
    make_text(province.departments[1], due_on=date(2024, 7, 1))
    done = make_issued_text(agency, number="987")
    client.force_login(officer)

    with time_machine.travel(AT, tick=False):
        page = client.get(TEXTS, {"nhom": "qua-han", "viec": "toi"})
        narrowed = client.get(page.context["file_url"])
        whole = client.get(client.get(TEXTS).context["file_url"])

    [row] = sheet_lines(narrowed.content)[1:]
    assert row[0] == f"'{late.text}"
    assert (row[6], row[7]) == (date(2024, 7, 1), "quá hạn 7 ngày, chưa soạn")
    rows = sheet_lines(whole.content)[1:]
    assert len(rows) == 3
    [issued] = [row for row in rows if row[0] == done.text and row[8]]
    assert issued[8] == "Quyết định số 987/QĐ-UBND ngày 05/7/2024"
    assert issued[9:] == ["Ủy ban nhân dân tỉnh Lạng Sơn", date(2024, 7, 8)]


def test_the_list_is_narrowed_by_round(
    client: StrictClient, province: Province, officer: User
) -> None:
    first, second = (make_text(province.departments[0]) for _ in range(2))
    client.force_login(officer)

    page = client.get(TEXTS, {"dot": first.item.plan.round_id})

    assert [line.change for line in page.context["lines"]] == [first]
    assert f"dot={first.item.plan.round_id}" in page.context["tabs"][1]["url"]
    assert second.item.plan.round_id != first.item.plan.round_id

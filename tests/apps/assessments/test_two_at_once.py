"""Two officers on one sheet: whoever was slower is told, whatever else is wrong in what he sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions
from tinhgon.apps.assessments.models import CostSheet

from .door import fields, fresh, parsed, url, words
from .samples import AT

pytestmark = pytest.mark.django_db


def overtake(sheet: CostSheet, by: User, cells: dict[str, str]) -> None:
    """Let a colleague write meanwhile."""
    newest = fresh(sheet)
    actions.write_cells(sheet=newest, cells=cells, by=by, at=AT, seen=newest.version)


def hours(sheet: CostSheet) -> list[Any]:
    return [row.hours for row in fresh(sheet).sides.now.rows[:2]]


@pytest.mark.parametrize(
    "bad", [{"now.paper-2.hours": "nhiều"}, {"now.gone-1.hours": "1"}, {"now.paper-2.what": ""}]
)
def test_a_plain_save_with_a_fault_does_not_go_on_under_a_version_that_was_not_seen(
    client: StrictClient, sheet: CostSheet, officer: User, colleague: User, bad: dict[str, str]
) -> None:
    client.force_login(officer)
    before = fields(client.get(url("sheet", sheet)), "#cells")
    overtake(sheet, colleague, {"now.paper-1.hours": "9"})
    page = client.post(url("write", sheet), before | {"now.paper-2.hours": "4"} | bad)
    assert page.status_code == 409
    assert "Người khác vừa sửa bảng này" in words(page)
    assert "đang lưu: 9" in words(page)  # what he would write over is told before he does
    again = fields(page, "#cells")
    assert again["version"] == "2"
    assert again["now.paper-2.hours"] == bad.get("now.paper-2.hours", "4")
    assert hours(sheet)[0] == 9


@pytest.mark.parametrize("is_script", [False, True])
def test_what_is_refused_goes_back_under_the_version_that_was_seen(
    client: StrictClient, sheet: CostSheet, officer: User, colleague: User, *, is_script: bool
) -> None:
    """The one wrote a fault, the other was faster by then: the next click must tell him."""
    client.force_login(officer)
    headers = {"X-Cells": "1"} if is_script else {}
    address, fault = url("write", sheet), {"version": "1", "now.paper-1.hours": "nhiều"}
    answer = client.post(address, fault, headers=headers)
    assert answer.status_code == 422
    version = answer.json()["version"] if is_script else fields(answer, "#cells")["version"]
    overtake(sheet, colleague, {"now.paper-1.hours": "9"})
    mended = {"version": str(version), "now.paper-1.hours": "7"}
    assert client.post(address, mended, headers=headers).status_code == 409
    assert hours(sheet)[0] == 9


def test_a_script_that_is_refused_for_another_reason_keeps_its_version(
    client: StrictClient, sheet: CostSheet, officer: User, colleague: User
) -> None:
    overtake(sheet, colleague, {"now.paper-1.hours": "9"})
    sheet.review.round.closed_on = AT.date()
    sheet.review.round.save()
    client.force_login(officer)
    data = {"version": "1", "now.paper-1.hours": "7"}
    answer = client.post(url("write", sheet), data, headers={"X-Cells": "1"})
    assert (answer.status_code, answer.json()["version"]) == (422, 1)


def test_the_page_of_a_row_tells_of_the_other_change_beside_what_was_typed(
    client: StrictClient, sheet: CostSheet, officer: User, colleague: User
) -> None:
    client.force_login(officer)
    address = url("row", sheet, "paper-1")
    data = fields(client.get(address), "main form")
    overtake(sheet, colleague, {"now.paper-1.hours": "9", "now.paper-1.source": "Sổ văn thư"})
    # He has something wrong in it too.
    page = client.post(address, data | {"hours-value": "5", "hours-low": "x"})
    assert page.status_code == 422
    assert "Người khác vừa sửa bảng này" in words(page)
    assert "đang lưu: 9" in words(page)
    assert "đang lưu: Sổ văn thư" in words(page)
    again = fields(page, "main form")
    assert (again["hours-value"], again["version"]) == ("5", "2")
    assert hours(sheet)[0] == 9
    # Having looked, he writes his own over it; nothing else he typed was lost.
    assert client.post(address, again | {"hours-low": "4"}).status_code == 302
    assert hours(sheet)[0] == 5


def test_the_page_of_a_row_with_a_fault_keeps_the_version_that_was_seen(
    client: StrictClient, sheet: CostSheet, officer: User, colleague: User
) -> None:
    client.force_login(officer)
    address = url("row", sheet, "paper-1")
    data = fields(client.get(address), "main form")
    faulty = client.post(address, data | {"hours-value": "nhiều"})
    overtake(sheet, colleague, {"now.paper-1.hours": "9"})
    mended = fields(faulty, "main form") | {"hours-value": "5"}
    assert client.post(address, mended).status_code == 422
    assert hours(sheet)[0] == 9


def test_who_writes_to_a_row_that_a_colleague_took_out_is_led_back(
    client: StrictClient, sheet: CostSheet, officer: User, colleague: User
) -> None:
    client.force_login(officer)
    address = url("row", sheet, "paper-2")
    data = fields(client.get(address), "main form")
    actions.remove_row(sheet=fresh(sheet), key="paper-2", by=colleague, at=AT, seen=1)
    answer = client.post(address, data | {"hours-value": "5"}, follow=True)
    assert answer.redirect_chain == [(url("sheet", sheet), 302)]
    assert "Người khác vừa bỏ dòng này khỏi bảng" in words(answer)


def test_adding_a_row_keeps_its_words_and_tells(
    client: StrictClient, sheet: CostSheet, officer: User, colleague: User
) -> None:
    client.force_login(officer)
    form = f'[action="{url("add_row", sheet)}"]'
    data = fields(client.get(url("sheet", sheet)), form)
    overtake(sheet, colleague, {"now.paper-1.hours": "9"})
    page = client.post(url("add_row", sheet), data | {"group": "other", "what": "Nộp lệ phí"})
    assert page.status_code == 409
    assert "Người khác vừa sửa bảng này" in words(page)
    again = fields(page, form)
    assert again == {"version": "2", "group": "other", "what": "Nộp lệ phí"}
    assert client.post(url("add_row", sheet), again).status_code == 302
    # Without words: what is wrong is said, and what was chosen stays.
    page = client.post(url("add_row", sheet), again | {"version": "3", "what": " "})
    assert page.status_code == 422
    assert fields(page, form)["group"] == "other"


def test_the_norm_of_a_round_is_not_changed_under_a_version_that_was_not_seen(
    client: StrictClient, sheet: CostSheet, province: Province
) -> None:
    office = make_user(province.office, "coordinator", scope=province.committee)
    review_round = sheet.review.round
    client.force_login(office)
    page, address = (
        reverse(f"assessments:{name}", args=[review_round.pk]) for name in ("round", "apply_norm")
    )
    form = f'[action="{address}"]'
    data = fields(client.get(page), form) | {"code": "gdp-2024"}
    faulty = client.post(address, data | {"reason": " "})
    assert faulty.status_code == 422
    actions.apply_norm(
        review_round=fresh(sheet).review.round,
        code="gdp-2025",
        reason="Văn phòng yêu cầu",
        by=office,
        at=AT,
        seen=review_round.version,
    )
    mended = fields(faulty, form) | {"reason": "Theo công văn"}
    told = client.post(address, mended)
    assert told.status_code == 409
    assert "Người khác vừa sửa đợt này" in words(told)
    assert "59.422" in words(told)
    assert fields(told, form)["reason"] == "Theo công văn"
    assert client.post(address, fields(told, form)).status_code == 302


def test_nothing_of_a_page_stands_twice_under_one_id(
    client: StrictClient, sheet: CostSheet, officer: User
) -> None:
    client.force_login(officer)
    ids = [str(each["id"]) for each in parsed(client.get(url("sheet", sheet))).select("[id]")]
    assert len(ids) == len(set(ids))

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT, make_version
from tests.factories.publications import (
    entered_line,
    make_draft,
    make_entered,
    make_signed,
    make_submitted,
    signed,
)
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.models import Decision
from tinhgon.domain.catalogue import read_catalogue
from tinhgon.domain.officialdoc import OfficialDoc, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(datetime(2024, 7, 8, 10, tzinfo=VIETNAM), tick=False):
        yield


@pytest.fixture
def province() -> Province:
    return make_province()


def paper(client: StrictClient, decision: Decision, name: str, kind: str = "docx") -> OfficialDoc:
    url = reverse(f"publications:{name}", kwargs={"pk": decision.pk, "kind": kind})
    response = client.get(url)
    assert response.status_code == 200
    assert f".{kind}" in response["Content-Disposition"]
    return read(response.content, f"van-ban.{kind}")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_draft_lists_what_its_lines_say(
    province: Province, client: StrictClient, kind: str
) -> None:
    home = province.departments[0]
    officer = make_user(home, "officer")
    client.force_login(officer)
    make_entered(home, [entered_line(home, name="Thủ tục cũ", position="B.7")], number="12")
    old = home.procedures.get()
    versions = [make_version(home, officer, status=Status.CHECKED) for _ in range(2)]
    decision = make_draft(home, officer, versions=versions, abolished=[old])

    found = read_catalogue(paper(client, decision, "draft_paper", kind))

    assert [(row.name, row.action) for row in found.rows] == [
        (versions[0].name, Action.NEW),
        (versions[1].name, Action.NEW),
        ("Thủ tục cũ", Action.ABOLISHED),
    ]
    assert {content.name for content in found.contents} == {v.name for v in versions}
    [ended] = [each for each in found.abolitions if each.document]
    assert ended.positions == ("B.7",)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_committee_above_hears_of_a_decision_of_a_district(
    province: Province, client: StrictClient, kind: str
) -> None:
    district = province.districts[0]
    officer = make_user(district, "officer")
    client.force_login(officer)
    version = make_version(district, officer, status=Status.CHECKED)
    decision = make_draft(district, officer, versions=[version], issuer=district)

    assert "UBND tỉnh (b/c)" in paper(client, decision, "draft_paper", kind).recipients


def test_what_a_line_replaces_is_named(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    officer = make_user(home, "officer")
    client.force_login(officer)
    make_entered(home, [entered_line(home, name="Thủ tục cũ", position="A.1")], number="12")
    decision = make_draft(home, officer, versions=[make_version(home, status=Status.CHECKED)])
    line = decision.lines.get()
    actions.change_line(
        line=line,
        action=Action.REPLACED,
        replaced=[home.procedures.order_by("pk")[0]],
        by=officer,
        at=AT,
        seen=line.decision.version,
    )

    doc = paper(client, decision, "draft_paper")

    words = " ".join(block.text for block in doc.walk())
    assert (
        "Thay thế thủ tục hành chính nội bộ số thứ tự 1 mục A Danh mục ban hành kèm theo Quyết "
        "định số 12/QĐ-UBND ngày 02/01/2024 của Chủ tịch Ủy ban nhân dân tỉnh"
    ) in words


def test_the_submission_stands_under_its_drafter(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    decision = make_submitted(home)
    client.force_login(make_user(home, "officer"))

    doc = paper(client, decision, "submission_paper")

    assert (doc.agency, doc.doc_type) == ("Sở Nội vụ", "tờ trình")
    assert (doc.number, doc.symbol) == (None, "TTr-SNV")
    assert doc.addressees == ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",)


def test_after_signing_it_bears_number_day_and_signer(
    province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    paper_signed = signed("45", signer_authority="KT. CHỦ TỊCH", signer_title="PHÓ CHỦ TỊCH")
    decision = make_signed(home, paper=paper_signed)
    client.force_login(make_user(home, "officer"))

    doc = paper(client, decision, "draft_paper")

    assert (doc.number, doc.symbol, doc.date) == ("45", "QĐ-UBND", date(2024, 7, 8))
    assert doc.signature is not None
    assert doc.signature.authority == ("KT. CHỦ TỊCH",)
    assert doc.signature.name == "Nguyễn Văn A"


def test_no_paper_stands_for_one_signed_elsewhere(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    decision = make_entered(home)
    client.force_login(make_user(home, "officer"))

    for name in ("draft_paper", "submission_paper"):
        url = reverse(f"publications:{name}", kwargs={"pk": decision.pk, "kind": "docx"})
        assert client.get(url).status_code == 404
    page = client.get(decision.get_absolute_url()).content.decode()
    assert "Dự thảo để ký" not in page


@pytest.mark.parametrize("kind", ["exe", "docx.pdf", ""])
def test_other_kinds_of_file_are_none(province: Province, client: StrictClient, kind: str) -> None:
    decision = make_draft(province.departments[0])
    client.force_login(decision.created_by)

    assert client.get(f"{decision.get_absolute_url()}to-trinh.{kind}").status_code == 404

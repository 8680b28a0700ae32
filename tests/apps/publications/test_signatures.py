from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.domain.signatures.signing import authority, changed_after, official, sign, unsigned
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT
from tests.factories.publications import make_submitted, signed
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(datetime(2024, 7, 8, 10, tzinfo=VIETNAM), tick=False):
        yield


@pytest.fixture(autouse=True)
def trusted(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "certificates"
    settings.TRUSTED_CERTIFICATES = folder
    return folder


@pytest.fixture
def province(client: StrictClient) -> Province:
    province = make_province()
    client.force_login(make_user(province.departments[1], "leader"))
    return province


def record(province: Province, data: bytes, name: str = "qd.pdf") -> Decision:
    home = province.departments[0]
    decision = make_submitted(home)
    actions.record_signed(
        decision=decision,
        signed=signed(),
        upload=actions.Upload(name, "application/pdf", data),
        by=make_user(home, "clerk"),
        at=AT,
        seen=decision.version,
    )
    return decision


def shown(client: StrictClient, decision: Decision) -> str:
    response = client.get(reverse("publications:signatures", args=[decision.pk]))
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_signatures_are_shown_and_not_trusted_offline(
    province: Province, client: StrictClient
) -> None:
    decision = record(province, sign(unsigned(), official()))

    page = shown(client, decision)

    assert "Nguyễn Văn A" in page
    assert "Ủy ban nhân dân tỉnh" in page
    assert "Nội dung nguyên vẹn từ khi ký" in page
    assert "Không xác minh được ngoại tuyến" in page
    assert "chưa đưa vào chứng thư gốc nào" in page


def test_who_leads_to_a_certificate_of_the_folder_is_trusted(
    province: Province, client: StrictClient, trusted: Path
) -> None:
    trusted.mkdir()
    (trusted / "goc.pem").write_bytes(authority().pem)
    (trusted / "hong.crt").write_bytes(b"khong phai chung thu")
    (trusted / "ghi-chu.txt").write_bytes(b"bo qua")
    decision = record(province, sign(unsigned(), official()))

    page = shown(client, decision)

    assert "Chứng thư được tin cậy" in page
    assert "một trong 1 chứng thư" in page
    assert "Không đọc được tệp chứng thư: hong.crt" in page


def test_a_file_changed_after_signing_is_told(province: Province, client: StrictClient) -> None:
    decision = record(province, changed_after(sign(unsigned(), official())))

    assert "Tệp bị thay đổi sau khi ký" in shown(client, decision)


def test_a_signer_who_is_not_the_one_recorded_is_told(
    province: Province, client: StrictClient
) -> None:
    decision = record(province, sign(unsigned(), official("Trần Thị B")))

    assert "Không chữ ký nào mang tên người ký đã ghi là Nguyễn Văn A" in shown(client, decision)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (unsigned(), "không có chữ ký số nào"),
        (b"%PDF-1.7 nothing", "bị hỏng nên không đọc được chữ ký số"),
    ],
)
def test_files_without_signatures_are_told(
    province: Province, client: StrictClient, data: bytes, told: str
) -> None:
    assert told in shown(client, record(province, data))


def test_a_decision_without_file_has_no_such_page(province: Province, client: StrictClient) -> None:
    decision = make_submitted(province.departments[0])
    client.force_login(decision.created_by)

    response = client.get(reverse("publications:signatures", args=[decision.pk]))

    assert response.status_code == 404

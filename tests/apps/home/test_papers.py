"""The reports of the demo are papers that the reader of letters reads."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.factories import make_agency
from tinhgon.apps.home.demo import _papers
from tinhgon.domain.officialdoc import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("on", [date(2024, 2, 5), date(2024, 5, 17), date(2024, 12, 31)])
def test_each_report_is_of_its_agency_and_its_day(on: date) -> None:
    agency = make_agency("Sở Tư pháp", symbol="STP")

    upload = _papers.report(agency, "12", on, "Rà soát & sửa đổi quy trình")

    paper = read(upload.data, upload.name)
    assert (paper.number, paper.symbol, paper.date) == ("12", "BC-STP", on)
    assert "Rà soát & sửa đổi quy trình" in (paper.subject or "")
    assert b"1999" not in b"".join(data for _, data in _parts(upload.data))


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(data)) as packed:
        return [(name, packed.read(name)) for name in packed.namelist()]

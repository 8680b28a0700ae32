"""What everybody may read: the catalogue, one procedure, the decision behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.procedures import make_record
from tests.factories.publications import abolishing, entered_line, make_entered
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.portal import http
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.models import Procedure
from tinhgon.domain.procedures import Step

from .samples import make_published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def procedure(province: Province) -> Procedure:
    decision = make_entered(
        province.departments[0],
        [entered_line(province.departments[0], name="Xét tặng Cờ thi đua")],
        number="12",
    )
    return decision.lines.get().procedure


def page(client: StrictClient, name: str, *, query: str = "", **kwargs: Any) -> BeautifulSoup:
    response = client.get(reverse(f"portal:{name}", kwargs=kwargs) + query)
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content.decode(), "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    return [cell.get_text(strip=True) for cell in soup.select("main table tbody th a")]


def amended(procedure: Procedure, name: str, *, on: date, **values: Any) -> None:
    make_entered(
        procedure.agency,
        [
            entered_line(
                procedure.agency,
                record=make_record(name),
                action=Action.AMENDED,
                procedure=procedure,
            )
        ],
        on=on,
        **values,
    )


def test_the_catalogue_shows_what_is_in_force_today_and_on_a_day(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    amended(procedure, "Xét tặng Cờ thi đua, Bằng khen", on=date(2024, 5, 2))

    assert names(page(client, "catalogue")) == ["Xét tặng Cờ thi đua, Bằng khen"]
    assert names(page(client, "catalogue", query="?ngay=2024-03-01")) == ["Xét tặng Cờ thi đua"]
    assert names(page(client, "catalogue", query="?ngay=2023-12-31")) == []


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("?q=xet+tang+co", True),
        ("?q=XÉT TẶNG", True),
        ("?q=NB-", True),
        ("?q=khen", False),
        ("?cap=cap-tinh", True),
        ("?cap=cap-xa", False),
        ("?loai=giua-cac-co-quan-hanh-chinh-nha-nuoc", True),
        ("?loai=trong-noi-bo-co-quan-hanh-chinh-nha-nuoc", False),
        ("?linh-vuc=Hành+chính,+tổng+hợp", True),
        ("?linh-vuc=Đất+đai", False),
        ("?co-quan=0", False),
        ("?co-quan=abc", False),
        ("?che-do=thong-ke&trang-thai=dang-soan", True),
        ("?ngay=hôm+qua", True),
    ],
)
def test_filters_of_the_catalogue(
    client: StrictClient, procedure: Procedure, query: str, is_found: bool
) -> None:
    assert names(page(client, "catalogue", query=query)) == (
        ["Xét tặng Cờ thi đua"] if is_found else []
    )


def test_the_filter_of_an_agency_has_all_below_it(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    top, other = province.committee.pk, province.departments[1].pk

    assert names(page(client, "catalogue", query=f"?co-quan={top}")) == ["Xét tặng Cờ thi đua"]
    assert names(page(client, "catalogue", query=f"?co-quan={top}&ngay=2024-03-01"))
    assert names(page(client, "catalogue", query=f"?co-quan={other}")) == []


def test_the_address_of_a_procedure_shows_the_version_of_the_day(
    client: StrictClient, procedure: Procedure
) -> None:
    amended(procedure, "Tên mới", on=date(2024, 5, 2), number="34")

    today = page(client, "procedure", pk=procedure.pk)
    assert today.h1
    assert today.h1.get_text() == "Tên mới"
    assert "Đang có hiệu lực" in today.get_text()
    assert "34/QĐ-UBND" in today.get_text()
    before = page(client, "procedure", pk=procedure.pk, query="?ngay=01/3/2024")
    assert before.h1
    assert before.h1.get_text() == "Xét tặng Cờ thi đua"
    assert "có hiệu lực tại ngày 01/3/2024" in before.get_text()
    first = page(client, "version", pk=procedure.pk, number=1)
    assert first.h1
    assert first.h1.get_text() == "Xét tặng Cờ thi đua"
    assert "thay bằng bản mới từ ngày 02/5/2024" in first.get_text()
    early = page(client, "procedure", pk=procedure.pk, query="?ngay=2023-01-01")
    assert "chưa có hiệu lực" in early.get_text()


def test_an_ended_procedure_says_since_when_and_by_which_decision(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    make_entered(procedure.agency, [abolishing(procedure)], on=date(2024, 5, 2), number="56")

    text = page(client, "procedure", pk=procedure.pk).get_text()
    assert "hết hiệu lực từ ngày 02/5/2024" in text
    assert "56/QĐ-UBND" in text
    assert names(page(client, "catalogue")) == []


def test_an_ended_procedure_names_what_took_its_place(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    line = entered_line(
        province.departments[0], name="Khen thưởng", action=Action.REPLACED, ends=(procedure,)
    )
    decision = make_entered(province.departments[0], [line], on=date(2024, 5, 2))
    heir = decision.lines.get().procedure

    ended = page(client, "procedure", pk=procedure.pk)
    link = ended.find("a", string="Khen thưởng")
    assert link
    assert link["href"] == f"/cong-khai/thu-tuc/NB-{heir.pk:05}/"
    assert "Thay thế" in page(client, "procedure", pk=heir.pk).get_text()


def test_what_begins_later_says_so(client: StrictClient, province: Province) -> None:
    line = entered_line(province.departments[0])
    decision = make_entered(
        province.departments[0], [line], on=date(2024, 6, 18), effective_on=date(2024, 8, 1)
    )

    text = page(client, "procedure", pk=decision.lines.get().procedure_id).get_text()
    assert "Chưa đến ngày hiệu lực" in text
    assert "có hiệu lực từ ngày 01/8/2024" in text


def test_a_procedure_on_one_page(client: StrictClient, province: Province) -> None:
    record = replace(
        make_record("Thủ tục <b>đậm</b>"), steps=(Step(1, "Bước <script>", "Người & ai"),)
    )
    decision = make_entered(
        province.departments[0], [entered_line(province.departments[0], record=record)]
    )
    procedure = decision.lines.get().procedure

    soup = page(client, "procedure", pk=procedure.pk)
    text = soup.get_text()
    assert not soup.select("main script, h1 b")
    for words in ("Bước <script>", "Người & ai", "Tờ trình", "05 ngày làm việc", "30/2020/NĐ-CP"):
        assert words in text
    assert soup.select_one(".chart > svg")


def test_a_decision_with_its_lines_and_file(client: StrictClient, province: Province) -> None:
    decision = make_published(province.departments[0], number="77")
    version = decision.lines.get().version
    assert version is not None

    soup = page(client, "decision", pk=decision.pk)
    assert "Nguyễn Văn A" in soup.get_text()
    assert soup.find("a", href=f"/cong-khai/thu-tuc/NB-{version.procedure_id:05}/ban-1/")
    file = client.get(reverse("portal:signed_file", args=[decision.pk]))
    assert file.getvalue().startswith(b"%PDF")
    assert "77/QĐ-UBND" in page(client, "decisions").get_text()


def test_agencies_with_their_procedures(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    assert names(page(client, "agencies")) == ["Sở Nội vụ"]
    assert names(page(client, "agency", pk=procedure.agency_id)) == ["Xét tặng Cờ thi đua"]
    above = page(client, "agency", pk=province.committee.pk)
    assert "1 thủ tục đang có hiệu lực, tính cả đơn vị cấp dưới" in above.get_text()


def test_the_public_chooses_among_agencies_in_their_order(
    province: Province, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    holders = [*province.departments, *province.districts]
    for agency in holders:
        make_entered(agency)

    select = client.get("/cong-khai/").context["selects"][0][0]

    plain = Agency.objects.filter(pk__in=[each.pk for each in holders]).order_by("order", "name")
    assert select.name == "co-quan"
    assert [words for _, words, _ in select.options] == [each.name for each in plain]
    monkeypatch.setattr("tinhgon.apps.portal.queries._catalogue.MOST_OFFERED", len(holders) - 1)
    assert client.get("/cong-khai/").context["selects"][0][0].name != "co-quan"


def test_where_agencies_are_many_one_is_named_by_typing(
    client: StrictClient,
    province: Province,
    procedure: Procedure,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tinhgon.apps.portal.queries._catalogue.MOST_OFFERED", 0)
    top, other = province.committee, province.departments[1]

    whole = page(client, "catalogue")
    assert not whole.select("select[name=co-quan]")
    assert len(whole.select("input[name=co-quan]")) == 1
    for text in (str(top.pk), top.name, "so noi vu"):
        asked = page(client, "catalogue", query="?" + urlencode({"co-quan": text}))
        assert names(asked) == ["Xét tặng Cờ thi đua"]
    assert names(page(client, "catalogue", query="?" + urlencode({"co-quan": other.name}))) == []
    options = page(client, "agency_suggestions", query="?co-quan=so+noi")
    assert [each["value"] for each in options.select("option")] == ["Sở Nội vụ"]


def test_agencies_page_by_page_and_by_name(
    client: StrictClient,
    province: Province,
    procedure: Procedure,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tinhgon.apps.portal.queries._agencies.PAGE_SIZE", 1)
    make_entered(province.departments[1], [entered_line(province.departments[1])])

    first, second = page(client, "agencies"), page(client, "agencies", query="?page=2")
    assert sorted(names(first) + names(second)) == sorted(
        ["Sở Nội vụ", province.departments[1].name]
    )
    assert names(page(client, "agencies", query="?q=noi+vu")) == ["Sở Nội vụ"]
    assert "Không có cơ quan nào khớp" in page(client, "agencies", query="?q=rừng").get_text()


@pytest.mark.parametrize(
    "path",
    [
        "thu-tuc/NB-99999/",
        "thu-tuc/NB-1/",
        "thu-tuc/NB-000001/",
        "thu-tuc/NB-999999999999/",
        "thu-tuc/NB-00001/ban-99999999999999999999/",
        "quyet-dinh/999999/",
        "quyet-dinh/999999/tep/",
        "quyet-dinh/99999999999999999999/",
        "mau/999999/",
        "mau/99999999999999999999/",
        "co-quan/999999/",
        "co-quan/99999999999999999999/",
    ],
)
def test_what_is_not_there(client: StrictClient, procedure: Procedure, path: str) -> None:
    assert client.get(f"/cong-khai/{path}").status_code == 404


def test_every_public_page_is_the_same_for_everybody_and_asks_for_no_session(
    client: StrictClient, province: Province, procedure: Procedure
) -> None:
    names = ["catalogue", "decisions", "agencies", "search"]
    urls = [reverse(f"portal:{name}") for name in names]
    urls.append(reverse("portal:procedure", args=[procedure.pk]))
    unknown = {url: client.get(url) for url in urls}
    client.force_login(make_user(province.committee, "coordinator", name="Bà Cán Bộ"))

    for url, before in unknown.items():
        response = client.get(url)
        assert response.content == before.content
        assert "Cookie" not in response.get("Vary", ""), url
        assert "public" in response["Cache-Control"]
        assert f"max-age={http.SECONDS_KEPT}" in response["Cache-Control"]
        again = client.get(url, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_a_closed_portal_has_no_page(
    client: StrictClient, procedure: Procedure, settings: Any
) -> None:
    settings.PUBLIC = False

    for name in ("catalogue", "decisions", "agencies", "search"):
        assert client.get(reverse(f"portal:{name}")).status_code == 404
    assert client.get(reverse("portal:procedure", args=[procedure.pk])).status_code == 404


def test_public_pages_only_read(client: StrictClient, procedure: Procedure) -> None:
    assert client.post(reverse("portal:catalogue")).status_code == 405

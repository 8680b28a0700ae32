"""The list of procedures, as each role finds it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province, make_agency, make_province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import Action, Fault, Mode, Status
from tinhgon.apps.procedures.models import LegalDocument, ProcedureVersion, Tenure
from tinhgon.apps.procedures.queries import counting
from tinhgon.domain.access import seed_roles
from tinhgon.domain.procedures import Basis, Kind, RuleOwner, Tier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
EARLIER = datetime(2024, 3, 1, 2, tzinfo=UTC)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def coordinator(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


def page(client: Any, query: str = "") -> BeautifulSoup:
    answer = client.get(f"/thu-tuc/?{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def names(client: Any, query: str = "") -> list[str]:
    return [th.get_text() for th in page(client, query).select("table.ledger tbody th")]


def counts(client: Any, query: str = "") -> dict[str, str]:
    found = {}
    for tab in page(client, query).select("nav.tabs a"):
        count = tab.select_one(".count")
        assert count is not None
        found[tab.get_text().removesuffix(count.get_text()).strip()] = count.get_text()
    return found


@pytest.fixture
def some(province: Province) -> dict[str, ProcedureVersion]:
    """One version of each kind that the modes tell apart, at two departments."""
    home, justice = province.departments
    published = Status.PUBLISHED
    old = {"valid_from": date(2023, 1, 1), "valid_to": date(2024, 5, 1)}
    return {
        "A": make_version(home, name="Bổ nhiệm công chức", status=published),
        "B": make_version(justice, name="Thẩm định văn bản", status=published),
        "C": make_version(home, name="Đề nghị khen thưởng", at=EARLIER),
        "D": make_version(justice, name="Cử đi đào tạo"),
        "E": make_version(home, name="Thanh lý tài sản", status=published, **old),  # type: ignore[arg-type]
        "F": make_version(home, name="Xin ý kiến", status=Status.DUPLICATE),
    }


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bổ nhiệm công chức", "Thẩm định văn bản"]),
        ("sort=-ten", ["Thẩm định văn bản", "Bổ nhiệm công chức"]),
        ("che-do=thong-ke", ["Cử đi đào tạo", "Đề nghị khen thưởng"]),
        ("che-do=het-hieu-luc", ["Thanh lý tài sản"]),
        ("che-do=de-rieng", ["Xin ý kiến"]),
        ("che-do=khong-co", ["Bổ nhiệm công chức", "Thẩm định văn bản"]),
        ("ngay=2023-06-01", ["Thanh lý tài sản"]),
        ("ngay=01/6/2023", ["Thanh lý tài sản"]),
        ("ngay=31/6/2023", ["Bổ nhiệm công chức", "Thẩm định văn bản"]),
        ("q=tham+dinh", ["Thẩm định văn bản"]),
        ("q=THẨM ĐỊNH", ["Thẩm định văn bản"]),
        ("q=bổ+nhiệm+cong", ["Bổ nhiệm công chức"]),
        ("q=khong+co+gi", []),
        ("co-quan=Sở Nội vụ", ["Bổ nhiệm công chức"]),
        ("co-quan=STP", ["Thẩm định văn bản"]),
        ("co-quan=so", ["Bổ nhiệm công chức", "Thẩm định văn bản"]),
        ("co-quan=khong+co", []),
        ("page=99&sort=drop&so-dong=7", ["Bổ nhiệm công chức", "Thẩm định văn bản"]),
        ("che-do=tat-ca&trang-thai=trung-lap", ["Xin ý kiến"]),
        ("che-do=thong-ke&doi-tu=2024-03-15", ["Cử đi đào tạo"]),
        ("linh-vuc=hanh+chinh", ["Bổ nhiệm công chức", "Thẩm định văn bản"]),
        ("linh-vuc=dat+dai", []),
    ],
)
def test_what_the_address_asks_for(
    client: Any, coordinator: User, query: str, found: list[str]
) -> None:
    client.force_login(coordinator)
    assert names(client, query) == found


@pytest.mark.usefixtures("some")
def test_tabs_count_what_they_open(client: Any, coordinator: User) -> None:
    client.force_login(coordinator)
    assert counts(client) == {
        "Đang hiệu lực": "2",
        "Đang thống kê": "2",
        "Hết hiệu lực": "1",
        "Để riêng": "1",
        "Tất cả của cơ quan": "6",
    }
    assert counts(client, "co-quan=SNV")["Tất cả của cơ quan"] == "4"
    for mode in Mode:
        shown = len(names(client, f"che-do={mode.value}"))
        assert counts(client)[str(mode.label)] == str(shown)


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("role", sorted(seed_roles()))
def test_one_sees_the_work_of_the_own_branch_only(
    client: Any, province: Province, role: str
) -> None:
    client.force_login(make_user(province.departments[0], role))
    assert names(client) == ["Bổ nhiệm công chức", "Thẩm định văn bản"]
    assert names(client, "che-do=het-hieu-luc") == ["Thanh lý tài sản"]
    assert names(client, "che-do=thong-ke") == ["Đề nghị khen thưởng"]
    assert names(client, "che-do=thong-ke&co-quan=STP") == []
    assert len(names(client, "che-do=tat-ca")) == 4


@pytest.mark.usefixtures("some")
def test_whoever_has_no_position_sees_what_is_published(client: Any, province: Province) -> None:
    client.force_login(make_user(province.office, ended_on=date(2021, 1, 1)))
    assert names(client) == ["Bổ nhiệm công chức", "Thẩm định văn bản"]
    assert names(client, "che-do=tat-ca") == []
    assert counts(client)["Tất cả của cơ quan"] == "0"


def test_filters_by_what_a_procedure_is(client: Any, province: Province, coordinator: User) -> None:
    home = province.departments[0]
    plain = {"status": Status.PUBLISHED, "field": "Tổ chức cán bộ"}
    make_version(home, name="Một", tier=Tier.COMMUNE, kind=Kind.INSIDE, **plain)  # type: ignore[arg-type]
    make_version(home, name="Hai", rule_owner=RuleOwner.CENTRE, is_interconnected=True, **plain)  # type: ignore[arg-type]
    three = make_version(home, name="Ba", **plain)  # type: ignore[arg-type]
    ProcedureVersion.objects.filter(pk=three.pk).update(action=Action.AMENDED.value)
    client.force_login(coordinator)
    assert names(client, "cap=cap-xa") == ["Một"]
    assert names(client, "cap=cap-tinh") == ["Ba", "Hai"]
    assert names(client, "loai=trong-noi-bo-co-quan-hanh-chinh-nha-nuoc") == ["Một"]
    assert names(client, "tham-quyen=trung-uong") == ["Hai"]
    assert names(client, "lien-thong=co") == ["Hai"]
    assert names(client, "lien-thong=khong") == ["Ba", "Một"]
    assert names(client, "hinh-thuc=sua-doi-bo-sung") == ["Ba"]
    assert names(client, "linh-vuc=can+bo+to+chuc") == ["Ba", "Hai", "Một"]


def test_a_subtree_is_all_below(client: Any, province: Province, coordinator: User) -> None:
    district = province.districts[0]
    for agency in (district, *province.communes[0], province.communes[1][0]):
        make_version(agency, name=f"Việc của {agency.name}", status=Status.PUBLISHED)
    client.force_login(coordinator)
    assert len(names(client, f"co-quan={district.pk}")) == 3
    assert len(names(client, f"co-quan={province.committee.pk}")) == 4


def test_two_agencies_of_one_name_are_told_apart(
    client: Any, province: Province, coordinator: User
) -> None:
    one, other = (make_agency("Phòng Nội vụ", parent=parent) for parent in province.districts)
    make_version(one, name="Một", status=Status.PUBLISHED)
    make_version(other, name="Hai", status=Status.PUBLISHED)
    client.force_login(coordinator)
    assert names(client, "co-quan=Phòng Nội vụ") == ["Hai", "Một"]
    options = BeautifulSoup(client.get("/co-quan/goi-y/?co-quan=phong noi").content, "html.parser")
    written = [str(option["value"]) for option in options.select("option")]
    assert written == [f"Phòng Nội vụ (mã {one.pk})", f"Phòng Nội vụ (mã {other.pk})"]
    assert [option.get_text() for option in options.select("option")] == [
        each.name for each in province.districts
    ]
    assert names(client, f"co-quan={written[0]}") == ["Một"]


def test_the_agency_that_held_it_then(client: Any, province: Province, coordinator: User) -> None:
    home, justice = province.departments
    version = make_version(
        home, name="Việc đã chuyển", status=Status.PUBLISHED, valid_from=date(2023, 1, 1)
    )
    procedure = version.procedure
    Tenure.objects.filter(procedure=procedure).update(ended_on=date(2024, 1, 1))
    Tenure.objects.create(procedure=procedure, agency=justice, started_on=date(2024, 1, 1))
    procedure.change(seen_version=procedure.version, agency=justice)
    client.force_login(coordinator)
    assert names(client, "co-quan=SNV") == []
    assert names(client, "co-quan=STP") == ["Việc đã chuyển"]
    assert names(client, "co-quan=SNV&ngay=2023-12-31") == ["Việc đã chuyển"]
    assert names(client, "co-quan=STP&ngay=2023-12-31") == []
    # Only what is in force is asked for on a day: the other tabs count what they will show.
    every = "co-quan={}&ngay=2023-12-31"
    assert counts(client, every.format("SNV"))["Tất cả của cơ quan"] == "0"
    assert counts(client, every.format("STP"))["Tất cả của cơ quan"] == "1"
    then = page(client, "ngay=2023-12-31").select_one('td[data-label="Cơ quan"]')
    now = page(client).select_one('td[data-label="Cơ quan"]')
    assert then is not None
    assert then.get_text() == "Sở Nội vụ"
    assert now is not None
    assert now.get_text() == "Sở Tư pháp"


def test_quality(client: Any, province: Province, coordinator: User) -> None:
    home = province.departments[0]
    make_version(home, name="Thiếu bước", steps=())
    make_version(home, name="Đủ cả")
    ended = make_version(home, name="Căn cứ cũ", bases=_basis("99/2001/NĐ-CP"))
    LegalDocument.objects.filter(citations__version=ended).update(ended_on=date(2024, 1, 1))
    make_version(home, name="Cùng một tên")
    make_version(home, name="Cùng một  TÊN")
    make_version(province.departments[1], name="Đủ cả")
    client.force_login(coordinator)
    query = "che-do=thong-ke&chat-luong="
    assert names(client, query + Fault.CONTENT.value) == ["Thiếu bước"]
    assert names(client, query + Fault.BASIS.value) == ["Căn cứ cũ"]
    assert names(client, query + Fault.NAME.value) == ["Cùng một tên", "Cùng một  TÊN"]


def _basis(code: str) -> tuple[Any, ...]:
    return (Basis(f"Nghị định số {code}", code),)


def test_what_a_later_version_took_over_has_not_ended(
    client: Any, province: Province, coordinator: User
) -> None:
    old = make_version(
        province.departments[0], status=Status.PUBLISHED, valid_to=date(2024, 5, 1), name="Cũ"
    )
    ProcedureVersion.objects.filter(pk=old.pk).update(is_superseded=True)
    client.force_login(coordinator)
    assert names(client, "che-do=het-hieu-luc") == []
    assert "Đã có bản mới" in page(client, "che-do=tat-ca").get_text()


def test_chips_take_one_filter_away(client: Any, province: Province, coordinator: User) -> None:
    make_version(province.departments[0], name="Bổ nhiệm", status=Status.PUBLISHED)
    client.force_login(coordinator)
    chips = page(client, "q=bo+nhiem&cap=cap-tinh&co-quan=SNV").select("a.chip")
    assert [" ".join(chip.get_text().split()) for chip in chips] == [
        "“bo nhiem”",
        "Sở Nội vụ",
        "Cấp tỉnh",
    ]
    assert chips[0]["href"] == "?co-quan=SNV&cap=cap-tinh"
    assert chips[2]["href"] == "?q=bo+nhiem&co-quan=SNV"


def test_pages_and_sizes(client: Any, province: Province, coordinator: User) -> None:
    officer = make_user(province.departments[0])
    for number in range(51):
        make_version(province.departments[0], officer, name=f"Việc số {number}")
    client.force_login(coordinator)
    query = "che-do=thong-ke"
    first = names(client, query)
    assert len(first) == 50
    assert first[:2] == ["Việc số 0", "Việc số 1"]
    assert names(client, f"{query}&page=2") == ["Việc số 50"]
    assert len(names(client, f"{query}&so-dong=100")) == 51


def test_a_nation_is_not_counted_to_its_end(
    client: Any, province: Province, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 3)
    officer = make_user(province.departments[0])
    for letter in "ABCDE":  # no digit: codes have them
        make_version(province.departments[0], officer, name=f"Việc {letter * 3}")
    client.force_login(coordinator)
    assert counts(client)["Đang thống kê"] == "hơn 3"
    total, cut = page(client, "che-do=thong-ke").select(".pagination__total")
    assert total.get_text().strip() == "hơn 3 thủ tục"
    words = "Chỉ mở được 3 thủ tục đầu. Để xem phần còn lại, thu hẹp bộ lọc."
    assert cut.get_text().strip() == words
    assert len(page(client, "che-do=thong-ke&q=viec+bbb").select(".pagination__total")) == 1


@pytest.mark.parametrize("mode", list(Mode))
def test_an_empty_list_says_what_to_do(
    client: Any, province: Province, coordinator: User, mode: Mode
) -> None:
    client.force_login(coordinator)
    empty = page(client, f"che-do={mode.value}").select_one(".empty")
    assert empty is not None
    assert len(empty.get_text().split()) > 12
    narrowed = page(client, f"che-do={mode.value}&q=x").select_one(".empty a")
    assert narrowed is not None
    assert "q=" not in str(narrowed["href"])


def test_fields_are_offered_as_one_types(
    client: Any, province: Province, coordinator: User
) -> None:
    make_version(province.departments[0], field="Đất đai")
    make_version(province.departments[0], field="Thi đua, khen thưởng")
    client.force_login(coordinator)
    assert (
        b"\xc4\x90\xe1\xba\xa5t \xc4\x91ai" in client.get("/thu-tuc/linh-vuc/?linh-vuc=dat").content
    )
    assert b"<option" not in client.get("/thu-tuc/linh-vuc/?linh-vuc=khong").content


@pytest.mark.usefixtures("some")
def test_few_queries_whatever_is_asked(client: Any, coordinator: User) -> None:
    """The client of the tests refuses more than twelve."""
    client.force_login(coordinator)
    assert names(client, "ngay=2023-06-01&co-quan=SNV&linh-vuc=hanh&q=thanh") == [
        "Thanh lý tài sản"
    ]

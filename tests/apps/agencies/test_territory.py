"""Lạng Sơn as it ships: the counts of the published lists, and no agency that ends into nothing."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from tests.conftest import VIETNAM
from tinhgon.apps.agencies import actions
from tinhgon.apps.agencies.enums import Kind, Level, SuccessionKind
from tinhgon.apps.agencies.imports import TerritoryUnreadable, read_territory, shipped_territory
from tinhgon.apps.agencies.models import Agency, AgencyState, Succession
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event

pytestmark = pytest.mark.usefixtures("lang_son")

MARCH = date(2024, 3, 25)
DECEMBER = date(2024, 12, 1)
MERGED = date(2025, 3, 1)
TWO_TIERS = date(2025, 7, 1)


def _count(day: date, level: Level, *kinds: Kind) -> int:
    found = Agency.objects.existing_on(day).filter(level=level)
    return found.filter(kind__in=kinds).count() if kinds else found.count()


@pytest.mark.parametrize(
    ("day", "departments", "districts", "communes"),
    [
        (MARCH, 20, 11, 200),
        (date(2024, 11, 30), 20, 11, 200),
        (DECEMBER, 20, 11, 194),
        (date(2025, 2, 28), 20, 11, 194),
        (MERGED, 15, 11, 194),
        (date(2025, 6, 30), 15, 11, 194),
        (TWO_TIERS, 15, 0, 65),
    ],
)
def test_counts(day: date, departments: int, districts: int, communes: int) -> None:
    assert _count(day, Level.PROVINCE, Kind.DEPARTMENT, Kind.OFFICE) == departments
    assert _count(day, Level.PROVINCE, Kind.COMMITTEE) == 1
    assert _count(day, Level.DISTRICT) == districts
    assert _count(day, Level.COMMUNE) == communes


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (MARCH, [8, 22, 19, 17, 22, 17, 18, 24, 20, 21, 12]),
        (DECEMBER, [8, 20, 19, 17, 22, 15, 18, 23, 20, 20, 12]),
    ],
)
def test_communes_of_each_district(day: date, counts: list[int]) -> None:
    rows = Agency.objects.existing_on(day).filter(level=Level.COMMUNE)
    found = Counter(rows.values_list("parent__territory_code", flat=True))
    assert [found[code] for code in (178, *range(180, 190))] == counts


def test_every_agency_that_ended_has_a_successor_or_a_reason() -> None:
    ended = Agency.objects.exclude(ended_on=None).annotate(heirs=Count("successions"))
    assert ended.count() > 220
    without = list(ended.filter(heirs=0))
    assert sorted(a.short_name for a in without) == [
        "UBND xã Sơn Hà",
        "UBND xã Tràng Các",
        "UBND xã Tĩnh Bắc",
        "UBND xã Vĩnh Tiến",
        "UBND xã Đồng Giáp",
    ]
    assert all("cần bổ sung theo nghị quyết" in agency.ending for agency in without)
    assert all(agency.ending for agency in ended)


def test_successors_start_when_predecessors_end() -> None:
    for row in Succession.objects.select_related("predecessor", "successor"):
        assert row.predecessor.ended_on in {row.on, None}
        assert row.successor.exists_on(row.on)
    partly = Succession.objects.filter(predecessor__ended_on=None)
    assert not partly.exists()


@pytest.mark.parametrize(
    ("predecessor", "on", "successors"),
    [
        ("Sở Kế hoạch và Đầu tư", MERGED, {"Sở Tài chính": "whole"}),
        ("Sở Giao thông vận tải", MERGED, {"Sở Xây dựng": "whole"}),
        ("Sở Tài nguyên và Môi trường", MERGED, {"Sở Nông nghiệp và Môi trường": "whole"}),
        ("Sở Thông tin và Truyền thông", MERGED, {"Sở Khoa học và Công nghệ": "whole"}),
        ("Sở Lao động - Thương binh và Xã hội", MERGED, {"Sở Nội vụ": "whole"}),
        ("Sở Nội vụ", MERGED, {"Sở Nội vụ": "whole", "Sở Dân tộc và Tôn giáo": "part"}),
        ("Ban Dân tộc", MERGED, {"Sở Dân tộc và Tôn giáo": "whole"}),
        (
            "Ủy ban nhân dân xã Đại Đồng",
            DECEMBER,
            {"Ủy ban nhân dân thị trấn Thất Khê": "whole"},
        ),
        (
            "Ủy ban nhân dân xã Bính Xá",
            TWO_TIERS,
            {"Ủy ban nhân dân xã Đình Lập": "part", "Ủy ban nhân dân xã Kiên Mộc": "part"},
        ),
        (
            "Ủy ban nhân dân phường Hoàng Văn Thụ",
            TWO_TIERS,
            {"Ủy ban nhân dân phường Kỳ Lừa": "whole"},
        ),
    ],
)
def test_successions(predecessor: str, on: date, successors: dict[str, str]) -> None:
    rows = Succession.objects.filter(predecessor__name=predecessor, on=on)
    assert {row.successor.name: row.kind for row in rows} == successors


def test_a_district_goes_to_the_communes_formed_in_it_and_the_province() -> None:
    rows = Succession.objects.filter(predecessor__name="Ủy ban nhân dân huyện Đình Lập")
    assert {row.successor.short_name for row in rows} == {
        "UBND tỉnh",
        "UBND xã Đình Lập",
        "UBND xã Thái Bình",
        "UBND xã Kiên Mộc",
        "UBND xã Châu Sơn",
    }
    assert {row.kind for row in rows} == {SuccessionKind.PART}
    assert [row.successor.short_name for row in rows if not row.is_sure] == ["UBND tỉnh"]


def test_what_is_printed_wrong_in_the_lists_is_right_here() -> None:
    new = Agency.objects.filter(level=Level.COMMUNE, started_on=TWO_TIERS)
    assert new.filter(short_name="UBND xã Bắc Sơn").count() == 1
    assert new.filter(short_name__startswith="UBND phường").count() == 4
    assert new.filter(parent__parent=None).count() == 65
    assert list(Agency.objects.exclude(national_id=None).values_list("national_id", flat=True)) == [
        "H37"
    ]


def test_names_and_paths() -> None:
    commune = Agency.objects.get(short_name="UBND xã Gia Cát")
    assert commune.name == "Ủy ban nhân dân xã Gia Cát"
    assert commune.parent is not None
    assert commune.parent.short_name == "UBND huyện Cao Lộc"
    assert commune.path == f"{commune.parent.path}{commune.pk}/"
    centre = Agency.objects.get(symbol="TTPVHCC")
    assert centre.parent is not None
    assert centre.parent.short_name == "Văn phòng UBND tỉnh"


def test_loading_again_changes_nothing_even_what_people_corrected() -> None:
    before = (Agency.objects.count(), AgencyState.objects.count(), Succession.objects.count())
    Agency.objects.filter(symbol="STP").update(symbol="STPháp", name="Sở Tư pháp tỉnh")
    at = datetime(2026, 1, 1, tzinfo=VIETNAM)

    loaded = actions.load_territory(by=System(), at=at, data=shipped_territory())

    assert (loaded.agencies, loaded.successions) == (0, 0)
    assert Agency.objects.filter(symbol="STPháp").count() == 1
    after = (Agency.objects.count(), AgencyState.objects.count(), Succession.objects.count())
    assert after == before
    assert Event.objects.filter(kind="agencies.loaded").count() == 1


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    out = StringIO()
    call_command("territory", stdout=out)
    assert "Đã nạp 0 cơ quan" in out.getvalue()
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        call_command("territory", tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("agency = 1")
    with pytest.raises(CommandError, match="không đúng mẫu"):
        call_command("territory", tmp_path / "bad.toml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'parent = "van-phong"', b'parent = "khong-co"'),
        (b'key = "thanh-tra"', b'key = "tinh"'),
        (b'to = "noi-vu-2025"', b'to = "khong-co"'),
        (b'kind = "office"', b'kind = "palace"'),
        (b"[[district]]", b"[[district"),
    ],
)
def test_a_faulty_file_is_refused(old: bytes, new: bytes) -> None:
    data = shipped_territory()
    assert old in data
    with pytest.raises(TerritoryUnreadable):
        read_territory(data.replace(old, new, 1))


def test_the_file_agrees_with_the_published_lists(shared: Path) -> None:
    conversion = json.loads((shared / "territory" / "langson-conversion-2025.json").read_text())
    rows = Succession.objects.filter(on=TWO_TIERS, predecessor__level=Level.COMMUNE)
    found: dict[int | None, set[int | None]] = {}
    for row in rows.select_related("predecessor", "successor"):
        found.setdefault(row.predecessor.territory_code, set()).add(row.successor.territory_code)
    names = {
        entry["name"].lower(): entry["code"]
        for entry in json.loads((shared / "territory" / "langson-2026.json").read_text())
    }
    expected = {
        entry["old_code"]: {names[new["name"].lower()] for new in entry["new"]}
        for entry in conversion
    }
    assert found == expected


def test_a_province_may_begin_with_its_committee_and_office() -> None:
    least = (Path(__file__).parents[3] / "deploy" / "tinh.toml").read_bytes()

    bodies = read_territory(least).bodies

    assert [body.key for body in bodies.values()] == ["tinh", "van-phong", "noi-vu"]
    assert all(body.ended_on is None for body in bodies.values())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "office"\n', "", "thiếu mục hoặc trường “kind”"),
        ('kind = "office"', 'kind = "palace"', "không có loại cơ quan “palace”; ghi một trong"),
        ('parent = "tinh"', 'parent = "bo"', "trực thuộc “bo”"),
        ("[[agency]]", "[[agency", "không phải tệp TOML"),
    ],
)
def test_a_faulty_file_is_told_in_words_of_the_administrator(old: str, new: str, says: str) -> None:
    least = (Path(__file__).parents[3] / "deploy" / "tinh.toml").read_text()
    with pytest.raises(TerritoryUnreadable, match=says):
        read_territory(least.replace(old, new, 1).encode())

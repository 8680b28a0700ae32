"""Published versions are found by words as a look at each of them would find them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_

import pytest
from django.db import connection
from django.db.models import Q

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT, make_record, make_version
from tests.factories.publications import entered_line, make_entered, make_signed
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import ProcedureVersion, _words, published_with_words
from tinhgon.apps.publications import actions
from tinhgon.domain.vntext import fold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
ONLY_SQLITE = "PostgreSQL keeps its index by itself"
NAMES = [
    "Thẩm định dự toán ngân sách",
    "Thẩm định kế hoạch 50% số giờ",
    'Lập "kế hoạch_năm", mẫu 7',
    "Ngân hàng dữ liệu – lưu trữ",
    "Cử đi học",
]


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def published(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, [entered_line(home, name=name) for name in NAMES], on=date(2024, 1, 2))
    make_version(home, name="Thẩm định chưa công bố", status=Status.CHECKED)


def plain(words: str) -> list[int]:
    each = [Q(folded__contains=word) for word in fold(words).split()]
    found = ProcedureVersion.objects.in_force_on(date(2024, 6, 1))
    return list(found.filter(reduce(and_, each, Q())).values_list("pk", flat=True))


@pytest.mark.parametrize("most", [0, 1, 20_000])
@pytest.mark.parametrize(
    "words",
    [
        "tham dinh",
        "THẨM ĐỊNH ngan sach",
        "ngan",
        "gan",  # within a word
        "c",
        "ke ho",
        "%",
        "50%",
        "_nam",
        '"ke',
        "–",
        "nb-0",
        "khong co",
        'a" OR "b',
        "*",
        "",
    ],
)
def test_words_find_what_a_look_at_each_finds(
    published: None, client: StrictClient, monkeypatch: pytest.MonkeyPatch, words: str, most: int
) -> None:
    monkeypatch.setattr(_words, "_MOST", most)

    found = ProcedureVersion.objects.in_force_on(date(2024, 6, 1)).filter(
        published_with_words(words)
    )

    assert sorted(found.values_list("pk", flat=True)) == sorted(plain(words))
    shown = client.get("/cong-khai/", {"q": words}).context["lines"]
    assert sorted(line.pk for line in shown) == sorted(plain(words))


def test_the_words_are_asked_once_for_all_groups_of_the_list(
    published: None, province: Province, client: StrictClient
) -> None:
    client.force_login(make_user(province.departments[0], "officer"))

    shown = client.get("/thu-tuc/", {"q": "tham dinh"}).context

    assert sorted(line.pk for line in shown["lines"]) == sorted(plain("tham dinh"))
    assert [tab.count for tab in shown["tabs"]] == ["2", "1", "0", "0", "3"]


def assert_words_are_those_of_the_published() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, folded FROM procedures_words ORDER BY rowid")
        kept = cursor.fetchall()
    found = ProcedureVersion.objects.filter(valid_from__isnull=False).order_by("pk")
    assert kept == list(found.values_list("pk", "folded"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason=ONLY_SQLITE)
def test_the_table_of_words_follows_what_is_published(
    province: Province, published: None, client: StrictClient
) -> None:
    home = province.departments[0]
    clerk = make_user(home, "clerk")
    assert_words_are_those_of_the_published()
    one = home.procedures.order_by("pk")[0]
    amended = entered_line(home, procedure=one, action=Action.AMENDED, record=make_record("Mới"))
    late = make_entered(home, [amended, entered_line(home)], on=date(2024, 2, 2), by=clerk)
    make_signed(home)
    assert_words_are_those_of_the_published()
    coordinator = make_user(province.office, "coordinator", scope=province.committee)
    procedures.set_national_code(
        procedure=one, code="1.001234", by=coordinator, at=AT, seen=one.version
    )
    assert_words_are_those_of_the_published()
    assert "1.001234" in one.versions.latest("number").folded
    actions.undo_entered(decision=late, by=clerk, at=AT, seen=late.version)
    assert_words_are_those_of_the_published()


@pytest.mark.skipif(connection.vendor != "sqlite", reason=ONLY_SQLITE)
def test_no_migration_loses_what_keeps_the_table_of_words() -> None:
    """SQLite drops the triggers of a table that a migration makes anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master "
            "WHERE type = 'trigger' AND tbl_name = 'procedures_procedureversion' ORDER BY name"
        )
        names = [name for (name,) in cursor.fetchall()]
    assert names == [f"procedures_words_{each}" for each in ("delete", "insert", "update")]

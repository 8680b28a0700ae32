"""The search finds what the pages would show, and no more; the closest comes first."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_agency, make_province, make_user
from tests.factories.assignments import issue, make_assignment, make_directive, make_proposal
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.search import actions, index, queries
from tinhgon.apps.search.index import _plans as plans

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]


@pytest.fixture
def province() -> Province:
    found = make_province()
    actions.rebuild()
    return found


@pytest.fixture
def coordinator(province: Province, client: StrictClient) -> User:
    user = make_user(province.office, "coordinator", scope=province.committee)
    client.force_login(user)
    return user


def test_every_agency_that_is_found_can_be_opened(client: StrictClient, province: Province) -> None:
    client.force_login(make_user(province.departments[0]))
    urls = {
        agency.get_absolute_url()
        for agency in Agency.objects.all()
        if agency.get_absolute_url() in client.get(_search(agency.name)).content.decode()
    }

    assert province.departments[0].get_absolute_url() in urls
    assert province.committee.get_absolute_url() in urls
    assert province.departments[1].get_absolute_url() not in urls
    assert {client.get(url).status_code for url in urls} == {200}


def test_the_late_list_names_no_agency_of_another_branch(
    client: StrictClient, province: Province
) -> None:
    client.force_login(make_user(province.districts[0], "head"))
    hidden = province.departments[1]

    page = client.get(reverse("assignments:late"), {"co-quan": hidden.pk}).content.decode()

    assert hidden.name not in page
    assert hidden.label not in page


@pytest.mark.parametrize("role", ["officer", "head", "coordinator", "clerk", "leader"])
def test_each_person_finds_just_what_the_pages_show(
    role: str, province: Province, coordinator: User, march_2024: datetime
) -> None:
    home, abroad = province.departments
    for agency in (home, abroad, province.communes[0][0]):
        make_assignment(agency, coordinator, issuer=province.committee, text="Rà soát mẫu")
    draft = make_directive(province.committee, coordinator)
    actions.rebuild()
    for place in (home, abroad, province.office, *province.districts, province.communes[1][0]):
        user = make_user(place, role)
        for kind, model, words in (
            ("directive", Directive, "phương án đơn giản hóa"),
            ("duty", Duty, "rà soát mẫu"),
            ("agency", Agency, "xã"),
        ):
            found = queries.search(user=user, words=words, kinds=[kind], today=march_2024.date())
            visible = {each.get_absolute_url() for each in model.objects.visible_to(user)}
            if model is Agency:
                named = Agency.objects.filter(folded_name__contains="xa ")
                visible &= {each.get_absolute_url() for each in named}
            assert {hit.url for hit in found.hits} == visible
    assert draft.get_absolute_url() in {
        hit.url
        for hit in queries.search(user=coordinator, words="phương án", today=march_2024.date()).hits
    }


def test_whoever_sees_nothing_finds_nothing(
    province: Province, coordinator: User, march_2024: datetime
) -> None:
    make_assignment(province.departments[0], coordinator, issuer=province.committee)
    stranger = make_user(make_agency("Cơ quan ngoài tỉnh"))
    nobody = make_user(province.departments[0])
    nobody.positions.all().delete()

    for user in (stranger, User.objects.get(pk=nobody.pk)):
        found = queries.search(user=user, words="phương án", today=march_2024.date())
        assert (found.total, found.facets) == (0, [])
        assert queries.suggest(user=user, words="phương án", today=march_2024.date()) == []
    assert queries.search_public(words="phương án", today=march_2024.date()).total == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tham dinh", ["Thẩm định hóa đơn", "Thẩm định danh mục TTHC"]),
        ("THẨM ĐỊNH", ["Thẩm định hóa đơn", "Thẩm định danh mục TTHC"]),
        ("hoá đơn", ["Thẩm định hóa đơn"]),
        ("hóa đơn", ["Thẩm định hóa đơn"]),
        ("THỦ TỤC hành", ["Rà soát thủ tục hành chính", "Thẩm định danh mục TTHC"]),
        ("tthc", ["Rà soát thủ tục hành chính", "Thẩm định danh mục TTHC"]),
        ("danh muc thu tuc", ["Thẩm định danh mục TTHC"]),
        ("thẩm tra", []),
    ],
)
def test_words_are_found_however_they_are_written(
    client: StrictClient, province: Province, coordinator: User, words: str, found: list[str]
) -> None:
    for text in ("Thẩm định hóa đơn", "Rà soát thủ tục hành chính", "Thẩm định danh mục TTHC"):
        make_assignment(province.departments[0], coordinator, issuer=province.committee, text=text)

    assert sorted(_titles(client, words, "duty")) == sorted(found)


def test_the_exact_spelling_comes_first(
    client: StrictClient, province: Province, coordinator: User
) -> None:
    for text in ("Bàn giao tài sản", "Ban giáo dục", "Bản giao nhận", "Ban giao"):
        make_assignment(province.departments[0], coordinator, issuer=province.committee, text=text)

    assert _titles(client, "bản giao", "duty")[0] == "Bản giao nhận"
    assert _titles(client, "bàn giao", "duty")[0] == "Bàn giao tài sản"
    assert _titles(client, "ban giao", "duty")[0] == "Ban giao"
    assert len(_titles(client, "ban giao", "duty")) == 4


def test_the_living_come_before_those_that_ended(
    client: StrictClient, province: Province, coordinator: User, march_2024: datetime
) -> None:
    day = march_2024.date()
    make_agency("Chi cục Kiểm lâm", parent=province.committee, ended_on=day)
    living = make_agency("Chi cục kiểm lâm", parent=province.districts[0])
    actions.rebuild()

    page = client.get(_search("chi cục kiểm lâm"))
    first, second = _rows(page.content.decode())
    assert first.a is not None
    assert first.a["href"] == living.get_absolute_url()
    assert "Kết thúc từ ngày 27/3/2024" in second.get_text()


@pytest.mark.parametrize(
    "words",
    [
        *(
            '"',
            '""',
            "*",
            "a*",
            "^a",
            "NEAR",
            "NEAR(a b)",
            "a OR b",
            "NOT a",
            "tokens:a",
            "-a",
            "(",
        ),
        *("a AND", "'", "a' & b", "a:*", "a:B", "!a", "a | b", "a <-> b", "\\", "%", "_", "{}"),
        "; DROP TABLE x",
    ],
)
@pytest.mark.parametrize("page", ["search", "search_suggestions"])
def test_signs_of_a_query_language_mean_nothing(
    client: StrictClient, province: Province, coordinator: User, words: str, page: str
) -> None:
    make_assignment(province.departments[0], coordinator, issuer=province.committee, text="Rà soát")

    for text in (words, f"rà soát {words}", f"{words} rà"):
        assert client.get(reverse(page, query={"q": text})).status_code == 200


def test_a_letter_is_found_by_its_number_and_by_its_text(
    client: StrictClient, province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    directive.document.text = "Căn cứ Nghị định số 30/2020/NĐ-CP về công tác văn thư"
    directive.document.save()
    make_proposal(directive, [province.departments[0]])
    issue(directive, coordinator)

    for words in (directive.document.code, "30/2020/nđ-cp", "cong tac van thu"):
        assert _titles(client, words, "directive") == [directive.document.subject]
    page = client.get(_search("van thu")).content.decode()
    assert "công tác <mark>văn</mark> <mark>thư</mark>" in page


def test_kinds_are_counted_and_narrow(
    client: StrictClient, province: Province, coordinator: User
) -> None:
    for n in range(3):
        make_assignment(
            province.departments[0], coordinator, issuer=province.committee, text=f"Phương án {n}"
        )
    whole = _chips(client.get(_search("phương án")).content.decode())
    narrow = _chips(client.get(_search("phương án", loai="duty")).content.decode())

    assert whole == {"Tất cả": True, "Văn bản chỉ đạo 3": False, "Nhiệm vụ 3": False}
    assert narrow == {"Tất cả": False, "Văn bản chỉ đạo 3": False, "Nhiệm vụ 3": True}
    assert len(_titles(client, "phương án", "duty")) == 3
    unknown = client.get(_search("phương án", loai="khac"))
    assert unknown.status_code == 200
    assert not _rows(unknown.content.decode())


def test_no_more_is_ranked_than_can_be_read(
    client: StrictClient, province: Province, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhgon.apps.search.queries._finding.MOST", 5)
    for n in range(7):
        make_assignment(
            province.departments[0], coordinator, issuer=province.committee, text=f"Phương án {n}"
        )
    page = client.get(_search("phương")).content.decode()

    assert "Hơn 5 kết quả" in page
    assert len(_rows(page)) == 5
    assert _chips(page).keys() == {"Tất cả", "Văn bản chỉ đạo hơn 5", "Nhiệm vụ hơn 5"}


@pytest.mark.parametrize("most", [5, 200])
def test_among_hundreds_of_thousands_the_same_is_found(
    client: StrictClient,
    province: Province,
    coordinator: User,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
) -> None:
    """There only the rarest words are walked through; the page stays within its statements."""
    monkeypatch.setattr("tinhgon.apps.search.queries._finding.MOST", most)
    for n in range(7):
        for text in (f"Phương án sắp xếp đất lâm trường {n}", f"Đất và phương án thứ {n}"):
            make_assignment(
                province.departments[0], coordinator, issuer=province.committee, text=text
            )
    asked = [
        _search(words, **kinds)
        for words in ("phương án sắp xếp đất", "dat phuong an 3", "phương án rừng đất", "an dat th")
        for kinds in ({}, {"loai": "duty"})
    ]
    before = [client.get(url).content.decode() for url in asked]
    monkeypatch.setattr(plans, "_MANY", 0)
    monkeypatch.setattr(plans, "_FEW", index.newest().number - 1)
    after = [client.get(url).content.decode() for url in asked]

    assert len(_rows(before[1])) == min(most, 7)
    for was, found in zip(before, after, strict=True):
        assert [str(row) for row in _rows(found)] == [str(row) for row in _rows(was)]
        assert _chips(found) == _chips(was)


def test_pages_of_results(client: StrictClient, province: Province, coordinator: User) -> None:
    for n in range(23):
        make_agency(f"Phòng chuyên môn số {n}", parent=province.departments[0])
    actions.rebuild()
    first = _rows(client.get(_search("phòng chuyên môn")).content.decode())
    second = _rows(client.get(_search("phòng chuyên môn", page="2")).content.decode())

    assert (len(first), len(second)) == (20, 3)
    assert {str(row.a) for row in first}.isdisjoint(str(row.a) for row in second)
    assert client.get(_search("phòng chuyên môn", page="x")).status_code == 200


def test_suggestions_are_titles(
    client: StrictClient, province: Province, coordinator: User
) -> None:
    make_assignment(
        province.departments[0], coordinator, issuer=province.committee, text="Rà soát mẫu"
    )
    fragment = client.get(reverse("search_suggestions"), {"q": "rà so"}).content.decode()

    assert "<mark>Rà</mark> <mark>soát</mark> mẫu" in fragment
    assert "<html" not in fragment
    for words in ("r", "", "zzz"):
        assert not client.get(reverse("search_suggestions"), {"q": words}).content.strip()


def test_the_box_keeps_the_words(client: StrictClient, coordinator: User) -> None:
    soup = BeautifulSoup(client.get(_search('a"b')).content, "html.parser")
    box = soup.select_one("input#search")
    assert box is not None
    assert box["value"] == 'a"b'


def _search(words: str, **more: str) -> str:
    return reverse("search", query={"q": words, **more})


def _rows(page: str) -> list[Tag]:
    return BeautifulSoup(page, "html.parser").select("main .panel li")


def _titles(client: StrictClient, words: str, kind: str) -> list[str]:
    page = client.get(_search(words, loai=kind)).content.decode()
    return [row.a.get_text().strip() for row in _rows(page) if row.a]


def _chips(page: str) -> dict[str, bool]:
    chips = BeautifulSoup(page, "html.parser").select("nav.chips a")
    return {
        re.sub(r"\s+", " ", chip.get_text()).strip(): "aria-current" in chip.attrs for chip in chips
    }

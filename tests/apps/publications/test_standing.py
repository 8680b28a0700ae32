"""What is in force on a day and by what, and what replaced what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT, make_record, make_version
from tests.factories.publications import (
    abolishing,
    entered_line,
    make_draft,
    make_entered,
    make_signed,
    signed,
)
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.models import DecisionLine
from tinhgon.apps.publications.queries import in_force
from tinhgon.domain.procedures import Tier

pytestmark = pytest.mark.django_db
IN_FORCE = "/quyet-dinh/hieu-luc/"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(datetime(2024, 7, 8, 10, tzinfo=VIETNAM), tick=False):
        yield


@pytest.fixture
def province(client: StrictClient) -> Province:
    province = make_province()
    client.force_login(make_user(province.departments[1], "officer"))
    return province


def text(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def rows(response: Any) -> dict[str, list[str]]:
    """Return decision → its cells, from the table of decisions."""
    soup = BeautifulSoup(response.content, "html.parser")
    found = {}
    for row in soup.select("table.ledger tbody tr"):
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        found[cells[0]] = cells[1:]
    return found


def test_the_decisions_that_make_it_so_follow_the_day(
    province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_entered(home, 3, number="1", on=date(2023, 1, 2))
    a, b, _ = home.procedures.order_by("pk")
    amended = entered_line(home, procedure=a, action=Action.AMENDED, record=make_record("Mới"))
    make_entered(home, [amended, abolishing(b)], number="2", on=date(2024, 1, 2))
    first, second = (
        "Quyết định số 1/QĐ-UBND ngày 02/01/2023",
        "Quyết định số 2/QĐ-UBND ngày 02/01/2024",
    )

    before = client.get(IN_FORCE, {"ngay": "01/01/2024"})
    assert "3 thủ tục , theo 1 quyết định" in text(before)
    assert rows(before)[first][-2:] == ["3", "3"]
    after = client.get(IN_FORCE, {"ngay": "02/01/2024"})
    assert "2 thủ tục , theo 2 quyết định" in text(after)
    assert rows(after)[first][-2:] == ["1", "3"]
    assert rows(after)[second][-2:] == ["1", "1"]
    assert "Không có thủ tục nào" in text(client.get(IN_FORCE, {"ngay": "01/01/2023"}))


def test_it_is_narrowed_by_agency_field_and_tier(province: Province, client: StrictClient) -> None:
    home, abroad = province.departments
    make_entered(home, [entered_line(home, record=make_record(field="Đất đai"))], number="1")
    make_entered(abroad, [entered_line(abroad, record=make_record(tier=Tier.COMMUNE))], number="2")

    def shown(**query: str) -> set[str]:
        return {name.split(" ")[3] for name in rows(client.get(IN_FORCE, query))}

    assert shown() == {"1/QĐ-UBND", "2/QĐ-UBND"}
    assert shown(**{"co-quan": str(home.pk)}) == {"1/QĐ-UBND"}
    assert shown(**{"linh-vuc": "dat dai"}) == {"1/QĐ-UBND"}
    assert shown(cap="cap-xa") == {"2/QĐ-UBND"}


def test_every_figure_opens_the_list_that_proves_it(
    province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_entered(home, 2, number="1")
    make_entered(province.districts[0], 1, number="2")

    page = BeautifulSoup(client.get(IN_FORCE).content, "html.parser")

    links = list(page.select(".side dd a, td.num a"))
    assert len(links) >= 5
    for link in links:
        listed = BeautifulSoup(client.get(str(link["href"])).content, "html.parser")
        assert len(listed.select("table.ledger tbody tr")) == int(link.get_text())


@pytest.mark.parametrize("day", ["02/01/2022", "02/01/2023", "01/06/2023", "08/07/2024"])
@pytest.mark.parametrize(
    "query",
    [{}, {"cap": "cap-xa"}, {"linh-vuc": "dat dai"}, {"co-quan": "home"}, {"co-quan": "all"}],
)
def test_the_counts_are_those_of_the_versions_one_by_one(
    province: Province, client: StrictClient, day: str, query: dict[str, str]
) -> None:
    home, abroad = province.departments
    land, commune = make_record(field="Đất đai"), make_record(tier=Tier.COMMUNE)
    first = [entered_line(home, record=land), entered_line(abroad, record=commune)]
    make_entered(home, [*first, entered_line(abroad)], number="1", on=date(2022, 1, 2))
    a, b, c = Procedure.objects.order_by("pk")
    anew = make_record("Mới", field="Đất đai")
    second = [entered_line(home, procedure=a, record=anew, action=Action.AMENDED), abolishing(b)]
    make_entered(home, second, number="2", on=date(2023, 1, 2))
    make_entered(home, [abolishing(c), entered_line(home)], number="3", on=date(2024, 1, 2))
    asked = {"home": str(home.pk), "all": str(province.committee.pk)}

    page = client.get(IN_FORCE, {"ngay": day, **{k: asked.get(v, v) for k, v in query.items()}})

    found = ProcedureVersion.objects.in_force_on(datetime.strptime(day, "%d/%m/%Y").date())  # noqa: DTZ007
    for name, condition in (
        ("cap", {"tier": Tier.COMMUNE}),
        ("linh-vuc", {"field__name": "Đất đai"}),
        ("co-quan", {"holder": home} if "home" in query.values() else {}),
    ):
        found = found.filter(**condition) if name in query else found
    plain = list(found.select_related("decision_line__decision__document", "holder", "field"))
    decisions = sorted(
        {version.decision_line.decision for version in plain},
        key=lambda each: (each.document.issued_on, each.pk),
        reverse=True,
    )
    makers = page.context["makers"] if plain else []
    assert page.context["total"] == len(plain)
    assert [each.decision for each in makers] == decisions
    assert [each.holding for each in makers] == [
        sum(version.decision_line.decision == decision for version in plain)
        for decision in decisions
    ]
    assert [each.published for each in makers] == [
        decision.lines.exclude(version=None).count() for decision in decisions
    ]
    for shares, words in (
        ("agencies", [version.holder.name for version in plain]),
        ("fields", [str(version.field or "Chưa ghi lĩnh vực") for version in plain]),
        ("tiers", [version.get_tier_display() for version in plain]),
    ):
        counts = {share.words: share.count for share in page.context[shares].shown}
        assert counts == Counter(words)


def test_only_the_greatest_shares_are_shown_and_the_rest_is_counted(
    province: Province, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_force, "SHARES_SHOWN", 2)
    home, abroad = province.departments
    lines = [entered_line(home), entered_line(home)]
    lines += [entered_line(each) for each in (abroad, *province.districts[:2])]
    make_entered(home, lines)

    shares = client.get(IN_FORCE).context["agencies"]

    alike = sorted(each.name for each in (abroad, *province.districts[:2]))
    assert [(each.words, each.count) for each in shares.shown] == [(home.name, 2), (alike[0], 1)]
    assert shares.more == 2


def assert_lines_repeat_their_versions() -> None:
    for line in DecisionLine.objects.select_related("version"):
        days = (line.version.valid_from, line.version.valid_to) if line.version else (None, None)
        assert (line.valid_from, line.valid_to) == days


def test_lines_have_the_days_of_their_versions(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    clerk = make_user(home, "clerk")
    make_entered(home, 3, number="1", on=date(2022, 1, 2))
    a, b, c = home.procedures.order_by("pk")
    make_draft(home, versions=[make_version(home, status=Status.CHECKED)])
    assert_lines_repeat_their_versions()
    amended = entered_line(home, procedure=a, action=Action.AMENDED, record=make_record("Mới"))
    late = make_entered(home, [amended, abolishing(b)], number="2", on=date(2024, 1, 2), by=clerk)
    assert_lines_repeat_their_versions()
    taken = entered_line(home, action=Action.REPLACED, ends=(c,))
    make_entered(home, [taken, abolishing(a)], number="3", on=date(2023, 1, 2))  # known later
    assert_lines_repeat_their_versions()
    make_signed(home, paper=signed("4", issued_on=date(2024, 7, 8)))
    assert DecisionLine.objects.filter(valid_from=date(2024, 7, 8)).count() == 1
    assert_lines_repeat_their_versions()
    late.refresh_from_db()
    actions.undo_entered(decision=late, by=clerk, at=AT, seen=late.version)
    assert_lines_repeat_their_versions()
    assert DecisionLine.objects.filter(valid_to=date(2024, 1, 2)).count() == 0


def test_what_is_not_published_is_not_counted(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    make_draft(home, versions=[make_version(home, status=Status.CHECKED)])

    assert "Không có thủ tục nào có hiệu lực" in text(client.get(IN_FORCE))


@pytest.mark.parametrize("query", ["?ngay=xx", "?co-quan=khong-co", "?cap=x&page=9", "?ngay=0001"])
def test_nonsense_does_no_harm(province: Province, client: StrictClient, query: str) -> None:
    assert client.get(IN_FORCE + query).status_code == 200


def test_a_procedure_shows_its_kin_near_and_far(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    make_entered(home, [entered_line(home, name="Đời một")], number="1", on=date(2022, 1, 2))
    one = home.procedures.get()
    second = entered_line(home, name="Đời hai", action=Action.REPLACED, ends=(one,))
    make_entered(home, [second], number="2", on=date(2023, 1, 2))
    two = home.procedures.order_by("-pk")[0]
    third = entered_line(home, name="Đời ba", action=Action.REPLACED, ends=(two,))
    make_entered(home, [third, entered_line(home, name="Không liên quan")], number="3")

    page = client.get(reverse("publications:lineage", args=[one.pk]))

    shown = text(page)
    assert "Đời một Được thay bằng: Đời hai" in shown
    assert "Đời hai Được thay bằng: Đời ba" in shown
    assert "Không liên quan" not in shown
    svg = BeautifulSoup(page.content, "html.parser").select_one(".chart svg")
    assert svg is not None
    assert len(svg.select("g > rect")) == 3
    assert "Thay thế theo Quyết định số 2/QĐ-UBND" in svg.get_text(" ")


def test_a_procedure_that_came_back_shows_both_times(
    province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_entered(home, number="1", on=date(2022, 1, 2))
    one = home.procedures.get()
    make_entered(home, [abolishing(one)], number="2", on=date(2023, 1, 2))
    again = entered_line(home, procedure=one, record=make_record("Trở lại"))
    make_entered(home, [again], number="3", on=date(2024, 1, 2))

    shown = text(client.get(reverse("publications:lineage", args=[one.pk])))

    assert "02/01/2022 02/01/2023 Quyết định số 1/QĐ-UBND" in shown
    assert "02/01/2024 còn hiệu lực Quyết định số 3/QĐ-UBND" in shown


def test_what_was_never_published_says_so(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    officer = make_user(home, "officer")
    version = make_version(home, officer, status=Status.CHECKED)
    address = reverse("publications:lineage", args=[version.procedure_id])

    assert client.get(address).status_code == 404  # a stranger knows nothing of it
    client.force_login(officer)
    assert "chưa được công bố" in text(client.get(address))


def test_names_cannot_break_out_of_the_drawing(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    make_entered(home, [entered_line(home, name="<script>alert(1)</script> & “x”")])

    page = client.get(reverse("publications:lineage", args=[home.procedures.get().pk]))

    assert "<script>alert" not in page.content.decode()


def test_the_page_of_a_published_procedure_leads_to_its_kin(
    province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_entered(home)
    version = ProcedureVersion.objects.get()

    page = client.get(version.get_absolute_url(), {"phan": "lich-su"}).content.decode()

    assert reverse("publications:lineage", args=[version.procedure_id]) in page

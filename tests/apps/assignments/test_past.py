"""
What board and timeline say of a past day is what they said on that day, or they say that they
cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup

from tests.apps.monitoring.story import FIRST, LAST, story_of
from tests.conftest import VIETNAM, StrictClient
from tests.factories import Province, make_user
from tests.factories.assignments import CALENDAR
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.queries import grid, timeline
from tinhgon.apps.assignments.queries.board import board_page
from tinhgon.apps.assignments.queries.timeline import timeline_page
from tinhgon.apps.programmes.models import Programme

pytestmark = pytest.mark.django_db
BOARD, TIMELINE = "/nhiem-vu/bang/", "/nhiem-vu/lich/"
UNTOLD = "không rõ"
JUNE = date(2024, 6, 1)


class Said(NamedTuple):
    """What the pages say: by agency and duty, by agency, by day."""

    cells: dict[tuple[int, int], str]
    scores: dict[int, tuple[int, ...]]
    days: dict[date, list[tuple[int, str]]]
    untold: int


@dataclass
class Diary:
    """Lets days pass, and keeps what the pages say in the evening of each."""

    user: User
    programme: Programme
    told: dict[date, Said] = field(default_factory=dict)

    def read(self, on: date, today: date) -> Said:
        asked = grid.Asked(programme=self.programme.pk, day=on)
        board = board_page(user=self.user, asked=asked, today=today, calendar=CALENDAR)
        asked_days = timeline.Asked(month=JUNE, programme=self.programme.pk, day=on)
        month = timeline_page(user=self.user, asked=asked_days, today=today, calendar=CALENDAR)
        cells = {
            (row.agency.pk, column.pk): cell.look.full
            for row in board["rows"]
            for column, cell in zip(board["columns"], row.cells, strict=True)
            if cell.look
        }
        return Said(
            cells,
            {row.agency.pk: row.score[:4] for row in board["rows"]},
            {d.day: [(n.number, n.words) for n in d.numbers] for d in month["days"] if d.total},
            month["untold"],
        )

    def until(self, day: date) -> None:
        start = max(self.told, default=FIRST - timedelta(days=1))
        while (start := start + timedelta(days=1)) < day:
            self.told[start] = self.read(start, start)


def total(said: Said) -> int:
    return sum(number for numbers in said.days.values() for number, _ in numbers)


def test_every_evening_is_told_as_it_was(province: Province, coordinator: User) -> None:
    programme, story = story_of(province, coordinator)
    diary = Diary(coordinator, programme)
    for moment, happens in sorted(story, key=lambda each: each[0]):
        diary.until(moment.date())
        happens()
    diary.until(LAST)

    untold = {}
    for day, then in diary.told.items():
        now = diary.read(day, LAST)
        hidden = {key for key, words in now.cells.items() if "không xác định" in words}
        untold[day] = len(hidden)
        assert now.cells.keys() == then.cells.keys(), day
        assert {key: now.cells[key] for key in now.cells.keys() - hidden} == {
            key: then.cells[key] for key in then.cells.keys() - hidden
        }, day
        clear = now.scores.keys() - {agency for agency, _ in hidden}
        assert {a: now.scores[a] for a in clear} == {a: then.scores[a] for a in clear}, day
        assert now.untold == len(hidden), day
        assert total(then) - total(now) == now.untold, day
        if not hidden:
            assert now.days == then.days, day
    # A last day that was moved on 20 June is not known before; all is from then on.
    assert {day for day, number in untold.items() if number} == {
        day for day in untold if day < date(2024, 6, 20)
    }
    # The story has work in every state.
    seen = " ".join(words for said in diary.told.values() for words in said.cells.values())
    for words in ("quá hạn", "chờ duyệt", "bị trả lại", "xong trễ", "đã chuyển"):
        assert words in seen, words


@pytest.fixture
def programme(province: Province, coordinator: User) -> Iterator[Programme]:
    made, story = story_of(province, coordinator)
    for _, happens in sorted(story, key=lambda each: each[0]):
        happens()
    now = datetime(LAST.year, LAST.month, LAST.day, 9, tzinfo=VIETNAM)
    with time_machine.travel(now, tick=False):
        yield made


def _open(client: StrictClient, url: str, **query: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"{url}?{urlencode(query)}").content, "html.parser")


@pytest.mark.parametrize("url", [BOARD, TIMELINE])
def test_the_day_is_seen_and_carried_along(
    client: StrictClient, coordinator: User, programme: Programme, url: str
) -> None:
    client.force_login(coordinator)
    page = _open(client, url, **{"chuong-trinh": programme.pk, "ngay": "17/6/2024"})

    main = page.main
    assert main
    text = main.get_text(" ", strip=True)
    assert "tại ngày 17/6/2024" in text
    assert UNTOLD in text
    links = [str(a["href"]) for a in main.find_all("a") if str(a["href"]).startswith("?")]
    days = {tuple(parse_qs(urlsplit(link).query).get("ngay", ())) for link in links}
    # Only the chip that takes the day away leaves it out.
    assert days == {("2024-06-17",), ()}
    # No number opens a list, which would say how it is today.
    assert not main.select("a[href*='trang-thai='][href^='/nhiem-vu/?']")
    assert UNTOLD not in _open(client, url).main.get_text(" ", strip=True)  # type: ignore[union-attr]


def test_a_figure_of_a_past_day_opens_the_board_of_that_day(
    client: StrictClient, coordinator: User, programme: Programme, province: Province
) -> None:
    client.force_login(coordinator)
    asked = {"chuong-trinh": programme.pk, "ngay": "2024-06-17"}
    figures = client.get(f"{BOARD}?{urlencode(asked)}").context["figures"]

    late = next(each for each in figures if each.words == "quá hạn")
    opened = client.get(f"{BOARD}{late.url}").context
    assert opened["is_past"]
    assert [row.agency for row in opened["rows"]] == [province.departments[0]]


def test_a_letter_that_came_later_is_not_there(
    client: StrictClient, coordinator: User, programme: Programme
) -> None:
    client.force_login(coordinator)

    before = client.get(f"{BOARD}?ngay=2024-01-15").context

    assert (before["letters"], before["columns"]) == ([], [])
    assert client.get(f"{BOARD}?ngay=2030-01-15").context["is_past"] is False


@pytest.mark.parametrize("value", ["", "0", "x", "2024-99-99", "31/6/2024", "0001-01-01", "9" * 40])
def test_no_day_breaks_the_pages(
    client: StrictClient, coordinator: User, programme: Programme, value: str
) -> None:
    client.force_login(coordinator)
    for url in (BOARD, TIMELINE):
        response = client.get(f"{url}?{urlencode({'ngay': value})}")
        assert (response.status_code, response.context["is_past"]) == (200, False)


def test_a_past_day_shows_a_stranger_nothing(
    client: StrictClient, programme: Programme, province: Province
) -> None:
    client.force_login(make_user(province.communes[1][0]))
    query = {"chuong-trinh": programme.pk, "ngay": "2024-06-17"}

    assert client.get(f"{BOARD}?{urlencode(query)}").context["rows"] == []
    assert client.get(f"{TIMELINE}?{urlencode(query)}").context["total"] is None

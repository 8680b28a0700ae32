"""
One query behind each number: over the whole demo, the daily mail, the page of the day, the lists,
the board, the monitoring page, the indicators, the reports and the public page say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from tests.conftest import VIETNAM, StrictClient
from tinhgon.apps.accounts.models import User
from tinhgon.apps.calendars.queries import calendar
from tinhgon.apps.home import demo
from tinhgon.apps.home.management.commands.remind import _sums
from tinhgon.apps.monitoring.actions import set_monitoring
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reports.enums import Standing
from tinhgon.apps.reports.models import Edition, ReportPeriod
from tinhgon.domain.monitoring import NONE, RANKED, Area, Rule, Tally
from tinhgon.domain.reporting import add_up, read_tally

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 11, 25, 9, tzinfo=VIETNAM)
MINE = "/nhiem-vu/cua-toi/"


@pytest.fixture
def _demo(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        call_command("prepare", verbosity=0)
        demo.build(now=NOW)
        yield


def signed_in(username: str) -> StrictClient:
    client = StrictClient()
    client.force_login(User.objects.get(username=username))
    return client


def listed(client: StrictClient, url: str) -> int:
    return int(client.get(url).context["page"].paginator.count)


def whole(rows: list[Any], area: Area) -> Tally:
    """Return what all levels have together."""
    cells = (row.published if area is Area.PUBLISHED else _cell(row, area) for row in rows)
    return sum((cell.tally for cell in cells), NONE)


def _cell(row: Any, area: Area) -> Any:
    return row.cells[RANKED.index(area)]


@pytest.mark.usefixtures("_demo")
def test_every_place_says_the_same() -> None:
    for username, _, _ in demo.ACCOUNTS:
        _mail_page_and_lists(username)
    programme = Programme.objects.get()
    office = signed_in("dieuphoi")
    _board_lists_and_monitoring(office, programme)
    _reports_and_monitoring(office, programme)
    _frozen_figures_and_monitoring(office, programme)
    _public_page_and_indicators(office, programme)


def _mail_page_and_lists(username: str) -> None:
    """Each number of the mail stands on the page, and is that of the list that the page opens."""
    client, user = signed_in(username), User.objects.get(username=username)
    page = client.get(MINE).context
    parts = [*page["parts"], page["to_check"]]
    lists = [(each["title"], each["count"], f"/nhiem-vu/?viec={each['word']}") for each in parts]
    asked = (page["asked_title"], page["asked_count"], "/nhiem-vu/?viec=cho-toi-gia-han")
    lists.append(asked)
    lists += [(each.title, each.count, each.list_url) for each in page["waiting"]]

    told = _sums(NOW.date(), calendar())(user)
    assert told == [(title, count) for title, count, _ in lists if count], username
    for title, count, url in lists:
        assert listed(client, url) == count, (username, title)


def _monitoring(client: StrictClient, programme: Programme, on: date | None = None) -> Any:
    day = f"&ngay={on}" if on else ""
    return client.get(f"/theo-doi/?chuong-trinh={programme.pk}{day}").context["totals"]


def _board_lists_and_monitoring(client: StrictClient, programme: Programme) -> None:
    work = whole(_monitoring(client, programme), Area.ASSIGNMENTS)
    of_it = f"chuong-trinh={programme.pk}"
    views = {
        "duoc-giao": work.asked,
        "da-bao-cao": work.done,
        "xong-tre": work.done_late,
        "qua-han": work.overdue,
        "co-han": work.asked - work.undated,
        "khong-co-han": work.undated,
        "dung-han": work.asked - work.undated - work.done_late - work.overdue,
    }
    for view, number in views.items():
        assert listed(client, f"/nhiem-vu/?{of_it}&trang-thai={view}") == number, view
    board = client.get(f"/nhiem-vu/bang/?{of_it}").context["totals"]
    assert sum(each.score.dated for each in board) == views["co-han"]
    assert sum(each.score.undated for each in board) == work.undated
    assert sum(each.score.in_time for each in board) == views["dung-han"]
    assert listed(client, f"/nhiem-vu/qua-han/?{of_it}") == work.overdue
    assert work.overdue
    assert work.undated
    assert work.done_late


def _reports_and_monitoring(client: StrictClient, programme: Programme) -> None:
    sent = whole(_monitoring(client, programme), Area.REPORTS)
    lines = client.get("/bao-cao/").context["lines"]
    assert {line.period.programme for line in lines} == {programme}
    assert sent.asked == sum(line.asked for line in lines)
    assert sent.done == sum(line.sent for line in lines)
    assert sent.done_late == sum(line.counts[Standing.SENT_LATE] for line in lines)
    assert sent.overdue == sum(line.counts[Standing.OVERDUE] for line in lines)
    assert sent.done


def _frozen_figures_and_monitoring(client: StrictClient, programme: Programme) -> None:
    """What the reports froze on their last day is what the past of that day says now."""
    period = ReportPeriod.objects.exclude(frozen_at=None).latest("to_on")
    newest = dict(
        Edition.objects.filter(report__period=period)
        .order_by("number")
        .values_list("report", "figures")
    )
    frozen = add_up(read_tally(figures) for figures in newest.values()).line.numbers
    totals = _monitoring(client, programme, period.to_on)
    inside = client.get(f"/phuong-an/chi-tieu/?dot=ct-{programme.pk}&tai-ngay={period.to_on}")
    indicators = inside.context["total"]

    assert frozen["con-hieu-luc"] == whole(totals, Area.PUBLISHED).done
    assert frozen["pham-vi"] == indicators.listed.number
    stages = [Decimal(each.number) for each in indicators.stages]
    assert [frozen[key] for key in ("co-phuong-an", "phe-duyet", "thuc-thi")] == stages
    assert frozen["thuc-thi"] == whole(totals, Area.CARRYING).done
    assert frozen["thuc-thi"]


def _public_page_and_indicators(client: StrictClient, programme: Programme) -> None:
    set_monitoring(
        programme=programme,
        rule=Rule(60, dict.fromkeys(RANKED, 1), "QĐ 12/QĐ-UBND"),
        is_public=True,
        by=User.objects.get(username="dieuphoi"),
        at=NOW,
        seen=0,
    )
    public = StrictClient().get("/cong-khai/tien-do/").context["total"]
    total = client.get(f"/phuong-an/chi-tieu/?dot=ct-{programme.pk}").context["total"]
    assert public.listed == total.listed.number
    assert [public.approved, public.carried_out] == [each.number for each in total.stages][1:]
    assert (public.number, public.cost) == (total.number.figure, total.cost.figure)
    assert public.published == whole(_monitoring(client, programme), Area.PUBLISHED).done

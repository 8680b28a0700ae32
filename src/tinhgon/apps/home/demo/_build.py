"""Building the demo, in one transaction: it is there, or it is not."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import actions as agencies
from tinhgon.apps.agencies.imports import shipped_territory
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions as assignments
from tinhgon.apps.audit.actions import System
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.directives import actions as directives
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.workdays import WorkCalendar

from ._alike import AlikeStory
from ._autumn import AutumnStory
from ._carrying import CarryingStory
from ._difficulties import DifficultyStory
from ._exchange import ExchangeStory
from ._papers import LETTER_FILE, WORD, letter
from ._people import make_people
from ._programme import make_programme
from ._registry import RegistryStory
from ._reports import ReportStory
from ._reviews import ReviewStory
from ._story import SPRING_TOLD, Story, at_hour

TERRITORY_FROM = date(2024, 3, 25)
LETTER_ARRIVES = date(2024, 3, 28)
ISSUED = date(2024, 3, 29)


def is_built() -> bool:
    """Return whether there is a demo; being built in one transaction, it is never there by half."""
    return Directive.objects.exists()


@transaction.atomic
def build(*, now: datetime) -> None:
    """Build the demo as it stands at `now`, the beginning of its story."""
    start = at_hour(TERRITORY_FROM, 8)
    agencies.load_territory(by=System(), at=start, data=shipped_territory())
    people = make_people(start)
    calendar = calendars.calendar()
    coordinator = people["dieuphoi"]
    issuer = Agency.objects.get(parent=None)
    programme = make_programme(agency=issuer, by=coordinator, at=start)
    directive = _letter(coordinator, issuer, programme, calendar)
    spring = Story(people=people, calendar=calendar, until=at_hour(SPRING_TOLD, 9))
    spring.tell(directive)
    AutumnStory(spring=spring, last=now.date()).tell(directive)
    ExchangeStory(people=people, issuer=issuer, calendar=calendar).tell(directive)
    office = coordinator.current_positions[0].agency
    registry = RegistryStory(people=people, issuer=issuer, office=office)
    reviews = ReviewStory(people=people, issuer=issuer, office=office)
    registry.tell_before()
    reviews.tell_first()
    registry.tell()
    carrying = CarryingStory(people=people, issuer=issuer, office=office)
    carrying.tell()
    reports = ReportStory(people=people, issuer=issuer, programme=programme)
    reports.tell_of_july()
    carrying.tell_of_autumn()
    AlikeStory(people=people).tell()
    reviews.tell_second()
    DifficultyStory(people=people, office=office).tell()
    reports.tell_of_autumn()


def _letter(by: User, issuer: Agency, programme: Programme, calendar: WorkCalendar) -> Directive:
    directive = directives.receive_letter(
        data=letter(),
        name=LETTER_FILE,
        content_type=WORD,
        issuer=issuer,
        programme=programme,
        by=by,
        at=at_hour(LETTER_ARRIVES, 15),
        calendar=calendar,
    )
    assignments.issue_directive(
        directive=directive,
        by=by,
        at=at_hour(ISSUED, 9),
        version=directive.version,
        calendar=calendar,
    )
    return directive

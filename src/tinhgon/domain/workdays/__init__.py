"""Working-day calendar (ngày làm việc): counting days as administrative deadlines do."""

from ._calendar import Day as Day
from ._calendar import WorkCalendar as WorkCalendar
from ._official import DayEntry as DayEntry
from ._official import official_calendar as official_calendar
from ._official import read_days as read_days
from ._official import seed_days as seed_days

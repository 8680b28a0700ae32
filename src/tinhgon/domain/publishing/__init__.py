"""Quyết định công bố: how its annex is laid out, what it names, what stands in its way."""

from ._bases import default_bases as default_bases
from ._check import Cause as Cause
from ._check import Days as Days
from ._check import Known as Known
from ._check import Problem as Problem
from ._check import check_days as check_days
from ._check import check_lines as check_lines
from ._lead_times import LeadTime as LeadTime
from ._lead_times import lead_time_on as lead_time_on
from ._lead_times import lead_times as lead_times
from ._line import Ended as Ended
from ._line import Line as Line
from ._positions import Match as Match
from ._positions import Named as Named
from ._positions import read_positions as read_positions
from ._positions import resolve as resolve
from ._sections import LISTS as LISTS
from ._sections import Grouping as Grouping
from ._sections import Heading as Heading
from ._sections import Item as Item
from ._sections import Place as Place
from ._sections import arrange as arrange
from ._sections import roman as roman

"""Deadlines (thời hạn): what the words of a letter mean, where work stands, when to remind."""

from ._due import Due as Due
from ._due import DueKind as DueKind
from ._due import last_day as last_day
from ._due import last_working_day as last_working_day
from ._ladder import Ladder as Ladder
from ._ladder import Step as Step
from ._ladder import read_ladder as read_ladder
from ._ladder import seed_ladder as seed_ladder
from ._ladder import step_for as step_for
from ._last_day import last_day_words as last_day_words
from ._last_day import with_weekday as with_weekday
from ._rungs import Rung as Rung
from ._rungs import new_rungs as new_rungs
from ._standing import SOON_WORKING_DAYS as SOON_WORKING_DAYS
from ._standing import Standing as Standing
from ._standing import Timeliness as Timeliness
from ._standing import Words as Words
from ._standing import day_done as day_done
from ._standing import describe as describe
from ._standing import timeliness as timeliness

"""
Khó khăn, vướng mắc: what an agency cannot solve within its own authority, on its way up the tree to
whoever can, and back with an answer.
"""

from ._centre import Centre as Centre
from ._centre import centre_on as centre_on
from ._centre import read_centres as read_centres
from ._kinds import Kind as Kind
from ._kinds import kinds as kinds
from ._kinds import read_kinds as read_kinds
from ._lifecycle import AT_A_LEVEL as AT_A_LEVEL
from ._lifecycle import DIFFICULTY as DIFFICULTY
from ._lifecycle import OPEN as OPEN
from ._lifecycle import OWN as OWN
from ._lifecycle import WAITING as WAITING
from ._lifecycle import Actor as Actor
from ._lifecycle import Move as Move
from ._lifecycle import Status as Status
from ._lifecycle import diagrams as diagrams
from ._routing import Station as Station
from ._routing import next_station as next_station
from ._similar import similar as similar
from ._trail import Counts as Counts
from ._trail import Passage as Passage
from ._trail import Standing as Standing
from ._trail import count_standings as count_standings
from ._trail import standing_on as standing_on

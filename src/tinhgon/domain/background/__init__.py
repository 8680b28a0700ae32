"""Việc chạy nền: the life of work that is done while nobody waits, and when it counts as dead."""

from ._lifecycle import ENDED as ENDED
from ._lifecycle import JOB as JOB
from ._lifecycle import LOST_AFTER as LOST_AFTER
from ._lifecycle import OPEN as OPEN
from ._lifecycle import Actor as Actor
from ._lifecycle import Move as Move
from ._lifecycle import Status as Status
from ._lifecycle import diagrams as diagrams
from ._lifecycle import is_alive as is_alive

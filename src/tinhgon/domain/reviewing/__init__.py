"""Rà soát: the life of a review of one procedure in one round, and what it concludes."""

from ._lifecycle import CLOSED as CLOSED
from ._lifecycle import DONE as DONE
from ._lifecycle import REVIEW as REVIEW
from ._lifecycle import WRITABLE as WRITABLE
from ._lifecycle import Actor as Actor
from ._lifecycle import Move as Move
from ._lifecycle import Outcome as Outcome
from ._lifecycle import Status as Status
from ._lifecycle import diagrams as diagrams

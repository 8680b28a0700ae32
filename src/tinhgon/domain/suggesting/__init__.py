"""Góp ý: what the public suggests on a procedure, its life, and what is taken for one."""

from ._lifecycle import SHOWN as SHOWN
from ._lifecycle import SUGGESTION as SUGGESTION
from ._lifecycle import Actor as Actor
from ._lifecycle import Move as Move
from ._lifecycle import Status as Status
from ._lifecycle import diagrams as diagrams
from ._taking import LEAST_SECONDS as LEAST_SECONDS
from ._taking import LONGEST as LONGEST
from ._taking import MOST_A_DAY as MOST_A_DAY
from ._taking import MOST_WAITING as MOST_WAITING
from ._taking import SHORTEST as SHORTEST
from ._taking import Arrival as Arrival
from ._taking import Refusal as Refusal
from ._taking import refusal as refusal

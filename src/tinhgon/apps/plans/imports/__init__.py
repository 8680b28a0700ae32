from ._matching import match_rows as match_rows
from ._reading import ReadPlan as ReadPlan
from ._reading import Unreadable as Unreadable
from ._reading import read_decision as read_decision

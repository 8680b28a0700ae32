from ._matching import Registry as Registry
from ._matching import match_rows as match_rows
from ._matching import tell_faults as tell_faults
from ._reading import ReadPlan as ReadPlan
from ._reading import Unreadable as Unreadable
from ._reading import read_decision as read_decision

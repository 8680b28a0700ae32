"""How far agencies are with a programme: completeness, timeliness, and their ranking."""

from ._ranking import WHOLE as WHOLE
from ._ranking import Rule as Rule
from ._ranking import mean as mean
from ._ranking import places as places
from ._ranking import read_rules as read_rules
from ._ranking import score as score
from ._ranking import usual_rule as usual_rule
from ._tally import AREA_LABELS as AREA_LABELS
from ._tally import NONE as NONE
from ._tally import RANKED as RANKED
from ._tally import WITHOUT_DAYS as WITHOUT_DAYS
from ._tally import Area as Area
from ._tally import Tally as Tally
from ._tally import month_before as month_before

from ._loading import decided_on as decided_on
from ._loading import findings as findings
from ._loading import findings_if as findings_if
from ._loading import findings_of as findings_of
from ._loading import get_visible_procedure as get_visible_procedure
from ._loading import get_visible_version as get_visible_version
from .waiting import Waiting as Waiting
from .waiting import waiting as waiting

"""
Reports (báo cáo): facts as at the cut-off, the figures counted from them, the life of a report.
"""

from ._diagrams import diagrams as diagrams
from ._fact import Counts as Counts
from ._fact import Fact as Fact
from ._fact import Proof as Proof
from ._fact import Reviewed as Reviewed
from ._fact import read_fact as read_fact
from ._figures import COUNTS as COUNTS
from ._figures import RATIOS as RATIOS
from ._figures import Count as Count
from ._figures import Line as Line
from ._figures import Ratio as Ratio
from ._figures import Unit as Unit
from ._figures import count_for as count_for
from ._figures import line_of as line_of
from ._figures import round_counts as round_counts
from ._lifecycle import EDITABLE as EDITABLE
from ._lifecycle import REPORT as REPORT
from ._lifecycle import SENT as SENT
from ._lifecycle import Actor as Actor
from ._lifecycle import ReportMove as ReportMove
from ._lifecycle import ReportStatus as ReportStatus

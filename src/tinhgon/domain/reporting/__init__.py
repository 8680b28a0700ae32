"""
Reports (báo cáo): facts as at the cut-off, the figures counted from them, the life of a report.
"""

from ._checks import Finding as Finding
from ._checks import check_facts as check_facts
from ._checks import check_line as check_line
from ._checks import check_sum as check_sum
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
from ._periods import Addressee as Addressee
from ._periods import Basis as Basis
from ._periods import Cycle as Cycle
from ._periods import Periodic as Periodic
from ._periods import Regime as Regime
from ._periods import Section as Section
from ._periods import Tier as Tier
from ._periods import read_regime as read_regime
from ._periods import seed_regime as seed_regime
from ._restating import Changed as Changed
from ._restating import Moved as Moved
from ._restating import Part as Part
from ._restating import changed_facts as changed_facts
from ._restating import moved_figures as moved_figures
from ._tally import Shown as Shown
from ._tally import Tally as Tally
from ._tally import add_up as add_up
from ._tally import read_tally as read_tally
from ._tally import tally as tally

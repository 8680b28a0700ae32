from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.refusal import Refused as Refused

from .cells import CellFaults as CellFaults
from .cells import write_cells as write_cells
from .following import follow as follow
from .importing import import_rows as import_rows
from .norming import NewNorm as NewNorm
from .norming import add_norm as add_norm
from .norming import apply_norm as apply_norm
from .reckoning import reckon as reckon
from .rows import RowFigures as RowFigures
from .rows import add_row as add_row
from .rows import remove_row as remove_row
from .rows import write_row as write_row
from .starting import start_sheet as start_sheet

from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.refusal import Refused as Refused

from .importing import import_rows as import_rows
from .norming import NewNorm as NewNorm
from .norming import add_norm as add_norm
from .norming import apply_norm as apply_norm
from .starting import start_sheet as start_sheet
from .writing import CellFaults as CellFaults
from .writing import RowFigures as RowFigures
from .writing import add_row as add_row
from .writing import follow as follow
from .writing import remove_row as remove_row
from .writing import write_cells as write_cells
from .writing import write_row as write_row

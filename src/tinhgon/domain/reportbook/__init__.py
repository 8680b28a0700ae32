"""
The offline workbook of a report: written for agencies with bad lines, read when it comes back.
"""

from ._check import Limits as Limits
from ._check import NewDifficulty as NewDifficulty
from ._check import check_returned as check_returned
from ._compare import Item as Item
from ._compare import Verdict as Verdict
from ._compare import compare as compare
from ._layout import LAYOUTS as LAYOUTS
from ._layout import Layout as Layout
from ._layout import Part as Part
from ._lifecycle import UNDECIDED as UNDECIDED
from ._lifecycle import WORKBOOK as WORKBOOK
from ._lifecycle import WorkbookActor as WorkbookActor
from ._lifecycle import WorkbookMove as WorkbookMove
from ._lifecycle import WorkbookStatus as WorkbookStatus
from ._lifecycle import diagrams as diagrams
from ._model import Book as Book
from ._model import Place as Place
from ._model import Row as Row
from ._model import Seal as Seal
from ._model import as_text as as_text
from ._model import note_words as note_words
from ._nil import is_nil as is_nil
from ._nil import nil_row as nil_row
from ._open import NotAWorkbook as NotAWorkbook
from ._open import Opened as Opened
from ._open import open_book as open_book
from ._read import Filled as Filled
from ._read import Returned as Returned
from ._read import read_returned as read_returned
from ._write import write_book as write_book

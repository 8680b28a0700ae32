"""
Official documents (văn bản hành chính): one model, read from files and text, written to files.
"""

from ._docx_out import write_docx as write_docx
from ._errors import Unreadable as Unreadable
from ._html import Passage as Passage
from ._html import block_id as block_id
from ._html import block_ids as block_ids
from ._html import write_html as write_html
from ._model import Annex as Annex
from ._model import Block as Block
from ._model import BlockKind as BlockKind
from ._model import Cell as Cell
from ._model import OfficialDoc as OfficialDoc
from ._model import Signature as Signature
from ._model import Source as Source
from ._model import Table as Table
from ._model import Unread as Unread
from ._package import Package as Package
from ._read import header_json as header_json
from ._read import read as read
from ._read import read_text as read_text
from ._read import scanned_pages as scanned_pages
from ._scan import reads_scans as reads_scans
from ._signing import signing_fault as signing_fault
from ._table import PlacedCell as PlacedCell
from ._table import place_cells as place_cells
from ._typst_out import write_pdf as write_pdf

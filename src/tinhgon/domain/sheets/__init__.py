"""Sheets of other people: workbooks and CSV files read safely, and templates for them written."""

from ._book import formula_cells as formula_cells
from ._book import percent_cells as percent_cells
from ._encoding import decode as decode
from ._model import Cell as Cell
from ._model import Sheet as Sheet
from ._model import SheetUnreadable as SheetUnreadable
from ._read import kind_of as kind_of
from ._read import read_sheets as read_sheets
from ._write import Column as Column
from ._write import write_lines as write_lines
from ._write import write_template as write_template

"""Exactly what the list shows, as a workbook, CSV or JSON."""

from ._columns import ExportColumn as ExportColumn
from ._columns import listed as listed
from ._columns import whole as whole
from ._csv import csv_lines as csv_lines
from ._json import json_lines as json_lines
from ._json import schema as schema
from ._rows import Export as Export
from ._xlsx import xlsx_file as xlsx_file

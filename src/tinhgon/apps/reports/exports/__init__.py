"""Reports as workbooks."""

from .forms import forms_xlsx as forms_xlsx
from .forms import report_xlsx as report_xlsx
from .inbox import XLSX as XLSX
from .inbox import inbox_xlsx as inbox_xlsx
from .workbook import offline_workbook as offline_workbook

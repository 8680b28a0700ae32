from .reporting import TableRow as TableRow
from .reporting import TextRow as TextRow
from .reporting import counts_by_agency as counts_by_agency
from .reporting import counts_on as counts_on
from .reporting import rows_of_table_4 as rows_of_table_4
from .waiting import TO_HANDLE as TO_HANDLE
from .waiting import short_lists as short_lists

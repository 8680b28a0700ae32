"""Vietnamese text: one form for searching, sorting and comparing; dates and numbers as written."""

from ._amounts import NUMBER as NUMBER
from ._amounts import Amount as Amount
from ._amounts import amounts_in as amounts_in
from ._amounts import level_fold as level_fold
from ._amounts import number_of as number_of
from ._dates import DateError as DateError
from ._dates import NoSuchDate as NoSuchDate
from ._dates import NotADate as NotADate
from ._dates import format_date as format_date
from ._dates import is_plausible as is_plausible
from ._dates import parse_date as parse_date
from ._fold import fold as fold
from ._fold import nfc as nfc
from ._letters import POINT_LETTERS as POINT_LETTERS
from ._numbers import UNDEFINED as UNDEFINED
from ._numbers import format_number as format_number
from ._numbers import format_percent as format_percent
from ._numbers import format_share as format_share
from ._sorting import sort_key as sort_key
from ._spelling import same_spelling as same_spelling

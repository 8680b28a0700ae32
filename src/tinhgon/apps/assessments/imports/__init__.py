"""Form 03/SCM-KSTT as it comes back: every row with what is wrong in it."""

from ._preview import FIGURE_WORDS as FIGURE_WORDS
from ._preview import Line as Line
from ._preview import Preview as Preview
from ._preview import read_form as read_form
from ._tokens import sign as sign
from ._tokens import unsign as unsign

"""Looking at everything that an administrator would ask about; see `look`."""

from ._findings import Finding as Finding
from ._findings import Level as Level
from ._look import look as look

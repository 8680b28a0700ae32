"""Lives as tables: `(status, move) → (status, actor)`, asked, walked and drawn."""

from ._table import IllegalMove as IllegalMove
from ._table import LifeCycle as LifeCycle
from ._table import Transition as Transition
from ._table import leading as leading
from ._table import staying as staying

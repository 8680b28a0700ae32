"""Likeness of procedures: one under several names, families of one paper, what a list lacks."""

from ._apart import split_apart as split_apart
from ._gaps import Gap as Gap
from ._gaps import GapStatus as GapStatus
from ._gaps import find_gaps as find_gaps
from ._group import group_alike as group_alike
from ._index import Index as Index
from ._index import find_like as find_like
from ._index import find_pairs as find_pairs
from ._judge import judge as judge
from ._model import Basis as Basis
from ._model import Difference as Difference
from ._model import Fingerprint as Fingerprint
from ._model import Group as Group
from ._model import Likeness as Likeness
from ._model import Match as Match
from ._model import Pair as Pair
from ._model import Verdict as Verdict
from ._name import read_name as read_name
from ._weights import Weights as Weights

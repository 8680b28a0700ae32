"""Names of agencies as letters write them: what a phrase stands for, and when two names are one."""

from ._meaning import Group as Group
from ._meaning import GroupKind as GroupKind
from ._meaning import Meaning as Meaning
from ._meaning import meaning as meaning
from ._meaning import split_place as split_place
from ._names import Match as Match
from ._names import NameIndex as NameIndex
from ._names import name_key as name_key

"""
The demo province: the real tree of Lạng Sơn, a letter of our own writing, and a believable spread
of answers, made by the same actions that people use, on the days on which they would have.
"""

from ._build import build as build
from ._build import is_built as is_built
from ._people import ACCOUNTS as ACCOUNTS
from ._people import PASSWORD as PASSWORD

"""
Trao đổi văn bản điện tử: the packages of the exchange between e-offices (edXML).

QĐ 28/2018/QĐ-TTg says that documents travel so and in which states they are; QCVN 102:2016/BTTTT
sets the elements. Two envelopes are in use, and both are read and written from one table
(`_table.py`).
"""

from ._check import faults as faults
from ._check import safe_name as safe_name
from ._codes import ANSWERS as ANSWERS
from ._codes import BUSINESS_WORDS as BUSINESS_WORDS
from ._codes import STATES as STATES
from ._codes import Business as Business
from ._codes import Code as Code
from ._codes import PackageRefused as PackageRefused
from ._codes import Standing as Standing
from ._codes import State as State
from ._limits import KINDS as KINDS
from ._limits import MEDIA_TYPES as MEDIA_TYPES
from ._limits import Limits as Limits
from ._model import VIETNAM as VIETNAM
from ._model import Attachment as Attachment
from ._model import Message as Message
from ._model import Organ as Organ
from ._model import Purpose as Purpose
from ._model import Reply as Reply
from ._model import Staff as Staff
from ._model import StatusMessage as StatusMessage
from ._model import Trace as Trace
from ._read import clean as clean
from ._read import read_package as read_package
from ._table import DIALECTS as DIALECTS
from ._table import HEADER as HEADER
from ._table import ORGAN_ID as ORGAN_ID
from ._table import Dialect as Dialect
from ._write import write_package as write_package
from ._write import write_status as write_status

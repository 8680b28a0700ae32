"""
Danh mục thủ tục hành chính: reads published decisions and lists of procedures,
and decisions that approve plans to simplify them (`plans`).
"""

from ._json import catalogue_json as catalogue_json
from ._model import Abolition as Abolition
from ._model import Article as Article
from ._model import Catalogue as Catalogue
from ._model import Content as Content
from ._model import ContentPart as ContentPart
from ._model import Decision as Decision
from ._model import Effect as Effect
from ._model import Finding as Finding
from ._model import Problem as Problem
from ._model import Row as Row
from ._model import StatedCount as StatedCount
from ._model import Unread as Unread
from ._print import in_words as in_words
from ._read import read_catalogue as read_catalogue
from ._record import record_of as record_of
from .plans import ApprovedPlan as ApprovedPlan
from .plans import PlannedMeasure as PlannedMeasure
from .plans import PlannedProcedure as PlannedProcedure
from .plans import PrintedCosts as PrintedCosts
from .plans import TextToChange as TextToChange
from .plans import plan_in_words as plan_in_words
from .plans import plan_json as plan_json
from .plans import read_plan as read_plan
from .plans import texts_to_change as texts_to_change

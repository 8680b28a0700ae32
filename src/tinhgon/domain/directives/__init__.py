"""Văn bản chỉ đạo: reads the assignments out of an official document."""

from ._json import task_json as task_json
from ._json import tasks_json as tasks_json
from ._model import Deadline as Deadline
from ._model import How as How
from ._model import LeftOut as LeftOut
from ._model import Origin as Origin
from ._model import Origins as Origins
from ._model import Place as Place
from ._model import ProposedTask as ProposedTask
from ._model import Reading as Reading
from ._model import Reason as Reason
from ._model import ReportDuty as ReportDuty
from ._model import Target as Target
from ._print import in_words as in_words
from ._read import read_tasks as read_tasks
from ._summary import summary as summary
from ._when import Within as Within

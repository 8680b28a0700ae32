"""
Asking for long work, doing it, and noticing what died. `kinds` tells what an app has to do.

    job = ask("reports.all_agencies", {"period": 7}, by=user, at=at)
"""

from ._asking import ask as ask
from ._asking import cancel as cancel
from ._asking import repeat as repeat
from ._running import run_job as run_job
from ._watching import beat as beat
from ._watching import bury_lost as bury_lost
from ._watching import leave as leave
from ._watching import queue_stranded as queue_stranded
from ._watching import tidy as tidy

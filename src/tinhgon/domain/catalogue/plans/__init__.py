"""Phương án đơn giản hóa: reads decisions that approve plans to simplify procedures."""

from ._checks import agreement as agreement
from ._costs import costs_of as costs_of
from ._implementation import TextToChange as TextToChange
from ._implementation import texts_to_change as texts_to_change
from ._json import plan_json as plan_json
from ._model import Agreement as Agreement
from ._model import ApprovedPlan as ApprovedPlan
from ._model import NotApproved as NotApproved
from ._model import PlanFinding as PlanFinding
from ._model import PlannedMeasure as PlannedMeasure
from ._model import PlannedProcedure as PlannedProcedure
from ._model import PlanProblem as PlanProblem
from ._model import PrintedCosts as PrintedCosts
from ._print import plan_in_words as plan_in_words
from ._read import read_plan as read_plan

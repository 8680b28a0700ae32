"""Hồ sơ phương án: tờ trình, đánh giá, quyết định, kiến nghị cấp trên as official documents."""

from ._annex import annex as annex
from ._authorities import authorities_on as authorities_on
from ._authorities import authority_for as authority_for
from ._authorities import successor_of as successor_of
from ._decision import decision_document as decision_document
from ._letters import assessment_document as assessment_document
from ._letters import submission_document as submission_document
from ._paper import Assessed as Assessed
from ._paper import MeasureText as MeasureText
from ._paper import PlanBlock as PlanBlock
from ._paper import PlanPaper as PlanPaper
from ._recommendation import RECOMMENDATION_SUBJECT as RECOMMENDATION_SUBJECT
from ._recommendation import Upwards as Upwards
from ._recommendation import recommendation_document as recommendation_document

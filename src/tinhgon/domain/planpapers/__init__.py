"""Hồ sơ phương án: tờ trình, văn bản đánh giá and quyết định phê duyệt as official documents."""

from ._annex import annex as annex
from ._decision import decision_document as decision_document
from ._letters import assessment_document as assessment_document
from ._letters import submission_document as submission_document
from ._paper import Assessed as Assessed
from ._paper import MeasureText as MeasureText
from ._paper import PlanBlock as PlanBlock
from ._paper import PlanPaper as PlanPaper

from __future__ import annotations

from tinhgon.common.reading import ReadingCommand, Told
from tinhgon.domain.catalogue import plan_in_words, plan_json, read_plan
from tinhgon.domain.officialdoc import OfficialDoc


def _tell(doc: OfficialDoc) -> Told:
    plan = read_plan(doc)
    return plan_in_words(plan), plan_json(plan)


class Command(ReadingCommand):
    help = "Đọc quyết định phê duyệt phương án đơn giản hóa: in phương án của từng thủ tục."
    tell = _tell

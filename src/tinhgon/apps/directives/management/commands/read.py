from __future__ import annotations

from tinhgon.common.reading import ReadingCommand, Told
from tinhgon.domain.directives import in_words, read_tasks, tasks_json
from tinhgon.domain.officialdoc import OfficialDoc, header_json


def _tell(doc: OfficialDoc) -> Told:
    reading = read_tasks(doc)
    return in_words(doc, reading), {"header": header_json(doc), **tasks_json(reading)}


class Command(ReadingCommand):
    help = "Đọc văn bản: in thể thức và các nhiệm vụ đọc được."
    tell = _tell

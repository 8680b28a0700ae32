from __future__ import annotations

from tinhgon.common.reading import ReadingCommand, Told
from tinhgon.domain.catalogue import catalogue_json, in_words, read_catalogue
from tinhgon.domain.officialdoc import OfficialDoc


def _tell(doc: OfficialDoc) -> Told:
    catalogue = read_catalogue(doc)
    return in_words(catalogue), catalogue_json(catalogue)


class Command(ReadingCommand):
    help = "Đọc quyết định công bố, danh mục thủ tục hành chính: in các thủ tục đọc được."
    tell = _tell

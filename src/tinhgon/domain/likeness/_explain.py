"""Why two procedures are taken as alike or not, in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from tinhgon.domain.vntext import fold, nfc

from ._compare import Parts, common_articles, common_documents, document_key, levels_of
from ._lexicon import bare, leading, syllables
from ._model import Difference, Fingerprint
from ._name import LONGEST, Name, read_name

LEVELS = {"central": "trung ương", "province": "tỉnh", "district": "huyện", "commune": "xã"}
_WORD = re.compile(r"[^\W_]+|/")
_MANY = 3


def differences(one: str, other: str, *, decisive: bool) -> tuple[Difference, ...]:
    """
    Return what stands against one another in two names, word by word, as written.

    :param decisive: whether there are decisive words among it to be pointed out.
    """
    here, there = nfc(one[:LONGEST]), nfc(other[:LONGEST])
    mine, yours = list(_WORD.finditer(here)), list(_WORD.finditer(there))
    matcher = SequenceMatcher(
        None, [bare(m[0]) for m in mine], [bare(m[0]) for m in yours], autojunk=False
    )
    found = []
    for kind, a, b, c, d in matcher.get_opcodes():
        words = _said(here, mine[a:b]), _said(there, yours[c:d])
        if kind != "equal" and not all(_says_nothing(w) for w in words):
            found.append(Difference(*words, decisive=decisive and _decides(*words)))
    return tuple(found)


def _says_nothing(words: str) -> bool:
    return not words or tuple(map(bare, syllables(words))) in leading()


def _said(text: str, words: list[re.Match[str]]) -> str:
    return text[words[0].start() : words[-1].end()] if words else ""


def _decides(one: str, other: str) -> bool:
    return read_name(one).decisive != read_name(other).decisive


def reasons(
    one: Fingerprint,
    name: Name,
    other: Fingerprint,
    other_name: Name,
    parts: Parts,
    apart: tuple[Difference, ...],
) -> tuple[str, ...]:
    return (
        *_of_names(name, other_name, parts, apart),
        *_of_levels(one, name, other, other_name, parts),
        *_of_lists(name, other_name, parts),
        *_of_bases(one, other),
        *_of_facts(one, other),
    )


def _of_names(
    name: Name, other: Name, parts: Parts, apart: tuple[Difference, ...]
) -> Iterator[str]:
    if parts.identical:
        yield "tên trùng nhau hoàn toàn"
        return
    if name.core == other.core:
        yield "tên chỉ khác ở những chữ không làm đổi nghĩa"
    deciding = [d for d in apart if d.decisive]
    if parts.decisive and deciding:
        yield f"khác ở chữ quyết định: {_listed(deciding)}"
    if parts.other_provision:
        yield "dẫn điều, khoản, điểm khác nhau của văn bản"
    rest = [d for d in apart if not (parts.decisive and d.decisive)]
    if rest:
        yield f"tên khác nhau ở: {_listed(rest)}"


def _listed(apart: list[Difference]) -> str:
    said = [_pair(d) for d in apart[:_MANY]]
    more = len(apart) - len(said)
    return "; ".join(said) + (f" và {more} chỗ khác" if more else "")


def _pair(d: Difference) -> str:
    if d.one and d.other:
        return f"“{d.one}” / “{d.other}”"
    return f"chỉ một bên có “{d.one or d.other}”"


def _of_levels(
    one: Fingerprint, name: Name, other: Fingerprint, other_name: Name, parts: Parts
) -> Iterator[str]:
    here, there = levels_of(one, name), levels_of(other, other_name)
    if parts.other_level or (parts.identical and here and there and here != there):
        yield f"khác cấp: cấp {_levels(here)} / cấp {_levels(there)}"


def _levels(levels: frozenset[str]) -> str:
    return ", ".join(words for level, words in LEVELS.items() if level in levels)


def _of_lists(name: Name, other: Name, parts: Parts) -> Iterator[str]:
    if parts.one_list and name.tokens != other.tokens:
        yield "cùng đứng trong một danh mục dưới hai tên"


def _of_bases(one: Fingerprint, other: Fingerprint) -> Iterator[str]:
    written = {document_key(b.document): b.document for b in one.bases}
    articles = sorted(common_articles(one, other))
    if articles:
        said = [f"{written[document]}, điều {article}" for document, article in articles[:_MANY]]
        yield f"cùng căn cứ {'; '.join(said)}"
        return
    documents = sorted(written[key] for key in common_documents(one, other))
    if documents:
        yield f"cùng căn cứ {'; '.join(documents[:_MANY])}"
    elif one.bases and other.bases:
        yield "căn cứ pháp lý không có văn bản nào chung"


def _of_facts(one: Fingerprint, other: Fingerprint) -> Iterator[str]:
    if one.code and other.code:
        same = fold(one.code) == fold(other.code)
        yield f"cùng mã quốc gia {one.code}" if same else "mã quốc gia khác nhau"
    if one.field and other.field:
        if fold(one.field) == fold(other.field):
            yield f"cùng lĩnh vực {one.field}"
        else:
            yield f"lĩnh vực: “{one.field}” / “{other.field}”"
    if one.agency and other.agency and fold(one.agency) == fold(other.agency):
        yield f"cùng cơ quan {one.agency}"

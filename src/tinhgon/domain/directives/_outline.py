"""
The body of a document as a tree of items with their labels, and what kind of piece each item is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tinhgon.domain.officialdoc import Block, BlockKind

from ._model import Place, Reason
from ._segment import looks_like_duty
from ._subject import SubjectFinder
from ._who import NameReader, read_all
from ._words import fold

GROUPS = frozenset(
    {
        BlockKind.PART,
        BlockKind.CHAPTER,
        BlockKind.SECTION,
        BlockKind.SUBSECTION,
        BlockKind.ROMAN,
        BlockKind.LETTER,
    }
)
_AIM = re.compile(
    r"^(?:(?:về )?(?:mục đích|mục tiêu|yêu cầu|quan điểm|nguyên tắc|phạm vi|đối tượng"
    r"|căn cứ|định hướng)(?!\s+(?:các|sở|ubnd))[^.:]{0,90}[.:]?)$"
)
_SITUATION = re.compile(
    r"^(?:(?:về )?(?:đánh giá (?:chung|tình hình|kết quả)|tình hình|bối cảnh"
    r"|kết quả (?:đạt được|thực hiện)|tồn tại|hạn chế|nguyên nhân|khó khăn|thực trạng"
    r"|những kết quả|sự cần thiết)[^.:]{0,90}[.:]?)$"
)
_GIVES = re.compile(
    r"^(?:giao(?: nhiệm vụ cho| trách nhiệm cho| cho)?|đề nghị|yêu cầu|phân công|đối với|về phía"
    r"|(?:trách nhiệm|nhiệm vụ) của)\s*:?\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",?\s*(?:trong đó|nhất là|đặc biệt là|trước hết là)\b")
_LEADS_ON = re.compile(
    r"(?::|như sau|sau đây|dưới đây|(?:nội dung|nhiệm vụ|việc|giải pháp)(?:\s\w+){0,3}\ssau)"
    r"\s*[.:]?\s*$"
)


_BRACKET = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_DOES = re.compile(r", (?:khẩn trương|chủ động|tiếp tục|tập trung|phải|cần|yêu cầu|đề nghị|giao)\b")
_CALLED = re.compile(r"\s*\(sau đây [^()]*\)", re.IGNORECASE)


# "các đơn vị đầu mối giao kế hoạch, các cơ quan chủ trì dự án": each "các" begins an entry.
_NEXT_ENTRY = re.compile(r"[,;]\s+(?:và\s+)?(?=các\s)", re.IGNORECASE)
_LONGEST_ENTRY = 25  # words


@dataclass(slots=True)
class Node:
    """One block with its place in the tree."""

    block: Block
    path: tuple[int, ...]
    label: str
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def paragraph(self) -> bool:
        return self.block.kind is BlockKind.PARAGRAPH

    @property
    def item(self) -> str:
        """The path of labels: "1.a", "2.-3", "II.1"."""
        parent = self.parent
        if parent is not None and self.label.startswith(parent.label + "."):
            parent = parent.parent  # "2.1" below "2"
        above = parent.item if parent else ""
        return f"{above}.{self.label}" if above else self.label

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def place(self, start: int = 0, end: int | None = None) -> Place:
        return Place(self.path, start, len(self.text) if end is None else end)


def outline(blocks: Sequence[Block], parent: Node | None = None) -> list[Node]:
    """Return the blocks as nodes; paragraphs and dashes are counted among their sisters."""
    nodes: list[Node] = []
    counts: dict[str, int] = {}
    for index, block in enumerate(blocks):
        path = (*(parent.path if parent else ()), index)
        node = Node(block, path, _label(block, counts), parent)
        node.children = outline(block.children, node)
        nodes.append(node)
    return nodes


def _label(block: Block, counts: dict[str, int]) -> str:
    sign = {
        BlockKind.DASH: "-",
        BlockKind.PLUS: "+",
        BlockKind.PARAGRAPH: "p",
        BlockKind.TABLE: "t",
    }.get(block.kind)
    if sign is None and block.marker in ("", "•", "*"):
        sign = "-"
    if sign is not None:
        counts[sign] = counts.get(sign, 0) + 1
        return f"{sign}{counts[sign]}"
    if block.marker.startswith("("):
        return block.marker
    return re.sub(r"^(?:Điều|Chương|Mục|Phần|Tiểu mục)\s+", "", block.marker).rstrip(".)/:")


def leaves_out(node: Node) -> Reason | None:
    """Return why nothing below this heading is work, if it heads aims or a description."""
    folded = fold(node.text).strip()
    if _AIM.match(folded) and (node.children or not looks_like_duty(node.text)):
        return Reason.AIM
    if _SITUATION.match(folded) and node.children:
        return Reason.SITUATION
    return None


def leads_on(text: str) -> bool:
    """Say whether a text leads to what follows: it ends in a colon or in "như sau"."""
    return bool(_LEADS_ON.search(text))


def names_only(text: str) -> bool:
    """Say whether a heading is nothing but names of bodies, with or without "Giao"."""
    return bool(read_all(_GIVES.sub("", text)))


def is_heading(node: Node) -> bool:
    """Say whether a node with children only introduces them."""
    text = node.text.strip()
    if not text or node.block.kind in GROUPS or names_only(text):
        return True
    if leads_on(text):
        return True
    ended = text.endswith((".", ";", "…"))
    if ended:
        return bool(_described(text)) and not looks_like_duty(text)
    return len(_BRACKET.sub("", text).split()) <= 40


def holds_content_only(node: Node) -> bool:
    """
    Say whether the children of a leading clause are noun phrases, so that the clause itself is
    the task.
    """
    if not leads_on(node.text) or node.block.kind in GROUPS or names_only(node.text):
        return False
    if not looks_like_duty(node.text):
        return False
    working = sum(_works(child) for child in node.children)
    return working * 2 < len(node.children)  # one figure may be called "Kiến nghị, đề xuất"


def _works(child: Node) -> bool:
    return (
        child.block.kind is BlockKind.TABLE
        or looks_like_duty(child.text)
        or any(map(_works, child.children))
    )


def topic_doers(text: str) -> tuple[str, ...]:
    """Return the bodies a heading or leading clause gives the work below to."""
    stripped = re.sub(r"[\s:.]+$", "", _CALLED.sub("", text))
    bare = _GIVES.sub("", stripped)
    names = read_all(bare)
    if names:
        return names
    if fold(stripped).startswith("đối với các ") and not _DOES.search(fold(bare)):
        return _described(_BRACKET.sub("", bare).strip())
    finder = SubjectFinder(stripped)
    subject = finder.find(0, len(stripped))
    if subject:
        return subject.texts
    return _described(bare)


def _described(text: str) -> tuple[str, ...]:
    """
    Read a heading that names bodies and describes the last one further ("UBND các tỉnh từ A đến
    B").
    """
    reader = NameReader(text)
    names = reader.read(0)
    if names is None:
        return ()
    colon = next((t.start for t in reader.toks[names.end :] if t.text in ":;"), len(text))
    if aside := _ASIDE.search(text):
        colon = min(colon, aside.start())
    last = names.names[-1]
    further = [part.strip(" ,;") for part in _NEXT_ENTRY.split(text[last.start : colon])]
    if max(len(part.split()) for part in further) > _LONGEST_ENTRY:
        further = [last.text]
    return (*names.texts[:-1], *further)

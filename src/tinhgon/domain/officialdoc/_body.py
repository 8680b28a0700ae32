"""
The tree of a body: which item stands below which, and where paragraphs without a marker belong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ._join import is_finished
from ._markers import Marked, split_marker
from ._model import Block, BlockKind, Source, Table
from ._phrases import is_upper
from ._raw import GAP, Line

_HEADING_LENGTH = 140

# How a letter takes leave of its reader: from here on nothing belongs to the last item.
_CLOSING = re.compile(
    r"^\(|^(?:yêu cầu|đề nghị|trên đây là|trong quá trình|quá trình|nay,?\s|nhận được|nơi nhận|"
    r"(?:ủy|uỷ) ban nhân dân|ubnd|chủ tịch|văn phòng|thủ tướng|bộ trưởng|thủ trưởng|giám đốc|"
    r"bộ|sở)\b.{0,120}?\b(?:yêu cầu|đề nghị|thông báo|trân trọng)\b"
    r"|^(?:yêu cầu|đề nghị|trên đây là|trong quá trình|quá trình|nay,?\s|nhận được|căn cứ|"
    r"thông báo này|chỉ thị này|quyết định này|kế hoạch này|công điện này)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Node:
    kind: BlockKind
    text: str
    source: Source
    marker: str = ""
    style: str = ""
    depth: int = 0
    children: list[_Node] = field(default_factory=list)
    table: Table | None = None

    def freeze(self) -> Block:
        children = tuple(child.freeze() for child in self.children)
        return Block(self.kind, self.text, self.source, self.marker, children, self.table)

    @property
    def is_heading(self) -> bool:
        """A title that waits for its content: short and not ended as a sentence is."""
        ended = self.text.endswith((".", ";", "!", "?"))
        return not ended and len(self.text) <= _HEADING_LENGTH


_CONTAINERS = frozenset(
    {BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION, BlockKind.SUBSECTION, BlockKind.ARTICLE}
)


def build_tree(paragraphs: list[Line]) -> tuple[Block, ...]:
    """
    Return the blocks of a body; paragraphs are complete, each begins with its marker if it has
    one.
    """
    return _Builder(paragraphs).build()


class _Builder:
    def __init__(self, paragraphs: list[Line]) -> None:
        self.paragraphs = paragraphs
        self.marks = [
            None if each.table else split_marker(each.text.replace(GAP, " ")) for each in paragraphs
        ]
        self.root = _Node(BlockKind.PARAGRAPH, "", Source(0, 0))
        self.stack: list[_Node] = []
        self.closed = False

    def build(self) -> tuple[Block, ...]:
        for index, line in enumerate(self.paragraphs):
            mark = self.marks[index]
            if mark is not None:
                self._add_item(line, mark)
            else:
                self._add_plain(index, line)
        return tuple(child.freeze() for child in self.root.children)

    def _add_item(self, line: Line, mark: Marked) -> None:
        self.closed = False
        self._pop_to(mark)
        node = _Node(mark.kind, mark.text, line.source, mark.marker, mark.style, mark.depth)
        self._parent().children.append(node)
        self.stack.append(node)

    def _parent(self) -> _Node:
        return self.stack[-1] if self.stack else self.root

    def _pop_to(self, mark: Marked) -> None:
        """Leave the lists that end where this marker stands."""
        styles = [node.style for node in self.stack]
        if mark.style in styles:
            del self.stack[styles.index(mark.style) :]
            return
        while self.stack and self.stack[-1].depth > mark.depth:
            self.stack.pop()

    def _add_plain(self, index: int, line: Line) -> None:
        text = "" if line.table else line.text.replace(GAP, " ")
        kind = BlockKind.TABLE if line.table else BlockKind.PARAGRAPH
        if self._is_title_of_container(text, line):
            top = self.stack[-1]
            top.text = text
            top.source = Source(top.source.line, line.end_line, top.source.page)
            return
        owner = self._owner(index, text)
        owner.children.append(_Node(kind, text, line.source, table=line.table))

    def _is_title_of_container(self, text: str, line: Line) -> bool:
        """ "Chương I" has its title on the line below."""
        if not self.stack or line.table:
            return False
        top = self.stack[-1]
        bare = top.kind in _CONTAINERS - {BlockKind.ARTICLE} and not top.text and not top.children
        return bare and (is_upper(text) or len(text) <= _HEADING_LENGTH)

    def _owner(self, index: int, text: str) -> _Node:
        if not self.stack:
            return self.root
        last = self.stack[-1]
        if last.is_heading and not last.children:
            return last
        following = next((mark for mark in self.marks[index + 1 :] if mark is not None), None)
        if following is not None:
            return self._owner_before(following)
        return self._owner_at_end(index, text)

    def _owner_before(self, following: Marked) -> _Node:
        """The item which is still open where the next marker stands."""
        for node in self.stack:
            if node.style == following.style:
                return node
        deeper = [node for node in self.stack if node.depth < following.depth]
        return deeper[-1] if deeper else self.root

    def _owner_at_end(self, index: int, text: str) -> _Node:
        """
        After the last item of all: content of a bare heading, afterword of its list, or the
        closing.
        """
        last = self.stack[-1]
        if self.closed or self._closes(index, text):
            self.closed = True
            return self.root
        if last.children:
            return last
        inner = [node for node in self.stack if node.kind not in _CONTAINERS]
        if last.kind in _CONTAINERS or len(inner) == 1:
            return last
        return inner[-2]

    def _closes(self, index: int, text: str) -> bool:
        if text.rstrip('"” ').endswith("./.") or _CLOSING.match(text):
            return True
        is_last = index == len(self.paragraphs) - 1
        return is_last and is_finished(self.stack[-1].text) and not self.stack[-1].children

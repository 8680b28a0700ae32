"""The headings above a block, and the position that follows from them."""

from __future__ import annotations

from collections.abc import Sequence

from tinhgon.domain.catalogue._marks import Heading, style_of
from tinhgon.domain.catalogue._names import one_line
from tinhgon.domain.catalogue._refusals import push
from tinhgon.domain.catalogue._stream import Kind
from tinhgon.domain.catalogue._words import field_of_heading, one_field
from tinhgon.domain.officialdoc import BlockKind

from ._lines import Line

_PARTS = (BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION)
_OUTERMOST = ("annex", *(kind.value for kind in _PARTS))


class Path:
    """The headings above the next block; `seen` are all that were entered, in order."""

    def __init__(self, all_sections: Sequence[Sequence[Line]]) -> None:
        lines = [line for sections in all_sections for line in sections]
        self.annexes = [line.text for line in lines if line.kind is Kind.ANNEX]
        titles = [line.text for line in lines if _style(line) == "plain"]
        self.unmarked = list(dict.fromkeys(titles))
        self.inner: list[Heading] = []
        self.seen: list[Heading] = []
        self.count = 0

    def enter(self, sections: Sequence[Line]) -> None:
        """Take the headings right above a block."""
        for line in sections:
            heading = Heading(_mark(line), one_line(line.text), line.source, _style(line))
            self._push(heading)
            self.seen.append(heading)
            self.count = 0

    def _push(self, heading: Heading) -> None:
        if heading.style == "annex":
            self.inner = [heading]
            return
        if heading.style in _OUTERMOST:
            self.inner = [each for each in self.inner if each.style == "annex"]
        push(self.inner, heading)

    def position(self, number: str) -> str:
        """Return the position of the block with this printed number; without one it is counted."""
        last = number.rpartition(".")[2]
        self.count = int(last) if last.isdigit() else self.count + 1
        shown = str(int(number)) if number.isdigit() else number or str(self.count)
        marks = [mark for heading in self.inner if (mark := self._shown(heading))]
        if marks and shown.startswith(f"{marks[-1]}."):
            marks.pop()
        return ".".join([*marks, shown])

    def _shown(self, heading: Heading) -> str:
        if heading.style == "annex":
            several = len(self.annexes) > 1
            return heading.marker or (str(self.annexes.index(heading.text) + 1)) if several else ""
        if heading.style in _OUTERMOST:
            return ""
        if heading.marker:
            return heading.marker
        several = len(self.unmarked) > 1 and heading.text in self.unmarked
        return str(self.unmarked.index(heading.text) + 1) if several else ""

    @property
    def field(self) -> str | None:
        """The field which the nearest heading names."""
        for heading in reversed(self.inner):
            name = field_of_heading(heading.text) or one_field(heading.text)
            if name:
                return name
        return None

    @property
    def texts(self) -> list[str]:
        """All headings above, outermost first."""
        return [each.text for each in self.inner]

    @property
    def section(self) -> str | None:
        texts = [each.text for each in self.inner if each.style not in _OUTERMOST]
        return " > ".join(texts) or None


def _mark(line: Line) -> str:
    if line.kind is Kind.ANNEX:
        words = line.marker.split()
        return words[-1].strip(" .:") if len(words) > 2 else ""
    return line.bare if line.block not in _PARTS else ""


def _style(line: Line) -> str:
    if line.kind is Kind.ANNEX:
        return "annex"
    if line.block in _PARTS:
        return line.block.value
    return style_of(line.marker) if line.marker else "plain"

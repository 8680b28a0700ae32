"""Which lines make the block of one procedure: its heading, its parts, the headings above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tinhgon.domain.officialdoc import BlockKind
from tinhgon.domain.vntext import fold

from ._labels import Meta, is_cost_line, meta_of
from ._lines import ITEMS, Line, is_section
from ._model import PlanPart
from ._refused import heads_in

_NAMED = re.compile(
    r"^[“\"]?(?:thu tuc\b|tthc\b|ten (?:thu tuc|tthc)|"
    r"(?:doi voi|nhom|cac)\b.{0,40}\b(?:thu tuc|tthc)\b|\d{1,3} (?:thu tuc|tthc)\b)"
)
GROUP = re.compile(
    r"^(?:doi voi|nhom|cac|gom|bao gom|\d{1,3})\b.{0,60}\b(?:thu tuc|tthc)\b|^doi voi\W*$"
)
_SUM = re.compile(
    r"^(?:tong cong|tong hop|bang tong hop|tong chi phi.{0,60}\d+ (?:thu tuc|tthc))\b"
)
_ONCE = frozenset({PlanPart.CONTENT, PlanPart.IMPLEMENTATION, PlanPart.BENEFIT, PlanPart.REFUSAL})
_LONGEST_NAME = 700


@dataclass(slots=True)
class Block:
    """
    The block of one procedure, or of several that share it.

    `lines` runs from the heading to the last line of the last part; `sections` are the headings
    above, as they stand in the document right before this block.
    """

    head: int
    first: int  # the first label
    end: int = 0
    labels: list[int] = field(default_factory=list)
    sections: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The last label; without one the line before the first that is no heading."""
        return self.labels[-1] if self.labels else self.first - 1


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks in order, the lines before, between and after that belong to none."""

    blocks: tuple[Block, ...]
    aside: tuple[Line, ...]

    @property
    def has_plans(self) -> bool:
        """Whether there is more than names of what is not approved."""
        return any(block.labels for block in self.blocks)


def blocks_of(lines: Sequence[Line], runs: Sequence[range] = ()) -> Blocks:
    """Return the blocks which the labels make, and those of `runs` of refused procedures."""
    finder = _Finder(lines, runs)
    finder.run()
    return _bounded(lines, _with_refused(finder.blocks, lines, runs))


def _with_refused(
    blocks: Sequence[Block], lines: Sequence[Line], runs: Sequence[range]
) -> list[Block]:
    """Return the blocks with one for each name in the runs, in the order of the document."""
    found = [
        Block(head, _below_metas(lines, head + 1, run.stop))
        for run in runs
        for head in heads_in(lines, run)
    ]
    return sorted([*blocks, *found], key=lambda block: block.head)


def _below_metas(lines: Sequence[Line], at: int, end: int) -> int:
    while at < end and meta_of(lines[at].text) is not None:
        at += 1
    return at


class _Finder:
    def __init__(self, lines: Sequence[Line], runs: Sequence[range]) -> None:
        self.lines = lines
        self.runs = runs
        self.blocks: list[Block] = []
        self.last = -1  # the last line that is a label

    def run(self) -> None:
        for at, line in enumerate(self.lines):
            if any(at in run for run in self.runs):
                self.last = at
                continue
            part = self._part(at)
            if part is None:
                continue
            head = self._head(at)
            if not self.blocks:
                if head is not None:
                    self.blocks.append(Block(head, at, labels=[at]))
            elif self._goes_on(self.blocks[-1], at, part, head):
                self.blocks[-1].labels.append(at)
            elif head is not None:
                self.blocks.append(Block(head, at, labels=[at]))
            self.last = at if self.blocks or line.label else self.last

    def _part(self, at: int) -> PlanPart | None:
        """Costs without a heading of their own open the part on the benefit."""
        line = self.lines[at]
        if line.section is None and self.blocks and is_cost_line(line.text):
            opened = self._open_part()
            return PlanPart.BENEFIT if opened is not PlanPart.BENEFIT else None
        return line.section

    def _open_part(self) -> PlanPart:
        at = self.blocks[-1].labels[-1]
        return self.lines[at].section or PlanPart.BENEFIT

    # -- one block or the next

    def _goes_on(self, block: Block, at: int, part: PlanPart, head: int | None) -> bool:
        if head is None:
            return True
        line, before = self.lines[at], self.lines[block.labels[-1]]
        own, other = _prefix(line), _prefix(before)
        if own and other and own.count(".") == other.count("."):
            return own == other and _last(line) > _last(before)
        seen = {self.lines[each].section or PlanPart.BENEFIT for each in block.labels}
        if part is PlanPart.CONTENT and seen == {PlanPart.CONTENT}:
            return all(not self._text_behind(each, at) for each in block.labels)
        if part in seen and part in _ONCE:
            return False
        if part is PlanPart.CONTENT:
            return False
        return not self._succeeds(block, head)

    def _text_behind(self, label: int, end: int) -> bool:
        found = self.lines[label].label
        return bool(found and found.rest) or end > label + 1

    def _succeeds(self, block: Block, head: int) -> bool:
        """A heading that counts on from the one of the block opens the next block."""
        old, new = self.lines[block.head], self.lines[head]
        if old.block is not new.block or new.block in ITEMS:
            return False
        if old.bare.isdigit() and new.bare.isdigit():
            return int(new.bare) == int(old.bare) + 1 and bool(_NAMED.match(fold(new.text)))
        return new.bare != old.bare and bool(_NAMED.match(fold(new.text)))

    # -- the heading above a label

    def _head(self, at: int) -> int | None:
        """Return the heading of the block whose part opens here, None where there is none."""
        label = self.lines[at]
        begin = self.last + 1
        region = range(at - 1, begin - 1, -1)
        prefix = _prefix(label)
        if prefix:
            found = next((n for n in region if self.lines[n].bare == prefix), None)
            if found is not None and not is_section(self.lines[found]):
                return found
        for find in (self._named, self._outer, self._above):
            found = find(region, label)
            if found is not None:
                return found
        return None

    def _named(self, region: range, label: Line) -> int | None:
        """The nearest line that speaks of a procedure; for members of a group the line above."""
        for n in region:
            line = self.lines[n]
            if is_section(line) or len(line.text) > _LONGEST_NAME or not _is_named(line):
                continue
            group = self._group_above(n, region) if line.marker else None
            if group is not None:
                return group
            if line.block in ITEMS and line.depth >= label.depth and label.marker:
                continue
            above = n - 1
            if not line.marker and above in region and self._titles(above, line):
                return above
            return n
        return None

    def _titles(self, at: int, below: Line) -> bool:
        """
        A heading that is nothing but a number, or "Đối với", with the name on the next line; so is
        any number above a line "Tên thủ tục: …".
        """
        line = self.lines[at]
        if not line.marker or line.block in ITEMS or line.label:
            return False
        bare = not line.text or bool(GROUP.match(fold(line.text)))
        return bare or (meta_of(below.text) is not None and len(line.text) < _LONGEST_TITLE)

    def _group_above(self, at: int, region: range) -> int | None:
        style = self.lines[at].block
        while at in region and self.lines[at].block is style:
            at -= 1
        while at in region and not self.lines[at].marker and GROUP.match(fold(self.lines[at].text)):
            if at - 1 in region and self._titles(at - 1, self.lines[at]):
                return at - 1
            return at
        if at in region and GROUP.match(fold(self.lines[at].text)):
            return at
        return None

    def _outer(self, region: range, label: Line) -> int | None:
        """The nearest line whose marker stands above that of the label."""
        depth = label.depth if label.marker else _UNMARKED
        for n in region:
            line = self.lines[n]
            if not line.marker or line.depth >= depth or is_section(line) or line.block in ITEMS:
                continue
            sentence = line.text.endswith((".", ";")) and n + 1 != label_at(region)
            return None if sentence or len(line.text) > _LONGEST_NAME else n
        return None

    def _above(self, region: range, label: Line) -> int | None:
        """A line of its own right above the first part, as headings in bold are."""
        n = next((n for n in region if meta_of(self.lines[n].text) is None), None)
        if n is None or label.section is not PlanPart.CONTENT:
            return None
        line = self.lines[n]
        plain = not line.marker and not line.text.endswith((".", ";", ":", ","))
        short = 8 < len(line.text) < _LONGEST_TITLE
        return n if plain and short and line.text[0].isupper() and not is_section(line) else None


def label_at(region: range) -> int:
    """Return the line right below a region that is walked upwards."""
    return region.start + 1


_UNMARKED = 10**6
_LONGEST_TITLE = 300


def _is_named(line: Line) -> bool:
    meta = meta_of(line.text)
    return bool(_NAMED.match(fold(line.text))) or (meta is not None and meta[0] is Meta.NAME)


def _prefix(line: Line) -> str:
    """ "2" of the label "2.1."."""
    return line.bare.rpartition(".")[0] if line.block is BlockKind.SUBCLAUSE else ""


def _last(line: Line) -> int:
    number = line.bare.rpartition(".")[2]
    return int(number) if number.isdigit() else 0


# -- where blocks end


def _bounded(lines: Sequence[Line], blocks: Sequence[Block]) -> Blocks:
    kept = [block for n, block in enumerate(blocks) if not _is_title(lines, block, blocks[n + 1 :])]
    aside: list[Line] = []
    before = 0
    for n, block in enumerate(kept):
        if n:
            kept[n - 1].end = _end(lines, kept[n - 1], block.head)
            before = kept[n - 1].end
        block.sections = [line for line in lines[before : block.head] if is_section(line)]
        aside += [line for line in lines[before : block.head] if not is_section(line)]
    if kept:
        kept[-1].end = _end(lines, kept[-1], len(lines))
        aside += lines[kept[-1].end :]
    else:
        aside += lines
    for block in kept:
        block.lines = list(lines[block.head : block.end])
    return Blocks(tuple(kept), tuple(aside))


def _is_title(lines: Sequence[Line], block: Block, following: Sequence[Block]) -> bool:
    """A label with nothing below it but the heading of the next block is a title itself."""
    if not following or len(block.labels) != 1:
        return False
    label = lines[block.labels[0]].label
    between = lines[block.labels[0] + 1 : following[0].head]
    return not (label and label.rest) and all(map(is_section, between))


def _end(lines: Sequence[Line], block: Block, limit: int) -> int:
    """Return where a block ends: before the headings of the next one, or a sum over all."""
    for at in range(block.last + 1, limit):
        if is_section(lines[at]) or _SUM.match(fold(lines[at].text)):
            return at
    return limit


def named_blocks(lines: Sequence[Line], runs: Sequence[range] = ()) -> Blocks:
    """Return blocks without labels: below each heading "1. Thủ tục …" what is to change."""
    heads = [
        at
        for at, line in enumerate(lines)
        if not any(at in run for run in runs)
        and line.block
        in (BlockKind.CLAUSE, BlockKind.SUBCLAUSE, BlockKind.ROMAN, BlockKind.PARAGRAPH)
        and _is_named(line)
        and not is_section(line)
        and len(line.text) <= _LONGEST_NAME
    ]
    styles = {lines[at].block for at in heads}
    ends = [*heads[1:], len(lines)]
    followed = [at for at, end in zip(heads, ends, strict=False) if end > at + 1]
    whole = len(styles) == 1 and len(followed) == len(heads)
    blocks = [Block(at, at + 1, labels=[at]) for at in heads] if whole else []
    return _bounded(lines, _with_refused(blocks, lines, runs))

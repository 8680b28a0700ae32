"""The after side of a calculation, from what the procedure becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tinhgon.domain.procedures import Manner, Record, Step

from ._correct import with_default
from ._enums import Complexity, Term
from ._model import Note, Row, Sheet, Sides
from ._norms import activities
from ._parts import MANNERS, SETS, paper_place, step_place
from ._propose import receiving, submitting
from ._share import share_of
from ._time import hours_of

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a measure sets for one row of the after side, with the reason it gives."""

    key: str
    value: Decimal
    note: Note


@dataclass(frozen=True, slots=True)
class Change:
    """
    What a procedure becomes: `to_be` is None where it is abolished or merged; `why` then says so.

    `kept` leads from the key of each paper and step ("paper:2") to its key in the new record, as
    `simplification.ToBe` has it: several steps that become one all lead to that one.
    """

    as_is: Record
    to_be: Record | None
    kept: Mapping[str, str]
    why: str = "Bãi bỏ thủ tục hành chính"

    @property
    def papers(self) -> Mapping[int, int]:
        """Where each paper stands in the new record, by places from 0; not what is gone."""
        return _places(self.kept, paper_place)

    @property
    def steps(self) -> Mapping[int, int]:
        return _places(self.kept, step_place)


def _places(kept: Mapping[str, str], place: Callable[[str], int | None]) -> Mapping[int, int]:
    both = ((place(old), place(new)) for old, new in kept.items())
    return {old: new for old, new in both if old is not None and new is not None}


def derive(now: Sheet, change: Change, stated: Iterable[Stated] = ()) -> Sheet:
    """
    Return the after side: the rows of now, following the record as it will be.

    A row whose paper or step is gone costs nothing, and all rows of a procedure that is abolished
    or merged. Fewer sets or copies cost less copying; a shorter step takes the deciding side less
    time, and steps that become one do only where that one is shorter than they were together;
    papers that go through the network take its starting minutes where those are less. What a
    measure states comes last. Nothing else differs, so that the rest is saved by nobody.
    """
    given = {(each.key, each.note.term): each for each in stated}
    rows = [_after(row, change) for row in now.rows]
    return replace(now, rows=tuple(_with_stated(row, given) for row in rows))


def derive_again(sides: Sides, change: Change) -> Sheet:
    """
    Return the after side as `derive` has it, with what people said of it themselves: figures that
    they stated, jobs that now has not, times and subjects of the whole sheet.

    Nothing but the end of the procedure undoes that.
    """
    stated = [
        Stated(row.key, value, note)
        for row in sides.after.rows
        for note in row.notes
        if note.stated and (value := row.value(note.term)) is not None
    ]
    after = derive(sides.now, change, stated)
    if change.to_be is None:
        return after
    known = {row.key for row in sides.now.rows}
    added = tuple(row for row in sides.after.rows if row.key not in known)
    return _with_own_defaults(replace(after, rows=(*after.rows, *added)), sides)


def _with_own_defaults(after: Sheet, sides: Sides) -> Sheet:
    """Times and subjects of the after side are people's own where they differ from those of now."""
    for term in (Term.TIMES, Term.SUBJECTS):
        if sides.after.default(term) != sides.now.default(term):
            after = with_default(after, sides.after.note(None, term), sides.after.default(term))
    return after


def _with_stated(row: Row, given: Mapping[tuple[str, Term], Stated]) -> Row:
    for term in Term:
        if found := given.get((row.key, term)):
            row = row.with_value(replace(found.note, stated=True), found.value)
    return row


def _after(row: Row, change: Change) -> Row:
    if row.gone:
        return row
    if change.to_be is None:
        return replace(row, gone=change.why)
    if row.part == SETS:
        return _other_sets(row, change.as_is, change.to_be)
    if row.part == MANNERS:
        return _other_manner(row, change.as_is, change.to_be)
    if (place := paper_place(row.part)) is not None:
        return _other_paper(row, place, change, change.to_be)
    if (place := step_place(row.part)) is not None:
        return _other_step(row, place, change, change.to_be)
    return row


def _other_sets(row: Row, as_is: Record, to_be: Record) -> Row:
    """The row of copying and binding: time and services go with the sets, none without papers."""
    if as_is.papers and not to_be.papers:
        return replace(row, gone="Không còn thành phần hồ sơ nào phải nộp")
    if _networked(to_be) and not _networked(as_is):
        return replace(row, gone="Hồ sơ gửi qua hệ thống, không phải in, sao chụp")
    if (share := _sets(as_is, to_be)) is None:
        return row
    why = [_sets_words(as_is, to_be)]
    return _scaled(_scaled(row, Term.HOURS, share, why), Term.SERVICES, share, why)


def _other_paper(row: Row, place: int, change: Change, to_be: Record) -> Row:
    as_is, became = change.as_is, change.papers
    if not 0 <= place < len(as_is.papers):
        return row
    if place not in became:
        return replace(row, gone=f"Bỏ thành phần hồ sơ: {as_is.papers[place].name}")
    if not row.per_set:
        return row
    share, why = Fraction(1), []
    if fewer := _sets(as_is, to_be):
        share, why = fewer, [_sets_words(as_is, to_be)]
    before, after = as_is.papers[place].quantity, to_be.papers[became[place]].quantity
    if 0 < after < before:
        share *= Fraction(after, before)
        why.append(f"Giảm số bản trong một bộ từ {before} xuống {after}")
    return _scaled(row, Term.SERVICES, share, why) if why else row


def _other_step(row: Row, place: int, change: Change, to_be: Record) -> Row:
    as_is, became = change.as_is, change.steps
    if not 0 <= place < len(as_is.steps):
        return row
    if place not in became:
        step = as_is.steps[place]
        return replace(row, gone=f"Bỏ bước {step.number}: {step.what}")
    together = [step for n, step in enumerate(as_is.steps) if became.get(n) == became[place]]
    before = _hours_together(together)
    after = hours_of(to_be.steps[became[place]].duration)
    if row.activity or before is None or after is None or after >= before:
        return row
    share = Fraction(after) / Fraction(before)
    return _scaled(row, Term.HOURS, share, [_shorter_words(together)])


def _hours_together(steps: Sequence[Step]) -> Decimal | None:
    """Return the hours of steps one after another; None where that of one is not known."""
    known = [hours for step in steps if (hours := hours_of(step.duration)) is not None]
    return sum(known, _NOTHING) if len(known) == len(steps) else None


def _shorter_words(steps: Sequence[Step]) -> str:
    numbers = ", ".join(str(step.number) for step in steps)
    if len(steps) == 1:
        return f"Rút ngắn thời gian của bước {numbers}"
    return f"Gộp các bước {numbers} và rút ngắn thời gian"


def _other_manner(row: Row, as_is: Record, to_be: Record) -> Row:
    """Submitting and receiving: by another manner, in the time that this one takes at first."""
    for choose in (submitting, receiving):
        before, after = choose(as_is), choose(to_be)
        if row.activity == before and after != before:
            complexity = row.complexity or Complexity.MEDIUM
            starting = activities()[after].hours(complexity)
            if starting >= row.hours:
                return row
            note = replace(
                row.note(Term.HOURS),
                source=f"Giá trị khởi đầu: {activities()[after].name.lower()}",
                reason="Thay đổi cách thức thực hiện",
                by="",
                on=None,
                low=None,
                high=None,
            )
            return replace(row, activity=after).with_value(note, starting)
    return row


def _networked(record: Record) -> bool:
    return set(record.manners) == {Manner.E_OFFICE}


def _sets(as_is: Record, to_be: Record) -> Fraction | None:
    """Return which share of the sets is left, where there are fewer."""
    before, after = as_is.dossier_sets, to_be.dossier_sets
    return Fraction(after, before) if before and after and 0 < after < before else None


def _sets_words(as_is: Record, to_be: Record) -> str:
    return f"Giảm số bộ hồ sơ từ {as_is.dossier_sets} xuống {to_be.dossier_sets}"


def _scaled(row: Row, term: Term, share: Fraction, why: Sequence[str]) -> Row:
    """Return the row with one figure at a share of what it is now."""
    note = row.note(term)
    low, high = (
        end if end is None else share_of(term, end, share) for end in (note.low, note.high)
    )
    said = replace(note, reason="; ".join(why), low=low, high=high, follows=True, share=share)
    return row.with_value(said, share_of(term, row.value(term) or _NOTHING, share))

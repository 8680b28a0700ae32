"""Rows proposed from the papers and steps of a procedure, with starting minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tinhgon.domain.procedures import (
    CopyKind,
    Manner,
    Paper,
    Record,
    Step,
    duration_words,
    fee_amount,
    has_fee,
)

from ._enums import Complexity, Confidence, RowGroup, Side, Term
from ._limits import BadFigure
from ._model import Note, Row
from ._norms import Activity, activities, minutes_citation, plain_words
from ._parts import MANNERS, SETS, paper_part, step_part
from ._time import hours_of

_SUBMITTING = {
    Manner.E_OFFICE: "submit_electronic",
    Manner.POST: "submit_post",
    Manner.OTHER: "submit_electronic",
    Manner.IN_PERSON: "submit_in_person",
}
"""
Manner → activity, what takes the least time first: where a procedure allows several, the quickest
is proposed. (Of sources that differ Thông tư số 02/2017/TT-VPCP, điều 27 takes the medium-low one.)
"""
_RECEIVING = {
    Manner.E_OFFICE: "receive_electronic",
    Manner.POST: "receive_electronic",
    Manner.OTHER: "receive_electronic",
    Manner.IN_PERSON: "receive_in_person",
}
_PREPARING = frozenset(each.id for each in activities().values() if each.group is RowGroup.PREPARE)
_COVERED = frozenset({RowGroup.PREPARE, RowGroup.SUBMIT, RowGroup.PAY, RowGroup.RECEIVE})
"""Steps of the one who complies in these groups are what the fixed rows say already."""


def from_record(record: Record) -> tuple[Row, ...]:
    """
    Return the rows that a procedure surely has: one for each paper, then the fixed jobs of form
    03/SCM-KSTT, then the steps that others do.

    Hours are starting values of low confidence: a person who knows the work looks at each.
    """
    rows = [*_papers(record), _sending(record, RowGroup.SUBMIT, submitting(record))]
    if row := _fee(record):
        rows.append(row)
    rows += _steps(record)
    rows.append(_sending(record, RowGroup.RECEIVE, receiving(record)))
    rows.sort(key=lambda row: (list(Side).index(row.side), list(RowGroup).index(row.group)))
    return tuple(rows)


def submitting(record: Record) -> str:
    """Return the activity of sending the dossier that takes the least time of those allowed."""
    return _least(record, _SUBMITTING)


def receiving(record: Record) -> str:
    """Return the activity of receiving the result that takes the least time of those allowed."""
    return _least(record, _RECEIVING)


def _least(record: Record, choices: dict[Manner, str]) -> str:
    return (
        next((choices[manner] for manner in choices if manner in record.manners), "")
        or choices[Manner.E_OFFICE]
    )


def _papers(record: Record) -> Iterator[Row]:
    for place, paper in enumerate(record.papers):
        activity = activities()[_of_paper(paper)]
        yield _started(
            f"paper-{place + 1}",
            activity,
            RowGroup.PREPARE,
            what=paper.name,
            how=activity.name,
            part=paper_part(place),
            source="Thành phần hồ sơ của thủ tục",
        )
    if record.papers and set(record.manners) != {Manner.E_OFFICE}:
        sets = record.dossier_sets or 1
        yield _started(
            "sets",
            activities()["copy"],
            RowGroup.PREPARE,
            what=f"In, sao chụp, đóng {sets:02} bộ hồ sơ",
            part=SETS,
            per_set=True,
            source="Số bộ hồ sơ của thủ tục",
            share=sets,
        )


def _of_paper(paper: Paper) -> str:
    if paper.copy is CopyKind.CERTIFIED:
        return "certify"
    if paper.copy is CopyKind.COPY:
        return "gather"
    found = _by_words(paper.name)
    if found in _PREPARING:
        return found
    return "form" if paper.form else "gather"


def _sending(record: Record, group: RowGroup, activity: str) -> Row:
    is_submit = group is RowGroup.SUBMIT
    return _started(
        "submit" if is_submit else "receive",
        activities()[activity],
        group,
        what="Nộp hồ sơ" if is_submit else "Nhận kết quả",
        how=activities()[activity].name,
        part=MANNERS,
        source="Cách thức thực hiện của thủ tục",
    )


def _fee(record: Record) -> Row | None:
    """Return the row of fees where the procedure has any; the amount only where it is sure."""
    if not has_fee(record):
        return None
    row = _started(
        "fee",
        activities()["pay"],
        RowGroup.PAY,
        what="Nộp phí, lệ phí",
        how=record.fee,
        source="Phí, lệ phí của thủ tục",
    )
    if (amount := fee_amount(record)) is None:
        return row
    note = Note(Term.FEES, source="Phí, lệ phí của thủ tục", confidence=Confidence.HIGH)
    try:
        return row.with_value(note, amount)
    except BadFigure:  # no fee is that high: somebody looks at what the procedure says
        return row


def _steps(record: Record) -> Iterator[Row]:
    subjects = [said for subject in record.subjects if (said := _words(subject))]
    asked = {_words(body.name) for body in record.bodies}
    for place, step in enumerate(record.steps):
        if _words(step.actor) in asked or not _is_subject(step, subjects):
            yield _deciding(step, place)
        elif (row := _performing(step, place)) is not None:
            yield row


def _is_subject(step: Step, subjects: list[str]) -> bool:
    """
    Guess whether the one who does a step is one of those who comply: the row says that it is one.

    Both name the same words, or one begins with the name of the other ("Sở Nội vụ" of "Sở Nội vụ
    tỉnh"); of "các sở, ban, ngành" any department is one.
    """
    actor = _words(step.actor)
    return bool(actor) and any(
        f"{actor} ".startswith(f"{each} ")
        or f"{each} ".startswith(f"{actor} ")
        or _is_member(actor, each)
        for each in subjects
    )


def _words(text: str) -> str:
    return plain_words(text).strip().removeprefix("các ")


_KINDS = ("sở", "ban")


def _is_member(actor: str, subject: str) -> bool:
    """Return whether a subject is many ("sở, ban, ngành"), and the actor an agency of the kind."""
    listed = _COLLECTIVE.match(subject)
    kind = next((each for each in _KINDS if actor.startswith(f"{each} ")), "")
    return listed is not None and kind in listed["kinds"].split()


_COLLECTIVE = re.compile(r"(?P<kinds>sở (?:ban )?(?:và )?ngành\b|sở ban\b)")


def _performing(step: Step, place: int) -> Row | None:
    activity = activities().get(_by_words(step.what))
    if activity is None or activity.group in _COVERED:
        return None
    return _started(
        f"step-{place + 1}",
        activity,
        activity.group,
        what=step.what,
        how=activity.name,
        part=step_part(place),
        source=f"Bước {step.number} của thủ tục; phần mềm đoán là việc của bên thực hiện",
    )


def _deciding(step: Step, place: int) -> Row:
    """
    The work of another agency: its time limit, as published plans reckon, where it has one.

    Much of that time is waiting: the low end is what the activity takes to begin with.
    """
    row = _started(
        f"step-{place + 1}",
        activities().get(_by_words(step.what)) or activities()["check"],
        RowGroup.OTHER,
        what=step.what,
        how=step.actor,
        part=step_part(place),
        source=f"Bước {step.number} của thủ tục",
        side=Side.DECIDING,
    )
    if (limit := hours_of(step.duration)) is None:
        return row
    note = Note(
        Term.HOURS,
        source=f"Lấy toàn bộ thời hạn của bước: {duration_words(step.duration)}",
        confidence=Confidence.LOW,
        low=min(row.hours, limit),
        high=limit,
    )
    return replace(row, activity="", complexity=None).with_value(note, limit)


def _by_words(text: str) -> str:
    """Return the activity that the words are, "" for none: what they say first counts."""
    said = plain_words(text)
    found = [
        (said.index(words), order, each.id)
        for order, each in enumerate(activities().values())
        for words in each.words
        if words in said
    ]
    return min(found)[2] if found else ""


def _started(
    key: str,
    activity: Activity,
    group: RowGroup,
    *,
    what: str,
    part: str = "",
    how: str = "",
    source: str = "",
    per_set: bool = False,
    side: Side = Side.PERFORMING,
    share: int = 1,
) -> Row:
    note = Note(Term.HOURS, source=minutes_citation(), confidence=Confidence.LOW)
    row = Row(
        key,
        group,
        side,
        what,
        how,
        source=source,
        part=part,
        per_set=per_set,
        activity=activity.id,
        complexity=Complexity.MEDIUM,
    )
    return row.with_value(note, activity.hours(Complexity.MEDIUM) * share)

"""
What reports say of difficulties: the rows of Biểu 4, and how many there were on a day.

Both are read from the trail of each difficulty, so that a day in the past shows what was true at
its end: who had the difficulty, at which level it was, whether an answer held. What a difficulty
says (kind, description, proposal, procedures, texts) is as it stands by now; its changes are in the
audit trail. Drafts, which nobody above was asked about, are in no row and no number of reports.

A branch is the agency and all below it, by the tree as it is now: an agency that ended is still
found under the parent that it had last. Nothing here asks who may see it: the caller does. Of the
procedures those are named that a paper of the branch may name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties.enums import STATE_KINDS, STATUS_LABELS, Decider, Status
from tinhgon.apps.difficulties.models import Difficulty, DifficultyStep
from tinhgon.apps.documents.models import Document
from tinhgon.domain.difficulties import (
    Counts,
    Move,
    Passage,
    Standing,
    count_standings,
    standing_on,
)

from .names import Concerned, by_difficulty, told_by


@dataclass(frozen=True, slots=True)
class TextRow:
    """A legal text that a difficulty names; `url` is its page in the register of law, or ""."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """
    One row of Biểu 4 (vướng mắc), as at the last day of the period.

    `number` is the STT; `agency` had the difficulty on that day, `holder` was to act. `sent_on`:
    when it first went up. `answer` are the words of the answer that held on the day, `document`
    its paper, `answered_on` its day; empty where none held. `url` is the page of the difficulty.
    """

    number: int
    difficulty: int
    code: str
    agency: Agency
    holder: Agency
    kind: str
    procedures: Concerned
    texts: Sequence[TextRow]
    title: str
    description: str
    own_part: str
    proposal: str
    decider: str
    due_on: date | None
    sent_on: date | None
    answer: str
    document: Document | None
    answered_on: date | None
    status: Status
    status_words: str
    state_kind: str
    is_overdue: bool
    url: str


def rows_of_table_4(*, agency: Agency, since: date, until: date) -> list[TableRow]:
    """
    Return the difficulties of a branch that were under way in a period, both days included: sent up
    by its last day, and not over before its first. By agency in the order of the tree, then by the
    day they were sent; eight queries, however many rows.
    """
    trails = _trails(agency, until)
    standings = {
        pk: standing
        for pk, trail in trails.items()
        if (standing := _standing(trail, until)) and _is_within(standing, since)
    }
    agencies = Agency.objects.in_bulk(
        {key for s in standings.values() for key in (s.agency, s.holder)}
    )
    rows = Difficulty.objects.filter(pk__in=standings).prefetch_related("texts__law")
    procedures = by_difficulty(standings, among=told_by(agency))
    ordered = sorted(rows, key=lambda row: _order(row, standings[row.pk], agencies))
    return [
        _row(
            number,
            row,
            trails[row.pk],
            standings[row.pk],
            agencies,
            procedures.get(row.pk, Concerned()),
        )
        for number, row in enumerate(ordered, start=1)
    ]


def counts_on(*, agency: Agency, day: date, since: date | None = None) -> Counts:
    """
    Return how many difficulties of a branch there were at the end of `day`; one query.

    All that were ever sent up by then, or, with `since`, those first sent up from that day on.
    """
    found = []
    for trail in _trails(agency, day).values():
        standing = _standing(trail, day)
        if standing is None or standing.sent_on is None:
            continue
        if since is None or standing.sent_on >= since:
            found.append(standing)
    return count_standings(found)


def counts_by_agency(*, agency: Agency, day: date) -> Mapping[int, Counts]:
    """Return the same for each agency of the branch that has any, by key, without those below."""
    found: dict[int, list[Standing]] = defaultdict(list)
    for trail in _trails(agency, day).values():
        standing = _standing(trail, day)
        if standing and standing.sent_on:
            found[standing.agency].append(standing)
    return {pk: count_standings(standings) for pk, standings in found.items()}


def _trails(agency: Agency, day: date) -> Mapping[int, list[DifficultyStep]]:
    """Return the steps up to a day of the difficulties that the branch had on that day."""
    own = DifficultyStep.objects.filter(agency__path__startswith=agency.path or "-", on__lte=day)
    steps = DifficultyStep.objects.filter(difficulty__in=own.values("difficulty"), on__lte=day)
    found: dict[int, list[DifficultyStep]] = defaultdict(list)
    for step in steps.select_related("document", "agency").order_by("difficulty", "number"):
        found[step.difficulty_id].append(step)
    inside = agency.path or "-"
    # What went over to another branch by then is that branch's.
    return {
        pk: trail for pk, trail in found.items() if (trail[-1].agency.path or "").startswith(inside)
    }


def _standing(trail: Sequence[DifficultyStep], day: date) -> Standing | None:
    return standing_on([_passage(step) for step in trail], day)


_MOVES = {move.value: move for move in Move}


def _passage(step: DifficultyStep) -> Passage:
    return Passage(
        on=step.on,
        move=_MOVES.get(step.move),
        status=Status(step.status),
        agency=step.agency_id,
        holder=step.holder_id,
        due_on=step.due_on,
    )


def _is_within(standing: Standing, since: date) -> bool:
    over = standing.closed_on is not None and standing.closed_on < since
    return standing.sent_on is not None and not over


def _order(
    row: Difficulty, standing: Standing, agencies: Mapping[int, Agency]
) -> tuple[int, str, int, str, date, int]:
    agency = agencies[standing.agency]
    depth = (agency.path or "").count("/")
    return (
        depth,
        (agencies[standing.agency].path or "").rsplit("/", 2)[0],
        agency.order,
        agency.name,
        standing.sent_on or standing.raised_on,
        row.pk,
    )


def _row(
    number: int,
    row: Difficulty,
    trail: Sequence[DifficultyStep],
    standing: Standing,
    agencies: Mapping[int, Agency],
    procedures: Concerned,
) -> TableRow:
    answer = trail[standing.answered_at] if standing.answered_at is not None else None
    return TableRow(
        number=number,
        difficulty=row.pk,
        code=row.code,
        agency=agencies[standing.agency],
        holder=agencies[standing.holder],
        kind=row.kind_words,
        procedures=procedures,
        texts=[
            TextRow(text.text, text.law.get_absolute_url() if text.law else "")
            for text in row.texts.all()
        ],
        title=row.title,
        description=row.description,
        own_part=row.own_part,
        proposal=row.proposal,
        decider=Decider(row.decider).label,
        due_on=standing.due_on,
        sent_on=standing.sent_on,
        answer=answer.words if answer else "",
        document=answer.document if answer else None,
        answered_on=standing.answered_on,
        status=standing.status,
        status_words=STATUS_LABELS[standing.status],
        state_kind="late" if standing.is_overdue else STATE_KINDS[standing.status],
        is_overdue=standing.is_overdue,
        url=row.get_absolute_url(),
    )

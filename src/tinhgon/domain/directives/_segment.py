"""
One item of a directive → its tasks.

An item is one task as long as one doer works to one deadline; it is split where a sentence or
clause names another doer, or where
clauses carry different deadlines for the work itself. Sanctions and closing formulas are cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from ._duty import DUTY, Verdict, judge, states_past
from ._model import Reason
from ._report import timing
from ._subject import Subject, SubjectFinder
from ._when import Wording, dues
from ._who import same_body
from ._words import Span, clauses, fold, sentences, trimmed


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of an item: a task with its own doer, if it names one, or a part left out."""

    span: Span
    subject: Subject | None = None
    verdict: Verdict = DUTY


_LEADING = Verdict(Reason.LEADING)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the surroundings say about an item."""

    issuer: tuple[str, ...] = ()
    closing: bool = False
    alone: bool = False  # a paragraph outside the list of duties: only an explicit order counts
    issued: date | None = None


def segment(text: str, setting: Setting) -> list[Piece]:
    """Cut an item into tasks and parts left out."""
    finder = SubjectFinder(text)
    units: list[Piece] = []
    for sentence in sentences(text):
        for span in _doer_clauses(text, sentence, finder):
            subject = finder.find(span.start, span.end)
            words = span.of(text)
            unsure = subject is None or (subject.conditional and not subject.ordered)
            if unsure and (setting.alone or setting.closing):
                subject = finder.any_order(span.start, span.end) or subject
            local = _moved(subject, -span.start)
            verdict = judge(words, local, issuer=setting.issuer, closing=setting.closing)
            if verdict.reason is Reason.APPROVAL and _dated(words, setting.issued):
                verdict = Verdict()
                subject = subject or finder.first_name(span.start, span.end)
            weak = verdict.optional and setting.closing
            if (
                verdict.reason is None
                and setting.alone
                and not weak
                and not _orders(words, subject)
            ):
                verdict = Verdict(Reason.SITUATION)
            units += _cut(text, Piece(span, subject, verdict), alone=setting.alone and not units)
    pieces = _joined(units, setting)
    return [part for piece in pieces for part in _by_deadline(text, piece, setting)]


def _cut(text: str, piece: Piece, *, alone: bool) -> list[Piece]:
    """Cut the reasons off a letter of one paragraph ("Xét đề nghị …, UBND tỉnh giao …")."""
    subject, span = piece.subject, piece.span
    if not alone or subject is None or piece.verdict.reason or subject.start <= span.start:
        return [piece]
    preamble = Piece(trimmed(text, span.start, subject.start), None, _LEADING)
    return [preamble, replace(piece, span=Span(subject.start, span.end))]


_LIMIT = re.compile(r"chậm nhất|muộn nhất|trước|đến hết|hết")


def _moved(subject: Subject | None, by: int) -> Subject | None:
    if subject is None:
        return None
    return replace(subject, start=subject.start + by, end=subject.end + by)


def _dated(words: str, issued: date | None) -> bool:
    """Say whether words of approval grant somebody a day to finish by."""
    return any(
        (d.firm and d.kind in (Wording.BEFORE, Wording.BY))
        or (d.kind in (Wording.IN_MONTH, Wording.IN_QUARTER) and _LIMIT.match(fold(d.text)))
        for d in dues(words, issued)
    )


def _orders(words: str, subject: Subject | None) -> bool:
    """Say whether a sentence outside the list of duties gives work to somebody."""
    if subject is None or states_past(words):
        return False
    return subject.ordered or not subject.conditional


def _doer_clauses(text: str, sentence: Span, finder: SubjectFinder) -> list[Span]:
    """Split a sentence at those semicolons behind which another body acts."""
    parts = clauses(text, sentence)
    out = [parts[0]]
    for part in parts[1:]:
        subject = finder.find(part.start, part.end)
        new_doer = (
            subject is not None
            and not subject.conditional
            and not _circumstance_only(finder, out[-1])
            and not _list_runs_over(finder, sentence, part)
        )
        if new_doer:
            out.append(part)
        else:
            out[-1] = Span(out[-1].start, part.end)
    return out


def _circumstance_only(finder: SubjectFinder, part: Span) -> bool:
    """Say whether the words before the semicolon only lead on ("Căn cứ …; giao Sở A …")."""
    r = finder.reader
    at = next((i for i, t in enumerate(r.toks) if t.start >= part.start), len(r.toks))
    subject = finder.find(part.start, part.end)
    if subject is None:
        return bool(r.lex("openers", at))
    # Only names so far: the list of doers goes on behind the semicolon.
    return not any(t.word for t in r.toks if subject.end <= t.start < part.end)


def _list_runs_over(finder: SubjectFinder, sentence: Span, part: Span) -> bool:
    """Say whether a list of names begun earlier goes on behind the semicolon."""
    r = finder.reader
    at = next((i for i, t in enumerate(r.toks) if t.start >= part.start), len(r.toks))
    i = next((k for k, t in enumerate(r.toks) if t.start >= sentence.start), at)
    while i < at:
        names = r.read(i) if r.starts(i) else None
        if names is None:
            i += 1
            continue
        if names.end > at and finder.takes_list(i):
            return True
        i = max(names.end, i + 1)  # "của cơ quan, đơn vị; UBND xã …": no list from its second name
    return False


def _joined(units: list[Piece], setting: Setting) -> list[Piece]:
    """Join what one doer has to do; parts left out stay apart."""
    out: list[Piece] = []
    for unit in units:
        last = out[-1] if out else None
        if (
            last is None
            or last.verdict.reason is not None
            or unit.verdict.reason is not None
            or _another_doer(last, unit)
            or (setting.closing and last.verdict != unit.verdict)
        ):
            out.append(unit)
        else:
            subject = last.subject or unit.subject
            verdict = Verdict(optional=last.verdict.optional and unit.verdict.optional)
            out[-1] = Piece(Span(last.span.start, unit.span.end), subject, verdict)
    return out


def _another_doer(last: Piece, unit: Piece) -> bool:
    if unit.subject is None or (unit.subject.conditional and not unit.subject.ordered):
        return False
    if last.subject is None:
        return True
    if unit.subject.ordered and len(unit.subject.names) < len(last.subject.names):
        return (
            True  # "Các Sở A, B phối hợp …; giao Sở A tổng hợp": one of them gets work of its own
        )
    return not all(
        any(same_body(name, other) for other in last.subject.texts) for name in unit.subject.texts
    )


def _by_deadline(text: str, piece: Piece, setting: Setting) -> list[Piece]:
    """Split a task whose clauses name different days for the work itself."""
    if piece.verdict.reason is not None:
        return [piece]
    cuts: list[tuple[int, date]] = []
    for clause in _clauses_of(text, piece.span):
        words = clause.of(text)
        when = timing(words, dues(words, setting.issued), part=True).work
        if when and when.day and when.kind in (Wording.BEFORE, Wording.BY):
            cuts.append((clause.end, when.day))
    days = {day for _, day in cuts}
    if len(days) < 2:
        return [piece]
    out, start = [], piece.span.start
    for k, (end, _) in enumerate(cuts):
        stop = piece.span.end if k == len(cuts) - 1 else end
        span = trimmed(text, start, stop)
        out.append(Piece(span, piece.subject, piece.verdict))
        start = stop
    return out


def _clauses_of(text: str, span: Span) -> list[Span]:
    inner = span.of(text)
    return [Span(c.start + span.start, c.end + span.start) for c in clauses(inner)]


def looks_like_duty(text: str) -> bool:
    """
    Say whether an item opens as a duty does: with a verb, an adverb of duty, an order or a body
    that acts.
    """
    finder = SubjectFinder(text)
    r = finder.reader
    if not r.toks:
        return False
    if r.action(0) or r.lex("short_verbs", 0) or finder.find(0, len(text)):
        return True
    colon = next((i for i, t in enumerate(r.toks) if t.text == ":"), None)
    if colon is not None and r.action(colon + 1):
        return True
    if any(t.text in ("phải", "cần") for t in r.toks[:12]) or "có trách nhiệm" in fold(text):
        return True
    opening = r.lex("openers", 0) and fold(text).split()[0] not in ("về", "từ", "đến", "với", "đối")
    return bool(opening)

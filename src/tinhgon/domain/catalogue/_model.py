"""
What a published decision or list of procedures (danh mục thủ tục hành chính) says.

Values only: built by the readers of this package, nothing changes afterwards. Text is kept as
printed; what is missing in the document is None or empty, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tinhgon.domain.legalref import DocumentRef
from tinhgon.domain.officialdoc import Source
from tinhgon.domain.procedures import Action, Duration, Paper, Step, Tier


@dataclass(frozen=True, slots=True)
class Decision:
    """The head of the decision; all None for a list that stands alone."""

    agency: str | None = None
    parent_agency: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: date | None = None
    date_text: str | None = None
    doc_type: str | None = None
    subject: str | None = None
    signer_authority: str | None = None
    signer_title: str | None = None
    signer_name: str | None = None
    recipients: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Number and symbol as one ("2828/QĐ-UBND"), "" where either is missing."""
        return f"{self.number}/{self.symbol}" if self.number and self.symbol else ""


@dataclass(frozen=True, slots=True)
class Effect:
    """
    When the decision takes effect.

    `on` is the first day, None where it hangs on something else. `of` names what this rule is
    for, when the decision has several.
    """

    text: str
    on: date | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Abolition:
    """
    What the decision ends: an earlier document, or places in its annex.

    `document` is None where the text names none. `positions` are places as this package numbers
    rows ("A.1", "1.XI.3"); empty when `whole`, or when a part is named in words only (`within`).
    """

    verb: str
    document: DocumentRef | None
    positions: tuple[str, ...]
    within: str
    whole: bool
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article (Điều) with all its text, one paragraph a line."""

    number: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class StatedCount:
    """
    A number of procedures that the document itself states; `scope` None means all of them.

    With `heading` the text is that of a heading, and the number that of the rows below it.
    """

    text: str
    count: int
    scope: str | None
    source: Source
    heading: bool = False


class Finding(StrEnum):
    """What is wrong, or cannot be checked."""

    COUNT = "count"
    NO_LIST = "no_list"
    DOUBLE_POSITION = "double_position"
    DOUBLE_CODE = "double_code"
    NO_NAME = "no_name"
    GAP = "gap"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at, in a Vietnamese sentence; `position` where it concerns one row."""

    kind: Finding
    text: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece that was not understood, where it stood, with the reason in Vietnamese."""

    text: str
    reason: str
    source: Source


class ContentPart(StrEnum):
    """The compulsory parts of a procedure (NĐ 63/2010, điều 8), and the forms printed with it."""

    STEPS = "steps"
    MANNER = "manner"
    DOSSIER = "dossier"
    SETS = "sets"
    TIME_LIMIT = "time_limit"
    SUBJECTS = "subjects"
    AGENCY = "agency"
    RESULT = "result"
    FEES = "fees"
    FORMS = "forms"
    CONDITIONS = "conditions"
    LEGAL_BASIS = "legal_basis"


@dataclass(frozen=True, slots=True)
class Content:
    """
    The full content of one procedure.

    `parts` holds the text of each part as printed, one paragraph a line, without its label. What
    is structured (`steps`, `papers`, `dossier_sets`, `time_limit`) is empty or None where the text
    does not allow to read it safely. `attached` are the forms and tables printed after the parts.
    """

    name: str
    parts: tuple[tuple[ContentPart, str], ...]
    source: Source
    steps: tuple[Step, ...] = ()
    papers: tuple[Paper, ...] = ()
    dossier_sets: int | None = None
    time_limit: Duration | None = None
    attached: tuple[str, ...] = ()

    def text(self, part: ContentPart) -> str | None:
        """Return the text of a part, None where the document has none."""
        return next((text for name, text in self.parts if name is part), None)


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row of a list.

    `position` is "A.1": the printed markers of the headings above and the number of the row.
    `section` holds the texts of these headings, parted by " > ". `inherited` names the fields
    whose value comes from a row above, `inferred` those taken from the subject or Điều 1.
    `extra` holds the columns that have no field of their own, with their headings. `headings` are
    all that stand above, outermost first, also those which every list shares.
    """

    position: str
    section: str | None
    action: Action | None
    name: str
    level: Tier | None
    field: str | None
    agencies: tuple[str, ...]
    legal_basis: str | None
    code: str | None
    note: str | None
    source: Source
    replaced_by: str | None = None
    publication: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    inherited: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    displaced: bool = False
    content: Content | None = None
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that was read; `contents` are the bodies of the second part, matched to rows or not."""

    decision: Decision
    articles: tuple[Article, ...]
    effects: tuple[Effect, ...]
    abolitions: tuple[Abolition, ...]
    stated_counts: tuple[StatedCount, ...]
    rows: tuple[Row, ...]
    contents: tuple[Content, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[Unread, ...] = ()

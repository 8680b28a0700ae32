from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum, auto


class Verdict(StrEnum):
    """How two procedures stand to one another, the nearest first."""

    SAME = auto()
    """Giống nhau: one procedure, safe to take as such."""
    PROBABLY_SAME = auto()
    """Có thể trùng: to be looked at by a person."""
    RELATED = auto()
    """Liên quan: of one family (cấp, cấp lại, thu hồi one paper), not one procedure."""
    DIFFERENT = auto()
    """Khác nhau."""

    def reaches(self, other: Verdict) -> bool:
        """Say whether this is `other` or nearer."""
        order = list(Verdict)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True)
class Basis:
    """
    A legal basis (căn cứ).

    :param document: the code of the document (30/2020/NĐ-CP), or the title of a law without code.
    :param article: the number of the article, "" where only the document is named.
    """

    document: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """
    What of a procedure is compared.

    :param key: whatever the caller knows it by; not looked into, unique in a collection.
    :param name: as written. What is not known stays empty, and then says nothing.
    :param field: lĩnh vực.
    :param level: central, province, district or commune. A level in the name goes before it.
    :param agency: the agency in charge, or its kind, as written.
    :param bases: legal bases.
    :param content: words of the steps and the dossier, as much as there is.
    :param code: the national code.
    :param source: the list it stands in: a decision, the inventory of an agency. Who drew up a list
        told its rows apart, so that other words mean more between two of one list.
    """

    key: Hashable
    name: str
    field: str = ""
    level: str = ""
    agency: str = ""
    bases: tuple[Basis, ...] = ()
    content: str = ""
    code: str = ""
    source: Hashable = None


@dataclass(frozen=True, slots=True)
class Difference:
    """
    Words that stand against one another in two names, as written; "" where one has none.

    `decisive`: these words make it another procedure.
    """

    one: str
    other: str
    decisive: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """
    :param score: 0 to 1.
    :param reasons: in Vietnamese, the weightiest first.
    :param differences: of the names, word by word, in the order of the first.
    """

    score: float
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """
    Something alike in an index.

    :param count: how many of the very same name, level and field there are; `item` is the first.
    """

    item: Fingerprint
    likeness: Likeness
    count: int = 1


@dataclass(frozen=True, slots=True)
class Pair:
    one: Fingerprint
    other: Fingerprint
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Group:
    """
    What is taken as one procedure.

    :param canonical: the member to stand for all: the name that most members have.
    :param members: all, the canonical one among them, in the order of the collection.
    :param verdict: the weakest likeness of a member to the canonical one.
    """

    canonical: Fingerprint
    members: tuple[Fingerprint, ...]
    verdict: Verdict

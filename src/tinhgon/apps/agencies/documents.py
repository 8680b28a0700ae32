"""How agencies stand in official documents: letterhead, place, titles of those who sign."""

from __future__ import annotations

from .enums import Kind
from .models import Agency

COMMITTEE = "Ủy ban nhân dân"
_OFFICE = "Văn phòng Ủy ban nhân dân"
_UNITS = ("tỉnh", "thành phố", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_BY_LENGTH = sorted(_UNITS, key=len, reverse=True)
_HEADS = {
    "Sở": ("Giám đốc", "Phó Giám đốc"),
    "Ban": ("Trưởng Ban", "Phó Trưởng Ban"),
    "Thanh tra": ("Chánh Thanh tra", "Phó Chánh Thanh tra"),
    "Văn phòng": ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
    "Trung tâm": ("Giám đốc", "Phó Giám đốc"),
    "Phòng": ("Trưởng phòng", "Phó Trưởng phòng"),
}


def short(agency: Agency) -> str:
    """Return the name as letters write it: "UBND huyện Cao Lộc"."""
    return agency.name.replace(COMMITTEE, "UBND", 1)


def symbol_of(agency: Agency) -> str:
    """Return what stands for the agency in the symbols of its documents: "SNV", "UBND"."""
    if agency.symbol or agency.kind != Kind.COMMITTEE:
        return agency.symbol
    return "UBND"


def place_of(agency: Agency) -> str:
    """Return the địa danh: the name of the unit whose committee it is, or belongs to."""
    committee = agency
    if not agency.name.startswith(COMMITTEE) and agency.parent is not None:
        committee = agency.parent
    name = committee.name.removeprefix(COMMITTEE).strip()
    unit = next((u for u in _BY_LENGTH if name.startswith(f"{u} ")), "")
    return name.removeprefix(unit).strip()


def unit_of(committee: Agency) -> str:
    """Return the kind of unit whose committee it is: "tỉnh", "xã"; "" for another agency."""
    name = committee.name.removeprefix(COMMITTEE).strip().lower()
    return next((u for u in _BY_LENGTH if name.startswith(f"{u} ")), "")


def heading_lines(issuer: Agency) -> tuple[str, ...]:
    """Return the issuer's lines at the head of a document, in capitals."""
    if issuer.name.startswith(f"{COMMITTEE} "):
        return (COMMITTEE.upper(), issuer.name.removeprefix(COMMITTEE).strip().upper())
    own = "Văn phòng" if issuer.name.startswith(_OFFICE) else issuer.name
    return (own.upper(),)


def parent_above(issuer: Agency) -> Agency | None:
    """A committee stands alone at the head of its letters; an agency of its names it above."""
    return None if issuer.name.startswith(f"{COMMITTEE} ") else issuer.parent


def titles(agency: Agency) -> tuple[str, str]:
    """Return the titles of its head and of a deputy: "Giám đốc", "Phó Giám đốc"."""
    if agency.kind == Kind.COMMITTEE:
        return "Chủ tịch", "Phó Chủ tịch"
    return next(
        (found for word, found in _HEADS.items() if agency.name.startswith(f"{word} ")),
        ("Thủ trưởng", "Phó Thủ trưởng"),
    )

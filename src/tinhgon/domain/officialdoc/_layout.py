"""
How an official document looks: the measures and type of Nghị định 30/2020/NĐ-CP, Phụ lục I.

Where the decree leaves a range, one value inside it is chosen here, once, for every writer. `_PT`
is in points, `_MM` in millimetres, `_EM` in parts of the type size, `_SHARE` a part of one. Spacing
is set before a paragraph only: programs differ in how they add the space after one paragraph to the
space before the next.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum, auto

# Phụ lục I, Phần I, Mục I: paper and margins.
PAGE_WIDTH_MM = 210.0  # A4
PAGE_HEIGHT_MM = 297.0
MARGIN_TOP_MM = 20.0  # 20-25
MARGIN_BOTTOM_MM = 20.0  # 20-25
MARGIN_LEFT_MM = 30.0  # 30-35
MARGIN_RIGHT_MM = 15.0  # 15-20
TEXT_WIDTH_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM

# Mục I: font; page number in Arabic figures, centred in the top margin, not on the first page.
FONT = "Times New Roman"
# As wide as Times New Roman, with Vietnamese letters; then the serif that typst always carries.
FALLBACK_FONTS = (
    "Liberation Serif",
    "Tinos",
    "TeX Gyre Termes",
    "Nimbus Roman",
    "Libertinus Serif",
)
# The bold italic of the last one has no "ơ" of its own and would say it twice to a screen reader.
BOLD_ITALIC_INSTEAD = {"Libertinus Serif": "New Computer Modern"}
PAGE_NUMBER_FROM_EDGE_MM = 10.0

# Mục II, điểm 6: first-line indent 1 or 1.27 cm, at least 6 pt between paragraphs, lines from
# single to 1.5.
BODY_SIZES_PT = (13.0, 14.0)
BODY_SIZE_PT = 14.0
FIRST_LINE_MM = 12.7
PARAGRAPH_GAP_PT = 6.0
LINE_SPACING = 1.1
# Height of a single line of Times New Roman and where its base line lies, in parts of the size.
SINGLE_LINE_EM = 1.149
ASCENT_EM = 0.891

# Phụ lục I, Phần I, Mục IV: the issuer stands left, the national title right.
ISSUER_WIDTH_MM = 72.0
NATION_WIDTH_MM = TEXT_WIDTH_MM - ISSUER_WIDTH_MM
RULE_THICKNESS_PT = 0.75
RULE_GAP_PT = 3.0
SUBJECT_RULE_ROOM_PT = 8.0  # from the rule under the title down to the text
ISSUER_RULE_SHARE = 0.4  # 1/3-1/2 of the line above
SUBJECT_RULE_SHARE = 0.4  # 1/3-1/2 of the line above

# Recipients left, signature right, room for signature and seal between title and name.
RECIPIENTS_WIDTH_MM = 75.0
SIGNATURE_WIDTH_MM = TEXT_WIDTH_MM - RECIPIENTS_WIDTH_MM
SIGNATURE_ROOM_MM = 25.0
BLOCK_GAP_PT = 12.0

# Tables: 11-14 pt. An annex made of tables with this many columns or more lies across.
TABLE_INSET_MM = 1.4
TABLE_INSET_ABOVE_MM = 0.4
TABLE_LINE_PT = 0.5
WIDE_TABLE_COLUMNS = 7

# Mục II, điểm 10: urgency stamps; Thông tư 24/2020/TT-BCA: secrecy stamps. Red, 8 mm high.
STAMP_HEIGHT_MM = 8.0
STAMP_WIDTHS_MM = {
    "HỎA TỐC": 30.0,
    "THƯỢNG KHẨN": 40.0,
    "KHẨN": 20.0,
    "MẬT": 20.0,
    "TỐI MẬT": 30.0,
    "TUYỆT MẬT": 40.0,
}
STAMP_COLOUR = "C00000"


class Style(StrEnum):
    """The elements of a document, each with its own look."""

    NATION = auto()
    MOTTO = auto()
    PARENT = auto()
    AGENCY = auto()
    NUMBER = auto()
    DATE = auto()
    ABOUT = auto()
    STAMP = auto()
    TYPE_NAME = auto()
    SUBJECT = auto()
    ADDRESSEE_LEAD = auto()
    ADDRESSEE = auto()
    AUTHORITY = auto()
    BASIS = auto()
    CHAPTER = auto()
    CHAPTER_TITLE = auto()
    HEADING = auto()
    BODY = auto()
    SIGNER = auto()
    SIGNER_NAME = auto()
    RECIPIENTS_LEAD = auto()
    RECIPIENT = auto()
    NOTE = auto()
    ANNEX_LABEL = auto()
    ANNEX_TITLE = auto()
    ANNEX_REFERENCE = auto()
    TABLE_HEAD = auto()
    TABLE_TEXT = auto()
    PAGE_NUMBER = auto()


class Align(StrEnum):
    """How the lines of a paragraph stand between its edges."""

    LEFT = auto()
    CENTER = auto()
    JUSTIFY = auto()


@dataclass(frozen=True, slots=True)
class TextStyle:
    """One element's type; `name` is the name of its style in Word."""

    name: str
    size_pt: float
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    align: Align = Align.CENTER
    first_line_mm: float = 0.0
    left_mm: float = 0.0
    before_pt: float = 0.0
    line: float = 1.0
    keep_with_next: bool = False


_B = BODY_SIZE_PT
_GAP = PARAGRAPH_GAP_PT
_INDENT = FIRST_LINE_MM
# Dashes of several addressees stand under the colon of "Kính gửi:".
_ADDRESSEE_LEAD_MM = 34.0
_ADDRESSEE_MM = 51.5

# Phụ lục I, Phần I, Mục V (sizes and faces of each element, with the allowed range).
STYLES: dict[Style, TextStyle] = {
    Style.NATION: TextStyle("Quốc hiệu", 12, bold=True, capitals=True),  # 12-13
    Style.MOTTO: TextStyle("Tiêu ngữ", 13, bold=True),  # 13-14
    Style.PARENT: TextStyle("Cơ quan chủ quản", 12, capitals=True),  # 12-13
    Style.AGENCY: TextStyle("Cơ quan ban hành", 12, bold=True, capitals=True),  # 12-13
    Style.NUMBER: TextStyle("Số, ký hiệu", 13, before_pt=6),  # 13
    Style.DATE: TextStyle("Địa danh, thời gian", 13, italic=True, before_pt=6),  # 13-14
    Style.ABOUT: TextStyle("Trích yếu công văn", 12, before_pt=6),  # 12-13, 6 pt below Số
    Style.STAMP: TextStyle("Độ mật, độ khẩn", 13, bold=True, capitals=True, before_pt=9),  # 13-14
    Style.TYPE_NAME: TextStyle(
        "Tên loại", _B, bold=True, capitals=True, before_pt=18, keep_with_next=True
    ),  # 13-14
    Style.SUBJECT: TextStyle("Trích yếu", _B, bold=True, keep_with_next=True),  # 13-14
    Style.ADDRESSEE_LEAD: TextStyle(
        "Kính gửi", _B, align=Align.LEFT, left_mm=_ADDRESSEE_LEAD_MM, before_pt=12
    ),  # 13-14
    Style.ADDRESSEE: TextStyle(
        "Nơi gửi đến", _B, align=Align.LEFT, left_mm=_ADDRESSEE_MM, before_pt=3
    ),  # 13-14
    Style.AUTHORITY: TextStyle("Thẩm quyền ban hành", _B, bold=True, before_pt=12),  # 13-14
    Style.BASIS: TextStyle(
        "Căn cứ",
        _B,
        italic=True,
        align=Align.JUSTIFY,
        first_line_mm=_INDENT,
        before_pt=_GAP,
        line=LINE_SPACING,
    ),
    Style.CHAPTER: TextStyle("Phần, chương, mục", _B, bold=True, before_pt=12, keep_with_next=True),
    Style.CHAPTER_TITLE: TextStyle(
        "Tên phần, chương, mục", _B, bold=True, capitals=True, keep_with_next=True
    ),
    Style.HEADING: TextStyle(
        "Tiêu đề",
        _B,
        bold=True,
        align=Align.JUSTIFY,
        first_line_mm=_INDENT,
        before_pt=_GAP,
        line=LINE_SPACING,
        keep_with_next=True,
    ),
    Style.BODY: TextStyle(
        "Nội dung",
        _B,
        align=Align.JUSTIFY,
        first_line_mm=_INDENT,
        before_pt=_GAP,
        line=LINE_SPACING,
    ),
    Style.SIGNER: TextStyle("Chức vụ người ký", _B, bold=True, capitals=True, keep_with_next=True),
    Style.SIGNER_NAME: TextStyle("Họ tên người ký", _B, bold=True),
    Style.RECIPIENTS_LEAD: TextStyle(
        "Nơi nhận", 12, bold=True, italic=True, align=Align.LEFT, keep_with_next=True
    ),  # 12
    Style.RECIPIENT: TextStyle("Danh sách nơi nhận", 11, align=Align.LEFT),  # 11
    Style.NOTE: TextStyle("Chú thích", 11, align=Align.JUSTIFY, before_pt=3),
    Style.ANNEX_LABEL: TextStyle("Phụ lục", 14, bold=True, keep_with_next=True),  # 14
    Style.ANNEX_TITLE: TextStyle(
        "Tên phụ lục", _B, bold=True, capitals=True, keep_with_next=True
    ),  # 13-14
    Style.ANNEX_REFERENCE: TextStyle("Kèm theo", _B, italic=True, keep_with_next=True),  # 13-14
    Style.TABLE_HEAD: TextStyle("Đầu bảng", 12, bold=True),  # 11-14
    Style.TABLE_TEXT: TextStyle("Chữ trong bảng", 12, align=Align.LEFT),  # 11-14
    Style.PAGE_NUMBER: TextStyle("Số trang", 14),  # 13-14
}

_FOLLOW_BODY = frozenset(style for style, look in STYLES.items() if look.size_pt == _B) - {
    Style.ANNEX_LABEL,
    Style.PAGE_NUMBER,
}

# Widths of Times New Roman Bold in thousandths of the size, for the length of drawn rules. Marks
# over and under a letter add none.
_BOLD_WIDTHS = {
    250: " .,",
    278: "/il",
    333: "-:;()fjt",
    389: "sI",
    444: "cerz",
    500: "agovxyJ0123456789",
    531: "ư",
    556: "bdhknpquđS",
    581: "ơ",
    611: "FP",
    667: "BELTZ",
    690: "Ư",
    722: "wACDNRUVXYĐ",
    730: "Ơ",
    778: "GHKOQ",
    833: "m",
    944: "M",
    1000: "W",
}
_BOLD_WIDTH_OF = {letter: width for width, letters in _BOLD_WIDTHS.items() for letter in letters}
_MEAN_WIDTH = 500
_HORN = "\u031b"
_POINTS_PER_MM = 72 / 25.4


def bold_width_mm(text: str, size_pt: float) -> float:
    """Return how wide a line of bold Times New Roman is; an unknown letter counts as a mean one."""
    plain = unicodedata.normalize("NFD", text)
    letters = (c for c in _keep_horns(plain) if not unicodedata.combining(c))
    thousandths = sum(_BOLD_WIDTH_OF.get(c, _MEAN_WIDTH) for c in letters)
    return thousandths / 1000 * size_pt / _POINTS_PER_MM


def _keep_horns(decomposed: str) -> str:
    """Put ơ and ư together again: the horn, unlike the marks, makes the letter wider."""
    out = ""
    for char in decomposed:
        if char == _HORN:
            base = out.rstrip("".join(c for c in set(out) if unicodedata.combining(c)))
            out = base[:-1] + unicodedata.normalize("NFC", base[-1:] + char)
        else:
            out += char
    return out


def style_for(style: Style, body_size_pt: float = BODY_SIZE_PT) -> TextStyle:
    """Return the look of an element where the text is set in `body_size_pt`."""
    if body_size_pt not in BODY_SIZES_PT:
        raise ValueError(f"Cỡ chữ nội dung phải là 13 hoặc 14, không phải {body_size_pt:g}.")
    look = STYLES[style]
    if style in _FOLLOW_BODY:
        return replace(look, size_pt=body_size_pt)
    return look


def stamp_width_mm(text: str) -> float:
    """Return the width of a stamp's frame; an unknown stamp gets the widest."""
    return STAMP_WIDTHS_MM.get(text.upper(), max(STAMP_WIDTHS_MM.values()))


def text_width_mm(*, landscape: bool) -> float:
    """Return the width between the margins."""
    width = PAGE_HEIGHT_MM if landscape else PAGE_WIDTH_MM
    return width - MARGIN_LEFT_MM - MARGIN_RIGHT_MM

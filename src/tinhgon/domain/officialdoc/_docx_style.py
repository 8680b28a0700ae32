"""Word styles of an official document, made from the look of each element."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from ._layout import STAMP_COLOUR, Align, Style, TextStyle, style_for

_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_BLACK = RGBColor(0, 0, 0)
_LANGUAGE = "vi-VN"


def element(tag: str, **attributes: str) -> _Element:
    """Return a new element of WordprocessingML; attribute names are without prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def style_id(kind: Style) -> str:
    """Return the id by which paragraphs name a style; Word shows its name instead."""
    return f"official-{kind}"


def put_style(paragraph: Paragraph, kind: Style) -> None:
    """Set a style by its id: looking it up by name is slow where there are many paragraphs."""
    paragraph._p.style = style_id(kind)


def set_up_styles(document: Document, font: str, body_size_pt: float) -> None:
    """Put the font and language on the whole document and add a named style for each element."""
    _set_defaults(document, font)
    for style in document.styles:
        if isinstance(style, ParagraphStyle):
            _set_font(style, font)
            style.font.color.rgb = _BLACK
    for kind in Style:
        look = style_for(kind, body_size_pt)
        made = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        made.element.styleId = style_id(kind)
        if isinstance(made, ParagraphStyle):
            _apply(made, look, font)
            if kind is Style.STAMP:
                made.font.color.rgb = RGBColor.from_string(STAMP_COLOUR)
    normal = document.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        normal.font.size = Pt(body_size_pt)


def _set_defaults(document: Document, font: str) -> None:
    """Word falls back on the document's defaults, which name another font and language."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        document.styles.element.remove(defaults)
    run = element("rPr")
    run.append(element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    run.append(element("lang", val=_LANGUAGE, eastAsia=_LANGUAGE, bidi="ar-SA"))
    holder = element("rPrDefault")
    holder.append(run)
    paragraph_holder = element("pPrDefault")
    paragraph_holder.append(element("pPr"))
    made = element("docDefaults")
    made.append(holder)
    made.append(paragraph_holder)
    document.styles.element.insert(0, made)


def _set_font(style: ParagraphStyle, font: str) -> None:
    style.font.name = font
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is None:
        return
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _apply(style: ParagraphStyle, look: TextStyle, font: str) -> None:
    _set_font(style, font)
    style.quick_style = True
    style.font.size = Pt(look.size_pt)
    style.font.bold = look.bold
    style.font.italic = look.italic
    style.font.all_caps = look.capitals or None
    style.font.color.rgb = _BLACK
    paragraph = style.paragraph_format
    paragraph.alignment = _ALIGN[look.align]
    paragraph.first_line_indent = Mm(look.first_line_mm)
    paragraph.left_indent = Mm(look.left_mm)
    paragraph.space_before = Pt(look.before_pt)
    paragraph.space_after = Pt(0)
    paragraph.line_spacing = look.line
    paragraph.keep_with_next = look.keep_with_next
    paragraph.widow_control = True

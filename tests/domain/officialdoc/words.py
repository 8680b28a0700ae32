"""Small Word documents made by hand, with the forms that Word writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.oxml import parse_xml
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def docx(*body: str, numbering: str = "") -> bytes:
    """Return a .docx; each argument is one paragraph of text, or XML where it begins with "<"."""
    document = Document()
    container = document.element.body
    end = container.sectPr
    for each in body:
        made = each if each.startswith("<") else para(each)
        holder = etree.fromstring(f"<holder {_NS}>{made}</holder>")
        for element in holder:
            end.addprevious(parse_xml(etree.tostring(element)))
    if numbering:
        root = document.part.numbering_part.element
        for element in list(root):
            root.remove(element)
        for element in etree.fromstring(f"<holder {_NS}>{numbering}</holder>"):
            root.append(parse_xml(etree.tostring(element)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx_parts() -> dict[str, bytes]:
    """Return the parts of a good .docx, to be spoilt."""
    with zipfile.ZipFile(io.BytesIO(docx("Xin chào"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*parts: str, properties: str = "") -> str:
    """Return a paragraph; parts that are no XML become runs, "|" in them a line break."""
    runs = "".join(
        part if part.startswith("<") else "<w:r><w:br/></w:r>".join(map(run, part.split("|")))
        for part in parts
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def centred(text: str) -> str:
    return para(text, properties='<w:jc w:val="center"/>')


def item(text: str, number: int, level: int = 0) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return para(text, properties=numbered)


def cell(*paragraphs: str, properties: str = "") -> str:
    content = "".join(each if each.startswith("<") else para(each) for each in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    made = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


def box(text: str) -> str:
    """Return a run with a text box, written twice as Word does: for itself and for old readers."""
    content = f"<w:txbxContent>{para(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic>"
        f"<a:graphicData uri='x'><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
        "</w:r>"
    )


def level(index: int, fmt: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(
    *levels: str, numbers: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{numbers}'

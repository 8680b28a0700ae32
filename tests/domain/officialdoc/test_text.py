"""A letter as plain text: head, tree and foot."""

from datetime import date

from tests.domain.officialdoc.letters import DECISION, DIRECTIVE_LETTER
from tinhgon.domain.officialdoc import Block, BlockKind, Signature, header_json, read_text


def outline(blocks: tuple[Block, ...], depth: int = 0) -> list[str]:
    """Return one line a block: markers, indented as the tree is."""
    out: list[str] = []
    for block in blocks:
        out.append("  " * depth + (block.marker or block.kind.value))
        out.extend(outline(block.children, depth + 1))
    return out


def test_reads_the_head_and_foot_of_a_letter() -> None:
    doc = read_text(DIRECTIVE_LETTER)

    assert header_json(doc) == {
        "agency": "Ủy ban nhân dân tỉnh Lạng Sơn",
        "parent_agency": None,
        "number": "512",
        "symbol": "UBND-KSTT",
        "place": "Lạng Sơn",
        "date": "2025-03-04",
        "date_text": "Lạng Sơn, ngày 04 tháng 3 năm 2025",
        "doc_type": "công văn",
        "subject": "đôn đốc chuẩn hóa quy trình tiếp nhận hồ sơ nội bộ",
        "addressees": [
            "Các sở, ban, ngành thuộc tỉnh",
            "Ủy ban nhân dân các huyện, thành phố",
        ],
        "recipients": [
            "Như trên",
            "Chủ tịch, các Phó Chủ tịch (b/c)",
            "Lưu: VT, KSTT (An)",
        ],
        "signer_authority": "KT. CHỦ TỊCH",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer_name": "Nông Văn Mẫu",
        "urgency": None,
        "secrecy": None,
    }
    assert doc.unread == ()


def test_builds_the_tree_of_a_letter() -> None:
    assert outline(read_text(DIRECTIVE_LETTER).body) == [
        "paragraph",
        "1.",
        "  a)",
        "  b)",
        "    -",
        "    -",
        "  paragraph",
        "2.",
        "  paragraph",
        "  paragraph",
        "3.",
        "paragraph",
    ]


def test_keeps_the_line_of_every_piece() -> None:
    lines = DIRECTIVE_LETTER.splitlines()

    for block in read_text(DIRECTIVE_LETTER).walk():
        assert block.text.split()[0] in lines[block.source.line - 1]


def test_notes_of_a_capture_are_left_out_but_counted() -> None:
    doc = read_text("# source: somewhere\n" + DIRECTIVE_LETTER, notes=True)

    assert doc.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert doc.body[0].source.line == 15
    assert doc.unread == ()


def test_reads_a_decision_with_its_annex() -> None:
    doc = read_text(DECISION)

    assert (doc.agency, doc.parent_agency) == ("Sở Nội vụ", "UBND tỉnh Lạng Sơn")
    assert (doc.number, doc.symbol, doc.date) == ("07", "QĐ-SNV", date(2025, 1, 2))
    assert (doc.doc_type, doc.subject) == ("quyết định", "ban hành danh mục quy trình nội bộ")
    assert (doc.competence, doc.enacting) == ("GIÁM ĐỐC SỞ NỘI VỤ", "QUYẾT ĐỊNH:")
    assert [basis.text.split()[0] for basis in doc.legal_bases] == ["Căn", "Căn", "Theo"]
    assert [block.marker for block in doc.body] == ["Điều 1.", "Điều 2.", "Điều 3."]
    assert doc.signature == Signature((), "GIÁM ĐỐC", "Hoàng Thị Mẫu")

    annex = doc.annexes[0]
    assert (annex.label, annex.title) == ("PHỤ LỤC I", "DANH MỤC QUY TRÌNH")
    assert annex.reference.startswith("Kèm theo Quyết định số 07/QĐ-SNV")
    assert annex.body[0].kind is BlockKind.TABLE
    table = annex.body[0].table
    assert table is not None
    assert [len(row) for row in table.rows] == [3, 1, 3, 3]
    assert table.rows[1][0].columns == 3

from __future__ import annotations

# By legal force, the order in which legal bases are listed (Law on legal documents), then the
# administrative documents of NĐ 30/2020, Appendix III, with their abbreviations.
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Hiến pháp", ()),
    ("Bộ luật", ()),
    ("Luật", ()),
    ("Pháp lệnh", ("PL",)),
    ("Lệnh", ("L",)),
    ("Nghị quyết liên tịch", ("NQLT",)),
    ("Nghị quyết", ("NQ",)),
    ("Nghị định", ("NĐ",)),
    ("Thông tư liên tịch", ("TTLT",)),
    ("Thông tư", ("TT",)),
    ("Văn bản hợp nhất", ("VBHN",)),
    ("Quyết định", ("QĐ",)),
    ("Chỉ thị", ("CT",)),
    ("Kết luận", ("KL",)),
    ("Quy chế", ("QC",)),
    ("Quy định", ("QyĐ", "QĐi")),
    ("Hướng dẫn", ("HD",)),
    ("Chương trình", ("CTr", "CTR")),
    ("Kế hoạch", ("KH",)),
    ("Phương án", ("PA",)),
    ("Đề án", ("ĐA",)),
    ("Dự án", ("DA",)),
    ("Thông báo", ("TB",)),
    ("Thông cáo", ("TC",)),
    ("Công điện", ("CĐ",)),
    ("Công văn", ("CV",)),
    ("Tờ trình", ("TTr", "TTR")),
    ("Báo cáo", ("BC",)),
    ("Biên bản", ("BB",)),
    ("Hợp đồng", ("HĐ",)),
    ("Bản ghi nhớ", ("BGN",)),
    ("Bản thỏa thuận", ("BTT",)),
    ("Giấy ủy quyền", ("GUQ",)),
    ("Giấy mời", ("GM",)),
    ("Giấy giới thiệu", ("GGT",)),
    ("Phiếu gửi", ("PG",)),
    ("Phiếu chuyển", ("PC",)),
    ("Phiếu báo", ("PB",)),
)

KINDS: tuple[str, ...] = tuple(kind for kind, _ in _KINDS)
KIND_OF: dict[str, str] = {short: kind for kind, shorts in _KINDS for short in shorts}
RANK: dict[str, int] = {kind: i for i, kind in enumerate(KINDS)}

ANY_DOCUMENT = "Văn bản"
"""How a letter calls a document when it does not say of what kind."""


def kind_of_symbol(symbol: str) -> str | None:
    """
    Return the kind that a symbol tells, as Kế hoạch for KH-UBND.

    A symbol of issuer and unit alone is a công văn's (NĐ 30/2020, Appendix III); one part that is
    no abbreviation, as QH15, tells nothing.
    """
    first, hyphen, _ = symbol.partition("-")
    first = first.partition("/")[0]
    return KIND_OF.get(first) or ("Công văn" if hyphen else None)


def short_of(kind: str) -> str:
    """Return the abbreviation of a kind in symbols: "QĐ"; "" where it has none, as a công văn."""
    name = kind.lower()
    if name == "công văn":
        return ""
    return next((shorts[0] for each, shorts in _KINDS if shorts and each.lower() == name), "")

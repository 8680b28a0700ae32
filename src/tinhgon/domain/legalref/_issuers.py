from __future__ import annotations

import re

from ._kinds import ANY_DOCUMENT, KINDS

_OF = re.compile(r"\s*,?\s*(?:(?:của|CỦA)\s+){1,2}(?:các\s+|CÁC\s+)?(?=\w)")
# Names that are whole as they stand, whatever follows.
_WHOLE_NAMES = (
    r"(?:(?:Thủ tướng |Phó Thủ tướng |Văn phòng |Ban Cán sự đảng )?Chính phủ"
    r"|(?:Ủy ban Thường vụ |Uỷ ban Thường vụ |Văn phòng )?Quốc hội"
    r"|Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ|Bộ Chính trị|Ban Bí thư|Chủ tịch nước)(?!\w)"
)
_WHOLE = re.compile(_WHOLE_NAMES.replace(" ", r"\s+"), re.IGNORECASE)
_PIECE = re.compile(r"\w+(?:/\w+)*")
# A line may break a name; after an empty line a capital begins a new paragraph.
_GAP = re.compile(r"\s*(?=[^\W\d_A-ZÀ-ỸĐ])|[^\S\n]*\n?[^\S\n]*")
_DASH = re.compile(r"\s*[-–]\s*(?=\w)")
# "Bộ Văn hóa, Thể thao và Du lịch": a comma inside a name is followed by its "và".
_COMMA_INSIDE = re.compile(r",\s*(?=\w+(?:\s+\w+){0,3}\s+(?:và|-)\s+\w)")
_HEADS = ("Bộ", "Sở", "Ban", "Ủy ban")

# Words that begin what the document is about or what is to be done with it.
_STOP_WORDS = """
xác_định thuộc hết kể kinh_phí rà_soát phối_hợp chủ_trì tham_mưu
về ban_hành phê_duyệt quy_định công_bố hướng_dẫn sửa_đổi bổ_sung ngày gửi kèm và_các đã đang là
để tại thì trên trong theo từ đến được do với cho bằng nhằm có của này và như khi nếu mà
triển_khai thực_hiện yêu_cầu giao đề_nghị chỉ_đạo thông_báo thông_qua điều_chỉnh tổng_hợp
báo_cáo góp_ý tiếp_tục tăng_cường đẩy_mạnh xác_nhận kết_luận v/v số còn nêu cùng hoặc phải cần
sẽ đảm_bảo bảo_đảm hoàn_thành quyết_định thống_nhất đồng_thời đối_với ngay vào bãi_bỏ thay_thế
giải_quyết xử_lý
"""
_STOPS = frozenset(_STOP_WORDS.split())
_CAPITAL_STOPS = frozenset({"ban_hành", "công_bố", "phê_duyệt", "quy_định", "luật", "kính"})
_KIND_WORDS = frozenset(kind.lower().replace(" ", "_") for kind in (*KINDS, ANY_DOCUMENT))
_MAX_WORDS = 16


def issuer_at(text: str, at: int) -> tuple[str, int]:
    """Return the issuer named by "của …" at `at`, as written, and where it ends; "" if none is."""
    of = _OF.match(text, at)
    if of is None or not text[of.end()].isupper():
        return "", at
    if whole := _WHOLE.match(text, of.end()):
        return " ".join(whole[0].split()), whole.end()
    end = pos = of.end()
    commas = text.startswith(_HEADS, of.end())
    for _ in range(_MAX_WORDS):
        piece = _PIECE.match(text, pos)
        if piece is None or _stops(text, piece):
            break
        end = piece.end()
        pos = _after(text, end, commas=commas)
    issuer = " ".join(text[of.end() : end].split())
    return (issuer, end) if end > of.end() else ("", at)


def _after(text: str, end: int, *, commas: bool) -> int:
    inside = (_COMMA_INSIDE.match(text, end) if commas else None) or _DASH.match(text, end)
    gap = inside or _GAP.match(text, end)
    return gap.end() if gap else end


def _stops(text: str, piece: re.Match[str]) -> bool:
    word = piece[0].lower()
    after = _PIECE.match(text, _after(text, piece.end(), commas=False))
    two = f"{word}_{after[0].lower()}" if after else word
    if word == "và":
        # "Bộ Nông nghiệp và Môi trường" goes on, "… và Quyết định số" does not.
        return after is None or not after[0][0].isupper() or _begins_anew(text, after)
    if word[0].isdigit():
        return True
    if piece[0][0].isupper():  # "Sở Kế hoạch và Đầu tư", "Ban Chỉ đạo" go on
        return two in _CAPITAL_STOPS or word in _CAPITAL_STOPS or _begins_document(text, piece)
    return word in _STOPS or two in _STOPS or two in _KIND_WORDS


def _begins_anew(text: str, piece: re.Match[str]) -> bool:
    if piece[0] in {"Bộ", "Sở", "UBND", "Ủy", "HĐND", "Chủ", "Thủ", "Luật", "Số"}:
        return True
    return _begins_document(text, piece)


def _begins_document(text: str, piece: re.Match[str]) -> bool:
    after = _PIECE.match(text, _after(text, piece.end(), commas=False))
    if after is None:
        return False
    follows = _PIECE.match(text, _after(text, after.end(), commas=False))
    named = f"{piece[0]}_{after[0]}".lower() in _KIND_WORDS
    return named and follows is not None and (follows[0].lower() == "số" or follows[0][0].isdigit())

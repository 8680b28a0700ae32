from __future__ import annotations

import re

MOST = 110

# What a short name of a piece of work can do without: the words that give it, and all from its
# deadline or the next clause on.
_GIVING = re.compile(r"^(giao|yêu cầu|đề nghị)\s+", re.IGNORECASE)
_REST = re.compile(
    r"[;:]"
    r"|,?\s*(?:và\s+)?(?:hoàn thành|xong|kết thúc|thực hiện xong)?\s*"
    r"(?:trước|chậm nhất|đến hết|trong)\s+(?:ngày|tháng|quý|năm|là|đến|\d)"
    r"|[.,]\s+(?:báo cáo|gửi báo cáo|bảo đảm|đảm bảo|chịu trách nhiệm|kịp thời)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s+(?:và|hoặc|của|cho|để|đối với|theo|với|xong|hoàn thành|,)$", re.IGNORECASE)


def summary(text: str, most: int = MOST) -> str:
    """
    Return a short name for a piece of work, at most one character more than `most`.

    The first clause without its deadline; a longer one is cut between words and ends in "…".
    """
    text = _GIVING.sub("", " ".join(text.split()))
    cut = _REST.search(text, 20)
    head = text[: cut.start()] if cut else text
    short = len(head) <= most
    if not short:
        head = head[:most].rsplit(" ", 1)[0]
    while (shorter := _ENDS.sub("", head).rstrip(" ,.;:-")) != head:
        head = shorter
    head = head[:1].upper() + head[1:]
    return head if short else head + "…"

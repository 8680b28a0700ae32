"""Bodies a doer has to work with: "phối hợp với Sở A, Sở B", "chủ trì cùng Sở C"."""

from __future__ import annotations

from ._described import MOST_WORDS
from ._lexed import Name, NameList
from ._who import NameReader, same_body
from ._words import words

_FILLERS = words("with_fillers")
_NOUN_BEFORE = words("with_nouns")


def coordinating(text: str, doers: tuple[str, ...] = ()) -> tuple[Name, ...]:
    """
    Return the bodies named behind "phối hợp (với)", each once and without the doers themselves.
    """
    reader = NameReader(text)
    found: list[Name] = []
    for i in range(len(reader.toks) - 1):
        for name in (*_before(reader, i), *_behind(reader, i)):
            known = [*doers, *(other.text for other in found)]
            if not any(same_body(name.text, other) for other in known):
                found.append(name)
    return tuple(found)


def _behind(reader: NameReader, i: int) -> tuple[Name, ...]:
    toks = reader.toks
    pair = (toks[i].text, toks[i + 1].text)
    if pair == ("phối", "hợp"):
        with_help_of = i and toks[i - 1].text == "sự" and reader.sign(i + 2, "của")
        if (
            i
            and toks[i - 1].text in _NOUN_BEFORE
            and not (with_help_of or _named_before(reader, i))
        ):
            return ()
        j = i + 3 if with_help_of else i + 2
    elif pair in (("trì", "cùng"), ("trì", "với")):
        j = i + 2
    else:
        return ()
    while j < len(toks) and toks[j].text in _FILLERS and not reader.starts(j):
        j += 1
    found: list[Name] = []
    while names := reader.read(j):
        longer, end = _described(reader, names)
        found += longer
        j = end
        while reader.sign(j, ", và"):
            j += 1
        if j == end or end == names.end or not reader.starts(j):
            break
    return tuple(found)


def _before(reader: NameReader, i: int) -> tuple[Name, ...]:
    """
    Return the partners named before "phối hợp": "Sở A chủ trì, Sở B phối hợp thực hiện", "Sở A
    (chủ trì), Sở B (phối hợp)".
    """
    toks = reader.toks
    if (toks[i].text, toks[i + 1].text) != ("phối", "hợp") or reader.sign(i + 2, "với cùng chặt ,"):
        return ()
    led = next((k for k in range(i) if reader.sign(k, "chủ") and reader.sign(k + 1, "trì")), i)
    last = i - 1 if reader.sign(i - 1, "(") else i
    for k in range(led + 2, last):
        if reader.sign(k - 1, ", ; và") and reader.starts(k):
            names = reader.read(k)
            return names.names if names is not None and names.end == last else ()
    return ()


def _described(reader: NameReader, names: NameList) -> tuple[tuple[Name, ...], int]:
    """
    Read on where words that no list knows describe the last partner: "các đơn vị quản lý đường bộ
    khu vực, …".
    """
    end = names.end
    while end < min(len(reader.toks), names.end + MOST_WORDS) and reader.describes(end):
        end += 1
    last = names.names[-1]
    plural = reader.lex("quantifiers", _token_at(reader, last.start))
    ended = end == len(reader.toks) or not reader.toks[end].word or reader.sign(end, "và trong để")
    if end == names.end or not plural or not ended:
        return names.names, names.end
    stop = reader.toks[end - 1].end
    return (*names.names[:-1], Name(reader.text[last.start : stop], last.start, stop)), end


def _token_at(reader: NameReader, start: int) -> int:
    return next(i for i, token in enumerate(reader.toks) if token.start >= start)


def _named_before(reader: NameReader, i: int) -> bool:
    """
    Say whether "phối hợp" follows a body ("Các đơn vị phối hợp với …") and is what that body
    does.
    """
    after = reader.at(i + 2)
    return after is not None and (after.text in ("với", "cùng", "chặt") or reader.starts(i + 2))

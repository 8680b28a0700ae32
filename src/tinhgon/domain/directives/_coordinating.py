"""Bodies a doer has to work with: "phối hợp với Sở A, Sở B", "chủ trì cùng Sở C"."""

from __future__ import annotations

from ._lexed import Name
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
        for name in _behind(reader, i):
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
    names = reader.read(j)
    return names.names if names else ()


def _named_before(reader: NameReader, i: int) -> bool:
    """
    Say whether "phối hợp" follows a body ("Các đơn vị phối hợp với …") and is what that body
    does.
    """
    after = reader.at(i + 2)
    return after is not None and (after.text in ("với", "cùng", "chặt") or reader.starts(i + 2))

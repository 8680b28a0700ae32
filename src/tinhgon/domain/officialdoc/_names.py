"""
Agency names printed in capitals, written as they are written in a sentence (NĐ 30/2020, Appendix
II).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from ._phrases import fold, is_upper

_UNITS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "phường", "xã")
_HEADS = (
    "uy ban", "ubnd", "hoi dong", "hdnd", "so", "bo", "ban", "van phong", "cuc", "chi cuc",
    "tong cuc", "vu", "trung tam", "chu tich", "thu tuong", "chinh phu", "quoc hoi", "phong",
    "cong an", "thanh tra", "truong", "benh vien", "tinh uy", "thanh uy", "huyen uy", "dang uy",
    "cong ty", "tap doan", "tong cong ty", "hoi", "lien doan", "lien minh", "mat tran", "vien",
    "toa an", "kho bac", "ngan hang", "bao hiem", "bao", "dai", "hiep hoi", "lien hiep", "doan",
    "doi", "hat", "thue", "chi nhanh", "dang bo", "uy vien", "to cong tac",
)  # fmt: skip
_BARE = ("van phong", "ban quan ly", "hoi dong", "ban", "ban chi dao", "trung tam", "chu tich")
_SMALL = frozenset(("và", "của", "với", "về", "cho", "trên"))


@cache
def _known() -> dict[str, str]:
    """Return names of agencies and fields of work as they are written, by their folded form."""
    data = resources.files(__package__).joinpath("names.txt").read_text(encoding="utf-8")
    names = (line.strip() for line in data.splitlines())
    return {fold(name): name for name in names if name and not name.startswith("#")}


def starts_agency(line: str) -> bool:
    """True when the line begins with the word for a kind of agency."""
    folded = fold(line)
    return any(folded == head or folded.startswith(head + " ") for head in _HEADS)


def group_agencies(lines: list[str]) -> list[list[str]]:
    """Put the lines of a letterhead together, agency by agency, the highest first."""
    groups: list[list[str]] = []
    for line in lines:
        open_name = bool(groups) and fold(" ".join(groups[-1])) in _BARE
        if groups and (open_name or not starts_agency(line) or line.startswith(("-", "–"))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def natural(name: str) -> str:
    """
    Return "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN" as "Ủy ban nhân dân tỉnh Lạng Sơn"; mixed case stays.
    """
    if not is_upper(name.replace("Tp", "TP")):
        return name
    words = name.split()
    out: list[str] = []
    index = 0
    while index < len(words):
        taken, spelled = _match(words, index, first=index == 0)
        out.extend(spelled)
        index += taken
    return " ".join(out)


def _match(words: list[str], index: int, *, first: bool) -> tuple[int, list[str]]:
    for size in range(min(8, len(words) - index), 0, -1):
        piece = " ".join(words[index : index + size])
        core = piece.rstrip(",;")
        known = _known().get(fold(core))
        if known:
            return size, _respell(core, known, piece[len(core) :])
    for unit in _UNITS:
        size = len(unit.split())
        if fold(" ".join(words[index : index + size])) == fold(unit):
            return _place(words, index, size)
    word = words[index]
    if not first and word.lower() in _SMALL:
        return 1, [word.lower()]
    if fold(word) in {"ubnd", "hdnd", "ubmttq", "ttg"} or any(c.isdigit() for c in word):
        return 1, [word]
    return 1, [word.capitalize()]


def _respell(printed: str, known: str, ending: str) -> list[str]:
    """Take capitals from the list and the letters, with their tone marks, from the print."""
    letters = printed.lower()
    spelled = (c.upper() if k.isupper() else c for c, k in zip(letters, known, strict=True))
    return ("".join(spelled) + ending).split()


def _place(words: list[str], index: int, size: int) -> tuple[int, list[str]]:
    """A unit in small letters, then the name of the place in capitals to the end."""
    unit = " ".join(words[index : index + size]).lower()
    rest = words[index + size :]
    if fold(" ".join(rest)) == "ho chi minh":
        unit = unit.capitalize()
    return len(words) - index, [unit, *(word.title() for word in rest)]

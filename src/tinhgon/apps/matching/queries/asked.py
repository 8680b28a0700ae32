"""What the address of the workbench asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tinhgon.common.http import whole_number
from tinhgon.domain.likeness import Verdict
from tinhgon.domain.vntext import nfc

VERDICTS = {"giong-nhau": Verdict.SAME, "co-the-trung": Verdict.PROBABLY_SAME}
VERDICT_WORDS = {
    Verdict.SAME: "Giống nhau",
    Verdict.PROBABLY_SAME: "Có thể trùng",
    Verdict.RELATED: "Liên quan",
    Verdict.DIFFERENT: "Khác nhau",
}
LEAST = (0, 80, 90, 95)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wrongly said counts as not said. `least` is the lowest likeness in hundredths."""

    agency: str = ""
    field: str = ""
    verdict: Verdict | None = None
    least: int = 0
    judged: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        least = whole_number(query.get("diem", ""))
        return cls(
            agency=_text(query.get("co-quan", "")),
            field=_text(query.get("linh-vuc", "")),
            verdict=VERDICTS.get(query.get("muc-do", "")),
            least=least if least in LEAST else 0,
            judged=query.get("phan", "") == "da-ket-luan",
        )

    @property
    def narrows(self) -> bool:
        return bool(self.agency or self.field or self.verdict or self.least)


def _text(text: str) -> str:
    return " ".join(nfc(text).replace("\0", " ").split())[:_LONGEST]

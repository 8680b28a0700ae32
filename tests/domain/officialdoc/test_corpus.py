"""Real letters, where the corpus lies beside the repository: heads as labelled, bodies alike."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tinhgon.domain.officialdoc import Block, OfficialDoc, header_json, read

_SHARED = Path(os.environ.get("TINHGON_SHARED", Path(__file__).parents[3] / "../shared"))
_CORPUS = _SHARED / "corpus"
_WANTED = 0.98

pytestmark = pytest.mark.skipif(
    not _CORPUS.is_dir(), reason="the corpus is not beside the repository (TINHGON_SHARED)"
)


def letters(ext: str) -> list[Path]:
    folder = _CORPUS / "directives"
    return [path for path in sorted(folder.glob(f"*.{ext}")) if ".scan." not in path.name]


def load(path: Path) -> OfficialDoc:
    return read(path.read_bytes(), path.name)


def fold(value: Any) -> Any:
    if isinstance(value, list):
        return [fold(each) for each in value]
    text = unicodedata.normalize("NFC", str(value or "")).casefold()
    for old, new in (("uỷ", "ủy"), ("hoà", "hòa"), ("hoá", "hóa")):
        text = text.replace(old, new)
    return re.sub(r"\s+", "", text).strip(".;,:-–*")


def share_right(path: Path) -> float:
    """Return the share of labelled fields that were read; what the capture lost is left out."""
    want = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["header"]
    got = header_json(load(path))
    stamp = want.get("stamp") or {}
    right = total = 0
    for field in set(got) & set(want) - {"date_text", "urgency", "secrecy"}:
        if want.get("header_complete") is False and not want[field]:
            continue
        total += 1
        filled = not want[field] and field in stamp and got[field] == stamp[field]
        right += filled or fold(got[field]) == fold(want[field])
    return right / total


@pytest.mark.parametrize("ext", ["txt", "docx", "pdf"])
def test_heads_are_read_as_labelled(ext: str) -> None:
    shares = {
        path.name: share_right(path) for path in letters(ext) if path.with_suffix(".json").exists()
    }

    assert len(shares) >= 20
    assert sum(shares.values()) / len(shares) >= _WANTED, {
        name: share for name, share in shares.items() if share < 1
    }


@pytest.mark.parametrize("ext", ["txt", "docx", "pdf"])
def test_the_first_letter_is_read_without_one_error(ext: str) -> None:
    assert share_right(_CORPUS / "directives" / f"000-seed.{ext}") == 1


def words(doc: OfficialDoc) -> str:
    """Return all letters and figures of the body, in order."""

    def visit(block: Block) -> str:
        cells = "".join(c.text for row in block.table.rows for c in row) if block.table else ""
        return block.marker + block.text + cells + "".join(map(visit, block.children))

    blocks = (*doc.legal_bases, *doc.body, *(b for annex in doc.annexes for b in annex.body))
    return re.sub(r"[\W_]+", "", "".join(map(visit, blocks))).casefold()


@pytest.mark.parametrize("ext", ["docx", "pdf"])
def test_bodies_have_the_same_words_in_every_format(ext: str) -> None:
    different = [
        path.name
        for path in letters(ext)
        if words(load(path)) != words(load(path.with_suffix(".txt")))
    ]

    assert different == []


@pytest.mark.parametrize("folder", ["procedure-lists", "simplification-plans", "reports", "other"])
@pytest.mark.parametrize("ext", ["txt", "docx", "pdf"])
def test_other_documents_are_read_too(folder: str, ext: str) -> None:
    for path in sorted((_CORPUS / folder).glob(f"*.{ext}")):
        if ".scan." not in path.name:
            doc = load(path)
            assert doc.body or doc.annexes, path.name

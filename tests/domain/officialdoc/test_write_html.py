"""The HTML says what the document says, with places to point at, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag

from tinhgon.domain.officialdoc import (
    OfficialDoc,
    Passage,
    Source,
    Unread,
    block_id,
    block_ids,
    write_html,
)

from .documents import ALL, DECISION, LETTER, PLAN, RULES, URGENT, para


def page(doc: OfficialDoc, *passages: Passage, heading_level: int = 2) -> BeautifulSoup:
    return BeautifulSoup(
        write_html(doc, passages=passages, heading_level=heading_level), "html.parser"
    )


def by_id(soup: BeautifulSoup, name: str) -> Tag:
    found = soup.find(id=name)
    assert isinstance(found, Tag), name
    return found


def own_text(element: Tag) -> str:
    found = element.find(class_="text")
    assert isinstance(found, Tag)
    return found.get_text()


@pytest.mark.parametrize("name", ALL)
def test_every_block_has_its_id_and_its_own_letters(name: str) -> None:
    doc = ALL[name]
    soup = page(doc)
    for (annex, path), own in block_ids(doc).items():
        blocks = doc.body if annex is None else doc.annexes[annex].body
        for index in path[:-1]:
            blocks = blocks[index].children
        block = blocks[path[-1]]
        if not block.table:
            assert own_text(by_id(soup, own)) == block.text


@pytest.mark.parametrize("name", ALL)
def test_ids_are_unique_and_there_is_no_inline_style_or_script(name: str) -> None:
    soup = page(ALL[name])
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert not soup.find_all(["style", "script"])
    assert not soup.find_all(lambda tag: "style" in tag.attrs)


@pytest.mark.parametrize("name", ALL)
def test_tags_are_closed_where_they_were_opened(name: str) -> None:
    html = write_html(ALL[name])
    for tag in ("article", "section", "ul", "li", "p", "table", "tr", "div", "header", "footer"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>"), tag
    soup = BeautifulSoup(html, "html.parser")
    for item in soup.find_all("li"):
        assert item.parent is not None
        assert item.parent.name == "ul"
    for items in soup.find_all("ul"):
        assert {child.name for child in items.find_all(recursive=False)} <= {"li"}


def test_ids_are_made_of_the_place_in_the_tree() -> None:
    assert block_id((2, 0, 1)) == "b-2-0-1"
    assert block_id((0,), annex=0) == "p1-b-0"
    assert block_ids(DECISION)[None, (1, 0, 1)] == "b-1-0-1"
    assert block_ids(DECISION)[0, (0, 1)] == "p1-b-0-1"


def test_headings_go_down_one_step_at_a_time() -> None:
    for doc in (PLAN, RULES, DECISION, LETTER):
        levels = [int(h.name[1]) for h in page(doc).find_all(["h2", "h3", "h4", "h5", "h6"])]
        assert levels[0] == 2
        assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page(RULES, heading_level=3).find("h3") is not None


def test_lists_keep_their_printed_markers() -> None:
    item = by_id(page(LETTER), "b-1-1")
    assert item.name == "li"
    markers = [span.get_text() for span in item.find_all(class_="marker")]
    assert markers == ["-", "+", "+"]


def test_tables_say_what_their_headings_head() -> None:
    table = by_id(page(PLAN), "b-1-0-0")
    heads = [(th["scope"], th.get_text()) for th in table.find_all("th")]
    assert heads == [("col", t) for t in ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")]
    spans = [(td.get("colspan"), td.get("rowspan")) for td in table.find_all("td")]
    assert spans.count((None, "2")) == 1
    assert spans.count(("4", None)) == 1


def test_tables_have_names_of_their_own() -> None:
    names = [str(t["aria-label"]) for t in page(PLAN).find_all(role="region")]
    assert names == ["Bảng 1", "Bảng 2"]


def lit(soup: BeautifulSoup, lights: str) -> list[str]:
    return [t.get_text() for t in soup.select(f'[data-lights~="{lights}"]')]


def test_a_passage_lights_up_its_letters_only() -> None:
    text = LETTER.body[2].text
    start = text.index("tổng hợp gửi")
    soup = page(LETTER, Passage((2,), start, len(text), "task-2"))
    assert lit(soup, "task-2") == [text[start:]]
    assert own_text(by_id(soup, "b-2")) == text


def test_passages_that_overlap_share_their_letters() -> None:
    soup = page(LETTER, Passage((2,), 0, 10, "task-1"), Passage((2,), 5, 20, "task-2"))
    text = LETTER.body[2].text
    assert "".join(lit(soup, "task-1")) == text[:10]
    assert "".join(lit(soup, "task-2")) == text[5:20]
    assert own_text(by_id(soup, "b-2")) == text


def test_passages_reach_annexes_and_cells() -> None:
    soup = page(
        PLAN,
        Passage((1, 0, 0), 0, 8, "task-1", row=1, column=1),
        Passage((0, 0), 0, 10, "task-2", annex=1),
    )
    assert lit(soup, "task-1") == ["Thống kê"]
    assert lit(soup, "task-2") == ["Số thủ tục"]
    assert by_id(soup, "p2-b-0-0").select("[data-lights]")


def test_what_was_not_understood_is_marked_where_it_stood() -> None:
    first = replace(LETTER.body[0], source=Source(5, 6))
    second = replace(para("Đoạn sau."), source=Source(9, 9))
    doc = replace(
        LETTER,
        body=(first, second),
        unread=(
            Unread("dòng lạ", "Không nhận ra dòng này", Source(7, 7)),
            Unread("cuối cùng", "Không rõ", Source(20, 20)),
            Unread("tiến độ rà soát", "Không chắc", Source(5, 5)),
        ),
    )
    soup = page(doc)
    marks = [(m.get_text(), m["title"]) for m in soup.find_all("mark", class_="unread")]
    assert marks == [
        ("tiến độ rà soát", "Không chắc"),
        ("dòng lạ", "Không nhận ra dòng này"),
        ("cuối cùng", "Không rõ"),
    ]
    assert own_text(by_id(soup, "b-0")) == first.text
    inside = by_id(soup, "b-0").find("mark")
    assert isinstance(inside, Tag)


def test_text_is_escaped_everywhere() -> None:
    evil = "<script>alert(\"x\")</script> & 'y'"
    doc = replace(
        URGENT,
        agency_lines=(evil,),
        parent_lines=(evil,),
        number=evil,
        place=evil,
        subject=evil,
        urgency=evil,
        addressees=(evil,),
        body=(para(evil),),
        recipients=(evil,),
        notes=(evil,),
        unread=(Unread(evil, evil, Source(99, 99)),),
        annexes=(replace(DECISION.annexes[0], label=evil, title=evil, reference=evil),),
    )
    html = write_html(doc, passages=[Passage((0,), 0, 5, '"><script>')])
    assert "<script" not in html
    assert own_text(by_id(BeautifulSoup(html, "html.parser"), "b-0")) == evil


def test_signs_and_order_are_those_of_the_paper() -> None:
    text = page(LETTER).get_text(" ", strip=True).replace("\u00a0", "")
    order = [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: /UBND-TTPVHCC",
        "V/v đôn đốc",
        "Lạng Sơn, ngày  tháng 3 năm 2024",
        "- Các sở, ban, ngành thuộc UBND tỉnh;",
        "- UBND các huyện, thành phố.",
        "Để bảo đảm",
        "Nơi nhận:",
        "KT. CHỦ TỊCH",
        "Nguyễn Văn A",
    ]
    places = [text.index(piece) for piece in order]
    assert places == sorted(places)


def test_decision_shows_who_decides_and_the_formula() -> None:
    lines = [p.get_text() for p in page(DECISION).find_all(class_="letter__authority")]
    assert lines == ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "QUYẾT ĐỊNH:"]

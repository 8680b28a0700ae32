"""Decisions and submissions as papers: what they say, and that our own readers read it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.procedures.records import complete
from tinhgon.domain.catalogue import Catalogue, read_catalogue
from tinhgon.domain.officialdoc import (
    Block,
    BlockKind,
    OfficialDoc,
    Signature,
    read,
    write_docx,
    write_pdf,
)
from tinhgon.domain.procedures import Action, Body, CopyKind, Paper, Part, Record, Step, Tier
from tinhgon.domain.publishing import (
    AnnexLine,
    EndedPlace,
    Grouping,
    Item,
    Letter,
    Office,
    arrange,
    decision_document,
    default_bases,
    ended_words,
    read_positions,
    resolve,
    submission_document,
    titled,
)
from tinhgon.domain.publishing import Paper as Papers

DAY = date(2024, 7, 8)
CHAIRMAN = Office(
    name="Ủy ban nhân dân tỉnh Lạng Sơn",
    lines=("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"),
    place="Lạng Sơn",
    head="Chủ tịch",
    deputy="Phó Chủ tịch",
    self_name="UBND tỉnh",
    symbol="UBND",
    level="province",
)
HOME = Office(
    name="Sở Nội vụ",
    lines=("SỞ NỘI VỤ",),
    parent_name="Ủy ban nhân dân tỉnh Lạng Sơn",
    parent_lines=("UBND TỈNH LẠNG SƠN",),
    place="Lạng Sơn",
    head="Giám đốc",
    deputy="Phó Giám đốc",
    self_name="Sở Nội vụ",
    symbol="SNV",
)
NAMES = {
    "a": "Cử công chức đi đào tạo, bồi dưỡng ở nước ngoài",
    "b": "Thẩm định đề án vị trí việc làm của Ủy ban nhân dân cấp xã",
    "c": "Giải quyết nghỉ phép năm đối với lãnh đạo cơ quan",
    "d": "Xét nâng bậc lương trước thời hạn",
}


def record(key: str, **parts: object) -> Record:
    return complete(name=NAMES[key], field="Công chức, viên chức", **parts)


RECORDS = {
    "a": record(
        "a",
        bodies=(
            Body(Part.DECIDING, "Chủ tịch Ủy ban nhân dân tỉnh"),
            Body(Part.EXECUTING, "Sở Nội vụ"),
            Body(Part.EXECUTING, "Sở Tài chính"),
        ),
    ),
    "b": record("b", tier=Tier.COMMUNE),
    "c": record("c"),
}
ACTIONS = {"a": Action.NEW, "b": Action.NEW, "c": Action.REPLACED, "d": Action.ABOLISHED}


def lines(keys: str = "abcd") -> tuple[AnnexLine, ...]:
    items = [
        Item(key, ACTIONS[key], tier=RECORDS[key].tier if key in RECORDS else Tier.PROVINCE)
        for key in keys
    ]
    return tuple(
        AnnexLine(
            headings=place.headings,
            number=place.number,
            action=ACTIONS[place.key],
            name=NAMES[place.key],
            record=RECORDS.get(place.key),
            field="Công chức, viên chức",
            agency="Sở Nội vụ",
            from_decision="Quyết định số 12/QĐ-UBND ngày 05/01/2024",
            replaces=("Giải quyết nghỉ phép",) if place.key == "c" else (),
        )
        for place in arrange(items, Grouping.TIER)
    )


PAPER = Papers(
    issuer=CHAIRMAN,
    drafter=HOME,
    subject="công bố thủ tục hành chính nội bộ thuộc phạm vi quản lý của Sở Nội vụ",
    lines=lines(),
    written_on=DAY,
    decision=Letter("", "QĐ-UBND"),
    submission=Letter("199", "TTr-SNV", date(2024, 7, 5)),
    effective_on=date(2024, 8, 1),
    bases=default_bases(DAY),
    endings=ended_words([EndedPlace("A.2", "Xét nâng bậc lương", "Quyết định số 12/QĐ-UBND")]),
)


def text_of(doc: OfficialDoc) -> str:
    return "\n".join(block.text for block in doc.walk())


def blocks(doc: OfficialDoc) -> list[Block]:
    return [block for top in doc.annexes[0].body for block in top.walk()]


def test_the_decision_says_who_decides_on_what_and_on_whose_proposal() -> None:
    doc = decision_document(PAPER)

    assert doc.competence == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN"
    assert (doc.number, doc.symbol, doc.date) == (None, "QĐ-UBND", None)
    assert doc.legal_bases[-1].text == (
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 199/TTr-SNV ngày 05/7/2024"
    )
    assert all(base.text.startswith("Căn cứ ") for base in doc.legal_bases[:-1])


def test_the_first_article_counts_what_the_annex_lists() -> None:
    assert (
        "Công bố kèm theo Quyết định này 04 thủ tục hành chính nội bộ thuộc phạm vi quản lý của "
        "Sở Nội vụ, gồm: 02 thủ tục ban hành mới, 01 thủ tục thay thế, 01 thủ tục bị bãi bỏ "
        "(có Phụ lục kèm theo)."
    ) in text_of(decision_document(PAPER))


def test_the_tiers_are_counted_where_the_list_has_a_section_for_each() -> None:
    one_list = replace(PAPER, lines=lines("ab"), endings=())

    assert "gồm: 02 thủ tục ban hành mới. Trong đó: 01 thủ tục cấp tỉnh, 01 thủ tục cấp xã" in (
        text_of(decision_document(one_list))
    )


def test_the_second_article_says_from_when_and_what_ends() -> None:
    text = text_of(decision_document(PAPER))

    assert "có hiệu lực thi hành kể từ ngày 01/8/2024" in text
    assert (
        "Bãi bỏ thủ tục hành chính nội bộ số thứ tự 2 mục A Danh mục ban hành kèm theo Quyết định "
        "số 12/QĐ-UBND."
    ) in text


def test_without_a_day_it_holds_from_signing() -> None:
    doc = decision_document(replace(PAPER, effective_on=None, endings=()))

    assert "có hiệu lực thi hành kể từ ngày ký." in text_of(doc)
    assert "Kể từ ngày Quyết định này" not in text_of(doc)


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [
        (date(2024, 7, 8), "các huyện, thành phố", "các xã, phường và"),
        (date(2025, 7, 8), "các xã, phường và", "huyện"),
    ],
)
def test_who_carries_it_out_follows_the_organisation_of_the_day(
    day: date, said: str, unsaid: str
) -> None:
    text = text_of(decision_document(replace(PAPER, written_on=day)))

    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(
    ("day", "central"),
    [
        (date(2024, 7, 8), "Cục Kiểm soát thủ tục hành chính, Văn phòng Chính phủ"),
        (date(2026, 1, 10), "Bộ Tư pháp"),
    ],
)
def test_the_central_recipient_follows_the_day(day: date, central: str) -> None:
    assert central in decision_document(replace(PAPER, written_on=day)).recipients


@pytest.mark.parametrize(
    ("day", "law"),
    [
        (date(2018, 1, 1), "19 tháng 6 năm 2015"),
        (date(2024, 7, 8), "22 tháng 11 năm 2019"),
        (date(2025, 4, 1), "19 tháng 02 năm 2025"),
        (date(2025, 7, 1), "16 tháng 6 năm 2025"),
    ],
)
def test_one_law_on_local_government_is_in_force_on_a_day(day: date, law: str) -> None:
    [named] = [text for text in default_bases(day) if text.startswith("Luật Tổ chức")]

    assert law in named


def test_a_deputy_signs_for_the_head() -> None:
    doc = decision_document(replace(PAPER, deputy_signs=True))

    assert doc.signature == Signature(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", "")


def test_the_office_is_not_named_twice_where_it_drafts() -> None:
    office = replace(HOME, name="Văn phòng Ủy ban nhân dân tỉnh", head="Chánh Văn phòng")
    doc = decision_document(replace(PAPER, drafter=replace(office, is_office=True)))

    assert text_of(doc).count("Chánh Văn phòng") == 1


def test_the_content_has_all_parts_of_the_decree_in_their_order() -> None:
    parts = [b.text for b in blocks(decision_document(PAPER)) if b.kind is BlockKind.POINT][:11]

    assert [part.split(":")[0] for part in parts] == [
        "Trình tự thực hiện",
        "Cách thức thực hiện",
        "Thành phần, số lượng hồ sơ",
        "Thời hạn giải quyết",
        "Đối tượng thực hiện thủ tục hành chính",
        "Cơ quan giải quyết thủ tục hành chính",
        "Kết quả thực hiện thủ tục hành chính",
        "Phí, lệ phí",
        "Tên mẫu đơn, mẫu tờ khai",
        "Yêu cầu, điều kiện thực hiện thủ tục hành chính",
        "Căn cứ pháp lý của thủ tục hành chính",
    ]


def test_what_a_record_leaves_open_is_printed_as_open() -> None:
    bare = Record("Thủ tục trống")
    line = replace(lines("a")[0], name=bare.name, record=bare)
    doc = decision_document(replace(PAPER, lines=(line,)))

    texts = [b.text for b in blocks(doc) if b.kind in (BlockKind.POINT, BlockKind.DASH)]

    assert "Trình tự thực hiện: Không quy định." in texts
    assert "Thành phần hồ sơ: Không quy định;" in texts
    assert "Thời hạn giải quyết: Không quy định." in texts
    assert "Phí, lệ phí: Không." in texts


def test_steps_that_do_not_follow_one_another_say_what_they_wait_for() -> None:
    steps = (Step(1, "Gửi"), Step(2, "Lấy ý kiến"), Step(3, "Thẩm định", after=(1,)))
    line = replace(lines("a")[0], record=replace(RECORDS["a"], steps=steps))
    doc = decision_document(replace(PAPER, lines=(line,)))

    tables = [block.table for block in blocks(doc) if block.table]

    assert [cell.text for cell in tables[1].rows[0]][-1] == "Thứ tự"
    assert [cell.text for cell in tables[1].rows[3]][-1] == "thực hiện sau bước 1"


def test_papers_are_a_table_with_their_form_and_number() -> None:
    papers = (Paper("Đơn", CopyKind.COPY, 2, "Mẫu số 01"), Paper("Ý kiến", compulsory=False))
    line = replace(lines("a")[0], record=replace(RECORDS["a"], papers=papers))
    doc = decision_document(replace(PAPER, lines=(line,)))

    table = [block.table for block in blocks(doc) if block.table][2]

    assert [[cell.text for cell in row] for row in table.rows[1:]] == [
        ["1", "Đơn", "Bản sao", "02", "Mẫu số 01"],
        ["2", "Ý kiến", "Bản chính", "01", "nếu có"],
    ]


def test_the_submission_lays_the_same_before_the_chairman() -> None:
    doc = submission_document(PAPER)

    assert doc.addressees == ("Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn",)
    assert (doc.number, doc.symbol) == ("199", "TTr-SNV")
    assert doc.signature == Signature((), "GIÁM ĐỐC", "")
    text = text_of(doc)
    assert "02 thủ tục ban hành mới, 01 thủ tục thay thế, 01 thủ tục bị bãi bỏ." in text
    assert "có hiệu lực thi hành kể từ ngày 01/8/2024." in text


def committee(level: str, unit: str, name: str) -> Office:
    return replace(
        CHAIRMAN,
        name=f"Ủy ban nhân dân {unit} {name}",
        lines=("ỦY BAN NHÂN DÂN", f"{unit} {name}".upper()),
        place=name,
        self_name=f"UBND {unit}",
        level=level,
    )


DIVISION = replace(
    HOME,
    name="Phòng Nội vụ",
    lines=("PHÒNG NỘI VỤ",),
    parent_name="Ủy ban nhân dân huyện Cao Lộc",
    parent_lines=("UBND HUYỆN CAO LỘC",),
    head="Trưởng phòng",
    self_name="Phòng Nội vụ",
    symbol="PNV",
)
CAO_LOC = committee("district", "huyện", "Cao Lộc")
XUAN_LONG = committee("commune", "xã", "Xuân Long")
COUNCIL = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"


@pytest.mark.parametrize(
    ("title", "name", "words"),
    [
        ("Chủ tịch", "Ủy ban nhân dân xã Xuân Long", "Chủ tịch Ủy ban nhân dân xã Xuân Long"),
        ("Giám đốc", "Sở Nội vụ", "Giám đốc Sở Nội vụ"),
        ("Trưởng phòng", "Phòng Nội vụ", "Trưởng phòng Nội vụ"),
        ("Trưởng Ban", "Ban Dân tộc", "Trưởng Ban Dân tộc"),
        ("Chánh Thanh tra", "Thanh tra tỉnh", "Chánh Thanh tra tỉnh"),
        ("Chánh Văn phòng", "Văn phòng Sở Y tế", "Chánh Văn phòng Sở Y tế"),
        ("Thủ trưởng", "", "Thủ trưởng"),
    ],
)
def test_a_title_and_a_name_say_nothing_twice(title: str, name: str, words: str) -> None:
    assert titled(title, name) == words


@pytest.mark.parametrize(
    ("issuer", "drafter", "day", "competence", "proposal", "executors", "office"),
    [
        (
            CHAIRMAN, HOME, DAY,
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình",
            "Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám đốc Sở Nội vụ; Thủ trưởng các sở",
            "Văn phòng Ủy ban nhân dân tỉnh",
        ),
        (
            CAO_LOC, DIVISION, DAY,
            "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN CAO LỘC",
            "Theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình",
            f"Chánh {COUNCIL} huyện; Trưởng phòng Nội vụ; Thủ trưởng các phòng, ban",
            f"{COUNCIL} huyện",
        ),
        (
            committee("district", "thành phố", "Lạng Sơn"), DIVISION, DAY,
            "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ LẠNG SƠN",
            "Theo đề nghị của Trưởng phòng Nội vụ tại Tờ trình",
            f"Chánh {COUNCIL} thành phố; Trưởng phòng Nội vụ; Thủ trưởng các phòng, ban",
            f"{COUNCIL} thành phố",
        ),
        (
            CAO_LOC, XUAN_LONG, DAY,
            "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN CAO LỘC",
            "Theo đề nghị của Chủ tịch Ủy ban nhân dân xã Xuân Long tại Tờ trình",
            f"Chánh {COUNCIL} huyện; Chủ tịch Ủy ban nhân dân xã Xuân Long; Thủ trưởng",
            f"{COUNCIL} huyện",
        ),
        (
            XUAN_LONG, XUAN_LONG, DAY,
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ XUÂN LONG",
            "Theo đề nghị của thủ trưởng đơn vị chủ trì soạn thảo tại Tờ trình",
            "Công chức, người lao động thuộc Ủy ban nhân dân xã và các tổ chức",
            "",
        ),
        (
            XUAN_LONG, XUAN_LONG, date(2025, 7, 1),
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ XUÂN LONG",
            "Theo đề nghị của thủ trưởng đơn vị chủ trì soạn thảo tại Tờ trình",
            f"Chánh {COUNCIL} xã; Trưởng các phòng, đơn vị trực thuộc; công chức, viên chức",
            f"{COUNCIL} xã",
        ),
        (
            HOME, HOME, DAY,
            "GIÁM ĐỐC SỞ NỘI VỤ",
            "Theo đề nghị của thủ trưởng đơn vị chủ trì soạn thảo tại Tờ trình",
            "Các đơn vị trực thuộc và các tổ chức, cá nhân có liên quan",
            "",
        ),
    ],
)  # fmt: skip
def test_who_issues_who_proposes_and_who_carries_it_out(
    issuer: Office,
    drafter: Office,
    day: date,
    competence: str,
    proposal: str,
    executors: str,
    office: str,
) -> None:
    doc = decision_document(replace(PAPER, issuer=issuer, drafter=drafter, written_on=day))

    assert doc.competence == competence
    assert doc.agency_lines == issuer.lines
    assert doc.legal_bases[-1].text.startswith(proposal)
    assert executors in text_of(doc)
    assert office in doc.recipients or not any("Văn phòng H" in r for r in doc.recipients)
    assert "{" not in text_of(doc)
    assert (competence.startswith("CHỦ TỊCH")) == (doc.signature.title == "CHỦ TỊCH")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("issuer", "superior", "told"),
    [
        (CAO_LOC, "UBND tỉnh", ["UBND tỉnh (b/c)"]),
        (XUAN_LONG, "UBND huyện", ["UBND huyện (b/c)"]),
        (HOME, "", []),
    ],
)
def test_the_committee_above_hears_of_a_decision(
    issuer: Office, superior: str, told: list[str]
) -> None:
    heard = decision_document(replace(PAPER, issuer=replace(issuer, superior=superior))).recipients

    assert [each for each in heard if each.endswith("(b/c)")] == told


@pytest.mark.parametrize(
    ("issuer", "head"),
    [
        (HOME, "Giám đốc Sở Nội vụ"),
        (XUAN_LONG, "Chủ tịch Ủy ban nhân dân xã Xuân Long"),
        (CAO_LOC, "Chủ tịch Ủy ban nhân dân huyện Cao Lộc"),
    ],
)
def test_a_unit_lays_it_before_the_head_of_its_own_agency(issuer: Office, head: str) -> None:
    own = replace(PAPER, issuer=issuer, drafter=issuer, submission=Letter("", "TTr"))
    doc = submission_document(own)

    assert doc.addressees == (head,)
    assert doc.signature == Signature((), "THỦ TRƯỞNG ĐƠN VỊ", "")
    assert doc.recipients == ("Như trên", "Lưu: VT")
    text = text_of(doc)
    assert "đơn vị chủ trì soạn thảo kính trình" in text
    assert f"{issuer.name} kính trình" not in text


@pytest.mark.parametrize(
    ("drafter", "recipients"),
    [
        (DIVISION, ("Như trên", f"{COUNCIL} huyện", "Lưu: VT")),
        (XUAN_LONG, ("Như trên", f"{COUNCIL} huyện", "Lưu: VT")),
        (
            replace(DIVISION, name=f"{COUNCIL} huyện Cao Lộc", symbol="VP", is_office=True),
            ("Như trên", "Lưu: VT"),
        ),
    ],
)
def test_the_office_of_a_district_hears_of_what_is_laid_before_its_chairman(
    drafter: Office, recipients: tuple[str, ...]
) -> None:
    doc = submission_document(replace(PAPER, issuer=CAO_LOC, drafter=drafter))

    assert doc.addressees == ("Chủ tịch Ủy ban nhân dân huyện Cao Lộc",)
    assert doc.recipients == recipients
    assert "Chủ tịch Ủy ban nhân dân huyện xem xét" in text_of(doc)


# Read again


def again(doc: OfficialDoc, kind: str) -> OfficialDoc:
    data = write_docx(doc) if kind == "docx" else write_pdf(doc)
    return read(data, f"quyet-dinh.{kind}")


def catalogue(kind: str) -> Catalogue:
    return read_catalogue(again(decision_document(PAPER), kind))


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_heading_reads_back(kind: str) -> None:
    doc = again(decision_document(PAPER), kind)

    assert doc.agency == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert (doc.number, doc.symbol, doc.date) == (None, "QĐ-UBND", None)
    assert doc.doc_type == "quyết định"
    assert doc.subject == PAPER.subject
    assert doc.recipients == decision_document(PAPER).recipients
    assert doc.unread == ()


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_signed_heading_reads_back(kind: str) -> None:
    signed = replace(
        PAPER,
        decision=Letter("45", "QĐ-UBND", date(2024, 7, 10)),
        signature=Signature(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", "Nguyễn Văn A"),
    )

    doc = again(decision_document(signed), kind)

    assert (doc.number, doc.symbol, doc.date) == ("45", "QĐ-UBND", date(2024, 7, 10))
    assert doc.signature == signed.signature


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_rows_read_back(kind: str) -> None:
    rows = {row.name: row for row in catalogue(kind).rows}

    assert set(rows) >= {NAMES["a"], NAMES["b"], NAMES["d"]}
    assert rows[NAMES["a"]].position == "1.A.1"
    assert rows[NAMES["b"]].position == "1.B.1"
    assert rows[NAMES["d"]].position == "3.1"
    assert rows[NAMES["a"]].agencies == ("Sở Nội vụ", "Sở Tài chính")
    assert {row.field for row in rows.values()} == {"Công chức, viên chức"}
    assert rows[NAMES["a"]].level == "province"
    assert rows[NAMES["b"]].level == "commune"
    actions = {name: row.action for name, row in rows.items()}
    assert actions[NAMES["a"]] == Action.NEW
    assert actions[NAMES["d"]] == Action.ABOLISHED


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_contents_read_back(kind: str) -> None:
    contents = {content.name: content for content in catalogue(kind).contents}

    assert set(contents) == {NAMES["a"], NAMES["b"], NAMES["c"]}
    found = contents[NAMES["a"]]
    assert found.dossier_sets == 1
    assert {part.value for part, _ in found.parts} >= {"steps", "manner", "dossier", "time_limit"}


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_counts_that_it_states_are_those_of_its_rows(kind: str) -> None:
    found = catalogue(kind)

    assert 4 in [count.count for count in found.stated_counts]
    assert [problem.text for problem in found.problems if problem.kind == "count"] == []


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_what_it_ends_reads_back(kind: str) -> None:
    [ended] = [a for a in catalogue(kind).abolitions if a.document is not None]

    assert ended.document is not None
    assert ended.document.code == "12/QĐ-UBND"
    assert ended.positions == ("A.2",)


def test_places_that_end_are_named_so_that_they_are_found_again() -> None:
    places = {"x": "A.1", "y": "A.2", "z": "B.1", "w": "1.II.3"}
    words = ended_words(
        [EndedPlace(p, "Tên", "Quyết định số 1/QĐ-UBND ngày 02/01/2024") for p in places.values()]
    )

    found = [
        match.lines
        for text in words
        for named in read_positions(text)
        for match in resolve(named, places)
    ]

    assert sorted(found) == [("w",), ("x",), ("y",), ("z",)]


def test_a_line_without_position_is_named_by_its_procedure() -> None:
    assert ended_words([EndedPlace("", "Tên cũ", "Quyết định số 1/QĐ-UBND")]) == (
        "Bãi bỏ thủ tục “Tên cũ” công bố tại Quyết định số 1/QĐ-UBND",
    )

"""
Measure the search at 20,000 and 300,000 entries: `python -m bench.search [entries …]`.

Runs on SQLite in a temporary folder, and on PostgreSQL where one answers (see `bench.pages`).
Prints for each question the least time, the median and the 95th percentile over readers of the
whole province, of one department and of one commune, and ends with 1 if a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tinhgon.domain.access import Access, Grant, Permission

from .measuring import POSTGRES, answers, both_timed, environment, own_database, say, timed

if TYPE_CHECKING:
    from tinhgon.apps.search.sources import Entry

BOUNDS = {20_000: 0.030, 300_000: 0.060}  # entries → most seconds, at the 95th percentile
REQUESTS = 20
TODAY = date(2024, 6, 20)
_MOST_REBUILT = 50_000
"""Entries up to which the search writes its own; more are written straight to the tables."""
_PG_NAME = "tinhgon_bench_search"


def _words(text: str) -> list[str]:
    return text.split()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


_DEEDS = _lines(
    """
    Phê duyệt
    Thẩm định
    Ban hành
    Xây dựng
    Điều chỉnh
    Công nhận
    Bổ nhiệm
    Thành lập
    Sáp nhập
    Giao
    Thu hồi
    Kiểm tra
    Đánh giá, xếp loại
    Khen thưởng
    """
)
_THINGS = _lines(
    """
    kế hoạch sử dụng đất hằng năm
    đề án vị trí việc làm
    danh mục nhiệm vụ khoa học
    dự toán ngân sách địa phương
    quy hoạch phân khu
    chương trình công tác năm
    kế hoạch cải cách hành chính
    quyết toán vốn đầu tư công
    hồ sơ đề nghị khen thưởng
    biên chế công chức
    phương án đơn giản hóa thủ tục hành chính
    quy chế phối hợp
    kế hoạch kiểm tra công vụ
    chủ trương đầu tư dự án
    giá đất cụ thể
    cơ sở dữ liệu nền
    báo cáo tài chính nhà nước
    kế hoạch phòng cháy chữa cháy
    quy trình nội bộ
    danh mục tài liệu lưu trữ
    """
)
_FIELDS = [
    f"lĩnh vực {field}"
    for field in _lines(
        """
        nội vụ
        tài chính
        đất đai
        xây dựng
        y tế
        giáo dục
        tư pháp
        giao thông vận tải
        văn hóa
        thông tin
        nông nghiệp
        công thương
        """
    )
]
_FILLER = _words(
    """
    cơ quan đơn vị gửi hồ sơ trình lãnh đạo xem xét trong thời hạn ngày làm việc kể từ khi nhận đủ
    theo quy định của pháp luật văn phòng tiếp nhận kiểm tra thành phần chuyển phòng chuyên môn xử
    lý lấy ý kiến bằng văn bản tổng hợp hoàn thiện dự thảo tờ trình quyết định ký ban hành trả kết
    quả lưu trữ bản chính bản sao điện tử phí lệ phí không yêu cầu điều kiện căn cứ pháp lý luật
    nghị định thông tư số ngày tháng năm chính phủ bộ trưởng hướng dẫn thi hành một số điều sở nội
    vụ tài chính tư pháp xây dựng công thương nông nghiệp y tế giáo dục khoa học thanh tra ủy ban
    nhân dân tỉnh huyện xã phường thị trấn hội đồng chủ tịch giám đốc trưởng phòng công chức viên
    chức người lao động tổ chức cá nhân doanh nghiệp cộng đồng địa phương trung ương ngân sách đầu
    tư dự án quy hoạch đất đai môi trường tài nguyên rừng nước khoáng sản giao thông vận tải thủy
    lợi điện năng lượng thương mại du lịch văn hóa thể thao gia đình trẻ em bình đẳng giới dân tộc
    tôn giáo quốc phòng an ninh biên giới đối ngoại
    """
)
_ONSETS = _words("b c d g h k l m n p r s t v x th tr nh ng ph")
_RHYMES = _words("ã ẹo ỉnh uổng ừa âu yết òe ạc ươi")
SYLLABLES = [onset + rhyme for onset in _ONSETS for rhyme in _RHYMES]
QUESTIONS = [
    "thủ tục",  # in nearly everything
    "thu tuc hanh chinh",
    "TTHC",
    "quy",
    "q",
    "tục thủ",  # both words everywhere, never so
    "phê duyệt kế hoạch sử dụng đất",
    "tham dinh du toan",
    "thẩm định dự toán ngân sách địa phương lĩnh vực y tế",
    "1234/QĐ-UBND",
    "nghị định số 30/2020/NĐ-CP",
    "kế hoạch kiểm tra công vụ 2023",
    "sở nội vụ",
    "ngoeo truoi",  # rare in the text
    "không có từ này đâu xyz",
    "biên giới đối ngoại",
    "một số điều t",
]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of entries")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="measure here only")
    parser.add_argument("--keep", type=Path, help="build in this folder, or take what stands there")
    parser.add_argument("--part", choices=["build", "measure"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    sizes = asked.sizes or list(BOUNDS)
    if asked.part:
        return _build(sizes[0]) if asked.part == "build" else _measure(sizes[0])
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            folder = (asked.keep or Path(temporary)) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            if asked.database != "postgresql":
                failed |= _spawn("SQLite", "", folder, size)
            if asked.database != "sqlite":
                failed |= _on_postgres(folder, size, keep=bool(asked.keep))
    return int(failed)


def _on_postgres(folder: Path, size: int, *, keep: bool) -> bool:
    url = os.environ.get("TINHGON_BENCH_PG", POSTGRES)
    if not answers(url):
        say("PostgreSQL: nothing answers; not measured")
        return False
    with own_database(url, f"{_PG_NAME}_{size}", keep=keep) as own:
        return _spawn("PostgreSQL", own, folder, size)


def _spawn(title: str, url: str, folder: Path, size: int) -> bool:
    say(f"\n{title}, {size:,} entries")
    command = [sys.executable, "-m", "bench.search", str(size), "--part"]
    return any(
        subprocess.run([*command, part], env=environment(folder, url), check=False).returncode  # noqa: S603
        for part in ("build", "measure")
    )


def _build(size: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from tinhgon.apps.search import actions
    from tinhgon.apps.search.models import SearchEntry

    call_command("migrate", verbosity=0)
    if SearchEntry.objects.count() == size:
        return 0
    _stand_in(size)
    if size > _MOST_REBUILT:
        from .search_rows import write

        act = partial(write, size)
    else:
        act = actions.rebuild
    seconds, used = timed(act), time.process_time()
    say(f"written in {seconds:.1f} s, of which {used:.1f} s in this process")
    return 0


def _stand_in(size: int) -> None:
    """Let the search know the entries made here, and no others."""

    made = {"procedure": _source("procedure", size * 9 // 10), "duty": _source("duty", size // 10)}
    for name, module in list(sys.modules.items()):
        if name.startswith("tinhgon.apps.search.") and hasattr(module, "sources"):
            module.sources = lambda: made


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with eyes on a branch."""

    pk: int
    access: Access
    audit_ref: str = ""
    audit_name: str = ""


def _readers() -> list[Reader]:
    see = frozenset({Permission.SEE})
    return [Reader(1, Access([Grant(path, see)])) for path in ("/1/", "/1/7/", "/1/30/150/")]


def _measure(size: int) -> int:
    import django

    django.setup()
    from tinhgon.apps.search import queries

    _stand_in(size)
    bound = BOUNDS.get(size, max(BOUNDS.values()))
    say(f"{'':50}{'least':>8}{'p50':>8}{'p95':>8}{'work':>8}{'p95':>8}{'bound':>7}   found")
    missed, every = False, list[tuple[float, float]]()
    for words in QUESTIONS:
        found, times = [], list[tuple[float, float]]()
        for reader in _readers():
            ask = partial(queries.search, user=reader, words=words, today=TODAY)
            answer = ask()
            found.append(f"{answer.total}{'+' if answer.is_more else ''}")
            times += [both_timed(ask) for _ in range(REQUESTS)]
        every += times
        missed |= _line(words, times, bound, " ".join(found))
    missed |= _line("all questions", every, bound, "")
    typed = [
        both_timed(partial(queries.suggest, user=reader, words=text[:n], today=TODAY))
        for reader in _readers()
        for text in QUESTIONS[:8]
        for n in range(2, len(text) + 1)
    ]
    missed |= _line("suggestions, letter by letter", typed, bound, "")
    return int(missed)


def _line(words: str, pairs: list[tuple[float, float]], bound: float, found: str) -> bool:
    times, works = zip(*pairs, strict=True)
    p95 = _p95(times)
    missed = p95 > bound
    shown = (min(times), statistics.median(times), p95, statistics.median(works), _p95(works))
    figures = "".join(f"{each * 1000:8.1f}" for each in shown)
    say(f"{words:50}{figures}{bound * 1000:7.0f}   {found}{'  << MISSED' if missed else ''}")
    return missed


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _source(kind: str, number: int) -> object:
    from tinhgon.apps.search.sources import Source

    def refs() -> Iterator[tuple[int, date]]:
        for n in range(1, number + 1):
            yield n, _day(n, number)

    def entries(wanted: Collection[int]) -> Iterator[Entry]:
        for n in wanted:
            chance = random.Random(f"{kind}{n}")  # noqa: S311 -- a spread, not a secret
            yield entry(n, number, chance, *filling(chance))

    return Source(kind, kind, "task", 1, refs, entries)


def filling(chance: random.Random) -> tuple[int, str, str]:
    """Return a number that says who sees an entry, its subtitle, and the most of its body."""
    at = chance.randrange(300)
    words = " ".join(chance.choice(_FILLER) for _ in range(120 + at))
    return at, f"Sở số {at % 20} · {chance.choice(_FIELDS)}", f"thủ tục hành chính {words}"


def ending(n: int, chance: random.Random) -> str:
    """Return the end of the body of the n-th entry: two rare words, and what it cites."""
    rare = f"{chance.choice(SYLLABLES)} {chance.choice(SYLLABLES)}"
    return f"{rare} Nghị định số {n % 97}/{n % 20 + 2010}/NĐ-CP"


def entry(n: int, number: int, chance: random.Random, at: int, subtitle: str, body: str) -> Entry:
    """Return the n-th of so many entries."""
    from tinhgon.apps.search.sources import Entry

    title = f"{chance.choice(_DEEDS)} {chance.choice(_THINGS)} {chance.choice(_FIELDS)}"
    if n % 4 == 0:
        title = f"Thủ tục {title.lower()} của đơn vị {n}"
    return Entry(
        ref=n,
        title=title,
        subtitle=subtitle,
        codes=(f"1.{n:06d}", f"{n}/QĐ-UBND"),
        body=f"{body} {ending(n, chance)}",
        url=f"/x/{n}/",
        paths=[f"/1/{at % 20 + 2}/" if at < 100 else f"/1/{at % 11 + 22}/{at % 200 + 40}/"],
        for_all=n % 3 == 0,
        rank_on=_day(n, number),
    )


def _day(n: int, number: int) -> date:
    return date(2015, 1, 1) + timedelta(days=n * 3_400 // number)


if __name__ == "__main__":
    sys.exit(main())

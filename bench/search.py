"""
Measure the search at 20,000 and 300,000 entries: `python -m bench.search [entries …]`.

Runs on SQLite in a temporary folder, and on PostgreSQL where one answers (see `bench.pages`).
Prints for each question the median and the 95th percentile over readers of the whole province, of
one department and of one commune, and ends with 1 if a bound is missed.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from .pages import POSTGRES, _answers, _own_database, _say

SIZES = {20_000: 0.030, 300_000: 0.060}  # entries → most seconds, at the 95th percentile
REQUESTS = 20
TODAY = date(2024, 6, 20)
DEPARTMENTS, DISTRICTS, COMMUNES = 20, 11, 200


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
    sizes = [int(n) for n in sys.argv[1:]] or list(SIZES)
    failed = False
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            failed |= _spawn("SQLite", "", Path(folder), size)
            url = os.environ.get("TINHGON_BENCH_PG", POSTGRES)
            if _answers(url):
                with _own_database(url) as own:
                    failed |= _spawn("PostgreSQL", own, Path(folder), size)
            else:
                _say("PostgreSQL: nothing answers; not measured")
    return int(failed)


def _spawn(title: str, url: str, folder: Path, size: int) -> bool:
    environment = {
        **os.environ,
        "TINHGON_DATABASE_URL": url,
        "TINHGON_DATA": str(folder),
        "TINHGON_SECRET_KEY": "only-for-measuring" * 4,
        "TINHGON_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tinhgon.config.settings",
    }
    command = [sys.executable, "-m", "bench.search", "--measure", title, str(size)]
    return subprocess.run(command, env=environment, check=False).returncode != 0  # noqa: S603


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with eyes on a branch."""

    name: str
    pk: int
    access: object
    audit_ref: str = ""
    audit_name: str = ""


def measure(title: str, size: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from tinhgon.apps.search import actions, queries, sources
    from tinhgon.domain.access import Access, Grant, Permission

    call_command("migrate", verbosity=0)
    made = {"procedure": _source("procedure", size * 9 // 10), "duty": _source("duty", size // 10)}
    for module in (sources, actions, queries):
        module.sources = lambda: made  # type: ignore[attr-defined]
    start = time.perf_counter()
    actions.rebuild()
    _say(f"\n{title}: {size:,} entries written in {time.perf_counter() - start:.1f} s")
    if "PostgreSQL" in title:
        call_command("search", "verify") if size < 50_000 else None
    see = frozenset({Permission.SEE})
    readers = [
        Reader(name, 1, Access([Grant(path, see)]))
        for name, path in (("province", "/1/"), ("department", "/1/7/"), ("commune", "/1/30/150/"))
    ]
    bound = SIZES.get(size, SIZES[300_000])
    _say(f"{'':56}{'p50':>8}{'p95':>8}{'bound':>7}   found")
    missed = False
    every: list[float] = []
    for words in QUESTIONS:
        times, found = [], []
        for reader in readers:
            answer = queries.search(user=reader, words=words, today=TODAY)
            found.append(f"{answer.total}{'+' if answer.is_more else ''}")
            for _ in range(REQUESTS):
                start = time.perf_counter()
                queries.search(user=reader, words=words, today=TODAY)
                times.append(time.perf_counter() - start)
        every += times
        missed |= _line(words, times, bound, " ".join(found))
    missed |= _line("all questions", every, bound, "")
    suggested = [
        _timed(lambda w=words, r=r: queries.suggest(user=r, words=w, today=TODAY))
        for r in readers
        for text in QUESTIONS[:8]
        for words in (text[:n] for n in range(2, len(text) + 1))
    ]
    missed |= _line("suggestions, letter by letter", suggested, bound, "")
    return int(missed)


def _line(words: str, times: list[float], bound: float, found: str) -> bool:
    p95 = statistics.quantiles(times, n=20)[-1]
    missed = p95 > bound
    _say(
        f"{words:56}{statistics.median(times) * 1000:8.1f}{p95 * 1000:8.1f}{bound * 1000:7.0f}"
        f"   {found}{'  << MISSED' if missed else ''}"
    )
    return missed


def _timed(act: object) -> float:
    start = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - start


def _source(kind: str, number: int) -> object:
    from tinhgon.apps.search.sources import Entry, Source

    def refs() -> Iterator[tuple[int, date]]:
        for n in range(1, number + 1):
            yield n, date(2015, 1, 1) + timedelta(days=n * 3_400 // number)

    def entries(wanted: Collection[int]) -> Iterator[Entry]:
        for n in wanted:
            chance = random.Random(f"{kind}{n}")  # noqa: S311 -- a spread, not a secret
            title = f"{chance.choice(_DEEDS)} {chance.choice(_THINGS)} {chance.choice(_FIELDS)}"
            at = chance.randrange(300)
            if n % 4 == 0:
                title = f"Thủ tục {title.lower()} của đơn vị {n}"
            body = " ".join(chance.choice(_FILLER) for _ in range(120 + at))
            cited = f"Nghị định số {n % 97}/{n % 20 + 2010}/NĐ-CP"
            rare = f"{chance.choice(SYLLABLES)} {chance.choice(SYLLABLES)}"
            paths = [f"/1/{at % 20 + 2}/" if at < 100 else f"/1/{at % 11 + 22}/{at % 200 + 40}/"]
            yield Entry(
                ref=n,
                title=title,
                subtitle=f"Sở số {at % 20} · {chance.choice(_FIELDS)}",
                codes=(f"1.{n:06d}", f"{n}/QĐ-UBND"),
                body=f"thủ tục hành chính {body} {rare} {cited}",
                url=f"/x/{n}/",
                paths=paths,
                for_all=n % 3 == 0,
                rank_on=date(2015, 1, 1) + timedelta(days=n * 3_400 // number),
            )

    return Source(kind, kind, "task", 1, refs, entries)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        sys.exit(measure(sys.argv[2], int(sys.argv[3])))
    sys.exit(main())

"""The living page of components, for those who build pages: shown where DEBUG is on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tinhgon.ui.forms import DateField, FileDrop
from tinhgon.ui.sprite import icon_names

LONG_NAME = (
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông, nông nghiệp và phát triển nông "
    "thôn, kiêm nhiệm vụ quản lý, khai thác hạ tầng kỹ thuật khu kinh tế cửa khẩu và các khu công "
    "nghiệp tỉnh"
)

AGENCIES = [
    "Sở Nội vụ",
    "Sở Tư pháp",
    LONG_NAME,
    *(
        f"UBND huyện {name}"
        for name in [
            "Bắc Sơn",
            "Bình Gia",
            "Cao Lộc",
            "Chi Lăng",
            "Đình Lập",
            "Hữu Lũng",
            "Lộc Bình",
            "Tràng Định",
            "Văn Lãng",
            "Văn Quan",
        ]
    ),
]

ROWS: list[dict[str, Any]] = [
    {
        "name": "Hoàn thành thực thi phương án đơn giản hóa lần 1",
        "agency": "Sở Nội vụ",
        "due": date(2024, 6, 30),
        "kind": "late",
        "words": "quá hạn 5 ngày",
        "percent": 60,
    },
    {
        "name": "Rà soát, trình phê duyệt phương án lần 2; báo cáo kết quả kèm quyết định",
        "agency": LONG_NAME,
        "due": date(2024, 7, 15),
        "kind": "soon",
        "words": "sắp đến hạn (còn 3 ngày làm việc)",
        "percent": 20,
    },
    {
        "name": "Cập nhật danh mục thủ tục hành chính nội bộ",
        "agency": "UBND huyện Cao Lộc",
        "due": date(2024, 12, 1),
        "kind": "ontime",
        "words": "đúng hạn",
        "percent": 80,
    },
    {
        "name": "Công bố thủ tục hành chính nội bộ bổ sung",
        "agency": "Sở Tư pháp",
        "due": date(2024, 5, 31),
        "kind": "donelate",
        "words": "xong trễ 2 ngày",
        "percent": 100,
    },
]

STATES = [
    ("", "chưa giao", "none"),
    ("", "chờ Văn phòng kiểm tra", "waiting"),
    ("", "đúng hạn", "ontime"),
    ("", "sắp đến hạn (còn 3 ngày làm việc)", "soon"),
    ("", "quá hạn 5 ngày", "late"),
    ("", "xong ngày 12/6/2024", "done"),
    ("", "xong trễ 2 ngày", "donelate"),
    ("", "trả lại, cần bổ sung", "returned"),
    ("", "đã thu hồi", "withdrawn"),
]

HEAT = [
    ("Sở Nội vụ", ["done", "soon", "none", "none"], "1/4"),
    ("Sở Tư pháp", ["late", "soon", "ontime", "none"], "1/4"),
    (LONG_NAME, ["donelate", "waiting", "returned", "none"], "0/4"),
]
HEAT_WORDS = {
    "done": "12/6",
    "soon": "60%",
    "late": "quá 5 ngày",
    "ontime": "80%",
    "donelate": "trễ 2 ngày",
    "waiting": "chờ kiểm tra",
    "returned": "trả lại",
    "none": "chưa giao",
}


class ExampleForm(forms.Form):
    symbol = forms.CharField(
        label="Số, ký hiệu", help_text="Ghi như trên văn bản, ví dụ 243/KH-UBND.", max_length=60
    )
    due_on = DateField(label="Thời hạn")
    percent = forms.IntegerField(label="Tỷ lệ hoàn thành (%)", min_value=0, max_value=100)
    kind = forms.ChoiceField(
        label="Loại văn bản", choices=[("cv", "Công văn"), ("kh", "Kế hoạch"), ("qd", "Quyết định")]
    )
    role = forms.ChoiceField(
        label="Vai trò",
        choices=[("lead", "Chủ trì"), ("support", "Phối hợp")],
        widget=forms.RadioSelect,
    )
    agencies = forms.MultipleChoiceField(
        label="Cơ quan nhận",
        required=False,
        choices=[(name, name) for name in AGENCIES],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        widget=FileDrop(),
        help_text="Tệp .docx, .pdf hoặc .txt, không quá 20 MB.",
    )
    nil_return = forms.BooleanField(label="Không phát sinh thủ tục thuộc phạm vi", required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def examples(request: HttpRequest) -> HttpResponse:
    """Show every component with real and with awkward content; take what its forms save."""
    if not settings.DEBUG:
        raise Http404
    if request.method == "POST":
        seen = int(request.POST.get("version", "0"))
        return HttpResponse(status=204, headers={"X-Version": str(seen + 1)})
    messages.success(request, "Đã lưu dự thảo phương án.")
    messages.error(request, "Chưa giao được: 2 cơ quan không có trong danh mục tại ngày 20/6/2024.")
    return render(request, "ui/examples.html", examples_context(request))


def examples_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the page of examples shows."""
    wrong = ExampleForm({"symbol": "", "due_on": "31/6/2024", "percent": "120", "kind": "cv"})
    return {
        "rows": ROWS,
        "states": STATES,
        "heat": [
            (name, [(kind, HEAT_WORDS[kind]) for kind in kinds], total)
            for name, kinds, total in HEAT
        ],
        "icons": sorted(icon_names()),
        "day": date(2024, 6, 20),
        "long_name": LONG_NAME,
        "form": ExampleForm(),
        "wrong": wrong,
        "page": Paginator(range(312), 50).get_page(request.GET.get("page")),
        "tab_items": [
            {"label": "Nội dung", "url": "?tab=1", "current": True},
            {"label": "Cơ quan", "url": "?tab=2", "count": 31},
            {"label": "Lịch sử", "url": "?tab=3"},
        ],
    }

from __future__ import annotations

from django.urls import include, path

from tinhgon.apps.accounts.urls import sign_in_patterns
from tinhgon.apps.portal.urls import moderation_patterns

urlpatterns = [
    path("", include("tinhgon.apps.home.urls")),
    path("tai-khoan/", include(sign_in_patterns)),
    path("van-ban/", include("tinhgon.apps.directives.urls")),
    path("nhiem-vu/", include("tinhgon.apps.assignments.urls")),
    path("thu-tuc/", include("tinhgon.apps.procedures.urls")),
    path("quyet-dinh/", include("tinhgon.apps.publications.urls")),
    path("doi-chieu/", include("tinhgon.apps.matching.urls")),
    path("cong-khai/", include("tinhgon.apps.portal.urls")),
    path("phuong-an/", include("tinhgon.apps.plans.urls")),
    path("bao-cao/", include("tinhgon.apps.reports.urls")),
    path("theo-doi/", include("tinhgon.apps.monitoring.urls")),
    path("vuong-mac/", include("tinhgon.apps.difficulties.urls")),
    path("thong-ke/", include("tinhgon.apps.inventories.urls")),
    path("ra-soat/", include("tinhgon.apps.reviews.urls")),
    path("chi-phi/", include("tinhgon.apps.assessments.urls")),
    path("nhap/", include("tinhgon.apps.intake.urls")),
    path("gop-y/", include(moderation_patterns)),
    path("chuong-trinh/", include("tinhgon.apps.programmes.urls")),
    path("bo-loc/", include("tinhgon.apps.savedviews.urls")),
    path("trao-doi/", include("tinhgon.apps.exchange.urls")),
    path("viec-nen/", include("tinhgon.apps.jobs.urls")),
    path("thong-bao/", include("tinhgon.apps.notices.urls")),
    path("co-quan/", include("tinhgon.apps.agencies.urls")),
    path("lich-lam-viec/", include("tinhgon.apps.calendars.urls")),
    path("nguoi-dung/", include("tinhgon.apps.accounts.urls")),
    path("nhat-ky/", include("tinhgon.apps.audit.urls")),
]

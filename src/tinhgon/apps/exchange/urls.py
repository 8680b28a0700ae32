from __future__ import annotations

from django.urls import path

from .views import arrivals, dispatches, organs, papers

app_name = "exchange"

urlpatterns = [
    path("", arrivals.arrival_list, name="arrivals"),
    path("den.xlsx", arrivals.arrival_xlsx, name="arrivals_xlsx"),
    path("nhan/", arrivals.receive, name="receive"),
    path("den/<int:pk>/", arrivals.arrival_detail, name="arrival"),
    path("den/<int:pk>/tep/<int:part>/", arrivals.arrival_file, name="arrival_file"),
    path("den/<int:pk>/phan-hoi/", arrivals.answer, name="answer"),
    path("den/<int:pk>/xu-ly/", arrivals.handle, name="handle"),
    path("gui/<slug:kind>/<int:pk>/", papers.paper, name="paper"),
    path("gui/<slug:kind>/<int:pk>/goi/", papers.draft_package, name="draft_package"),
    path("gui/<slug:kind>/<int:pk>/ghi/", papers.record, name="record"),
    path("di/", dispatches.dispatch_list, name="dispatches"),
    path("di.xlsx", dispatches.dispatch_xlsx, name="dispatches_xlsx"),
    path("di/<int:pk>/", dispatches.dispatch_detail, name="dispatch"),
    path("di/<int:pk>/goi/", dispatches.package, name="package"),
    path("di/<int:pk>/tep/<int:part>/", dispatches.dispatch_file, name="dispatch_file"),
    path("di/<int:pk>/trang-thai/", dispatches.set_state, name="set_state"),
    path("di/<int:pk>/gui/", dispatches.queue, name="queue"),
    path("ma-dinh-danh/", organs.organ_list, name="organs"),
    path("ma-dinh-danh/them/", organs.organ_add, name="add_organ"),
    path("ma-dinh-danh/nhap/", organs.organ_import, name="import_organs"),
    path("ma-dinh-danh/<int:pk>/ket-thuc/", organs.organ_end, name="end_organ"),
]

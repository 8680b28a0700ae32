from __future__ import annotations

from django.urls import path

from .views import (
    freezing,
    mine,
    moves,
    papers,
    periods,
    report,
    templates,
    workbooks,
)

app_name = "reports"

urlpatterns = [
    path("", periods.period_list, name="list"),
    path("cho-toi/", mine.mine, name="mine"),
    path("mau/", templates.templates, name="templates"),
    path("mau/phan-mem.docx", templates.shipped_template, name="shipped_template"),
    path("mau/<int:pk>/tep/", templates.template_file, name="template_file"),
    path("mau/<int:pk>/dung/", templates.use_template, name="use_template"),
    path("mau/<int:pk>/thoi-dung/", templates.put_template_aside, name="put_template_aside"),
    path("ky/mo/", periods.open_period, name="open"),
    path("ky/<int:pk>/", periods.period_detail, name="period"),
    path("ky/<int:pk>/tien-do/", periods.progress_table, name="progress"),
    path("ky/<int:pk>/xuat/", periods.export, name="export"),
    path("ky/<int:pk>/sua/", periods.edit_period, name="edit"),
    path("ky/<int:pk>/tai-tat-ca/", papers.all_papers, name="all_papers"),
    path("ky/<int:pk>/ngoai-tuyen/", workbooks.workbooks, name="workbooks"),
    path("ky/<int:pk>/ngoai-tuyen/tai-tat-ca/", workbooks.all_workbooks, name="all_workbooks"),
    path("ngoai-tuyen/<int:pk>/", workbooks.preview, name="workbook_preview"),
    path("ngoai-tuyen/<int:pk>/tep/", workbooks.file, name="workbook_file"),
    path("ngoai-tuyen/<int:pk>/ghi/", workbooks.merge, name="merge_workbook"),
    path("ngoai-tuyen/<int:pk>/bo/", workbooks.discard, name="discard_workbook"),
    path("<int:pk>/ngoai-tuyen.xlsx", workbooks.workbook, name="workbook"),
    path("ky/<int:pk>/chot/", freezing.freeze, name="freeze"),
    path("ky/<int:pk>/ket-thuc/", periods.close_period, name="close"),
    path("ky/<int:pk>/nhan/", periods.receive_many, name="receive_many"),
    path("ky/<int:pk>/don-doc/", periods.urge, name="urge"),
    path("<int:pk>/", report.report_detail, name="report"),
    path("<int:pk>/so-lieu/<slug:key>/", report.figure_detail, name="figure"),
    path("<int:pk>/loi-van/<int:section>/", report.texts_below, name="texts"),
    path("<int:pk>/y-kien/", report.remarks, name="remarks"),
    path("<int:pk>/vuong-mac/", report.difficulties, name="difficulties"),
    path("<int:pk>/van-ban/", report.document, name="document"),
    path("<int:pk>/dieu-chinh/", freezing.restate, name="restate"),
    path("<int:pk>/bao-cao.<slug:kind>", papers.paper, name="paper"),
    path("<int:pk>/viet/", report.write, name="write"),
    path("<int:pk>/gui/", moves.send, name="send"),
    path("<int:pk>/khong-phat-sinh/", moves.send_nil, name="send_nil"),
    path("<int:pk>/rut-lai/", moves.recall, name="recall"),
    path("<int:pk>/nhan/", moves.receive, name="receive"),
    path("<int:pk>/tra-lai/", moves.return_report, name="return"),
    path("<int:pk>/ghi-van-ban/", moves.record_sent, name="record_sent"),
]

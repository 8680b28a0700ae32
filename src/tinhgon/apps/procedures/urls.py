from __future__ import annotations

from django.urls import path

from .views import (
    aside,
    copies,
    detail,
    edit,
    export,
    holding,
    law,
    listing,
    many,
    moves,
    propose,
)

app_name = "procedures"

urlpatterns = [
    path("", listing.procedure_list, name="list"),
    path("xuat/", export.export, name="export"),
    path("xuat/luoc-do/", export.export_schema, name="export_schema"),
    path("nhieu/", many.choose, name="many"),
    path("nhieu/xem-truoc/", many.preview, name="many_preview"),
    path("nhieu/thuc-hien/", many.change, name="many_change"),
    path("nhieu/ket-qua/<str:number>/", many.done, name="many_done"),
    path("linh-vuc/", listing.fields, name="fields"),
    path("moi/", propose.propose, name="propose"),
    path("mau/<int:pk>/", detail.form_file, name="form_file"),
    path("<int:pk>/", detail.procedure_detail, name="detail"),
    path("<int:pk>/ban-<int:number>/", detail.version_detail, name="version"),
    path("<int:pk>/ban-<int:number>/quy-trinh.svg", detail.flow_svg, name="svg"),
    path("<int:pk>/ban-<int:number>/quy-trinh.bpmn", detail.flow_bpmn, name="bpmn"),
    path("<int:pk>/sua/", edit.edit, name="edit"),
    path("ke-thua/", holding.ended_holders, name="succession"),
    path("ke-thua/chuyen/", holding.hand_over, name="hand_over"),
    path("can-cu/", law.law_list, name="laws"),
    path("can-cu/<int:pk>/", law.law_detail, name="law"),
    path("can-cu/<int:pk>/hieu-luc/", law.law_change, name="law_change"),
    path("can-cu/<int:pk>/giao-ra-soat/", law.law_assign, name="law_assign"),
    path("<int:pk>/sua-doi/", moves.change, name="change"),
    path("<int:pk>/ma-so/", moves.code, name="code"),
    path("<int:pk>/ban-<int:number>/gui/", moves.send, name="send"),
    path("<int:pk>/ban-<int:number>/xac-nhan/", moves.confirm, name="confirm"),
    path("<int:pk>/ban-<int:number>/tra-nguoi-soan/", moves.send_back, name="send_back"),
    path("<int:pk>/ban-<int:number>/kiem-soat/", moves.check, name="check"),
    path("<int:pk>/ban-<int:number>/tra-lai/", moves.return_version, name="return"),
    path("<int:pk>/ban-<int:number>/cong-khai/", moves.disclose, name="disclose"),
    path("<int:pk>/ban-<int:number>/khoi-phuc/", moves.restore, name="restore"),
    path("<int:pk>/ban-<int:number>/ngoai-danh-muc/", moves.out_of_scope, name="out_of_scope"),
    path("<int:pk>/ban-<int:number>/bo/", moves.drop, name="drop"),
    path("<int:pk>/ban-<int:number>/trung-lap/", aside.duplicate, name="duplicate"),
    path("<int:pk>/ban-<int:number>/gop/", aside.merge, name="merge"),
    path("<int:pk>/ban-dia-phuong/", copies.copies, name="copies"),
    path("<int:pk>/ban-dia-phuong/soan/", copies.make_copies, name="make_copies"),
    path("<int:pk>/tach-ban-chuan/", copies.unlink, name="unlink"),
]

"""Who may do what to a plan. The state decides what can be done, the branch who does it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.reviews.policies import sits_in
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.simplification import (
    GRANTED,
    LEGAL_CHANGE,
    PLAN,
    PLAN_IMPORT,
    RECOMMENDATION,
    Actor,
)

from .enums import (
    ImportMove,
    ImportStatus,
    LegalChangeMove,
    LegalChangeStatus,
    PlanMove,
    PlanStatus,
    RecommendationMove,
    RecommendationStatus,
    Verdict,
)
from .models import LegalChange, Plan, PlanImport, PlanItem, Recommendation

_SEE = Permission.SEE
_DRAFT, _HEAD = Permission.REVIEW_PROCEDURES, Permission.CONFIRM_REVIEW
_ASSESS, _RECORD = Permission.ASSESS_PLAN, Permission.RECORD_PLAN_DECISION
PAGES = [
    Page("plans:list", "Phương án đơn giản hóa"),
    Page("plans:detail", "Một phương án đơn giản hóa", seen_with=_SEE),
    Page("plans:item", "Một thủ tục trong phương án", seen_with=_SEE),
    Page("plans:decision", "Một quyết định phê duyệt phương án", seen_with=_SEE),
    Page("plans:draft", "Lập phương án đơn giản hóa", _DRAFT),
    Page("plans:add_items", "Đưa thêm thủ tục vào phương án", _DRAFT, seen_with=_SEE),
    Page("plans:describe", "Kiến nghị thực thi của một thủ tục", _DRAFT, seen_with=_SEE),
    Page("plans:add_measure", "Thêm nội dung đơn giản hóa", _DRAFT, seen_with=_SEE),
    Page("plans:change_measure", "Sửa nội dung đơn giản hóa", _DRAFT, seen_with=_SEE),
    Page("plans:add_legal_change", "Thêm văn bản phải sửa", _DRAFT, seen_with=_SEE),
    Page("plans:change_legal_change", "Sửa văn bản phải sửa", _DRAFT, seen_with=_SEE),
    Page("plans:assess", "Đánh giá phương án, trả lại", _ASSESS, seen_with=_SEE),
    Page("plans:submit", "Trình phê duyệt phương án", _HEAD, seen_with=_SEE),
    Page("plans:decide", "Ghi quyết định phê duyệt phương án", _RECORD, seen_with=_SEE),
    Page("plans:decide_many", "Ghi một quyết định về nhiều phương án", _RECORD),
    Page("plans:paper", "Tải tờ trình, văn bản đánh giá, quyết định", seen_with=_SEE),
    Page("plans:texts", "Thực thi phương án: văn bản phải sửa đổi, bãi bỏ"),
    Page("plans:texts_file", "Tải danh sách văn bản phải sửa đổi, bãi bỏ"),
    Page("plans:text", "Một văn bản phải sửa đổi, bãi bỏ", seen_with=_SEE),
    Page("plans:recommendations", "Kiến nghị cấp trên"),
    Page("plans:recommendations_file", "Tải danh sách kiến nghị cấp trên"),
    Page("plans:recommendation", "Một kiến nghị cấp trên", seen_with=_SEE),
    Page(
        "plans:answer_recommendations",
        "Ghi một văn bản trả lời nhiều kiến nghị",
        _RECORD,
        seen_with=_SEE,
    ),
    Page("plans:recommendation_paper", "Tải dự thảo công văn kiến nghị", seen_with=_SEE),
    Page("plans:recommendation_file", "Tệp công văn kiến nghị, trả lời", seen_with=_SEE),
    Page("plans:text_draft", "Tệp dự thảo văn bản sửa đổi", seen_with=_SEE),
    Page("plans:former_draft", "Tệp dự thảo đã thay", seen_with=_SEE),
    Page("plans:indicators", "Chỉ tiêu cắt giảm, đơn giản hóa"),
    Page("plans:targets", "Thước đo chỉ tiêu ở trang Việc của tôi"),
    Page("plans:indicator_rows", "Các thủ tục của một con số"),
    Page("plans:indicators_file", "Tải bảng chỉ tiêu"),
    Page("plans:counting_rule", "Quy tắc tính chỉ tiêu", Permission.MANAGE_ROUNDS, seen_with=_SEE),
    Page("plans:text_file", "Tệp văn bản sửa đổi đã ban hành", seen_with=_SEE),
    Page("plans:choose", "Chọn nội dung đơn giản hóa để đạt chỉ tiêu", seen_with=_SEE),
    Page("plans:import", "Nhập quyết định phê duyệt phương án đã ký", _RECORD),
    Page("plans:import_detail", "Một quyết định phê duyệt phương án đang nhập", seen_with=_SEE),
    Page("plans:import_file", "Tệp quyết định đang nhập", seen_with=_SEE),
    Page("plans:import_heading", "Sửa phần đầu quyết định đang nhập", _RECORD, seen_with=_SEE),
    Page("plans:import_row", "Một thủ tục của quyết định đang nhập", _RECORD, seen_with=_SEE),
]
MOVES = [
    Deed("plans:remove_item", "Bỏ thủ tục khỏi phương án", _DRAFT, seen_with=_SEE),
    Deed("plans:renew_item", "Chuyển thủ tục sang bản mới", _DRAFT, seen_with=_SEE),
    Deed("plans:take_suggestions", "Đưa gợi ý đã nhận vào phương án", _DRAFT, seen_with=_SEE),
    Deed("plans:remove_measure", "Bỏ nội dung đơn giản hóa", _DRAFT, seen_with=_SEE),
    Deed("plans:remove_legal_change", "Bỏ văn bản phải sửa", _DRAFT, seen_with=_SEE),
    Deed("plans:opinion_draft", "Tải dự thảo văn bản đánh giá", _ASSESS, seen_with=_SEE),
    Deed("plans:confirm", "Thủ trưởng xác nhận phương án", _HEAD, seen_with=_SEE),
    Deed("plans:reopen", "Thủ trưởng mở lại phương án", _HEAD, seen_with=_SEE),
    Deed("plans:withdraw", "Rút phương án", _HEAD, seen_with=_SEE),
    Deed("plans:resume", "Soạn lại phương án đã rút", _HEAD, seen_with=_SEE),
    Deed("plans:apply_choice", "Áp dụng lựa chọn vào phương án", _DRAFT, seen_with=_SEE),
    Deed("plans:undo_choice", "Hoàn tác lựa chọn nội dung", _DRAFT, seen_with=_SEE),
    Deed("plans:leave_unclear", "Không nhập các thủ tục chưa rõ", _RECORD, seen_with=_SEE),
    Deed("plans:match_import", "Đối chiếu lại quyết định đang nhập", _RECORD, seen_with=_SEE),
    Deed("plans:write_import", "Ghi quyết định đang nhập", _RECORD, seen_with=_SEE),
    Deed("plans:undo_import", "Hoàn tác việc nhập quyết định", _RECORD, seen_with=_SEE),
    Deed("plans:discard_import", "Bỏ quyết định đang nhập", _RECORD, seen_with=_SEE),
    Deed("plans:move_text", "Ghi tiến độ sửa một văn bản", Permission.ANSWER, seen_with=_SEE),
    Deed("plans:address_recommendation", "Soạn kiến nghị cấp trên", _DRAFT, seen_with=_SEE),
    Deed("plans:move_recommendation", "Ghi kiến nghị gửi đi, trả lời", _RECORD, seen_with=_SEE),
    Deed(
        "plans:amend",
        "Lập, gắn phiên bản sửa đổi theo phương án",
        Permission.PROPOSE_PROCEDURE,
        seen_with=_SEE,
    ),
]

RIGHTS = {
    Actor.OFFICER: Permission.REVIEW_PROCEDURES,
    Actor.HEAD: Permission.CONFIRM_REVIEW,
    Actor.OFFICE: Permission.ASSESS_PLAN,
    Actor.DECISION: Permission.RECORD_PLAN_DECISION,
}


def may(user: User, move: PlanMove, plan: Plan) -> bool:
    """
    Return whether the person has the part in which `move` is made, whatever the state.

    Nobody judges the plan of the agency in which he sits.
    """
    actor = next(Actor(t.actor) for (_, each), t in PLAN.transitions.items() if each is move)
    path = plan.agency.path or "/"
    if actor is Actor.OFFICE and sits_in(user, plan.agency_id):
        return False
    return user.access.allows(RIGHTS[actor], path)


def check(user: User, move: PlanMove, plan: Plan) -> None:
    """
    Check that `user` may make `move` on the plan now.

    :raises IllegalMove: if nobody may, because of the state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    PLAN.transition_for(PlanStatus(plan.status), move)
    if not may(user, move, plan):
        raise PermissionDenied


def can(user: User, move: PlanMove, plan: Plan) -> bool:
    try:
        check(user, move, plan)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def check_record_for(user: User, issuer: Agency) -> None:
    """
    Check that `user` records decisions of the agency that signed.

    :raises PermissionDenied: if he does not.
    """
    if not user.access.allows(_RECORD, issuer.path or "/"):
        raise PermissionDenied


def check_draft(user: User, agency: Agency) -> None:
    """
    Check that `user` may draft plans of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not may_draft(user, agency):
        raise PermissionDenied


def may_draft(user: User, agency: Agency) -> bool:
    """Return whether the person drafts plans of the agency."""
    return user.access.allows(_DRAFT, agency.path or "/")


def may_draft_anywhere(user: User) -> bool:
    """Return whether the person drafts plans of any agency."""
    return bool(user.access.paths(_DRAFT))


def may_count(user: User, agency: Agency) -> bool:
    """Return whether the person sets the counting rule of a programme of the agency."""
    return user.access.allows(Permission.MANAGE_ROUNDS, agency.path or "/")


def check_count(user: User, agency: Agency) -> None:
    """
    Check that `user` may set the counting rule of a programme of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not may_count(user, agency):
        raise PermissionDenied


_HEAD_OR_OFFICE = (Permission.CONFIRM_REVIEW, Permission.ASSESS_PLAN)


def may_move_text(user: User, change: LegalChange) -> bool:
    """Return whether the person does the work: for the agency named, or for that of the plan."""
    paths = (change.agency.path or "/", change.item.plan.agency.path or "/")
    return any(user.access.allows(Permission.ANSWER, path) for path in paths)


def may_text(user: User, move: LegalChangeMove, change: LegalChange) -> bool:
    """
    Return whether the person has the part in which `move` is made, whatever the state.

    What the table leaves to the head, as that a text need not change any more, the Office may say
    as well.
    """
    if not may_move_text(user, change):
        return False
    rows = LEGAL_CHANGE.transitions.items()
    if not any(each is move and t.actor == Actor.HEAD for (_, each), t in rows):
        return True
    path = change.item.plan.agency.path or "/"
    return any(user.access.allows(right, path) for right in _HEAD_OR_OFFICE)


def check_text(user: User, move: LegalChangeMove, change: LegalChange) -> None:
    """
    Check that `user` may make `move` on the text now.

    :raises IllegalMove: if nobody may: because of its state, or because nothing is approved.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    status = LegalChangeStatus(change.status)
    LEGAL_CHANGE.transition_for(status, move)
    measure = change.measure
    if Verdict(change.item.verdict) not in GRANTED or (measure and not measure.granted_by_id):
        raise IllegalMove(status, move)
    if not may_text(user, move, change):
        raise PermissionDenied


def can_text(user: User, move: LegalChangeMove, change: LegalChange) -> bool:
    try:
        check_text(user, move, change)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def may_recommend(user: User, move: RecommendationMove, recommendation: Recommendation) -> bool:
    """
    Return whether the person has the part in which `move` is made, whatever the state: who drafts
    plans of the agency that follows it words the letter, the clerk of the authority that decided
    enters the rest.
    """
    rows = RECOMMENDATION.transitions.items()
    actor = next(Actor(t.actor) for (_, each), t in rows if each is move)
    return user.access.allows(RIGHTS[actor], recommendation.agency.path or "/")


def check_recommend(user: User, move: RecommendationMove, recommendation: Recommendation) -> None:
    """
    Check that `user` may make `move` on the recommendation now.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    RECOMMENDATION.transition_for(RecommendationStatus(recommendation.status), move)
    if not may_recommend(user, move, recommendation):
        raise PermissionDenied


def can_recommend(user: User, move: RecommendationMove, recommendation: Recommendation) -> bool:
    try:
        check_recommend(user, move, recommendation)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def may_record_for(user: User, change: LegalChange, issuer: Agency) -> bool:
    """
    Return whether who works on the text records it as issued by `issuer`: by the agency itself,
    that of the plan, or one above them; by any other, whoever keeps its register.
    """
    at = issuer.path or "-"
    own = (change.agency.path or "/", change.item.plan.agency.path or "/")
    return any(path.startswith(at) for path in own) or user.access.allows(
        Permission.REGISTER_DOCUMENT, issuer.path or "/"
    )


def check_issuer(user: User, change: LegalChange, issuer: Agency) -> None:
    """
    Check that `user` may record the text as issued by `issuer`.

    :raises PermissionDenied: if he may not.
    """
    if not may_record_for(user, change, issuer):
        raise PermissionDenied


def sees_all_of(user: User, agency: Agency) -> bool:
    """Return whether the person sees the whole branch of the agency."""
    return user.access.allows(_SEE, agency.path or "/")


def check_import_for(user: User, agency: Agency) -> None:
    """
    Check that `user` may enter decisions on plans of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not may_import_for(user, agency):
        raise PermissionDenied


def may_import_for(user: User, agency: Agency) -> bool:
    """Return whether the person enters decisions on plans of the agency."""
    return user.access.allows(_RECORD, agency.path or "/")


def may_import_anywhere(user: User) -> bool:
    """Return whether the person enters decisions on plans of any agency."""
    return bool(user.access.paths(_RECORD))


def check_record(user: User) -> None:
    """
    Check that `user` records decisions on plans of any agency.

    :raises PermissionDenied: if he does not.
    """
    if not may_import_anywhere(user):
        raise PermissionDenied


def check_import(user: User, move: ImportMove, plan_import: PlanImport) -> None:
    """
    Check that `user` may make `move` on the import now.

    :raises PermissionDenied: if he may not, whatever its state.
    :raises IllegalMove: if nobody may, because of its state.
    """
    check_import_for(user, plan_import.agency)
    PLAN_IMPORT.transition_for(ImportStatus(plan_import.status), move)


def can_import(user: User, move: ImportMove, plan_import: PlanImport) -> bool:
    try:
        check_import(user, move, plan_import)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def may_amend(user: User, item: PlanItem) -> bool:
    """Return whether the person drafts versions of the procedure, for whoever holds it by now."""
    holder = item.review.procedure.agency
    return user.access.allows(Permission.PROPOSE_PROCEDURE, holder.path or "/")

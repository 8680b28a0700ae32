from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import LegalChange, Measure, Plan, PlanDecision, PlanItem


def get_visible_plan(*, user: User, pk: int) -> Plan:
    """
    Return the plan, if the person may see it.

    :raises Plan.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = Plan.objects.visible_to(user)
    related = ("agency", "round__round__programme", "round__agency", "submission")
    return found.select_related(*related).get(pk=pk)


def get_visible_item(*, user: User, pk: int) -> PlanItem:
    """
    Return one procedure of a plan, if the person may see it.

    :raises PlanItem.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = PlanItem.objects.visible_to(user).with_endings()
    return found.select_related(
        "amendment",
        "recommendation",
        "plan__agency",
        "plan__round__round",
        "plan__round__agency",
        "review__procedure_version",
        "review__procedure__agency",
        "review__agency",
        "as_is",
    ).get(pk=pk)


def get_visible_measure(*, user: User, pk: int) -> Measure:
    """
    Return a measure of a plan that the person may see.

    :raises Measure.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = Measure.objects.filter(item__in=PlanItem.objects.visible_to(user))
    return found.select_related(
        "item__plan__agency",
        "item__plan__round__round",
        "item__review__procedure_version",
        "item__as_is",
    ).get(pk=pk)


def get_visible_legal_change(*, user: User, pk: int) -> LegalChange:
    """
    Return a legal text to change of a plan that the person may see.

    :raises LegalChange.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = LegalChange.objects.filter(item__in=PlanItem.objects.visible_to(user))
    return found.select_related(
        "agency",
        "item__plan__agency",
        "item__plan__round__round",
        "item__review__procedure_version",
    ).get(pk=pk)


def get_visible_decision(*, user: User, pk: int) -> PlanDecision:
    """
    Return the decision on plans, if the person may see it.

    :raises PlanDecision.DoesNotExist: also when it exists but is hidden from the person.
    """
    found = PlanDecision.objects.visible_to(user)
    return found.select_related("document", "issuer", "recorded_by").get(pk=pk)

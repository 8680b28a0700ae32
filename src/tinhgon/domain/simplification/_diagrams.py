from __future__ import annotations

from ._importing import PLAN_IMPORT
from ._lifecycle import ITEM, LEGAL_CHANGE, PLAN
from ._recommending import RECOMMENDATION


def diagrams() -> dict[str, str]:
    """Return each life cycle as a Mermaid diagram, by the name of its page."""
    return {
        "plan": PLAN.to_mermaid(),
        "plan-item": ITEM.to_mermaid(),
        "legal-change": LEGAL_CHANGE.to_mermaid(),
        "recommendation": RECOMMENDATION.to_mermaid(),
        "plan-import": PLAN_IMPORT.to_mermaid(),
    }

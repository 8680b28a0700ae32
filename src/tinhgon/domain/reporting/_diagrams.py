from __future__ import annotations

from ._lifecycle import REPORT


def diagrams() -> dict[str, str]:
    """Return the lives of this package as Mermaid diagrams, by the name of their file."""
    return {"report": REPORT.to_mermaid()}

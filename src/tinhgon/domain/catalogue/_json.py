"""A catalogue as plain data, with the fields of the labels of the corpus and more."""

from __future__ import annotations

from datetime import date
from typing import Any

from tinhgon.domain.officialdoc import Source
from tinhgon.domain.procedures import Duration

from ._model import (
    Abolition,
    Article,
    Catalogue,
    Content,
    Decision,
    Effect,
    Row,
    StatedCount,
    Unread,
)


def catalogue_json(catalogue: Catalogue) -> dict[str, Any]:
    """Return everything that was read, ready for JSON."""
    return {
        "decision": decision_json(catalogue.decision),
        "stated_counts": [count_json(count) for count in catalogue.stated_counts],
        "full_content_count": len(catalogue.contents),
        "procedures": [row_json(row) for row in catalogue.rows],
        "articles": [article_json(article) for article in catalogue.articles],
        "effects": [effect_json(effect) for effect in catalogue.effects],
        "abolitions": [_abolition_json(each) for each in catalogue.abolitions],
        "problems": [
            {"kind": problem.kind.value, "position": problem.position, "text": problem.text}
            for problem in catalogue.problems
        ],
        "unread": [unread_json(piece) for piece in catalogue.unread],
    }


def count_json(count: StatedCount) -> dict[str, Any]:
    return {"text": count.text, "count": count.count, "scope": count.scope}


def article_json(article: Article) -> dict[str, Any]:
    return {"number": article.number, "text": article.text}


def effect_json(effect: Effect) -> dict[str, Any]:
    return {"on": _iso(effect.on), "of": effect.of, "text": effect.text}


def unread_json(piece: Unread) -> dict[str, Any]:
    return {"text": piece.text, "reason": piece.reason, **place_json(piece.source)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def place_json(source: Source) -> dict[str, Any]:
    return {"lines": [source.line, source.end_line], "page": source.page}


def _abolition_json(abolition: Abolition) -> dict[str, Any]:
    ref = abolition.document
    return {
        "verb": abolition.verb,
        "document": {
            "kind": ref.kind,
            "number": ref.number,
            "symbol": ref.symbol,
            "date": _iso(ref.on),
            "issuer": ref.issuer,
        }
        if ref
        else None,
        "positions": list(abolition.positions),
        "within": abolition.within,
        "whole": abolition.whole,
        "article": abolition.article,
        "text": abolition.text,
    }


def decision_json(decision: Decision) -> dict[str, Any]:
    return {
        "agency": decision.agency,
        "parent_agency": decision.parent_agency,
        "number": decision.number,
        "symbol": decision.symbol,
        "place": decision.place,
        "date": _iso(decision.date),
        "date_text": decision.date_text,
        "doc_type": decision.doc_type,
        "subject": decision.subject,
        "recipients": list(decision.recipients),
        "signer_authority": decision.signer_authority,
        "signer_title": decision.signer_title,
        "signer_name": decision.signer_name,
    }


def row_json(row: Row) -> dict[str, Any]:
    return {
        "position": row.position,
        "section": row.section,
        "action": row.action.value if row.action else None,
        "name": row.name,
        "level": row.level.value if row.level else None,
        "field": row.field,
        "agencies": list(row.agencies),
        "legal_basis": row.legal_basis,
        "code": row.code,
        "note": row.note,
        "replaced_by": row.replaced_by,
        "publication": row.publication,
        "extra": [{"heading": heading, "text": text} for heading, text in row.extra],
        "inherited": list(row.inherited),
        "inferred": list(row.inferred),
        "displaced": row.displaced,
        "content": content_json(row.content) if row.content else None,
        **place_json(row.source),
    }


def content_json(content: Content) -> dict[str, Any]:
    return {
        "name": content.name,
        "parts": {part.value: text for part, text in content.parts},
        "steps": [
            {
                "number": step.number,
                "what": step.what,
                "actor": step.actor or None,
                "duration": _duration_json(step.duration),
            }
            for step in content.steps
        ],
        "papers": [
            {
                "name": paper.name,
                "copy": paper.copy.value,
                "quantity": paper.quantity,
                "form": paper.form or None,
                "compulsory": paper.compulsory,
            }
            for paper in content.papers
        ],
        "dossier_sets": content.dossier_sets,
        "time_limit": _duration_json(content.time_limit),
        "attached": list(content.attached),
        **place_json(content.source),
    }


def _duration_json(duration: Duration | None) -> dict[str, Any] | None:
    return {"amount": float(duration.amount), "unit": duration.unit.value} if duration else None

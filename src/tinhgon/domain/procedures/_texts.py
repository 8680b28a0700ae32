from __future__ import annotations

from collections.abc import Iterator

from ._record import Record


def texts_of(record: Record) -> Iterator[str]:
    """Yield every text of a record apart from its name, as written, for searching in them."""
    for step in record.steps:
        yield from (step.what, step.actor, step.product)
    yield from (record.lead, record.manner_text, record.dossier_text, record.time_limit_text)
    for paper in record.papers:
        yield from (paper.name, paper.form)
    yield from record.subjects
    yield from (body.name for body in record.bodies)
    yield from (record.result, record.fee)
    yield from (form.name for form in record.forms)
    yield from record.conditions
    for basis in record.bases:
        yield from (basis.document, basis.code)

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon.domain import (
    assigning,
    background,
    difficulties,
    intake,
    procedures,
    reportbook,
    reporting,
    reviewing,
    simplification,
    suggesting,
)

FOLDER = Path("docs/workflows")


class Command(BaseCommand):
    help = "Write the state diagrams into docs/workflows, or check that they are current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, **options: Any) -> None:
        stale = []
        known = (
            assigning,
            background,
            difficulties,
            intake,
            procedures,
            reportbook,
            reporting,
            reviewing,
            simplification,
            suggesting,
        )
        diagrams = [pair for each in known for pair in each.diagrams().items()]
        for name, mermaid in diagrams:
            path = FOLDER / f"{name}.md"
            text = f"# {name}\n\n```mermaid\n{mermaid}\n```\n"
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(str(path))
            if not options["check"]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        if stale and options["check"]:
            raise CommandError(f"Not current: {', '.join(stale)}. Run `make fix`.")

from __future__ import annotations

from .config.cli import main

main()

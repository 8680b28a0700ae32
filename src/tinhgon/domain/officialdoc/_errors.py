"""What is raised when a file cannot be read."""

from __future__ import annotations


class Unreadable(Exception):
    """The file cannot be read; the message says in Vietnamese why and what to do."""

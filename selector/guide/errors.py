"""The error that is raised for a guide that scoring cannot use."""

from __future__ import annotations


class GuideError(ValueError):
    """The guide contradicts itself in a way that makes scoring impossible."""

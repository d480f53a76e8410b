"""Stands in for the kinds of readers, of which there are none here."""

__all__: list[str] = []

"""Texts of strangers: from bytes to text, and from text to what can be shown."""

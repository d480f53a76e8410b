"""PyYAML's loader of plain data: the one of its C library, or its own without that library, slower and alike."""

from __future__ import annotations

try:
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

__all__ = ["Loader"]

"""Packs the Python runtime that the page runs: fetched once, cut to size, compiled, compressed, cached.

runtime = pack(root, wizard_json)
runtime.files       what to publish
runtime.manifest    the address the page starts from
"""

from .errors import RuntimePackError
from .fetch import ensure_packages, ensure_pyodide
from .pack import Runtime, pack

__all__ = ["Runtime", "RuntimePackError", "ensure_packages", "ensure_pyodide", "pack"]

"""Replaces Pyodide's event loop, see asyncio beside it."""

from pyodide_js._api import scheduleCallback  # noqa: F401  memory snapshots expect Pyodide to hold it


def _initialize_event_loop() -> None:
    """There is none."""

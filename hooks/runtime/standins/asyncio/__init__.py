"""Replaces the real asyncio, a tenth of the library: the page's Python answers calls and awaits nothing.

Pyodide holds this module and reads it only when Python awaits JavaScript.
"""


def __getattr__(name: str) -> object:
    raise AttributeError(f"asyncio.{name}: the page's Python has no event loop")

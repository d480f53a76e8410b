"""Replaces Pyodide's installer: the page installs nothing. Pyodide asks for two folders while it starts."""

from pyodide_js import loadedPackages  # noqa: F401  memory snapshots expect Pyodide to hold it


class _Folder:
    def __init__(self, path: str) -> None:
        self._path = path

    def __str__(self) -> str:
        return self._path


SITE_PACKAGES = _Folder("/lib/python3.13/site-packages")
DSO_DIR = _Folder("/usr/lib")


def init_loaded_packages() -> None:
    """There are none."""

"""WebKitGTK, driven over WebDriver, on a display that exists in memory only."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

from selenium import webdriver
from selenium.webdriver.webkitgtk.service import Service

from tests.support.outside_browser import OutsideBrowser

DRIVER, DISPLAY = "WebKitWebDriver", "Xvfb"


def missing_webkit() -> str | None:
    """What must be installed before WebKitGTK can be tried; None when all is there."""
    packages = {DRIVER: "webkit2gtk-driver", DISPLAY: "xvfb"}
    missing = [package for program, package in packages.items() if shutil.which(program) is None]
    return f"apt-get install {' '.join(missing)}" if missing else None


class WebKit(OutsideBrowser):
    """One window of a running WebKitGTK."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver
        self.version = str(driver.capabilities["browserVersion"])

    def goto(self, url: str) -> None:
        """Go to a page and wait for it."""
        self._driver.get(url)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page. It runs beside the page, so no policy of the page forbids it."""
        return self._driver.execute_script(f"return {expression}")


@contextlib.contextmanager
def webkit() -> Iterator[WebKit]:
    """A WebKitGTK that remembers nothing."""
    with _display() as display:
        service = Service(shutil.which(DRIVER), env={**os.environ, "DISPLAY": display})
        options = webdriver.WebKitGTKOptions()
        driver = webdriver.WebKitGTK(options=options, service=service)
        try:
            driver.set_page_load_timeout(120)
            yield WebKit(driver)
        finally:
            driver.quit()


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """The name of a display, whose number the server chooses and writes into a pipe."""
    reader, writer = os.pipe()
    command = [DISPLAY, "-displayfd", str(writer), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with open(reader, encoding="ascii") as numbers:  # noqa: PTH123 - a pipe has no path
            yield f":{numbers.readline().strip()}"
    finally:
        process.terminate()
        process.wait(60)

"""An image of Python's memory, ready for the first question: for visitors whose connection brings it sooner than their
browser would get Python ready."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import RuntimePackError
from .fetch import bundled


def memory_image(parts: Mapping[str, bytes]) -> bytes:
    """Start the runtime in Node and take its memory once it has answered the empty form.

    Args:
        parts: what the runtime consists of, unpacked, by name.

    Raises:
        RuntimePackError: the runtime does not start.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part, data in parts.items():
            (folder / part).write_bytes(data)
        target = folder / "image"
        # The pinned Node: what this machine has may lack what browsers of today have, and then their memory differs.
        command = [*bundled("node"), str(Path(__file__).with_name("image.cjs")), name, str(target)]
        environment = os.environ | {"TZ": "UTC", "LC_ALL": "C"}  # both are in the memory of Python
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimePackError(f"the runtime gives no image of its memory:\n{done.stderr.strip()}")
        return target.read_bytes()

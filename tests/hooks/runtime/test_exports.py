"""What the runtime leaves out of Pyodide's program and loader."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hooks.runtime.errors import RuntimePackError
from hooks.runtime.exports import without_unused_exports
from tests.support.node_packages import tool

# (module (func (export "used") (result i32) i32.const 7) (func (export "passed_on") …) (func (export "unheard") …))
NAMES = ("used", "passed_on", "unheard")
PROGRAM = b"".join(
    [
        b"\0asm\1\0\0\0",
        b"\x01\x05\x01\x60\x00\x01\x7f",  # one type: nothing in, a whole number out
        b"\x03\x04\x03\x00\x00\x00",  # three functions of it
        bytes([7, 1 + sum(len(name) + 3 for name in NAMES), 3]),
        *(bytes([len(name)]) + name.encode() + bytes([0, place]) for place, name in enumerate(NAMES)),
        b"\x0a\x10\x03\x04\x00\x41\x07\x0b\x04\x00\x41\x08\x0b\x04\x00\x41\x09\x0b",  # they give 7, 8, 9
    ]
)
LOADER = (
    'var _used=Module["_used"]=wasmExports["used"];var _passed_on=Module["_passed_on"]=wasmExports["passed_on"];'
    "function call(){return _used()}"
)


def exported(program: bytes, folder: Path) -> str:
    """What Node says that the module exports, and what `used` gives."""
    (folder / "program.wasm").write_bytes(program)
    script = (
        "const m = new WebAssembly.Module(require('fs').readFileSync(process.argv[1]));"
        "const i = new WebAssembly.Instance(m);"
        "console.log(WebAssembly.Module.exports(m).map((e) => e.name).join(' '), i.exports.used());"
    )
    command = [*tool("node"), "-e", script, str(folder / "program.wasm")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_what_the_loader_only_passes_on_goes_and_what_it_calls_stays(tmp_path: Path) -> None:
    assert exported(PROGRAM, tmp_path) == "used passed_on unheard 7"
    program, loader = without_unused_exports(PROGRAM, LOADER)
    assert exported(program, tmp_path) == "used 7"
    assert loader == 'var _used=Module["_used"]=wasmExports["used"];function call(){return _used()}'


@pytest.mark.parametrize(
    ("program", "message"), [(b"<html>", "no WebAssembly module"), (PROGRAM[:8], "exports nothing")]
)
def test_another_form_of_program_is_refused(program: bytes, message: str) -> None:
    with pytest.raises(RuntimePackError, match=message):
        without_unused_exports(program, LOADER)

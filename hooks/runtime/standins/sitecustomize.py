"""Settings of the page's Python, read when it starts: what importing works out is brought along, not worked out.

Each dataclass has Python source generated, and compiled, for its methods; each regular expression is translated.
Both take a third of the time that importing the selector takes, and come out the same each time. `_precomputed` has
what came out when the runtime was packed (hooks/runtime/trace.py). What is not in it is worked out as ever.
"""

import inspect
import re._compiler
import types

try:
    from _precomputed import CODES, PATTERNS
except ImportError:  # the runtime is being packed: these are what will be brought along
    CODES, PATTERNS = {}, {}


def _copy(module, **changes):
    copy = types.ModuleType(module.__name__)
    vars(copy).update(vars(module), **changes)
    return copy


def _recorded_sre(*arguments):
    translated.append(arguments[1:])
    return sre.compile(*arguments)


def _compile_pattern(pattern, flags=0):
    key = (pattern, flags)
    if not isinstance(pattern, (str, bytes)):
        return translate(*key)
    if key not in PATTERNS:
        compiled = translate(*key)
        PATTERNS[key] = translated.pop()
        return compiled
    return sre.compile(pattern, *PATTERNS[key])


translated = []
translate = re._compiler.compile
sre = re._compiler._sre
re._compiler._sre = _copy(sre, compile=_recorded_sre)
re._compiler.compile = _compile_pattern

import dataclasses  # noqa: E402  it has its own patterns


def _execute(source, names, result):
    if source not in CODES:
        CODES[source] = compile(source, "<string>", "exec")
    exec(CODES[source], names, result)


def _no_signature(_):
    raise ValueError("not worked out here")


dataclasses.exec = _execute
# A dataclass without a docstring, as all are here, works out its signature to make one, or goes without.
dataclasses.inspect = _copy(inspect, signature=_no_signature)

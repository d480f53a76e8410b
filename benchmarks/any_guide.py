"""Does the build render whatever `guide check` passes? Tries as many generated guides as asked.

uv run python -m benchmarks.any_guide [COUNT] [FIRST SEED]

Says every `EVERY` guides how far it is and what broke so far, so that a run that you stop also shows something.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections import Counter
from time import perf_counter
from unittest.mock import patch

from hooks.checked import check_loaded
from hooks.render.nav import nav, pages_in
from hooks.render.site import render_site, wizard_json
from hooks.source.load import load_bytes
from hooks.source.problems import errors
from tests.support.schema_guides import DAY, guide_of

EVERY = 50
"""Guides from one line of progress to the next."""

VISITORS = 30
"""Visitors sampled to say who an option is for: more would change figures, not whether the page can be rendered, and take
half of the time that a small guide does."""


def attempt(seed: int) -> str:
    """ "rendered", the codes of the problems that stop the guide, or what broke."""
    data = guide_of(seed)
    checked = check_loaded(load_bytes(json.dumps(data, ensure_ascii=False).encode()), DAY)
    if checked.guide is None:
        return "refused: " + ", ".join(sorted({problem.code for problem in errors(checked.problems)}))
    with patch("hooks.render.context.SAMPLED", VISITORS):
        site = render_site(checked.guide, checked_on=DAY, repo_url="https://code.test/x", lines=checked.loaded.line)
    wizard_json(checked.guide)
    missing = pages_in(nav(checked.guide)) - set(site)
    if missing:
        raise AssertionError(f"in the navigation without a page: {sorted(missing)}")
    return "rendered"


def main(count: int, first: int) -> int:
    """Print what became of the guides; fails when one broke."""
    start, said, broken = perf_counter(), Counter[str](), []
    for seed in range(first, first + count):
        try:
            said[attempt(seed)] += 1
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            broken.append(seed)
            said[f"BROKE: {type(error).__name__}: {str(error)[:120]} ({where.filename[-40:]}:{where.lineno})"] += 1
            if len(broken) <= 3:
                print(f"seed {seed}", *traceback.format_exception(error)[-4:], sep="\n")
        done = seed - first + 1
        if done % EVERY == 0 or done == count:
            print(
                f"{done} of {count}, {perf_counter() - start:.0f} s: rendered {said['rendered']},"
                f" refused {done - said['rendered'] - len(broken)}, broken {len(broken)}",
                flush=True,
            )
    for words, times in said.most_common():
        print(f"{times:>6}  {words}")
    print(f"{count} guides in {perf_counter() - start:.0f} s; broken: {broken[:20] or 'none'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:2] or ["2000"])[0]), int((sys.argv[2:3] or ["1"])[0])))

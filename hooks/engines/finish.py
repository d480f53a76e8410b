"""What every adapter does beyond rendering, and what a site needs that was built by an engine without hooks."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

from hooks.offline import turn_to_disk
from hooks.render.csp import with_policy

INSERTS_STYLES = re.compile(r"""\("style",\s*\{\}""")
"""How a theme's script makes its own style sheet: Zensical's search does, Material's scripts do not."""

NO_REPO_URL = "REPO_URL is not set: pages have no links to edit the guide or to report mistakes"

HAS_POLICY = '<meta http-equiv="Content-Security-Policy"'


def build_day() -> date:
    """The day of the build, by which facts are judged stale; SOURCE_DATE_EPOCH makes a build repeatable, in any time zone."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def finish(site: Path, *, offline: bool = False) -> tuple[int, int]:
    """Give every page of a built site its Content-Security-Policy; pages that have one are left alone.

    Args:
        site: the folder that an engine has written.
        offline: make of the site a folder that works from disk.

    Returns:
        How many pages there are, and how many of them were given a policy.
    """
    pages = sorted(site.rglob("*.html"))
    inserted = any(
        INSERTS_STYLES.search(path.read_text("utf-8")) for path in site.glob("assets/javascripts/bundle*.js")
    )
    bare = [(path, html) for path in pages if HAS_POLICY not in (html := path.read_text("utf-8"))]
    for path, html in bare:
        path.write_text(with_policy(html, inserted_styles=inserted), "utf-8", newline="")
    if offline:
        turn_to_disk(site)
    return len(pages), len(bare)

"""The subcommands of `guide` for site engines without hooks: `stage` before such an engine, `finish` after it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hooks import ROOT
from hooks.assets import AssetError
from hooks.engines.finish import build_day, finish
from hooks.engines.stage import StagingError, stage
from hooks.runtime import RuntimePackError

from .exit_codes import OK, PROBLEMS, USAGE


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add both to the command line."""
    staging = commands.add_parser(
        "stage",
        parents=[file],
        help="write the site's pages for an engine without hooks",
        description="Write all pages and a mkdocs.yml without hooks into a folder. Only what changed is written.",
    )
    staging.add_argument("folder", type=Path, help="a new folder, an empty one, or one that was staged before")
    staging.set_defaults(run=_stage)

    finishing = commands.add_parser(
        "finish",
        help="add what an engine without hooks left out",
        description="Give each page of a built site its Content-Security-Policy.",
    )
    finishing.add_argument("site", type=Path, help="the folder that the engine has written")
    finishing.add_argument("--offline", action="store_true", help="for a site that is opened from disk")
    finishing.set_defaults(run=_finish)


def _stage(arguments: argparse.Namespace) -> int:
    try:
        done = stage(ROOT, arguments.folder, arguments.guide, build_day())
    except (StagingError, RuntimePackError, AssetError) as error:
        print(f"guide: nothing was staged\n\n{error}", file=sys.stderr)
        return PROBLEMS
    print(f"{arguments.folder}: {done.files} files, {done.written} of them changed, {done.removed} removed")
    return OK


def _finish(arguments: argparse.Namespace) -> int:
    pages, changed = finish(arguments.site, offline=arguments.offline)
    if not pages:
        print(f"guide: {arguments.site} holds no pages", file=sys.stderr)
        return USAGE
    print(f"{arguments.site}: {pages} pages, {changed} given a policy")
    return OK

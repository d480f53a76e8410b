"""The command line: detect, recommend, ask, adr, decide, compare, together, what-if, verify.

Exit codes: 0 done (for `verify`: still valid, and the repository has not moved away from it), 1 `verify` says closer or
changed, that the repository does not follow, or that urgent warnings are new; or nothing meets all requirements (`decide`
decides nothing then), 2 usage error or unreadable input, 3 the output could not be written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from . import arguments
from .analysis.steps import Analysis
from .ask import ask
from .case.answers import AnswerError
from .case.trades import with_trades
from .detect.conclusion import Reading, differing, merged
from .detect.folder import read_folder
from .files import InputError, OutputError, read_json, write_safely
from .guide.errors import GuideError
from .guide.guide import Guide
from .plan.damage import damage
from .plan.drift import FORMAT, VALID, decision, verify
from .report import terminal, terminal_drift
from .report.adr import record
from .report.console import Parser, ask_beside, complain, flush, give_up, print_json, say, say_beside
from .report.detected import detected, detected_data
from .report.followed import compared, followed_data, followed_text, recorded
from .report.json_report import comparison_data, recommendation_data, record_data
from .report.nearest import meant, no_setup, nothing_leads
from .report.own_given import own_of
from .report.people import add_arguments, run_together
from .report.sensitivity import Sensitivity, sensitivity_data
from .report.today import today_data, today_markdown, today_terminal
from .report.what_if import add_arguments as add_cases
from .report.what_if import run_what_if
from .scoring.recommend import RankedStrategy, Recommendation, recommend

OK, NOT_SO, USAGE, UNWRITTEN = 0, 1, 2, 3

Run = Callable[[Guide, argparse.Namespace, terminal.Paint], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        write_safely(stream)
    try:
        code = _run(arguments)
        flush()
    except BrokenPipeError:  # the reader of the pipe has seen enough
        give_up()
        return UNWRITTEN
    except OSError as error:
        complain(f"cannot write the output: {error.strerror or error}")
        give_up()
        return UNWRITTEN
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        given = parser().parse_args(arguments)
    except SystemExit:
        flush()  # the help, which may fail as every output does
        raise
    try:
        if sys.stdout is None:
            raise OutputError("cannot write the output: standard output is closed")
        guide = load_guide(given.guide)
        try:
            code: int = given.run(guide, given, terminal.Paint(_wants_colour(given.color)))
        except AnswerError as error:
            raise InputError(f"{error}{meant(guide, error)}") from error
    except (InputError, GuideError) as error:
        complain(str(error))
        return USAGE
    except OutputError as error:
        complain(str(error))
        return UNWRITTEN
    except RecursionError:
        complain("the input is nested too deeply")
        return USAGE
    except KeyboardInterrupt:
        return USAGE
    return code


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, with help for every command."""
    whole = Parser(
        prog="selector",
        description="Recommend strategies of a decision guide, from the same data as its wizard.",
        epilog="Exit codes: 0 done, and for verify: still valid, and the repository has not moved away from it. 1 verify"
        " says closer or changed, the repository does not follow, or urgent warnings are new; or nothing meets all"
        " requirements, so that decide decides nothing. 2 usage error or unreadable input."
        " 3 the output cannot be written.",
    )
    whole.add_argument(
        "--color",
        choices=["auto", "always", "never"],
        default="auto",
        help="colour the output; auto: on a terminal only",
    )
    commands = whole.add_subparsers(required=True, metavar="command")
    for name, (run, text, add) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        command.add_argument(
            "--guide",
            required=True,
            help="path to guide.json (download it from the site's api/ folder), or the site's address",
        )
        add(command)
        command.set_defaults(run=run)
    return whole


def _wants_colour(choice: str) -> bool:
    return choice == "always" or (choice == "auto" and sys.stdout.isatty())


def load_guide(place: Path | str) -> Guide:
    """A guide from a JSON file or an address: the checked guide itself, or the site's api/guide.json around it."""
    data = read_json(place)
    return Guide.from_data(data.get("guide", data) if "revision" in data else data)


def _read_and_ranked(guide: Guide, given: argparse.Namespace) -> tuple[Recommendation, Reading | None]:
    """Answers alone, or a whole case with answers, weights and relax (as the wizard and `decide` save it), over what
    the files of a folder say; with what they say."""
    data = read_json(given.answers)
    whole = isinstance(data.get("answers"), dict)
    said = with_trades(data) if whole else data
    reading = _reading(guide, given.folder) if given.folder else None
    answers = merged(reading.values if reading else {}, said)
    own = own_of(guide, data.get("own") if whole else None, given.own)
    if not whole:
        return recommend(guide, answers, own=own), reading
    weights, relax = data.get("weights"), data.get("relax") or ()
    return recommend(guide, answers, weights=weights, relax=relax, own=own), reading


def _reading(guide: Guide, folder: Path) -> Reading:
    try:
        return read_folder(guide, folder)
    except OSError as error:
        raise InputError(str(error)) from error


def _detect(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    reading = _reading(guide, given.folder)
    if given.json:
        print_json(detected_data(reading))
    else:
        say(detected(reading, paint, every=given.all))
    return OK


def _recommend(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    result, reading = _read_and_ranked(guide, given)
    return _show(Analysis(result).run(), paint, as_json=given.json, every=given.all, reading=reading)


def _ask(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    if not hasattr(sys.stdin, "readline"):
        raise InputError("standard input is closed, so nothing can be asked")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    result = ask(guide, ask_beside, say_beside) if given.json else ask(guide, input, say)
    if result is None:
        raise InputError("the input ended before anything was answered")
    if given.save is not None:
        try:
            data = recommendation_data(result)
            given.save.write_text(json.dumps(with_trades(data), indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise OutputError(f"cannot write {given.save}: {error.strerror or error}") from error
    return _show(Analysis(result).run(), paint, as_json=given.json, every=given.all)


def _show(
    analysis: Analysis, paint: terminal.Paint, *, as_json: bool, every: bool, reading: Reading | None = None
) -> int:
    result = analysis.result
    if as_json:
        more = sensitivity_data(Sensitivity.of(result).run()) if result.winner else None
        shown = {} if reading is None else {"repository": today_data(reading, result)}
        print_json({**recommendation_data(result), "analysis": analysis.to_data(), "sensitivity": more, **shown})
    else:
        today = "" if reading is None else f"\n\n{today_terminal(reading, result, paint)}"
        there = frozenset[str]() if reading is None else reading.shown
        say(terminal.recommendation(analysis, paint, every=every, there=there) + today)
    return NOT_SO if result.crowned and not result.feasible else OK


def _adr(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    result, reading = _read_and_ranked(guide, given)
    analysis, day = Analysis(result).run(), date.today().isoformat()
    text = record(analysis, day, today="" if reading is None else today_markdown(reading, result))
    if given.json:
        print_json(record_data(analysis.result, day, text))
    else:
        say(text, end="")
    return OK


def _decide(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    result, reading = _read_and_ranked(guide, given)
    if not result.leaders:
        complain(f"nothing is decided: {nothing_leads(result)}")
        return NOT_SO
    shares = {name: str(share) for name, share in Analysis(result).run().shares.items() if share}
    shown = None if reading is None else recorded(reading)
    print_json(decision(result, date.today().isoformat(), shares, shown))
    return OK


def _compare(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    result, _ = _read_and_ranked(guide, given)
    mine, theirs = (_place(result, name) for name in given.strategies)
    if given.json:
        print_json(comparison_data(result, mine, theirs))
    else:
        say(terminal.comparison(result, mine, theirs, paint))
    return OK


def _place(result: Recommendation, name: str) -> RankedStrategy:
    try:
        return result.place(name)
    except KeyError:
        raise InputError(no_setup(result, name)) from None


def _together(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    return OK if run_together(guide, given, paint) else NOT_SO


def _what_if(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    return OK if run_what_if(guide, given, paint) else NOT_SO


def _verify(guide: Guide, given: argparse.Namespace, paint: terminal.Paint) -> int:
    made = read_json(given.decision)
    damaged = damage(made) if made.get("kind") == "decision" and made.get("format") == FORMAT else ""
    if damaged:
        raise InputError(f"the decision is damaged: {damaged}")
    drift = verify(guide, made)
    finding = terminal_drift.drift_data(drift)
    lines = [terminal_drift.drift(drift, paint)]
    followed = given.folder is None
    if given.folder is not None:
        reading, before = _reading(guide, given.folder), made.get("repository")
        used = None if before is None else before["uses"]
        ways = [reading.follows(guide.strategy(name).members, used) for name in _known(guide, drift.leaders_before)]
        follows = max(ways, key=lambda one: one.rank, default=reading.follows((), used))
        found = compared(reading, follows, differing(reading, made["answers"]), before)
        followed = found.keeps
        finding["repository"] = followed_data(found)
        lines.append(followed_text(found))
    if given.json:
        print_json(finding)
    else:
        say("\n".join(lines))
    return OK if drift.status == VALID and followed else NOT_SO


def _known(guide: Guide, names: Sequence[str]) -> list[str]:
    """Strategies that the guide still has."""
    return [name for name in names if all(part in guide.today("options") for part in name.split("+"))]


COMMANDS: Mapping[str, tuple[Run, str, Callable[[argparse.ArgumentParser], None]]] = {
    "detect": (
        _detect,
        "read a folder: what is in use, what to know, and the answers in its files",
        arguments.with_folder,
    ),
    "recommend": (_recommend, "rank the strategies for answers", arguments.with_answers_and_all),
    "ask": (_ask, "ask the wizard's questions here, then rank", arguments.with_saving),
    "adr": (_adr, "write the decision as an architecture decision record (Markdown)", arguments.with_answers_or_json),
    "decide": (_decide, "write the decision as JSON, for `verify`", arguments.with_answers_or_json),
    "compare": (_compare, "put two strategies side by side", arguments.with_strategies),
    "together": (_together, "compare the answers of several people", add_arguments),
    "what-if": (_what_if, "put several cases side by side, and say what changes between them", add_cases),
    "verify": (_verify, "check whether a decision made earlier is still right", arguments.with_decision),
}
"""The commands: what each runs, what it is for, and its arguments."""


if __name__ == "__main__":
    raise SystemExit(main())

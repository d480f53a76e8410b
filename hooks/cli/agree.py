"""`guide agree`: recommendations beside published decisions. Fails when one is missed that no editor has accepted."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from hooks.checked import check_guide
from hooks.evaluation.agreement import Compared, Drop, Rate, Row, by_verdict, comparisons, constant, drops, rows
from hooks.source.problems import plural
from selector import Guide, recommend
from selector.analysis.confidence import CLEAR, CLOSE, LEAD, NARROW
from selector.analysis.robustness import DRAWS
from selector.analysis.steps import Analysis

from .exit_codes import OK, PROBLEMS

WORDS = (CLEAR, LEAD, NARROW, CLOSE)


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: argparse.ArgumentParser) -> None:
    """Add `agree` to the command line."""
    parser = commands.add_parser(
        "agree",
        parents=[file],
        help="compare recommendations with published decisions",
        description="Compare recommendations with the guide's published decisions. Fails when one is missed without "
        "'differs', which accepts that and says why.",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for programs")
    parser.add_argument("--quick", action="store_true", help="without the words for confidence, which take a minute")
    parser.set_defaults(run=_agree)


def _agree(arguments: argparse.Namespace) -> int:
    checked = check_guide(arguments.guide)
    if checked.guide is None:
        print(checked.report())
        return PROBLEMS
    guide = checked.guide
    found = comparisons(guide)
    noted = drops(guide, found)
    words = {} if arguments.quick else verdicts(guide, found)
    if arguments.format == "json":
        print(json.dumps(as_data(guide, found, noted, words), indent=2, ensure_ascii=False))
    else:
        print(as_text(guide, found, noted, words))
    return PROBLEMS if any(drop.worse for drop in noted) else OK


def verdicts(guide: Guide, found: Iterable[Compared]) -> dict[str, str]:
    """The word for confidence that the page would show for each decision's situation."""
    answers = {entry["id"]: entry["answers"] for entry in guide.data.get("decisions", ())}
    words = {}
    for one in found:
        analysis = Analysis(recommend(guide, answers[one.id]))
        for _ in analysis.steps():
            if analysis.draws >= DRAWS:
                break
        if analysis.verdict is not None:
            words[one.id] = analysis.verdict
    return words


def as_data(guide: Guide, found: Sequence[Compared], noted: Sequence[Drop], words: dict[str, str]) -> dict[str, Any]:
    """Everything as plain JSON data."""
    everything, confidences, kinds = rows(guide, found)
    return {
        "all": _row_data(everything[0]),
        "by_confidence": {row.name: _row_data(row) for row in confidences},
        "by_kind": {row.name: _row_data(row) for row in kinds},
        "constant": constant(guide, guide.data.get("decisions", ()))[0],
        "words": {word: _rate_data(rate) for word, rate in by_verdict(found, words).items()},
        "words_accepted": {word: _rate_data(rate) for word, rate in by_verdict(found, words, "accepted").items()},
        "drops": [asdict(drop) for drop in noted],
        "decisions": [{**asdict(one), "word": words.get(one.id)} for one in found],
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        name: _rate_data(getattr(row, name)) for name in ("first", "among", "accepted", "rejected", "rules", "constant")
    }


def _rate_data(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {"hits": rate.hits, "of": rate.of, "low": round(low, 3), "high": round(high, 3)}


HEAD = f"{'':<18}{'first':>16}{'first three':>18}{'rejected first':>18}{'rules':>18}{'constant':>18}"


def as_text(guide: Guide, found: Sequence[Compared], noted: Sequence[Drop], words: dict[str, str]) -> str:
    """The same for people."""
    if not found:
        return "The guide has no published decisions."
    lines = [f"Agreement with {plural(len(found), 'published decision')}, with 95% intervals", "", HEAD]
    for group in rows(guide, found):
        lines += [_line(row) for row in group] + [""]
    lines.append(f"constant: {_name(guide, constant(guide, guide.data['decisions'])[0])} for all")
    right, good = by_verdict(found, words), by_verdict(found, words, "accepted")
    lines += [
        f"“{word}” is right in {right[word].hits} of {right[word].of}, or accepted by the source in {good[word].hits}"
        for word in WORDS
        if word in right
    ]
    lines += [""] + [f"{'DROP' if drop.worse else 'better'}: {drop.decision}: {drop.said}" for drop in noted]
    missed = sum(not one.first for one in found)
    lines.append(f"{plural(missed, 'decision')} missed, {sum(drop.worse for drop in noted)} of them not accepted.")
    return "\n".join(lines)


def _line(row: Row) -> str:
    cells = (row.first, row.among, row.rejected, row.rules, row.constant)
    return f"{row.name:<14}{row.first.of:>4}" + "".join(
        f"{_cell(rate):>{16 if n == 0 else 18}}" for n, rate in enumerate(cells)
    )


def _cell(rate: Rate) -> str:
    low, high = (round(100 * end) for end in rate.interval)
    return f"{round(100 * rate.share)}% ({low}\N{EN DASH}{high})"


def _name(guide: Guide, strategy: str) -> str:
    return guide.strategy(strategy).name

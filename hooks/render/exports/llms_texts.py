"""The guide as plain Markdown for language models and other patient readers: llms.txt, the full text, and one text
per option. Texts are as the editors wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hooks.evaluation.effects import effects_of, sentence
from hooks.render.aggregation import rule_in_words
from hooks.render.citations import quotes
from hooks.render.context import TEMPLATES, BuildContext
from hooks.render.costs import span
from hooks.render.facts import Entry, fact_names
from hooks.render.plain_text import counted
from selector.guide.terms import Terms, upfirst
from selector.guide.values import ValueTable
from selector.web.marks import joined, rating_word

from .formats import urls
from .tables import amount


def overview(build: BuildContext, files: Sequence[object]) -> str:
    """llms.txt: what there is, with one line each, as llmstxt.org has it."""
    return _print(build, "llms.txt", files=files)


def full(build: BuildContext) -> str:
    """llms-full.txt: every fact, level, question, effect and combination."""
    guide = build.guide
    table = ValueTable.of(guide)
    return _print(
        build,
        "llms-full.txt",
        rows=[
            (strategy, guide.entry("strategies", strategy.named) if strategy.named else None, table.low[row], table.high[row])
            for row, strategy in enumerate(guide.strategies)
        ],
        questions=[(entry, guide.question(entry["id"])) for entry in guide.data["questions"]],
    )  # fmt: skip


def option_texts(build: BuildContext) -> Iterator[tuple[str, str]]:
    """One text per option, under its former ids too."""
    for option in build.guide.data["options"]:
        own, former = f"api/options/{option['id']}.txt", build.guide.former("options", option["id"])
        make = partial(_print, build, "option.txt", option=option)
        _, text = build.reusable_page(own, make, options=[option["id"]])
        yield from ((path, text) for path in (own, *(f"api/options/{name}.txt" for name in former)))


def _print(build: BuildContext, template: str, **values: object) -> str:
    guide = build.guide
    text = (
        _environment()
        .get_template(template)
        .render(
            build=build,
            guide=guide,
            terms=guide.terms,
            about=guide.data["guide"],
            address=build.address,
            names=fact_names(guide),
            says=lambda answer: [(sentence(guide, effect), effect.because) for effect in effects_of(guide, answer)],
            level=lambda option, criterion: rating_word(guide, option, criterion),
            rule=lambda criterion: rule_in_words(guide, guide.entry("criteria", criterion), Terms()),
            option_names=lambda ids: joined([guide.option(name).name for name in ids]),
            urls=lambda entry: urls(guide, entry),
            package=f"git+{build.report_links.repo_url}" if build.report_links.repo_url else "PATH-OF-A-CHECKOUT",
            amount=amount,
            span=span,
            **values,
        )
    )
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


@cache
def _environment() -> Environment:
    """Templates of plain text: nothing is escaped, because nothing here is markup."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES / "text"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals["counted"] = counted
    env.filters["upfirst"] = upfirst
    env.filters["line"] = _line
    env.filters["sourced"] = _sourced
    return env


def _line(text: object) -> str:
    """A text on one line."""
    return " ".join(str(text).split())


def _sourced(entry: Entry, found: list[str]) -> str:
    """Where a fact comes from, in brackets: addresses, day, version, and what is our own conclusion."""
    parts = [f"Source: {' '.join(found)}" if found else "No source"]
    parts += [f"in its words: “{_line(quote.words)}”" for quote in quotes(entry)]
    if "verified" in entry:
        parts.append(f"checked {entry['verified']}")
    if "version" in entry:
        parts.append(f"for {entry['version']}")
    if "inferred" in entry:
        parts.append(f"our conclusion: {_line(entry['inferred'])}")
    return f"[{'; '.join(parts)}]"

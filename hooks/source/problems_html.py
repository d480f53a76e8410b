"""Problems as HTML, for the page that is open while an editor works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from markupsafe import Markup, escape

from .problems import MOST_SHOWN, Problem, consequences, cut, excerpt, expectation, source_line, summary

PANEL = Markup(
    '<section class="problems" role="alert" aria-labelledby="problems-title" data-problems="{}">'
    '<div class="problems-head"><h2 id="problems-title">{}</h2>'
    '<button type="button" class="problems-close">Hide problems</button></div>'
    '<div class="problems-body" tabindex="0" role="region" aria-labelledby="problems-title">{}</div></section>'
    '<button type="button" class="problems-open" hidden>Show problems</button>'
)


def panel(title: str, body: Markup, known_by: Iterable[str]) -> Markup:
    """A panel over a page that its reader can close and open again.

    Args:
        title: what it is about.
        body: what it says.
        known_by: what makes it another panel, which is shown although the one before was closed.
    """
    digest = sha256("\n".join(known_by).encode("utf-8", errors="replace")).hexdigest()[:16]
    return PANEL.format(digest, title, body)


def as_html(problems: Sequence[Problem], texts: Mapping[str, str], most: int | None = MOST_SHOWN) -> Markup:
    """A panel with problems. All text is escaped; looks come from classes only."""
    shown, rest = cut(problems, most)
    items = Markup("").join(_html_item(problem, source_line(texts, problem)) for problem in shown)
    more = Markup('<p class="problems-more">… and {} more</p>').format(rest) if rest else Markup("")
    body = Markup('<ol class="problems-list">{}</ol>{}').format(items, more)
    return panel(summary(problems), body, (f"{one.code} {one.message} {one.where}" for one in problems))


def _html_item(problem: Problem, source: str | None) -> Markup:
    parts = [
        Markup(
            '<p class="problem-what"><code class="problem-place">{}:{}:{}</code> {} '
            '<span class="problem-code">{}</span></p>'
        ).format(problem.file, problem.line, problem.column, problem.message, problem.code)
    ]
    if source is not None:
        before, marked, after = excerpt(problem, source)
        parts.append(
            Markup('<pre class="problem-source no-copy"><code>{} | {}<mark>{}</mark>{}</code></pre>').format(
                problem.line, before, marked or " ", after
            )
        )
    notes = [expectation(problem).replace("      ", "; "), problem.where and f"in {problem.where}"]
    notes += [f"see line {other.line}: {other.words}" for other in problem.related]
    notes += [problem.help, consequences(problem)]
    parts.extend(Markup('<p class="problem-note">{}</p>').format(note) for note in notes if note)
    return Markup('<li class="problem problem-{}">{}</li>').format(escape(problem.severity), Markup("").join(parts))

"""Problems as HTML, for the page that is open while an editor works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from .problems import MOST_SHOWN, Problem, consequences, cut, excerpt, expectation, source_line, summary


def as_html(problems: Sequence[Problem], texts: Mapping[str, str], most: int | None = MOST_SHOWN) -> Markup:
    """A panel for the top of a page. All text is escaped; looks come from classes only."""
    shown, rest = cut(problems, most)
    items = Markup("").join(_html_item(problem, source_line(texts, problem)) for problem in shown)
    more = Markup('<p class="problems-more">… and {} more</p>').format(rest) if rest else Markup("")
    return Markup(
        '<section class="problems" role="alert" aria-labelledby="problems-title">'
        '<h2 id="problems-title">{}</h2><ol class="problems-list">{}</ol>{}</section>'
    ).format(summary(problems), items, more)


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
            Markup('<pre class="problem-source"><code>{} | {}<mark>{}</mark>{}</code></pre>').format(
                problem.line, before, marked or " ", after
            )
        )
    notes = [expectation(problem).replace("      ", "; "), problem.where and f"in {problem.where}"]
    notes += [f"see line {other.line}: {other.words}" for other in problem.related]
    notes += [problem.help, consequences(problem)]
    parts.extend(Markup('<p class="problem-note">{}</p>').format(note) for note in notes if note)
    return Markup('<li class="problem problem-{}">{}</li>').format(escape(problem.severity), Markup("").join(parts))

"""What every view needs: the guide, its texts, addresses, and the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from jinja2 import BaseLoader, Environment, ModuleLoader, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from selector import Guide
from selector.case.link import GROUP, for_group
from selector.guide.terms import a, upfirst

from .links import Links
from .texts import Texts

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Where a view is context.

    Attributes:
        live: True where the page's script runs: controls that need it are context.
        stamp: what stands for the revision of the data in links; by default the revision.
    """

    guide: Guide
    texts: Texts
    links: Links
    live: bool = True
    stamp: str | None = None

    @property
    def revision(self) -> str:
        """The revision of the data, as links carry it."""
        return self.guide.revision if self.stamp is None else self.stamp

    def render(self, template: str, **values: object) -> Markup:
        """A template with these values. Templates see the page as `page` and two shorthands for texts."""
        text = (
            environment()
            .get_template(template)
            .render(
                page=self,
                links=self.links,
                terms=self.guide.terms,
                inline=self.texts.inline,
                block=self.texts.html,
                **values,
            )
        )
        return Markup(text)

    def entry(self, section: str, name: str) -> Entry:
        """The plain entry of a section, for its texts."""
        return self.guide.entry(section, name)

    def name(self, section: str, name: str) -> str:
        """The name of an entry."""
        return str(self.guide.entry(section, name)["name"])

    def strategy_page(self, named: str | None, members: tuple[str, ...]) -> str | None:
        """The address of a strategy's page: its own when it has a name, the option's when it is one option."""
        if named is not None:
            return self.links(f"strategies/{named}.md")
        return self.links(f"options/{members[0]}.md") if len(members) == 1 else None

    def together(self, link: str) -> str:
        """The address of the page on which a link's answers are compared with those of other people."""
        return f"{self.links('together.md')}#{GROUP}{for_group(link)}"


@cache
def environment() -> Environment:
    """The templates of this package: autoescape always on, an unknown name is an error."""
    made = Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters["coded"] = coded
    made.filters["upfirst"] = upfirst
    made.globals["a"] = a
    return made


def coded(text: str) -> Markup:
    """A short fact of the guide whose only markup is code in backticks, without the full stop that a sentence adds."""
    parts = text.strip().rstrip(".").split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)
    )


def _loader() -> BaseLoader:
    # Only the packed runtime has it: templates as Python, so that nothing is parsed in the page.
    compiled = find_spec("selector.web._compiled")
    if compiled is None:
        return PackageLoader("selector.web")
    return ModuleLoader(list(compiled.submodule_search_locations or ()))

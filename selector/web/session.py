"""The conversation with the page: requests and replies as JSON text, nothing of the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from selector import Case, Guide, Recommendation
from selector.analysis.steps import Analysis
from selector.case.answers import check_case
from selector.case.compared import Compared, compared_in
from selector.case.link import bounded, decode, snapshot_in
from selector.detect import conclusion
from selector.detect.evidence import Rules
from selector.detect.files import Plan, plan
from selector.detect.scan import Scan
from selector.plan.drift import recall
from selector.report.json_report import recommendation_data
from selector.scoring.recommend import recommend_case

from .forms import Reading, fields_of, link_of, read_fields, relaxable, visible
from .links import Links
from .page import Page
from .panels.cases import cases
from .panels.context import Kept, ResultContext, missing_for
from .panels.found import Found, found
from .panels.link_age import drift_sentences
from .panels.matrix_filter import fitting_text
from .panels.preview import change_text, preview
from .regions import FIGURES, FIRST, HEADLINE, LATER, SENSITIVITY, render, telling
from .result_files import result_file
from .texts import StoredTexts

if TYPE_CHECKING:
    from .sensitivity import SensitivityTalk
    from .together import GroupTalk
    from .what_if import CaseTalk

Reply = dict[str, Any]

PATIENCE = 0.03
"""Seconds of work between two parts, so that a newer answer never waits longer."""


class Session:
    """Answers one page. Build it from the text of assets/wizard.json."""

    def __init__(self, text: str) -> None:
        data = json.loads(text)
        self.guide = Guide.from_data(data["guide"], data["revision"])  # not its own: fields may be left out
        self.page = Page(
            self.guide, StoredTexts(data["texts"]), Links(data["root"], data["directories"], data.get("index", ""))
        )
        self._calls: Mapping[str, Callable[[Mapping[str, Any]], Reply]] = {
            "answer": self.answer,
            "open": self.open,
            "more": self.more,
            "save": self.save,
            "preview": self.preview,
            "sensitivity": self.sensitivity,
            "files": self.files,
            "found": self.found,
            "confirm": self.confirm,
            "together": self.together,
            "what-if": self.what_if,
            "cases": self.cases,
        }
        self._rest: Iterator[dict[str, Markup]] = iter(())
        self._scan: tuple[Scan, Plan] | None = None
        self._found: Found | None = None
        self._context: ResultContext | None = None
        self._compared: Compared | None = None
        self._group: GroupTalk | None = None
        self._charts: SensitivityTalk | None = None
        self._criterion: str | None = None
        self._side: CaseTalk | None = None
        self._kept = Kept()

    def respond(self, request: str) -> str:
        """One request {"call", "payload"} to one reply, both as JSON text.

        Raises:
            KeyError: an unknown call. Whatever a visitor enters or a link holds raises nothing.
        """
        asked = json.loads(request)
        reply = self._calls[asked["call"]](asked["payload"])
        return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))

    def answer(self, payload: Mapping[str, Any]) -> Reply:
        """The form as it is: {"fields": [[name, value], ...]}."""
        return self._reply(read_fields(self.guide, payload["fields"], self._said(Case()).own))

    def open(self, payload: Mapping[str, Any]) -> Reply:
        """A share link, {"link": text}. The reply also says which fields to fill. Two options that are compared stay so
        under other answers, until another link names two or the visitor starts again."""
        case, revision, found = decode(payload["link"], self.guide)
        case = replace(case, relax=frozenset(relaxable(self.guide, sorted(case.relax), found)))
        self._compared = compared_in(payload["link"], self.guide) or (self._compared if payload["link"] else None)
        notices = bounded(found)
        if revision is not None and revision != self.guide.revision:
            notices += drift_sentences(recall(self.guide, case, revision, snapshot_in(payload["link"])), self.guide)
        reply = self._reply(Reading(case, None, tuple(notices)))
        return {**reply, "fields": fields_of(self._said(case))}

    def _said(self, case: Case) -> Case:
        """The case as the form says it, with answers that are fixed."""
        return case if self._context is None else self._context.result.case

    def more(self, payload: Mapping[str, Any]) -> Reply:
        """The next part of what belongs to the last answer; `done` when there is none left."""
        part = next(self._rest, None)
        return {"html": part or {}, "done": part is None}

    def _later(self, context: ResultContext, steps: Iterator[str]) -> Iterator[dict[str, Markup]]:
        """Everything that may come after the first reply, in parts that are quick to make.

        The figures come in the same order for every visitor and end at the same place, however the parts are cut.
        """
        page = self._page(context.result)
        charted = self._criterion is not None and context.named and context.result.winner is not None
        # Charts of the answer before stay until those of this one are there.
        views = {name: view for name, view in LATER.items() if name != SENSITIVITY or not charted}
        yield render(page, replace(context, kept=self._kept), views)  # cases may have been asked for since the answer
        analysis = context.analysis
        assert analysis is not None
        told = False
        clock = perf_counter()
        for step in steps:
            if step in ("flips", "confidence", "settle") or perf_counter() - clock > PATIENCE:
                yield render(page, context, telling(analysis, told=told))
                told = analysis.settled
                clock = perf_counter()
        yield render(page, context, {**FIGURES, **HEADLINE})
        yield from self._charted(context)

    def sensitivity(self, payload: Mapping[str, Any]) -> Reply:
        """Trade-offs and sensitivity, {"criterion": the one over whose weight lines are drawn, "" for any}, from now on for
        every answer; None for no longer. What takes longer comes in parts, as `more`."""
        self._criterion = payload["criterion"]
        parts = self._charted(self._context)
        first = next(parts, {})
        self._rest = chain(self._rest, parts)
        return {"html": first, "done": False}

    def _charted(self, context: ResultContext | None) -> Iterator[dict[str, Markup]]:
        """The charts, while the reader has them open."""
        from .sensitivity import SensitivityTalk  # noqa: PLC0415  the wizard starts without it

        if self._criterion is None or context is None or context.result.winner is None or not context.named:
            return
        self._charts = self._charts or SensitivityTalk()
        self._charts.criterion = self._criterion
        yield from self._charts.parts(self._page(context.result), context.result)

    def _page(self, result: Recommendation) -> Page:
        """What views are given: with the guide as it is with the visitor's own facts."""
        return self.page if result.guide is self.guide else replace(self.page, guide=result.guide)

    def preview(self, payload: Mapping[str, Any]) -> Reply:
        """What an answer would change, {"question": id, "answer": id}; leaves everything as it is."""
        guide = self.guide if self._context is None else self._context.result.guide
        return {"text": preview(guide, self._context, payload["question"], payload["answer"])}

    def save(self, payload: Mapping[str, Any]) -> Reply:
        """A file to keep, {"what": "record" or "decision", "date": "2026-11-23", "address": "https://...",
        "deciders": "names"}; "together" is the record of several people, "what-if.md" and "what-if.csv" the table of several cases."""
        if payload["what"] == "together" and self._group is not None:
            self._rest = self._finished(self._rest)
            return self._group.record(payload["date"], str(payload.get("deciders", "")), str(payload["address"]))
        if payload["what"].startswith("what-if.") and self._side is not None:
            self._rest = self._finished(self._rest)
            return self._side.file(payload["what"], str(payload["address"]))
        context = self._context
        if context is None or context.result.winner is None or not context.named:
            return {"name": "", "text": ""}
        self._rest = self._finished(self._rest)
        return result_file(context, payload)

    @staticmethod
    def _finished(rest: Iterator[dict[str, Markup]]) -> Iterator[dict[str, Markup]]:
        """Everything that was still to be worked out, done now, as one part: a file waits for all figures."""
        parts: dict[str, Markup] = {}
        for part in rest:
            parts.update(part)
        return iter((parts,) if parts else ())

    def files(self, payload: Mapping[str, Any]) -> Reply:
        """A folder to be read, {"paths": [...]}: which of them, in order. Each is then given to `read_file`."""
        rules = Rules.of(self.guide)
        paths = [str(path) for path in payload["paths"]]
        chosen = plan(rules, paths)
        self._scan = (Scan(rules), chosen)
        where = {path: index for index, path in enumerate(paths)}
        return {"wanted": [where[path] for path in chosen.paths]}

    def read_file(self, path: str, content: bytes, size: int) -> None:
        """Read one of the wanted files, or its beginning."""
        if self._scan is not None:
            self._scan[0].add(path, content, size)

    def found(self, payload: Mapping[str, Any]) -> Reply:
        """All files were read: what they say, over which the form's fields count, {"fields": [...]}."""
        if self._scan is None:
            return self.answer(payload)
        (scan, chosen), self._scan = self._scan, None
        reading = conclusion.Reading(self.guide, scan.rules, scan, chosen)
        said = read_fields(self.guide, payload["fields"], self._said(Case()).own)
        case = check_case(
            self.guide,
            conclusion.merged(reading.values, said.case.answers),
            said.case.weights,
            said.case.relax,
            notices=[],
        )
        case = replace(case, trades=said.case.trades, own=said.case.own)
        self._found = Found(reading, frozenset(reading.values.keys() - said.case.answers.keys()))
        return {**self._reply(replace(said, case=case)), "fields": fields_of(self._said(case))}

    def confirm(self, payload: Mapping[str, Any]) -> Reply:
        """The visitor says what was read, {"question": id}."""
        if self._found is None or self._context is None:
            return {"html": {}, "read": []}
        self._found = self._found.without(payload["question"])
        self._context = replace(self._context, found=self._found)
        return {
            "html": render(self._page(self._context.result), self._context, {"found": found}),
            "read": sorted(self._found.unsaid),
        }

    def together(self, payload: Mapping[str, Any]) -> Reply:
        """Several people's answers compared: {"link": the page's address after its "#"}, with one change if there is one.

        {"pasted": text, "files": [[name, text], ...]} adds people, {"remove": name} takes one away, {"rename": [name, new
        name]} calls one otherwise. The comparison comes in parts, as `more`.
        """
        from .together import GroupTalk  # noqa: PLC0415  the wizard starts without it

        self._group = self._group or GroupTalk(self.page)
        reply, self._rest = self._group.change(payload)
        return reply

    def what_if(self, payload: Mapping[str, Any]) -> Reply:
        """Several cases side by side: the same payload and parts as `together`."""
        from .what_if import CaseTalk  # noqa: PLC0415  the wizard starts without it

        self._side = self._side or CaseTalk(self.page)
        reply, self._rest = self._side.change(payload)
        return reply

    def cases(self, payload: Mapping[str, Any]) -> Reply:
        """The cases that the visitor saved, {"kept": the text that holds them}, after a change if there is one: {"case": name}
        saves the answers that are shown, {"drop": name} forgets a case. The reply has the text to keep."""
        from .what_if import kept_after  # noqa: PLC0415  the wizard starts without it

        self._kept, address = kept_after(self.guide, self._said(Case()), payload)
        reply = {"html": {}, "kept": address, "said": self._kept.message, "refused": self._kept.refused is not None}
        if self._context is not None:
            self._context = replace(self._context, kept=self._kept)
            reply["html"] = render(self._page(self._context.result), self._context, {"cases": cases})
            self._kept = replace(self._kept, message="", refused=None)
        return reply

    def _reply(self, reading: Reading) -> Reply:
        result = recommend_case(self.guide, reading.case, reading.notices)
        analysis = Analysis(result)
        if self._found is not None:
            self._found = self._found.beside(result.case)
        context = replace(
            ResultContext.of(result, reading.rival),
            analysis=analysis,
            missing=missing_for(result),
            found=self._found,
            compared=self._compared,
            kept=self._kept,
            picked=reading.picked,
            refused=reading.refused,
        )
        steps = analysis.steps()
        if result.winner is not None:
            next(steps)  # the first draws and what missing facts may put ahead
        effect = change_text(result.guide, self._context, context)
        self._context, self._rest = context, self._later(context, steps)
        return {
            "html": render(self._page(result), context, {**FIRST, "robustness": FIGURES["robustness"]}),
            "result": recommendation_data(result),
            "link": link_of(result.case, self.guide.revision, self._compared),
            "fits": fitting_text(result, self.guide.revision),
            "visible": visible(self.guide, result.case),
            "notices": list(result.notices),
            "named": context.named,
            "effect": effect,
            "read": sorted(self._found.unsaid) if self._found else [],
            "more": True,
        }

"""The files that a visitor takes along from a result: the decision record and the decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from selector.plan.drift import decision
from selector.report.adr import record

from .forms import link_of
from .panels.context import ResultContext


def result_file(context: ResultContext, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The name and text of the file that the payload of `Session.save` asks for.

    Args:
        context: a result that names something, with an analysis whose figures are all worked out.
        payload: {"what": "record" or "decision", "date": "2026-11-23", "address": "https://...", "deciders": "names"}.
    """
    analysis, guide = context.analysis, context.result.guide
    assert analysis is not None
    name = f"{guide.data['guide']['id']}-{payload['what']}"
    if payload["what"] == "record":
        link = f"{payload['address']}#{link_of(context.result.case, guide.revision)}"
        return {
            "name": f"{name}.md",
            "text": record(analysis, payload["date"], link, str(payload.get("deciders", ""))),
        }
    shares = {key: str(share) for key, share in analysis.shares.items() if share}
    text = json.dumps(decision(context.result, payload["date"], shares), indent=2, ensure_ascii=False)
    return {"name": f"{name}.json", "text": text}

"""Changes of one value each in the small guide, and what shows each of them on its pages and in its files."""

from __future__ import annotations

from typing import Any, NamedTuple

Path = tuple[Any, ...]


class Change(NamedTuple):
    """A change of one value in the small guide, and what shows it: page to a text that was not there before."""

    path: Path
    value: Any
    shows: dict[str, str]
    also: dict[Path, Any] = {}  # noqa: RUF012  what must be changed with it to keep the guide whole


CHANGES = {
    "stale after": Change(("guide", "stale_after_days"), 100, {"options/bow.md": "stale", "sources.md": "100 days"}),
    "weight": Change(("criteria", 0, "weight"), 17, {"settings.md": ">17 <", "criteria/strength.md": "17"}),
    "value of a level": Change(("criteria", 0, "levels", 1, "value"), 613, {"settings.md": ">613<"}),
    "units of a level": Change(("criteria", 1, "levels", 0, "units"), 3, {"criteria/weight.md": "", "api/guide.json": '"units": 3'}),
    "points of a level": Change(("criteria", 2, "levels", 0, "points"), 5, {"settings.md": ">584<"}),
    "capacity": Change(("criteria", 2, "aggregate", "capacity"), 20, {"settings.md": "20"}),
    "rule": Change(("criteria", 0, "aggregate", "rule"), "worst", {"settings.md": "", "criteria/strength.md": ""}),
    "level": Change(
        ("options", 2, "ratings", "strength", "level"), "strong",
        {"matrix.md": "", "options/cable.md": "", "criteria/strength.md": "", "compare/bow-vs-cable.md": "", "api/matrix.csv": "cable,Cable,strength,Strength,strong"},
    ),
    "a rating that is not known": Change(
        ("options", 2, "ratings", "strength", "level"), "unknown", {"unknowns.md": 'href="../options/cable/#on-strength"'}
    ),
    "version": Change(("options", 0, "ratings", "strength", "version"), "9.8.7", {"options/bow.md": "9.8.7", "api/matrix.csv": "9.8.7"}),
    "inferred": Change(("options", 0, "failure", "inferred"), "From its weight.", {"options/bow.md": "From its weight.", "unknowns.md": "From its weight."}),
    "what of a move is advice": Change(("moves", 0, "inferred"), "The order is advice.", {"api/moves.json": "The order is advice."}),
    "source": Change(("options", 0, "licence", "source"), "paper", {"options/bow.md": "", "sources.md": ""}),
    "passage": Change(
        ("options", 0, "ratings", "strength", "passage"), "as thick as a thumb",
        dict.fromkeys(("options/bow.md", "matrix.md", "criteria/strength.md", "compare/bow-vs-chain.md", "api/matrix.json", "llms-full.txt"), "thick as a thumb"),
    ),
    "kind of a source": Change(("sources", 0, "kind"), "standard", {"sources.md": ">standard<"}),
    "job": Change(("options", 2, "provides"), ["wheels", "frame"], {"options/cable.md": "Holds the frame."}, {("strategies",): []}),
    "need": Change(("options", 0, "needs"), ["anchor"], {"options/bow.md": "What it needs"}, {("strategies",): [], ("examples",): []}),
    "works with": Change(("options", 3, "works_with"), ["cable"], {"strategies/index.md": ""}),
    "group": Change(("groups",), [{"id": "theft", "name": "Thieves", "summary": "What a thief can do."}], {"criteria/index.md": "Thieves", "matrix.md": "Thieves"}),
    "price": Change(("prices", 0, "amount"), 1234, {"sources.md": "1,234 EUR", "options/post.md": "1,234"}),
    "currency": Change(("prices", 0, "currency"), "SEK", {"sources.md": "SEK", "options/post.md": "SEK"}),
    "figure": Change(("quantities", 0, "default"), 7, {"sources.md": ">7 posts<", "options/post.md": ""}),
    "what is multiplied": Change(("options", 4, "costs", 0, "multiply"), ["posts", 12], {"options/post.md": "12"}),
    "members": Change(("strategies", 0, "members"), ["ring", "cable"], {"strategies/two-locks.md": "Ring lock"}, {("options", 3, "works_with"): ["cable"]}),
    "stage": Change(("stages", 0, "members"), ["ring"], {"stages.md": "options/ring"}),
    "ends of a move": Change(("moves", 0, "to"), ["ring", "cable"], {"migrate.md": "options/ring", "options/ring.md": "Add a cable."}),
    "risk of a move": Change(("moves", 0, "risk"), "high", {"migrate.md": "high risk"}),
    "kind of a question": Change(("questions", 0, "kind"), "many", {"wizard.md": 'type="checkbox" name="q.place"'}, {("examples",): []}),
    "condition of a question": Change(("questions", 1, "ask_when", "any"), ["cellar"], {"effects.md": "", "api/guide.json": '"cellar"'}),
    "smallest number": Change(("questions", 2, "min"), 2, {"wizard.md": 'min="2"'}),
    "largest number": Change(("questions", 2, "max"), 364, {"wizard.md": 'max="364"'}),
    "example of a number": Change(("questions", 2, "example"), 123, {"wizard.md": "for example 123"}),
    "where a band begins": Change(("questions", 2, "answers", 1, "from"), 31, {"wizard.md": "from 31"}),
    "effect on a weight": Change(
        ("questions", 0, "answers", 1, "effects", 1, "weight"), {"weight": 19}, {"settings.md": "Weight +19", "criteria/weight.md": "19"}
    ),
    "requirement": Change(
        ("questions", 0, "answers", 0, "effects", 0, "require"), {"strength": "strong"}, {"settings.md": "requires Strength: “Strong”"}
    ),
    "exclusion": Change(
        ("questions", 1, "answers", 0, "effects", 0, "exclude"), ["cable"], {"settings.md": "rules out Cable"}
    ),
    "allowance": Change(("questions", 0, "answers", 1, "effects", 0, "enable"), ["ring", "bow"], {"settings.md": "allows Bow lock"}),
    "answers of an example": Change(("examples", 0, "answers"), {"place": "cellar"}, {"examples/town.md": "In a cellar"}),
    "acceptable strategies": Change(("examples", 0, "acceptable"), ["bow", "bow+cable"], {"examples/town.md": ""}),
    "goals": Change(("guide", "goals"), ["wheels"], {"scoring.md": ""}, {("strategies",): [], ("examples",): []}),
    "largest combination": Change(("guide", "max_members"), 1, {"strategies/index.md": ""}),
    "pairs": Change(("guide", "pairs"), {"most": 3}, {"compare/index.md": "7 more pairs"}),
    "what disagrees": Change(("disagreements", 0, "about"), ["chain"], {"options/chain.md": "Two locks?"}),
    "cap": Change(("questions", 1, "cap"), 5, {"api/guide.json": '"cap": 5'}),
    "seed": Change(("guide", "seed"), 41, {"api/guide.json": '"seed": 41'}),
    "pattern": Change(("strategies", 0, "pattern"), "split", {"strategies/two-locks.md": ""},
                      {("strategies", 0, "parts"): [{"class": "day", "members": ["bow"]}, {"class": "night", "members": ["cable"]}], ("options", 2, "provides"): ["frame"]}),
    "job that it can also do": Change(("options", 3, "can_also"), ["wheels"], {"api/options/ring.json": "can_also"}),
    "job that may stay open": Change(("roles", 1, "optional"), False, {"strategies/index.md": ""}, {("guide", "goals"): ["frame", "wheels"], ("examples",): [], ("strategies",): []}),
    "job that is support": Change(("roles", 2, "support"), False, {"options/post.md": ""}),
    "class of a criterion": Change(("criteria", 0, "class"), "night", {"strategies/day-and-night.md": ""}),
    "group of a criterion": Change(("criteria", 0, "group"), "rain", {"matrix.md": "Rain"}, {("groups",): [{"id": "theft", "name": "Theft", "summary": "T."}, {"id": "rain", "name": "Rain", "summary": "R."}]}),
    "first file": Change(("options", 0, "starter"), [{"path": "lock.sh", "language": "sh", "content": "close --now"}], {"options/bow.md": "close --now"}),
    "what a number sets": Change(("questions", 2, "sets"), "nails", {"api/guide.json": '"sets": "nails"'}, {("quantities",): [{"id": "posts", "name": "Posts", "unit": "posts", "default": 1}, {"id": "nails", "name": "Nails", "unit": "nails", "default": 2}]}),
    "category": Change(("categories", 0, "options"), ["cable"], {"index.md": "", "options/index.md": ""}),
    "icon": Change(("categories", 0, "icon"), "material/key", {"index.md": "", "options/index.md": ""}),
    "example of the home page": Change(("guide", "shown"), "town", {"api/guide.json": '"shown": "town"'}),
    "what does not apply": Change(("options", 2, "ratings", "strength", "applies"), False, {"matrix.md": "Not applicable", "options/cable.md": "Not applicable"}),
    "page of a synonym": Change(("synonyms", 0, "page"), "criteria/strength", {"criteria/strength.md": "heavy"}),
    "words of a synonym": Change(("synonyms", 0, "words"), ["heavy", "kilos"], {"criteria/weight.md": "kilos"}),
    "words to avoid": Change(("words", 0, "avoid"), ["merely"], {"api/guide.json": "merely"}),
    "better words": Change(("words", 0, "use"), "leave it out", {"api/guide.json": "leave it out"}),
    "right phrases": Change(("words", 0, "except"), ["simply put"], {"api/guide.json": "simply put"}),
    "tag": Change(("options", 3, "tags"), ["rigid"], {"settings.md": "rules out Bow lock, Ring lock"}),
    "api of a document": Change(("evidence", 0, "find", 0, "api"), "bank.example", {"recognised.md": ">bank.example<"}),
    "kind of a document": Change(("evidence", 0, "find", 0, "kind"), "Receipt", {"recognised.md": ">Receipt<"}),
    "what a document has": Change(("evidence", 0, "find", 0, "has"), ["spec.links"], {"recognised.md": "with <code>spec.links<"}),
    "what a document lacks": Change(("evidence", 0, "find", 0, "lacks"), ["spec.lost"], {"recognised.md": "without <code>spec.lost<"}),
    "value in a document": Change(("evidence", 0, "find", 0, "value"), {"spec.metal": "zinc"}, {"recognised.md": "fits <code>zinc<"}),
    "what a document has alone": Change(("evidence", 2, "find", 0, "single"), "hire", {"recognised.md": "with one <code>hire<"}),
    "path of a file": Change(("evidence", 1, "find", 0, "path"), "**/drawing.txt", {"recognised.md": "**/drawing.txt"}),
    "line of a file": Change(("evidence", 1, "find", 0, "line"), "^hut", {"recognised.md": "a line that fits <code>^hut<"}),
    "text in a file": Change(("evidence", 1, "find", 0, "contains"), "hut", {"recognised.md": "with the text <code>hut<"}),
    "shared pattern": Change(("reading", "values"), {"steel": "zinc"}, {"recognised.md": "<code>@steel</code></dt><dd><!--unsearched--><code>zinc<"}),
    "strength of evidence": Change(("evidence", 2, "strength"), "likely", {"recognised.md": ""}),
    "answer that files give": Change(("evidence", 0, "answers"), {"place": "cellar"}, {"recognised.md": "In a cellar"}),
    "option that files show": Change(("evidence", 0, "uses"), ["cable"], {"recognised.md": "options/cable/"}),
    "what places add up to": Change(("evidence", 1, "counts"), "place", {"recognised.md": "Where does it stand?"}),
    "places that count as one": Change(("evidence", 1, "per"), "sheds/*", {"recognised.md": "for each sheds/*"}),
    "places that do not count": Change(("evidence", 1, "but"), ["full"], {"recognised.md": "save full"}),
    "fewest places": Change(("evidence", 1, "least"), 2, {"recognised.md": "from 2 to 400"}),
    "most places": Change(("evidence", 1, "most"), 300, {"recognised.md": "to 300"}),
    "evidence that must be there": Change(("evidence", 0, "needs"), ["rented"], {"recognised.md": "together with contracts"}),
    "evidence that must not be there": Change(("evidence", 1, "unless"), ["chain-bought"], {"recognised.md": "Not beside bills of chains"}),
    "evidence that is not mentioned": Change(("evidence", 1, "silent"), True, {"recognised.md": "Is not shown."}),
    "how urgent a warning is": Change(("evidence", 1, "warning", "severity"), "high", {"recognised.md": "Urgent"}),
    "files left aside": Change(("reading", "aside"), ["**/past/**"], {"recognised.md": "**/past/**"}),
    "files read as documents": Change(("reading", "documents"), ["**/*.toml"], {"recognised.md": "**/*.toml"}),
    "folder of others": Change(("reading", "foreign", 0, "folder"), "borrowed", {"recognised.md": ">borrowed<"}),
    "sign of others": Change(("reading", "foreign", 0, "beside"), "OWNER", {"recognised.md": ">OWNER<"}),
    "what units are": Change(("reading", "units", "find"), [{"kind": "Hut"}], {"recognised.md": ">Hut<"}),
}  # fmt: skip

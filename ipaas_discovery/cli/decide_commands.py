"""Commands by which a person decides: a direction, what fills a field, the answer to a question."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ipaas_discovery.cli.inspect_commands import DEFAULT, Settings, opened
from ipaas_discovery.cli.output import AsJson, say, say_json
from ipaas_discovery.errors import ConfigurationError

if TYPE_CHECKING:
    from ipaas_discovery.vocabulary import Direction
    from ipaas_discovery.worksheet.entry import Entry
    from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["By", "answer", "author_of", "decide", "map_field", "worksheet_of"]

Collection = Annotated[str, typer.Argument(metavar="COLLECTION", help="A collection type of iPaaS.com or plain name.")]
Why = Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, for whoever reads the order.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; by default git's user, or asked once.")]
ThirdParty = Annotated[
    str | None, typer.Option(metavar="COLLECTION", help="The other side's collection, where one type has several.")
]


def decide(  # noqa: PLR0913, PLR0917  Typer takes a command's options from its parameters
    collection: Collection,
    direction: Annotated[str, typer.Argument(metavar="DIRECTION", help="to, from, both, or 'leave out'.")],
    methods: Annotated[
        str | None, typer.Option(metavar="LIST", help="Of add, update and delete, with commas; add,update by default.")
    ] = None,
    why: Why = None,
    by: By = None,
    third_party: ThirdParty = None,
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Decide which way a collection moves, and save it in the worksheet; nothing is pulled."""
    sheet = worksheet_of(settings)
    chosen = None if methods is None else [word.strip() for word in methods.split(",")]
    sheet.decide(collection, direction, methods=chosen, why=why, by=author_of(sheet, by), third_party=third_party)
    sheet.save()
    entry = sheet.entry(collection, third_party)
    if as_json:
        about = {"collection": entry.collection, "third_party": entry.third_party, "decision": entry.decided}
        objections = {"against_evidence": [*entry.against_evidence], "file": str(sheet.path)}
        say_json("decision", {**about, "methods": [*entry.methods], **objections})
        return
    listed = ", ".join(entry.methods)
    say(f"{entry.title}: {entry.decided}{f' ({listed})' if listed else ''}. {_saved(sheet)}")
    for against in entry.against_evidence:
        say(f"Against the evidence: {against}")


def answer(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Its number, from 1, or how its text begins.")],
    text: Annotated[str, typer.Argument(metavar="ANSWER", help="The answer; empty takes one back.")],
    collection: Annotated[
        str | None, typer.Option(metavar="COLLECTION", help="The collection it is asked of; else the integration.")
    ] = None,
    by: By = None,
    settings: Settings = DEFAULT,
    as_json: AsJson = False,  # noqa: FBT002  a flag
) -> None:
    """Answer a question of planning, and save it in the worksheet; nothing is pulled."""
    sheet = worksheet_of(settings)
    number: int | str = int(question) if question.isdecimal() else question
    sheet.answer(number, text, by=author_of(sheet, by), collection=collection)
    sheet.save()
    if as_json:
        say_json("answer", {"question": question, "answer": text, "file": str(sheet.path)})
    else:
        say(_saved(sheet))


def map_field(  # noqa: PLR0913, PLR0917  a parameter for each way in which a field is filled
    collection: Collection,
    direction: Annotated[str, typer.Argument(metavar="DIRECTION", help="to or from.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="The destination's field.")],
    source: Annotated[str | None, typer.Option("--source", metavar="FIELD", help="The source's field.")] = None,
    constant: Annotated[str | None, typer.Option(metavar="TEXT", help="The same value for every record.")] = None,
    formula: Annotated[
        str | None, typer.Option(metavar="FORMULA", help="Such as: first, last | join ' ' | upper")
    ] = None,
    look_up: Annotated[
        str | None, typer.Option(metavar="COLLECTION", help="The id of the record that --source names, over there.")
    ] = None,
    value: Annotated[
        list[str] | None, typer.Option(metavar="A=B", help="Translate the value A of --source; may be given again.")
    ] = None,
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Take what is proposed, or --source.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="Never propose it, or --source, again.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Take back what was said of the field.")] = False,
    default: Annotated[str, typer.Option(metavar="TEXT", help="Written where the rest gives nothing.")] = "",
    condition: Annotated[str, typer.Option(metavar="CONDITION", help="For which records: status = paid")] = "",
    flow: Annotated[str, typer.Option(metavar="NAME", help="For one named flow alone.")] = "",
    why: Why = None,
    by: By = None,
    third_party: ThirdParty = None,
    settings: Settings = DEFAULT,
    as_json: AsJson = False,
) -> None:
    """Say what fills a field, save it in the worksheet, and show what the evidence says now."""
    ways = {"accept": accept, "reject": reject, "clear": clear, "constant": constant is not None}
    ways |= {"formula": formula is not None, "look-up": look_up is not None, "value": bool(value)}
    chosen = [name for name, given in ways.items() if given] or ["source"]
    if len(chosen) > 1 or (chosen[0] in {"source", "look-up", "value"} and source is None):
        then = "give --source, --constant, --formula, --look-up, --value, --accept, --reject or --clear"
        raise ConfigurationError("One thing fills a field", then=f"{then}; a look-up and a value need --source, too")
    with opened(settings) as discovery:
        sheet = discovery.worksheet
        before = sheet.entry(collection, third_party)
        word = {"why": why or "", "by": author_of(sheet, by), "third_party": third_party or before.third_party}
        word |= {name: text for name, text in (("default", default), ("condition", condition), ("flow", flow)) if text}
        place = (collection, direction, field)
        _apply(sheet, chosen[0], place, {"source": source, "constant": constant, "formula": formula,
                                         "look-up": look_up, "value": value}, word)  # fmt: skip
        sheet.save()
        after = sheet.entry(collection, third_party)
    if as_json:
        about = {"collection": after.collection, "third_party": after.third_party, "field": field}
        filled = {"filled_by": _filling(after, direction, field), "changes": _changes(before, after)}
        say_json("mapping", {**about, **filled, "file": str(sheet.path)})
        return
    say(f"{after.title}, {field}: {_filling(after, direction, field)}. {_saved(sheet)}")
    for line in _changes(before, after):
        say(line)


def _apply(
    sheet: Worksheet, way: str, place: tuple[str, str, str], given: dict[str, Any], word: dict[str, str]
) -> None:
    """Say the one thing of a field that the options name."""
    source = given["source"]
    match way:
        case "accept" | "reject":
            getattr(sheet, way)(*place, source, **word)
        case "clear":
            sheet.unmap(*place, **word)
        case "source":
            sheet.map(*place, source, **word)
        case "constant":
            sheet.constant(*place, given[way], **word)
        case "formula":
            sheet.formula(*place, given[way], **word)
        case "look-up":
            sheet.lookup(*place, source, given[way], **word)
        case "value":
            pairs = [text.partition("=") for text in given[way]]
            if not all(sign for _, sign, _ in pairs):
                raise ConfigurationError("A value map needs pairs", then="give --value Pending=open")
            sheet.value_map(*place, source, {left: right for left, _, right in pairs}, **word)


def _filling(entry: Entry, direction: str, field: str) -> str:
    """Say in a few words what fills a field now."""
    rows = [row for row in entry.mappings(_way(direction)) if row.destination == field and row.fills]
    if not rows:
        return "nothing fills it"
    row = rows[0]
    made = row.value if row.kind == "constant" else ", ".join(row.sources) or row.value
    return f"{row.kind} {made}, {row.status}"


def _way(direction: str) -> Direction:
    from ipaas_discovery.vocabulary import Direction  # noqa: PLC0415  keeps --help quick

    return Direction.parse(direction)


def _changes(before: Entry, after: Entry) -> list[str]:
    """List the verdicts that changed, and the gaps that closed or opened."""
    lines = []
    for old, new in zip(before.evidence, after.evidence, strict=True):
        closed, opened_now = len(set(old.gaps) - set(new.gaps)), len(set(new.gaps) - set(old.gaps))
        if closed or opened_now:
            turned = f"{old.outcome} → {new.outcome}" if old.outcome is not new.outcome else new.outcome
            lines.append(f"{new.direction}, {new.method}: {turned}; {closed} findings gone, {opened_now} new")
    return lines


def worksheet_of(settings: Path) -> Worksheet:
    """Load the integration's worksheet as it is on disk."""
    from ipaas_discovery.settings import Settings as Integration  # noqa: PLC0415  keeps --help quick
    from ipaas_discovery.worksheet.worksheet import Worksheet  # noqa: PLC0415  keeps --help quick

    sheet = Worksheet.load(settings.parent / Integration.read(settings).worksheet)
    for note in sheet.notes:
        say(f"Note: {note}.", err=True)
    return sheet


def author_of(sheet: Worksheet, by: str | None) -> str:
    """Name who speaks; a person at a terminal is asked once if nobody knows, and remembered."""
    from ipaas_discovery.worksheet.editing.author import author, remember_author  # noqa: PLC0415  keeps --help quick

    folder = sheet.path.parent if sheet.path else Path()
    if by:
        return by
    try:
        return author(folder)
    except ConfigurationError:
        if not sys.stdin.isatty():
            raise
    name = str(typer.prompt("Who decides (asked once)"))
    remember_author(folder, name)
    return name


def _saved(sheet: Worksheet) -> str:
    return f"Saved to {sheet.path}."

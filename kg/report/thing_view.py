"""`kg show` and `kg list` as a person reads them: a thing, its evidence, its links, its chains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kg.model import BASES, NOT_STATED, Relation, Role, Severity, Stance
from kg.report.content import Document
from kg.report.coverage_view import dataset_lines, name_of
from kg.report.layout import WIDTH, Line, Span, Style, columns_for, fill, fold, line, pad, table
from kg.report.rows import list_rows, value_in_words
from kg.report.standing import named_ids
from kg.sources.upkeep import DIGEST_SHOWN
from kg.words import Words

# Fields in the order in which they are told; what is null is not told.
_FACTS: Final = (
    *("type", "issuer", "issuer_level", "date", "status", "concreteness", "programme"),
    *("lead", "responsible", "actor_known", "due", "level", "announced", "open_list"),
)
_FIGURE: Final = (
    *("outcome_type", "verbatim", "value", "comparator", "unit", "change", "good", "target"),
    *("baseline", "denominator", "period", "recipient", "issuer", "year"),
    *("computed", "presupposed"),
)
_HOLDS_IDS: Final = frozenset({"issuer", "lead", "responsible", "recipient"})
_INDENT: Final = "  "


def show_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """A node or a link with everything that is known of it."""
    if document["link"] is not None:
        lines = [*_link_lines(document["link"], "", words, width), ()]
        for noted in ("evidence", "wording"):
            digest = document["link"][f"{noted}_digest"]
            if digest:
                said = words.say(f"upkeep.{noted}", digest=digest[:DIGEST_SHOWN])
                lines += fold(said, width, style=Style.FAINT)
        return [*lines, (), *dataset_lines(document, words, width)]
    node = document["node"]
    lines = [*_title(node, words, width), *_facts(document, words, width)]
    for heading, block in (
        ("findings", list(_findings(document, words, width))),
        ("mentions", list(_mentions(node["mentions"], (), words, width))),
        ("up", list(_links(document, "up", words, width))),
        ("down", list(_links(document, "down", words, width))),
        ("strongest", list(_strongest(document, words, width))),
        ("chains_up", list(_chains(document, words, width))),
        ("chains_down", list(_below(document, words, width))),
    ):
        if block:
            title = Span(words.say(f"view.show.{heading}"), Style.HEADING)
            lines += [(), line(title), *block]
    return [*lines, (), *dataset_lines(document, words, width)]


def _title(node: Mapping[str, Any], words: Words, width: int) -> Iterator[Line]:
    kind = words.say(
        "view.show.set" if node.get("set") else "view.show.kind",
        kind=words.say(f"kind.{node['kind']}"),
    )
    yield from fold(f"{node['id']} {name_of(node, words)}", width, style=Style.ANSWER)
    other = "en" if words.lang == "zh" else "zh"
    if node[other] and node[other] != name_of(node, words):
        yield from fold(node[other], width, style=Style.FAINT)
    yield line(kind)


def _facts(document: Document, words: Words, width: int) -> Iterator[Line]:
    node = document["node"]
    names = _FIGURE if "outcome_type" in node else ()
    pairs = []
    for field in dict.fromkeys((*_FACTS, *names)):
        value = node.get(field)
        if value in (None, False, ""):
            continue
        said = _named(str(value), document, words) if field in _HOLDS_IDS else ""
        pairs.append((field, said or value_in_words(words, field, value)))
    group = node.get(f"target_group_{words.lang}")
    if group:
        pairs.append(("target_group", value_in_words(words, "target_group", group)))
    texts = [
        words.say("view.show.fact", name=words.say(f"column.{field}"), value=value)
        for field, value in pairs
    ]
    if texts:
        yield from fill(texts, words.say("list.semicolon"), width)
    row = document["coverage"]
    if row:
        level = {basis: words.say(f"rung.{row['level'][basis]}") for basis in map(str, BASES)}
        yield from fold(words.say("view.show.level", **level), width)
        for name in ("measures", "direct_measures", "outcomes"):
            if row[name][BASES[-1]]:
                of = words.say(f"column.{name}")
                yield from fold(words.say("view.show.counts", name=of, **row[name]), width)
    for key in ("legs", "parent"):
        ids = document[key]
        if ids:
            named = _named(ids if isinstance(ids, str) else " ".join(ids), document, words)
            yield from fold(words.say(f"view.show.{key}", names=named), width)
    note = node[f"note_{words.lang}"] or node["note_zh"]
    if note:
        yield from fold(words.say("view.show.note", note=note), width)


def _named(ids: str, document: Document, words: Words) -> str:
    """Ids with their names; what is no id stays as it is."""
    if ids == NOT_STATED:
        return ""
    names = document["names"]
    return words.say("list.comma").join(
        f"{item} {name_of(names[item], words)}" if item in names else item for item in ids.split()
    )


def _findings(document: Document, words: Words, width: int) -> Iterator[Line]:
    for row in document["findings"]:
        high = row["severity"] == Severity.HIGH
        text = words.say("view.show.finding", code=row["code"], message=row["message"])
        mark = "! " if high else "  "
        pieces = fold(text, width - 4, style=Style.GAP if high else Style.PLAIN)
        yield line(_INDENT, Span(mark, Style.GAP), *pieces[0])
        for piece in pieces[1:]:
            yield line("    ", *piece)


def _mentions(
    mentions: Sequence[Mapping[str, Any]],
    cues: Sequence[Mapping[str, Any]],
    words: Words,
    width: int,
    indent: str = _INDENT,
) -> Iterator[Line]:
    """Each mention as its quote, and where it stands; the words of cues are set apart."""
    for mention in mentions:
        role = mention["role"]
        label = "" if role == Role.WHOLE else words.say(f"role.{role}") + " "
        yield line(indent, Span(label, Style.FAINT), "「", *_marked(mention, cues), "」")
        for piece in fold(_where(mention, words), width - len(indent) - 2, style=Style.FAINT):
            yield line(indent, "  ", *piece)


def _marked(mention: Mapping[str, Any], cues: Sequence[Mapping[str, Any]]) -> Iterator[Span]:
    """The quote in pieces; where a cue stands in it, the piece is one."""
    quote, start = _in_one_line(mention["quote"]), mention["start"]
    inside = set()
    for cue in cues:
        if cue["source"] == mention["source"]:
            inside |= set(range(cue["start"], cue["end"]))
    if mention["end"] - start > len(quote):
        quote += "…"
    run, is_cue = "", False
    for offset, character in enumerate(quote):
        here = start + offset in inside
        if here != is_cue and run:
            yield Span(run, Style.CUE if is_cue else Style.PLAIN)
            run = ""
        run, is_cue = run + character, here
    if run:
        yield Span(run, Style.CUE if is_cue else Style.PLAIN)


def _in_one_line(quote: str) -> str:
    """A quote may cross a line end; the offsets of its characters stay as they are."""
    return "".join(" " if character in "\r\n\t" else character for character in quote)


def _where(mention: Mapping[str, Any], words: Words) -> str:
    section = mention["section"]
    place = words.say(
        "view.show.where",
        source=mention["source"],
        section=name_of(section, words) or section["id"] if section else "",
        start=mention["start"],
        end=mention["end"],
    )
    parts = [" ".join(place.split())]
    if mention["voice"]:
        parts.append(words.say(f"voice.{mention['voice']}"))
    if mention["stance"] != Stance.SUPPORTS:
        parts.append(words.say("view.show.stance", stance=words.say(f"stance.{mention['stance']}")))
    status = words.say(f"quote_status.{mention['quote_status']}")
    parts.append(words.say("view.show.quote", status=status))
    if mention["note"]:
        parts.append(mention["note"])
    return words.say("view.comma").join(parts)


def _links(document: Document, way: str, words: Words, width: int) -> Iterator[Line]:
    for link in document["links"][way]:
        yield from _link_lines(link, document["node"]["id"], words, width, indent=_INDENT)


def _link_lines(
    link: Mapping[str, Any], seen_from: str, words: Words, width: int, indent: str = ""
) -> Iterator[Line]:
    """A link as an arrow between its ends, with basis, reason and mentions."""
    traits = [words.say(f"basis.{link['basis']}")] if link["basis"] else []
    if link["scope"] != "specific":
        traits.append(words.say(f"scope.{link['scope']}"))
    if link["status"] != "current":
        traits.append(words.say(f"link_status.{link['status']}"))
    relation = words.say(f"relation.{Relation(link['relation'])}")
    said = words.say("view.show.trait").join([relation, *traits])
    text = words.say(
        "view.show.link",
        source=_end(link["source_name"], seen_from, words),
        relation=said,
        target=_end(link["target_name"], seen_from, words),
        id=link["id"],
    )
    pieces = fold(text, width - len(indent), indent="    ")
    yield from (line(indent, *piece) for piece in pieces)
    rationale = link["rationale_en"] if words.lang == "en" else link["rationale"]
    if rationale or link["rationale"]:
        reason = words.say(
            "view.show.rationale",
            rationale=rationale or link["rationale"],
            curator=link["curator"] or words.say("absent.not-stated"),
        )
        for piece in fold(reason, width - len(indent) - 4, style=Style.FAINT):
            yield line(indent, "    ", *piece)
    if link["reason"]:
        reason = words.say("view.show.reason", reason=link["reason"], date=link["status_date"])
        for piece in fold(reason, width - len(indent) - 4, style=Style.FAINT):
            yield line(indent, "    ", *piece)
    if link["successor"]:
        said = words.say("standing.successor", id=link["successor"])
        yield line(indent, "    ", Span(said, Style.FAINT))
    yield from _reviews(link, words, width, indent + "    ")
    against = sum(mention["stance"] == Stance.AGAINST for mention in link["mentions"])
    if against:
        said = words.say("standing.link_against", count=against)
        yield line(indent, "    ", Span(said, Style.GAP))
    cues = [mention for mention in link["mentions"] if mention["role"] == Role.CUE]
    yield from _mentions(link["mentions"], cues, words, width, indent + "    ")


def _reviews(link: Mapping[str, Any], words: Words, width: int, indent: str) -> Iterator[Line]:
    """Whether it is to be confirmed again, and who looked at the evidence."""
    yield from (line(indent, *piece) for piece in suspect_lines(link, words, width - len(indent)))
    for review in link["reviews"]:
        said = words.say(
            "upkeep.review_stale" if review["stale"] else "upkeep.review",
            who=review["who"],
            date=review["date"],
            verdict=words.say(f"verdict.{review['verdict']}"),
        )
        if review["note"]:
            said = words.say("upkeep.review_note", said=said, note=review["note"])
        style = Style.GAP if review["stale"] or review["verdict"] != "upheld" else Style.GOOD
        pieces = fold(said, width - len(indent), indent="  ", style=style)
        yield from (line(indent, *piece) for piece in pieces)


def suspect_lines(link: Mapping[str, Any], words: Words, width: int) -> list[Line]:
    """The mark of a link whose directive was reworded since it was confirmed; else nothing."""
    if not link["suspect"]:
        return []
    said = words.say("upkeep.suspect", digest=link["wording_digest"][:DIGEST_SHOWN])
    return fold(said, width, indent="  ", style=Style.GAP)


def _disputed(ids: Sequence[str], document: Document, words: Words) -> str:
    """A remark on a chain that runs over disputed links; nothing on any other."""
    found = sorted(set(ids) & set(document["disputed"]))
    return words.say("standing.chain", ids=named_ids(found, words)) if found else ""


def _end(entry: Mapping[str, Any], seen_from: str, words: Words) -> str:
    """An end of a link: its id alone where the reader came from there."""
    if entry["id"] == seen_from:
        return str(entry["id"])
    return f"{entry['id']} {name_of(entry, words)}".strip()


def _chains(document: Document, words: Words, width: int) -> Iterator[Line]:
    for chain in document["chains"]["up"]:
        strength = words.say(f"basis.{chain['strength']}")
        # The reader knows the first of the chain: it is what the page is about.
        rest = [_named(item, document, words) for item in chain["ids"][1:]]
        text = words.say(
            "view.show.chain", strength=strength, path=" → ".join([chain["ids"][0], *rest])
        )
        text += _disputed(chain["links"], document, words)
        for piece in fold(text, width - 2, indent="    "):
            yield line(_INDENT, *piece)


def _strongest(document: Document, words: Words, width: int) -> Iterator[Line]:
    """For a directive: at each basis the chain of the item that sets its level."""
    row = document["coverage"]
    if row is None or not any(row["chain"].values()):
        return
    for basis in map(str, BASES):
        chain = row["chain"][basis]
        ids = chain["ids"] if chain else []
        named = [_named(item, document, words) for item in ids[:-1]]
        path = " → ".join([*named, *ids[-1:]]) or words.say("view.show.none")
        said = words.say("view.show.chain", strength=words.say(f"basis_upto.{basis}"), path=path)
        said += _disputed(chain["links"], document, words) if chain else ""
        for piece in fold(said, width - 2, indent="    "):
            yield line(_INDENT, *piece)


def _below(document: Document, words: Words, width: int) -> Iterator[Line]:
    items = document["chains"]["down"]
    for kind in dict.fromkeys(item["kind"] for item in items):
        of_kind = [item for item in items if item["kind"] == kind]
        said = words.say("view.show.below", kind=words.say(f"kinds.{kind}"), count=len(of_kind))
        yield line(_INDENT, said)
        for item in of_kind:
            strength = words.say(f"basis.{item['strength']}")
            text = _named(item["id"], document, words)
            if item["remark"]:
                text = words.say(f"view.show.{item['remark']}", name=text)
            for number, piece in enumerate(fold(text, width - 18)):
                label = pad(strength, 12) if number == 0 else " " * 12
                yield line("    ", Span(label, Style.FAINT), *piece)


def list_lines(document: Document, words: Words, *, width: int = WIDTH) -> list[Line]:
    """How many there are, then a row each."""
    rows = list_rows(document, words)
    kind = words.say(f"kinds.{document['kind']}")
    answer = words.say("view.list.answer", kind=kind, count=len(rows.rows))
    lines = fold(answer, width, style=Style.ANSWER)
    if rows.rows:
        # One name is enough on a screen; CSV and JSON have both.
        other = rows.head.index(words.say("column.en" if words.lang == "zh" else "column.zh"))
        head = [cell for place, cell in enumerate(rows.head) if place != other]
        body = [[cell for place, cell in enumerate(row) if place != other] for row in rows.rows]
        lines += [(), *table(columns_for(head, body, width), body)]
        lines += [(), *fold(words.say("view.list.next", id=rows.rows[0][0]), width)]
    return [*lines, *dataset_lines(document, words, width)]

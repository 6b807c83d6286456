"""What RDF data say of the texts: curators, sources and their sections, passages, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import vocab
from kg.model import NOT_STATED, Curator, Decision, Passage, Section, Source
from kg.sources.rdf_links import read_selectors

if TYPE_CHECKING:
    from kg.sources.rdf_terms import Statements, Thing


def read_header(thing: Thing) -> dict[str, str | None]:
    """The fields of `Dataset` that the data set says of itself."""
    title_zh, title_en = thing.both(vocab.TITLE)
    licence = thing.text(vocab.LICENCE_NAME, absent="")
    address = thing.iri_of(vocab.LICENSE)
    if address not in (None, vocab.LICENCE_OF.get(licence)):
        thing.refuse("rdf-derived", vocab.LICENSE, address or "")
    date = thing.stated(
        vocab.DATE,
        lambda said: thing.date(said, vocab.DATE_FROM, vocab.DATE_TO),
        belongs=False,
    )
    header = {
        "title_zh": title_zh or "",
        "title_en": title_en or "",
        "licence": licence,
        "basis_rules": thing.text(vocab.BASIS_RULES, absent=""),
        "date": date or "",
        "focus_issuer": thing.stated(vocab.FOCUS_ISSUER, thing.id_of, belongs=False),
    }
    thing.finish()
    return header


def read_curator(thing: Thing, item: str) -> tuple[int, Curator]:
    """Somebody who made a reading, and which in the order of the data set."""
    order = thing.whole(vocab.ORDER, needed=True) or 0
    zh, en = thing.both(vocab.LABEL)
    thing.finish()
    return order, Curator(item, zh or "", en or "")


def read_source(thing: Thing, item: str, sections: tuple[Section, ...]) -> tuple[int, Source]:
    """A text, and which in the order of the data set."""
    order = thing.whole(vocab.ORDER, needed=True) or 0
    title_zh, title_en = thing.both(vocab.TITLE)
    publisher_zh, publisher_en = thing.both(vocab.PUBLISHER_NAME)
    is_silent = thing.is_not_stated(vocab.DATE)
    date = NOT_STATED if is_silent else thing.text(vocab.DATE, absent=None)
    if date is None:
        thing.refuse("rdf-missing", vocab.DATE)
    source = Source(
        id=item,
        title_zh=title_zh or "",
        title_en=title_en or "",
        publisher_zh=publisher_zh or "",
        publisher_en=publisher_en or "",
        date=NOT_STATED if date is None else date,
        length=thing.whole(vocab.LENGTH, needed=True) or 0,
        sha256=thing.text(vocab.DIGEST, absent=""),
        language=thing.text(vocab.IN_LANGUAGE, absent=""),
        file=thing.text(vocab.FILE_NAME, absent=""),
        sections=sections,
    )
    thing.finish()
    return order, source


def read_section(thing: Thing, statements: Statements) -> tuple[str, int, Section] | None:
    """A part of a text: the IRI of the text, which of its parts, and the part."""
    source = thing.iri_of(vocab.IS_PART_OF)
    order = thing.whole(vocab.ORDER, needed=True) or 0
    zh, en = thing.both(vocab.LABEL)
    thing.finish()
    item = section_id(thing.iri, source, statements) if source else None
    if source is None or item is None:
        thing.refuse("rdf-no-id", vocab.IS_PART_OF, source or "")
        return None
    return source, order, Section(item, zh or "", en or "")


def section_id(iri: str, source: str, statements: Statements) -> str | None:
    """The id of a section of a source."""
    return statements.id_of(iri, source.removeprefix(statements.base) + "/section/")


def read_passage(thing: Thing, statements: Statements) -> Passage | None:
    """A clause span of a text; `None`, and a fault, where it is of none."""
    source_iri = thing.iri_of(vocab.HAS_SOURCE)
    source = statements.id_of(source_iri, "source/") if source_iri else None
    if source_iri is None or source is None:
        thing.refuse("rdf-no-id", vocab.HAS_SOURCE, source_iri or "")
        return None
    section_iri = thing.iri_of(vocab.IN_SECTION)
    section = section_id(section_iri, source_iri, statements) if section_iri else ""
    if section is None:
        thing.refuse("rdf-no-id", vocab.IN_SECTION, section_iri or "")
    start, end, _ = read_selectors(thing, statements)
    items = thing.listed(vocab.ITEM_FOUND, vocab.ITEMS_AS_LISTED)
    passage = Passage(
        source=source,
        start=start,
        end=end,
        section=section or "",
        paragraph=thing.whole(vocab.PARAGRAPH, needed=True) or 0,
        sentence=thing.whole(vocab.SENTENCE, needed=True) or 0,
        items=tuple(items.split(" ")) if items else (),
        none=thing.concept(vocab.NONE_REASON, "none-reason") or "",
        place=thing.place,
    )
    thing.finish()
    return passage


def read_decision(thing: Thing, item: str) -> Decision:
    """A point on which readers could differ."""
    subject = thing.listed(vocab.SUBJECT, vocab.SUBJECTS_AS_LISTED)
    why, why_en = thing.both(vocab.WHY)
    decision = Decision(
        id=item,
        subject=tuple(subject.split(" ")) if subject else (),
        start=thing.whole(vocab.SPAN_START),
        end=thing.whole(vocab.SPAN_END),
        what=thing.chinese(vocab.QUESTION),
        a=thing.chinese(vocab.READING_A),
        b=thing.chinese(vocab.READING_B),
        decision=thing.chinese(vocab.DECIDED),
        why=why or "",
        why_en=why_en or "",
    )
    thing.finish()
    return decision

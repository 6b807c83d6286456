"""Every IRI of the project, once. Plain strings; `kg.rdf` makes RDF terms of them.

Terms of others are used only where they mean the same; `ontology/kg.ttl` declares each.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.codes import GAP_CODES
from kg.model import (
    ActorKnown,
    Basis,
    Concreteness,
    Kind,
    LinkStatus,
    OutcomeType,
    Relation,
    Role,
    Rung,
    Scope,
    Stance,
    Status,
    Voice,
)

KG: Final = "https://w3id.org/kg-directives/ns#"
ONTOLOGY: Final = "https://w3id.org/kg-directives/ns"
ONTOLOGY_VERSION: Final = "https://w3id.org/kg-directives/ns/0.1.0"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
ORG: Final = "http://www.w3.org/ns/org#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
OA: Final = "http://www.w3.org/ns/oa#"
SOSA: Final = "http://www.w3.org/ns/sosa/"
QUDT: Final = "http://qudt.org/schema/qudt/"
UNIT: Final = "http://qudt.org/vocab/unit/"
ODRL: Final = "http://www.w3.org/ns/odrl/2/"
SCHEMA: Final = "https://schema.org/"
VANN: Final = "http://purl.org/vocab/vann/"

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dcterms": DCTERMS,
        "foaf": FOAF,
        "kg": KG,
        "oa": OA,
        "odrl": ODRL,
        "org": ORG,
        "owl": OWL,
        "prov": PROV,
        "qudt": QUDT,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "skos": SKOS,
        "sosa": SOSA,
        "unit": UNIT,
        "vann": VANN,
        "xsd": XSD,
    }
)

# -- Classes -----------------------------------------------------------------------------
CLASS_OF: Final[Mapping[Kind, str]] = MappingProxyType(
    {kind: KG + kind.value.capitalize() for kind in Kind}
)
REUSED_CLASS_OF: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.ORGANISATION: ORG + "Organization",
        Kind.PERSON: FOAF + "Person",
        Kind.PLACE: SCHEMA + "Place",
        Kind.DOCUMENT: FOAF + "Document",
        Kind.EVENT: SCHEMA + "Event",
    }
)
NODE: Final = KG + "Node"
LINK: Final = KG + "Link"
MENTION: Final = KG + "Mention"
FIGURE: Final = KG + "Figure"
SOURCE: Final = KG + "Source"
SECTION: Final = KG + "Section"
PASSAGE: Final = KG + "Passage"
DECISION: Final = KG + "Decision"
CURATOR: Final = KG + "Curator"
DATASET: Final = KG + "Dataset"
STATEMENT: Final = RDF + "Statement"
AGENT: Final = PROV + "Agent"
OBSERVATION: Final = SOSA + "Observation"
QUANTITY_VALUE: Final = QUDT + "QuantityValue"
SPECIFIC_RESOURCE: Final = OA + "SpecificResource"
POSITION_SELECTOR: Final = OA + "TextPositionSelector"
QUOTE_SELECTOR: Final = OA + "TextQuoteSelector"
CONCEPT: Final = SKOS + "Concept"
COLLECTION: Final = SKOS + "Collection"
ORDERED_COLLECTION: Final = SKOS + "OrderedCollection"

# -- Relations: each link asserts one of these, child → parent ------------------------------
CONTRIBUTES_TO: Final = KG + "contributesTo"
RELATION_OF: Final[Mapping[Relation, str]] = MappingProxyType(
    {relation: KG + relation.value for relation in Relation}
)

# -- Attributes of nodes ---------------------------------------------------------------------
TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"
EDITORIAL_NOTE: Final = SKOS + "editorialNote"
NODE_TYPE: Final = KG + "type"
LEVEL: Final = KG + "level"
DATE: Final = DCTERMS + "date"
DATE_FROM: Final = KG + "dateFrom"
DATE_TO: Final = KG + "dateTo"
IS_SET: Final = KG + "isSet"
ANNOUNCED: Final = KG + "announced"
OPEN_LIST: Final = KG + "openList"
MEMBER: Final = SKOS + "member"
MEMBER_LIST: Final = SKOS + "memberList"
FIRST: Final = RDF + "first"
REST: Final = RDF + "rest"
NIL: Final = RDF + "nil"
ISSUER: Final = KG + "issuer"
ISSUER_LEVEL: Final = KG + "issuerLevel"
STATUS: Final = KG + "status"
CONCRETENESS: Final = KG + "concreteness"
PROGRAMME: Final = KG + "programme"
ACTOR_KNOWN: Final = KG + "actorKnown"
LEAD: Final = KG + "lead"
LEAD_AS_LISTED: Final = KG + "leadAsListed"
RESPONSIBLE: Final = KG + "responsible"
RESPONSIBLE_AS_LISTED: Final = KG + "responsibleAsListed"
DUE: Final = KG + "due"
DUE_FROM: Final = KG + "dueFrom"
DUE_TO: Final = KG + "dueTo"
TARGET_GROUP: Final = KG + "targetGroup"
NOT_STATED: Final = KG + "notStated"
NOT_APPLICABLE: Final = KG + "notApplicable"

# -- What an outcome reports -------------------------------------------------------------------
OUTCOME_TYPE: Final = KG + "outcomeType"
RECIPIENT: Final = KG + "recipient"
AWARD_ISSUER: Final = KG + "awardIssuer"
YEAR: Final = KG + "year"
PRESUPPOSED: Final = KG + "presupposed"
HAS_FIGURE: Final = KG + "hasFigure"
HAS_RESULT: Final = SOSA + "hasResult"
NUMERIC_VALUE: Final = QUDT + "numericValue"
VALUE_TEXT: Final = KG + "valueText"
HAS_UNIT: Final = QUDT + "hasUnit"
COMPARATOR: Final = KG + "comparator"
VERBATIM: Final = KG + "verbatim"
CHANGE: Final = KG + "change"
GOOD: Final = KG + "good"
TARGET: Final = KG + "target"
BASELINE: Final = KG + "baseline"
DENOMINATOR: Final = KG + "denominator"
PERIOD: Final = KG + "period"
PERIOD_FROM: Final = KG + "periodFrom"
PERIOD_TO: Final = KG + "periodTo"
COMPUTED: Final = KG + "computed"

# -- The data set ----------------------------------------------------------------------------
TITLE: Final = DCTERMS + "title"
LICENSE: Final = DCTERMS + "license"
LICENCE_NAME: Final = KG + "licenceName"
FOCUS_ISSUER: Final = KG + "focusIssuer"
BASIS_RULES: Final = KG + "basisRules"
LICENCE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
        "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
)

# -- Evidence --------------------------------------------------------------------------------
STATEMENT_SUBJECT: Final = RDF + "subject"
STATEMENT_PREDICATE: Final = RDF + "predicate"
STATEMENT_OBJECT: Final = RDF + "object"
BASIS: Final = KG + "basis"
SCOPE: Final = KG + "scope"
LINK_STATUS: Final = KG + "linkStatus"
REASON: Final = KG + "reason"
STATUS_DATE: Final = KG + "statusDate"
SUCCESSOR: Final = DCTERMS + "isReplacedBy"
POSITION: Final = KG + "position"
RATIONALE: Final = KG + "rationale"
ATTRIBUTED_TO: Final = PROV + "wasAttributedTo"
CONFIRMED: Final = KG + "confirmed"
HAS_TARGET: Final = OA + "hasTarget"
MENTION_OF: Final = KG + "mentionOf"
HAS_SOURCE: Final = OA + "hasSource"
HAS_SELECTOR: Final = OA + "hasSelector"
START: Final = OA + "start"
END: Final = OA + "end"
EXACT: Final = OA + "exact"
QUOTE_CUT: Final = KG + "quoteCut"
ROLE: Final = KG + "role"
VOICE: Final = KG + "voice"
STANCE: Final = KG + "stance"
DIGEST: Final = KG + "digest"
CONTEXT_DIGEST: Final = KG + "contextDigest"
PUBLISHER_NAME: Final = KG + "publisherName"
LENGTH: Final = KG + "length"
IN_LANGUAGE: Final = SCHEMA + "inLanguage"
FILE_NAME: Final = KG + "fileName"
IS_PART_OF: Final = DCTERMS + "isPartOf"
ORDER: Final = KG + "order"
IN_SECTION: Final = KG + "inSection"
PARAGRAPH: Final = KG + "paragraph"
SENTENCE: Final = KG + "sentence"
ITEM_FOUND: Final = KG + "itemFound"
ITEMS_AS_LISTED: Final = KG + "itemsAsListed"
NONE_REASON: Final = KG + "noneReason"
SUBJECT: Final = KG + "decisionSubject"
SUBJECTS_AS_LISTED: Final = KG + "subjectsAsListed"
SPAN_START: Final = KG + "spanStart"
SPAN_END: Final = KG + "spanEnd"
QUESTION: Final = KG + "question"
READING_A: Final = KG + "readingA"
READING_B: Final = KG + "readingB"
DECIDED: Final = KG + "decided"
WHY: Final = KG + "why"

# -- Inferred --------------------------------------------------------------------------------
CONTRIBUTES_AT: Final[Mapping[Basis, str]] = MappingProxyType(
    {basis: f"{KG}contributes{basis.value.capitalize()}" for basis in Basis}
)
LEVEL_AT: Final[Mapping[Basis, str]] = MappingProxyType(
    {basis: f"{KG}level{basis.value.capitalize()}" for basis in Basis}
)
OPEN_AT: Final[Mapping[Basis, str]] = MappingProxyType(
    {basis: f"{KG}open{basis.value.capitalize()}" for basis in Basis}
)
OPEN_ALWAYS: Final = KG + "openAlways"
GAP_OF: Final[Mapping[str, str]] = MappingProxyType({code: KG + code for code in GAP_CODES})

# -- Shapes ----------------------------------------------------------------------------------
SH: Final = "http://www.w3.org/ns/shacl#"
SHAPES: Final = "https://w3id.org/kg-directives/shapes#"
SHAPE_PATH: Final = SH + "path"
SHAPE_MESSAGE: Final = SH + "message"
INVERSE_PATH: Final = SH + "inversePath"
ALTERNATIVE_PATH: Final = SH + "alternativePath"
SHAPE_RESULT: Final = SH + "ValidationResult"
RESULT_SHAPE: Final = SH + "sourceShape"
RESULT_FOCUS: Final = SH + "focusNode"

# -- Closed lists: scheme → value as the ledger writes it → concept ----------------------------


def _concepts(scheme: str, values: tuple[str, ...]) -> Mapping[str, str]:
    return MappingProxyType({value: f"{KG}{scheme}-{value}" for value in values})


CONCEPTS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "basis": _concepts("basis", tuple(Basis)),
        "scope": _concepts("scope", tuple(Scope)),
        "link-status": _concepts("link-status", tuple(LinkStatus)),
        "stance": _concepts("stance", tuple(Stance)),
        "voice": _concepts("voice", tuple(Voice)),
        "role": _concepts("role", tuple(Role)),
        "rung": _concepts("rung", tuple(Rung)),
        "status": _concepts("status", tuple(Status)),
        "concreteness": _concepts("concreteness", tuple(Concreteness)),
        "actor-known": _concepts("actor-known", tuple(ActorKnown)),
        "outcome-type": _concepts("outcome-type", tuple(OutcomeType)),
        "level": _concepts(
            "level", ("central", "province", "city", "county", "township", "village", "grid")
        ),
        "directive-type": _concepts(
            "directive-type",
            ("deployment", "call", "approach", "strategy", "policy", "regulation"),
        ),
        "strategy-type": _concepts(
            "strategy-type",
            (
                "direction",
                "goal",
                "key",
                "construction",
                "principle",
                "step",
                "quality",
                "other",
            ),
        ),
        "change": _concepts("change", ("rise", "fall")),
        "good": _concepts("good", ("higher", "lower")),
        "unit": MappingProxyType(
            {
                "percent": UNIT + "PERCENT",
                **_concepts("unit", ("case", "item", "group", "person", "measure_item")),
            }
        ),
        "comparator": MappingProxyType(
            {
                "=": ODRL + "eq",
                ">=": ODRL + "gteq",
                ">": ODRL + "gt",
                "<=": ODRL + "lteq",
                "<": ODRL + "lt",
                "~": KG + "comparator-about",
            }
        ),
        "none-reason": _concepts(
            "none-reason",
            (
                "whitespace",
                "byline",
                "rhetoric",
                "general-statement",
                "purpose-clause",
                "connective",
            ),
        ),
    }
)
SCHEME_OF: Final[Mapping[str, str]] = MappingProxyType(
    {scheme: f"{KG}scheme-{scheme}" for scheme in (*CONCEPTS, "gap")}
)
MEANING_OF: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        concept: (scheme, value)
        for scheme, concepts in CONCEPTS.items()
        for value, concept in concepts.items()
    }
)

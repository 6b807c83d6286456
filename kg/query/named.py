"""Named questions: `ontology/queries/*.rq`, read, given their parameters, and asked.

A parameter `basis` stands in its query as the variable `?_basis`, and takes part in triple
patterns or VALUES; its value is a term that is bound to the variable, never text that is
pasted in. A new question is a new file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.model import Basis, Concreteness, Kind, Voice

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.rdf.terms import Term

QUESTION_SIZE: Final = 65536
_MARK: Final = "#+"
_HIDDEN: Final = "_"

# What a parameter of a type may be; of another type, anything that its reader takes.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "basis": tuple(Basis),
        "concreteness": tuple(Concreteness),
        "kind": tuple(Kind),
        "voice": tuple(Voice),
    }
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be told.

    `type` is a key of `kg.query.parameters.READERS`; `kinds` says of which kinds an id must
    be, `choices` which values there are.
    """

    name: str
    type: str
    default: str | None
    optional: bool
    choices: tuple[str, ...]
    kinds: tuple[str, ...]
    example: str
    label_zh: str
    label_en: str

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default is None and not self.optional

    @property
    def values(self) -> tuple[str, ...]:
        """The values it may have, or none where any of its type will do."""
        return self.choices or CHOICES.get(self.type, ())


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer that a person reads: the name of its variable, and its heading."""

    name: str
    heading_zh: str
    heading_en: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its words, its parameters, its columns, its SPARQL, and its tags."""

    name: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of RDF terms (rdflib's), one a variable; `None` where a variable is unbound.

    The variables of parameters are not among them.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@cache
def list_questions() -> tuple[Question, ...]:
    """Every named question, sorted by name.

    Examples
    --------
    >>> [question.name for question in list_questions()][:2]
    ['awards-without-issuer', 'battles-without-measure']
    """
    from kg.files import bundled

    return tuple(
        read_question(path) for path in sorted(bundled("ontology", "queries").glob("*.rq"))
    )


def find_question(name: str) -> Question:
    """Find the question of a name.

    Raises
    ------
    QueryError
        Where there is none.
    """
    for question in list_questions():
        if question.name == name:
            return question
    names = [question.name for question in list_questions()]
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    key = "question-unknown-near" if near else "question-unknown"
    raise QueryError(key, name=name, known=" ".join(names), near="".join(near))


def read_question(path: Path) -> Question:
    """Read a `.rq` file: `#+ key: value` lines, then SPARQL.

    Raises
    ------
    QueryError
        Where a line of its head, or a key that it must have, is missing or wrong.
    """
    from kg.files import read_bytes

    sparql = read_bytes(path, limit=QUESTION_SIZE).decode()
    head = _read_head(sparql, where=path.name)
    try:
        return Question(
            name=path.stem,
            title_zh=head["title_zh"],
            title_en=head["title_en"],
            description_zh=head["description_zh"],
            description_en=head["description_en"],
            parameters=tuple(
                _parameter(name, fields) for name, fields in _grouped(head, "parameter").items()
            ),
            columns=tuple(
                Column(name, fields["zh"], fields["en"])
                for name, fields in _grouped(head, "column").items()
            ),
            sparql=sparql,
            tags=tuple(head.get("tags", "").split()),
        )
    except KeyError as error:
        raise QueryError("question-head", where=path.name, line=str(error.args[0])) from error


def ask(store: Store, question: Question, params: Mapping[str, str]) -> Answer:
    """Ask a question of the union of a store's graphs.

    Parameters
    ----------
    store
        A store that holds facts, evidence and inferred of a data set.
    question
        The question.
    params
        The values of its parameters as a person writes them.

    Returns
    -------
    Answer
        Its rows sorted, unless the question orders them itself.

    Raises
    ------
    QueryError
        Where a parameter is unknown, missing, or no value of its type.
    """
    from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple, Variable

    from kg.query.parameters import read_parameters
    from kg.rdf.convert import to_oxigraph, to_rdflib

    bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
        Variable(_HIDDEN + name): to_oxigraph(term)
        for name, term in read_parameters(store, question, params).items()
    }
    found = store.query(question.sparql, use_default_graph_as_union=True, substitutions=bound)
    if not isinstance(found, QuerySolutions):
        raise QueryError("question-not-select", where=question.name)
    variables = [variable.value for variable in found.variables]
    shown = [place for place, name in enumerate(variables) if not name.startswith(_HIDDEN)]
    rows = [
        tuple(None if row[place] is None else to_rdflib(row[place]) for place in shown)
        for row in found
    ]
    if "ORDER BY" not in question.sparql.upper():
        rows.sort(key=_order)
    return Answer(tuple(variables[place] for place in shown), tuple(rows))


def _order(row: tuple[Term | None, ...]) -> tuple[str, ...]:
    return tuple("" if term is None else term.n3() for term in row)


def _read_head(sparql: str, *, where: str) -> dict[str, str]:
    head: dict[str, str] = {}
    for line in sparql.splitlines():
        if line.startswith(_MARK):
            key, colon, value = line.removeprefix(_MARK).partition(":")
            if not colon or not value.strip() or key.strip() in head:
                raise QueryError("question-head", where=where, line=line.strip())
            head[key.strip()] = value.strip()
    return head


def _grouped(head: Mapping[str, str], prefix: str) -> dict[str, dict[str, str]]:
    """The keys `prefix.name.field`, by name and field, in the order of the file."""
    found: dict[str, dict[str, str]] = {}
    for key, value in head.items():
        parts = key.split(".")
        if parts[0] == prefix and len(parts) == 3:
            found.setdefault(parts[1], {})[parts[2]] = value
    return found


def _parameter(name: str, fields: Mapping[str, str]) -> Parameter:
    default = fields.get("default")
    return Parameter(
        name=name,
        type=fields["type"],
        default=default,
        optional=fields.get("optional") == "true",
        choices=tuple(fields.get("choices", "").split()),
        kinds=tuple(fields.get("kinds", "").split()),
        example=fields.get("example") or default or fields["example"],
        label_zh=fields["zh"],
        label_en=fields["en"],
    )

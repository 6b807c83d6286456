"""The grammar of SPARQL 1.1 queries (§19.8), without FROM and SERVICE, read by machine.

`RULES` is the W3C's grammar in its own notation: terminals in capitals or in quotation
marks. It is LL(1), so one token decides at every step, and the place where a query leaves
the grammar is exact. The parser keeps its own stack: no query is too deep for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

RULES: Final = """
Query ::= Prologue ( SelectQuery | ConstructQuery | DescribeQuery | AskQuery ) ValuesClause
Prologue ::= ( 'BASE' IRI | 'PREFIX' NAMESPACE IRI )*
SelectQuery ::= SelectClause WhereClause SolutionModifier
SubSelect ::= SelectClause WhereClause SolutionModifier ValuesClause
SelectClause ::= 'SELECT' ( 'DISTINCT' | 'REDUCED' )? ( SelectItem+ | '*' )
SelectItem ::= VARIABLE | '(' Expression 'AS' VARIABLE ')'
ConstructQuery ::= 'CONSTRUCT' ( Template WhereClause SolutionModifier | ShortConstruct )
ShortConstruct ::= 'WHERE' '{' Triples? '}' SolutionModifier
DescribeQuery ::= 'DESCRIBE' ( VarOrIri+ | '*' ) WhereClause? SolutionModifier
AskQuery ::= 'ASK' WhereClause SolutionModifier
WhereClause ::= 'WHERE'? GroupGraphPattern
SolutionModifier ::= GroupClause? HavingClause? OrderClause? LimitOffset?
GroupClause ::= 'GROUP' 'BY' GroupCondition+
GroupCondition ::= BuiltInCall | FunctionCall | '(' Expression ( 'AS' VARIABLE )? ')' | VARIABLE
HavingClause ::= 'HAVING' Constraint+
OrderClause ::= 'ORDER' 'BY' OrderCondition+
OrderCondition ::= ( 'ASC' | 'DESC' ) Bracketted | Constraint | VARIABLE
LimitOffset ::= LimitClause OffsetClause? | OffsetClause LimitClause?
LimitClause ::= 'LIMIT' INTEGER
OffsetClause ::= 'OFFSET' INTEGER
ValuesClause ::= ( 'VALUES' DataBlock )?
GroupGraphPattern ::= '{' ( SubSelect | GroupSub ) '}'
GroupSub ::= TriplesBlock? ( NotTriples '.'? TriplesBlock? )*
TriplesBlock ::= SameSubjectPath ( '.' TriplesBlock? )?
NotTriples ::= Union | Optional | Minus | Graph | Filter | Bind | InlineData
Optional ::= 'OPTIONAL' GroupGraphPattern
Graph ::= 'GRAPH' VarOrIri GroupGraphPattern
Bind ::= 'BIND' '(' Expression 'AS' VARIABLE ')'
InlineData ::= 'VALUES' DataBlock
DataBlock ::= OneVariable | ManyVariables
OneVariable ::= VARIABLE '{' DataValue* '}'
ManyVariables ::= ( NIL | '(' VARIABLE* ')' ) '{' ( '(' DataValue* ')' | NIL )* '}'
DataValue ::= iri | Literal | Number | Boolean | 'UNDEF'
Minus ::= 'MINUS' GroupGraphPattern
Union ::= GroupGraphPattern ( 'UNION' GroupGraphPattern )*
Filter ::= 'FILTER' Constraint
Constraint ::= Bracketted | BuiltInCall | FunctionCall
FunctionCall ::= iri ArgList
ArgList ::= NIL | '(' 'DISTINCT'? Expression ( ',' Expression )* ')'
ExpressionList ::= NIL | '(' Expression ( ',' Expression )* ')'
Template ::= '{' Triples? '}'
Triples ::= SameSubject ( '.' Triples? )?
SameSubject ::= VarOrTerm PropertyListNotEmpty | TriplesNode PropertyListNotEmpty?
PropertyListNotEmpty ::= Verb ObjectList ( ';' ( Verb ObjectList )? )*
Verb ::= VarOrIri | 'a'
ObjectList ::= GraphNode ( ',' GraphNode )*
SameSubjectPath ::= VarOrTerm PathList | TriplesNodePath PathList?
PathList ::= VerbPath ObjectListPath ( ';' ( VerbPath ObjectListPath )? )*
VerbPath ::= Path | VARIABLE
ObjectListPath ::= GraphNodePath ( ',' GraphNodePath )*
Path ::= PathSequence ( '|' PathSequence )*
PathSequence ::= PathInverse ( '/' PathInverse )*
PathInverse ::= PathElement | '^' PathElement
PathElement ::= PathPrimary ( '?' | '*' | '+' )?
PathPrimary ::= iri | 'a' | '!' PathNegated | '(' Path ')'
PathNegated ::= PathOne | '(' ( PathOne ( '|' PathOne )* )? ')' | NIL
PathOne ::= iri | 'a' | '^' ( iri | 'a' )
TriplesNode ::= '(' GraphNode+ ')' | '[' PropertyListNotEmpty ']'
TriplesNodePath ::= '(' GraphNodePath+ ')' | '[' PathList ']'
GraphNode ::= VarOrTerm | TriplesNode
GraphNodePath ::= VarOrTerm | TriplesNodePath
VarOrTerm ::= VARIABLE | GraphTerm
VarOrIri ::= VARIABLE | iri
GraphTerm ::= iri | Literal | Number | Boolean | BLANK | ANON | NIL
Expression ::= AndExpression ( '||' AndExpression )*
AndExpression ::= Relational ( '&&' Relational )*
Relational ::= Additive ( Comparison Additive | 'IN' ExpressionList | 'NOT' 'IN' ExpressionList )?
Comparison ::= '=' | '!=' | '<' | '>' | '<=' | '>='
Additive ::= Multiplicative ( ( '+' | '-' ) Multiplicative | SIGNED Factor* )*
Multiplicative ::= Unary Factor*
Factor ::= ( '*' | '/' ) Unary
Unary ::= ( '!' | '+' | '-' )? Primary
Primary ::= Bracketted | BuiltInCall | IriOrFunction | Literal | Number | Boolean | VARIABLE
Bracketted ::= '(' Expression ')'
BuiltInCall ::= Aggregate | NoArgument NIL | OneArgument '(' Expression ')'
BuiltInCall ::= TwoArguments '(' Expression ',' Expression ')'
BuiltInCall ::= ListFunction ExpressionList | 'BOUND' '(' VARIABLE ')'
BuiltInCall ::= 'BNODE' ( '(' Expression ')' | NIL )
BuiltInCall ::= 'IF' '(' Expression ',' Expression ',' Expression ')'
BuiltInCall ::= ( 'REGEX' | 'SUBSTR' ) '(' Expression ',' Expression ( ',' Expression )? ')'
BuiltInCall ::= 'REPLACE' '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')'
BuiltInCall ::= 'NOT'? 'EXISTS' GroupGraphPattern
NoArgument ::= 'RAND' | 'NOW' | 'UUID' | 'STRUUID'
ListFunction ::= 'CONCAT' | 'COALESCE'
OneArgument ::= 'STR' | 'LANG' | 'DATATYPE' | 'IRI' | 'URI' | 'ABS' | 'CEIL' | 'FLOOR' | 'ROUND'
OneArgument ::= 'STRLEN' | 'UCASE' | 'LCASE' | 'ENCODE_FOR_URI' | 'YEAR' | 'MONTH' | 'DAY'
OneArgument ::= 'HOURS' | 'MINUTES' | 'SECONDS' | 'TIMEZONE' | 'TZ' | 'MD5' | 'SHA1' | 'SHA256'
OneArgument ::= 'SHA384' | 'SHA512' | 'ISIRI' | 'ISURI' | 'ISBLANK' | 'ISLITERAL' | 'ISNUMERIC'
TwoArguments ::= 'LANGMATCHES' | 'CONTAINS' | 'STRSTARTS' | 'STRENDS' | 'STRBEFORE' | 'STRAFTER'
TwoArguments ::= 'STRLANG' | 'STRDT' | 'SAMETERM'
Aggregate ::= 'COUNT' '(' 'DISTINCT'? ( '*' | Expression ) ')'
Aggregate ::= ( 'SUM' | 'MIN' | 'MAX' | 'AVG' | 'SAMPLE' ) '(' 'DISTINCT'? Expression ')'
Aggregate ::= 'GROUP_CONCAT' '(' 'DISTINCT'? Expression ( ';' 'SEPARATOR' '=' STRING )? ')'
IriOrFunction ::= iri ArgList?
Literal ::= STRING ( LANGUAGE | '^^' iri )?
Number ::= INTEGER | DECIMAL | SIGNED
Boolean ::= 'TRUE' | 'FALSE'
iri ::= IRI | NAME | NAMESPACE
"""
START: Final = "Query"
END: Final = "END"

Symbols: TypeAlias = "tuple[str, ...]"
_PIECE: Final = re.compile(r"'[^']+'|[A-Za-z]+|[()|?*+]")
_MARK: Final = "/"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a rule holds: the numbers of its first token and of the token after its last."""

    rule: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Misfit:
    """Where the grammar ends: the number of the token, and the terminals that could stand there."""

    place: int
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The table: what a rule becomes when a terminal is next; and which rules may be empty."""

    table: Mapping[str, Mapping[str, Symbols]]
    empty: frozenset[str]
    keywords: frozenset[str]


@cache
def load_grammar() -> Grammar:
    """The grammar as a table for one token of look-ahead.

    Examples
    --------
    >>> sorted(load_grammar().table["Boolean"])
    ["'FALSE'", "'TRUE'"]
    """
    rules = _read_rules()
    empty: set[str] = set()
    table: dict[str, dict[str, Symbols]] = {}
    for rule in rules:
        _fill(rule, rules, table, empty)
    symbols = {symbol for choices in rules.values() for choice in choices for symbol in choice}
    words = frozenset(symbol[1:-1] for symbol in symbols if symbol[1:2].isupper())
    return Grammar(table, frozenset(empty), words)


def parse(terminals: Sequence[str], wanted: frozenset[str]) -> tuple[list[Span], Misfit | None]:
    """Read terminals by the grammar.

    Parameters
    ----------
    terminals
        What stands in the query, such as ``'SELECT'`` in quotation marks or ``VARIABLE``.
    wanted
        The rules of which every use is wanted.

    Returns
    -------
    tuple
        Where the wanted rules hold, outer ones after what they hold; and where the query is
        none of the grammar, or `None`.

    Examples
    --------
    >>> parse(["'ASK'", "'{'", "'}'"], frozenset({"GroupGraphPattern"}))
    ([Span(rule='GroupGraphPattern', first=1, after=3)], None)
    >>> parse(["'ASK'", "'WHERE'"], frozenset())
    ([], Misfit(place=2, expected=("'{'",)))
    """
    grammar = load_grammar()
    table, empty = grammar.table, grammar.empty
    spans: list[Span] = []
    begun: list[tuple[str, int]] = []
    skipped: list[str] = []
    stack = [END, START]
    place, last = 0, len(terminals)
    while stack:
        top = stack.pop()
        terminal = terminals[place] if place < last else END
        row = table.get(top)
        if row is not None:
            choice = row.get(terminal)
            if choice is not None:
                if top in wanted:
                    begun.append((top, place))
                    stack.append(_MARK)
                stack.extend(reversed(choice))
                continue
            skipped.append(top)
            if top not in empty:
                return spans, _misfit(place, skipped, table)
        elif top == _MARK:
            rule, start = begun.pop()
            spans.append(Span(rule, start, place))
        elif top == terminal:
            place += 1
            skipped.clear()
        else:
            skipped.append(top)
            return spans, _misfit(place, skipped, table)
    return spans, None


def _misfit(place: int, skipped: list[str], table: Mapping[str, Mapping[str, Symbols]]) -> Misfit:
    """Everything that was looked for at a place."""
    expected = {terminal for symbol in skipped for terminal in table.get(symbol, {symbol: ()})}
    return Misfit(place, tuple(sorted(expected)))


def _fill(
    rule: str,
    rules: Mapping[str, list[Symbols]],
    table: dict[str, dict[str, Symbols]],
    empty: set[str],
) -> dict[str, Symbols]:
    """The row of a rule: each terminal with which one of its choices can begin."""
    if rule in table:
        return table[rule]
    row: dict[str, Symbols] = {}
    for choice in rules[rule]:
        for symbol in choice:
            is_rule = symbol in rules
            begins = _fill(symbol, rules, table, empty) if is_rule else {symbol: ()}
            if not row.keys().isdisjoint(begins):
                raise ValueError(f"two choices of {rule} begin alike")
            row |= dict.fromkeys(begins, choice)
            if symbol not in empty:
                break
        else:
            empty.add(rule)
    table[rule] = row
    return row


def _read_rules() -> dict[str, list[Symbols]]:
    """Every rule with its choices; brackets and repetitions become rules of their own."""
    rules: dict[str, list[Symbols]] = {}
    for line in RULES.strip().splitlines():
        name, _, text = line.partition(" ::= ")
        pieces = iter(_PIECE.findall(text))
        rules.setdefault(name, []).extend(_read_choices(pieces, name, rules))
    return rules


def _read_choices(
    pieces: Iterator[str], name: str, rules: dict[str, list[Symbols]]
) -> list[Symbols]:
    choices: list[list[str]] = [[]]
    for piece in pieces:
        if piece == ")":
            break
        if piece == "|":
            choices.append([])
        elif piece == "(":
            inner = _read_choices(pieces, name, rules)
            choices[-1].append(_new_rule(name, rules, inner))
        elif piece in "?*+":
            item = choices[-1].pop()
            choices[-1].append(_repeated(name, rules, item, piece))
        else:
            choices[-1].append(piece)
    return [tuple(choice) for choice in choices]


def _new_rule(name: str, rules: dict[str, list[Symbols]], choices: list[Symbols]) -> str:
    new = f"{name}.{len(rules)}"
    rules[new] = choices
    return new


def _repeated(name: str, rules: dict[str, list[Symbols]], item: str, sign: str) -> str:
    if sign == "?":
        return _new_rule(name, rules, [(item,), ()])
    many = _new_rule(name, rules, [()])
    rules[many] = [(item, many), ()]
    return many if sign == "*" else _new_rule(name, rules, [(item, many)])

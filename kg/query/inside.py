"""What happens inside the child: the query runs, its answer goes out line by line.

The child can open nothing, neither a file nor a socket; it has a limit of memory, and a
clock of its own that ends it where nobody else does. Everything it needs is imported before
it begins. Each line is JSON: what kind of answer it is, then a row each, then how it ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyoxigraph

from kg.vocab import XSD

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Cell: TypeAlias = "list[str] | None"
_STRING: Final = f"{XSD}string"
_CHUNK: Final = 65_536
_dump: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SAID_CHARS: Final = 2_000
# The child ends itself this long after its time, should the parent be gone.
_GRACE_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """A query and what it may take; everything is plain, so that it can go down a pipe.

    `substitutions` are terms for variables that the query selects, `functions` terms that
    a function without arguments returns; both in the form of a cell.
    """

    text: str
    prefixes: Mapping[str, str]
    seconds: float
    memory: int
    rows: int
    bytes: int
    cells: int
    substitutions: Mapping[str, list[str]]
    functions: Mapping[str, list[str]]


def run_job(store: pyoxigraph.Store, job: Job, out: int) -> None:
    """Run a query in this process, which is the child, and write the answer to a descriptor."""
    writer = _Writer(out, job)
    try:
        _answer(store, job, writer)
    except SyntaxError as error:
        writer.fail("syntax", str(error))
    except MemoryError:
        writer.fail("memory", "")
    except (RuntimeError, ValueError, TypeError, OSError) as error:
        writer.fail("engine", str(error))


def _answer(store: pyoxigraph.Store, job: Job, writer: _Writer) -> None:
    found = store.query(
        job.text,
        prefixes=dict(job.prefixes),
        use_default_graph_as_union=True,
        substitutions={
            pyoxigraph.Variable(name): _term(cell) for name, cell in job.substitutions.items()
        }
        or None,
        custom_functions={
            pyoxigraph.NamedNode(name): _constant(_term(cell))
            for name, cell in job.functions.items()
        },
    )
    if isinstance(found, pyoxigraph.QueryBoolean):
        writer.line(["ask", bool(found)])
        writer.end("all")
    elif isinstance(found, pyoxigraph.QuerySolutions):
        names = [variable.value for variable in found.variables]
        writer.line(["select", names])
        width = len(names)
        writer.rows([row[place] for place in range(width)] for row in found)
    else:
        writer.line(["graph"])
        writer.rows(list(triple) for triple in _distinct(found, job.rows))


def _constant(term: Any) -> Any:
    return lambda: term


def _distinct(triples: Iterable[pyoxigraph.Triple], limit: int) -> Iterable[Iterable[Any]]:
    """The triples, each once, one more than may be shown."""
    found: dict[pyoxigraph.Triple, None] = {}
    for triple in triples:
        found[triple] = None
        if len(found) > limit:
            break
    return found


class _Writer:
    """Writes lines to a descriptor, and stops where a limit of the answer is reached.

    A term is written once; where it comes again, its number stands for it.
    """

    def __init__(self, out: int, job: Job) -> None:
        self._out, self._job = out, job
        self._waiting = bytearray()
        self._sent = self._cells = 0
        self._numbers: dict[Any, str] = {None: "null"}

    def line(self, value: object) -> None:
        self._write(_dump(value))

    def rows(self, rows: Iterable[Sequence[Any]]) -> None:
        for number, row in enumerate(rows):
            if number == self._job.rows:
                return self.end("rows")
            self._cells += len(row)
            size = sum(len(term.value) for term in row if hasattr(term, "value"))
            if self._cells > self._job.cells or self._sent + size > self._job.bytes:
                return self.end("size")
            self._write("[" + ",".join([self._numbers.get(t) or self._new(t) for t in row]) + "]")
        return self.end("all")

    def _new(self, term: object) -> str:
        cell = _dump(cell_of(term))
        self._numbers[term] = str(len(self._numbers) - 1)
        return cell

    def end(self, how: str) -> None:
        self.line({"end": how})
        self._flush()

    def fail(self, what: str, said: str) -> None:
        self.line({"error": what, "said": said[:_SAID_CHARS]})
        self._flush()

    def _write(self, line: str) -> None:
        data = line.encode()
        self._sent += len(data) + 1
        self._waiting += data
        self._waiting += b"\n"
        if len(self._waiting) >= _CHUNK:
            self._flush()

    def _flush(self) -> None:
        view = memoryview(bytes(self._waiting))
        while view:
            view = view[os.write(self._out, view) :]
        self._waiting.clear()


def cell_of(term: object) -> list[str]:
    """A term as plain strings: its kind, its value, and a language or a datatype.

    Raises
    ------
    TypeError
        Where RDF 1.1 has no such term.

    Examples
    --------
    >>> cell_of(pyoxigraph.Literal("部署", language="zh"))
    ['@', '部署', 'zh']
    """
    if isinstance(term, pyoxigraph.NamedNode):
        return ["<", term.value]
    if isinstance(term, pyoxigraph.BlankNode):
        return ["_", term.value]
    if not isinstance(term, pyoxigraph.Literal) or term.direction is not None:
        raise TypeError(f"no term of RDF 1.1: {str(term)[:80]}")
    if term.language:
        return ["@", term.value, term.language]
    datatype = term.datatype.value
    return ['"', term.value] if datatype == _STRING else ["^", term.value, datatype]


def _term(cell: Sequence[str]) -> Any:
    kind, value = cell[0], cell[1]
    if kind == "<":
        return pyoxigraph.NamedNode(value)
    if kind == "_":
        return pyoxigraph.BlankNode(value)
    if kind == "@":
        return pyoxigraph.Literal(value, language=cell[2])
    if kind == "^":
        return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(cell[2]))
    return pyoxigraph.Literal(value)


def wall_in(job: Job) -> None:
    """Set the limits of this process: time, memory, and no new file or socket."""
    if resource is None:
        return
    signal.setitimer(signal.ITIMER_REAL, job.seconds + _GRACE_SECONDS)
    size = _address_space()
    if size is not None:
        _lower(resource.RLIMIT_AS, size + job.memory)
    _lower(resource.RLIMIT_CORE, 0)
    # What is open stays open; nothing more can be: the wall behind SERVICE and LOAD.
    _lower(resource.RLIMIT_NOFILE, 0)


def _lower(which: int, limit: int) -> None:
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(which, (limit, limit))


def can_limit_memory() -> bool:
    """Whether a limit of memory can be set here."""
    return resource is not None and _address_space() is not None


def _address_space() -> int | None:
    """The bytes of address space that this process has; `None` where no one can tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Run as a process of its own: a job and N-Quads on stdin, the answer on stdout."""
    head = sys.stdin.buffer.readline()
    job = Job(**json.loads(head))
    store = pyoxigraph.Store()
    store.bulk_load(sys.stdin.buffer.read(), format=pyoxigraph.RdfFormat.N_QUADS)
    wall_in(job)
    run_job(store, job, sys.stdout.fileno())


def to_line(job: Job) -> bytes:
    """A job as the first line that `main` reads."""
    return json.dumps(asdict(job)).encode() + b"\n"


if __name__ == "__main__":
    main()

"""The wall: a query runs in a child that can be killed, and only its answer comes back.

Oxigraph cannot be stopped from Python, and a query can end the whole process: by nesting,
by memory, by time. So it runs in a forked child with a limit of memory, which is killed at
its time limit. The store must not be written to while this runs; no caller here does.

Where nothing can be forked, as on Windows, a new process is spawned and the store sent to
it: the time limit holds there too, the memory limit does not, and `find_unenforced` says so.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rdflib import BNode, Literal, URIRef

from kg.errors import QueryError
from kg.query.inside import Job, can_limit_memory, run_job, to_line, wall_in

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.rdf.terms import Term

CAN_FORK: Final = hasattr(os, "fork") and sys.platform != "darwin"
_CHUNK: Final = 65_536
_GLANCE_SECONDS: Final = 0.05
_REAP_SECONDS: Final = 0.2
_SLACK_BYTES: Final = 1_000_000
_FAULT_BYTES: Final = 4_000
_SPAWNED: Final = (
    "import sys; sys.path.insert(0, {path!r}); from kg.query.inside import main; main()"
)
_OUT_OF_TIME: Final = frozenset({"SIGALRM", "SIGXCPU"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back: a truth (ASK), rows (SELECT) or triples as rows (CONSTRUCT, DESCRIBE).

    `cut` is "rows" or "size" where the answer was cut at that limit, else `None`.
    """

    form: str
    truth: bool | None = None
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    cut: str | None = None


class EngineError(QueryError):
    """What the engine said against a query: `said`, in its own words."""

    def __init__(self, said: str, *, where: str, is_syntax: bool) -> None:
        super().__init__("query-engine", where=where, said=said)
        self.said = said
        self.is_syntax = is_syntax


def find_unenforced() -> tuple[str, ...]:
    """The limits that cannot be enforced on this machine: () or ("memory",)."""
    return () if can_limit_memory() else ("memory",)


def run_walled(
    store: Store, job: Job, *, where: str = "", spent: float = 0.0, fork: bool = CAN_FORK
) -> Outcome:
    """Run a query behind the wall.

    Parameters
    ----------
    store
        What is asked: the union of its graphs.
    job
        The query, its terms and its limits.
    where
        What a complaint calls the query.
    spent
        Seconds of its time that the query has had already.
    fork
        Whether to fork; a new process is spawned else.

    Raises
    ------
    EngineError
        Where the engine refuses the query.
    QueryError
        `query-time`, `query-memory`: a limit was met. `query-crash`: it was too much for the
        engine. `query-killed`: something else ended the child.

    Examples
    --------
    >>> from pyoxigraph import Store
    >>> from kg.query.inside import Job
    >>> job = Job("ASK {}", {}, 5.0, 10**9, 10, 10**6, 100, {}, {})
    >>> run_walled(Store(), job)
    Outcome(form='ask', truth=True, variables=(), rows=(), cut=None)
    """
    deadline = time.monotonic() + max(0.0, job.seconds - spent)
    child = _Forked(store, job) if fork else _Spawned(store, job)
    reading = _Reading(job)
    try:
        for data in child.read(deadline):
            reading.take(data)
            if reading.is_over:
                break
            if time.monotonic() > deadline:
                raise TimeoutError
        if not reading.is_over:
            raise child.explain(deadline, where, job)
    except TimeoutError:
        raise _out_of_time(where, job) from None
    finally:
        child.end()
    return reading.outcome(where, job)


def _out_of_time(where: str, job: Job) -> QueryError:
    return QueryError("query-time", where=where, seconds=f"{job.seconds:g}")


def _out_of_memory(where: str, job: Job) -> QueryError:
    return QueryError("query-memory", where=where, limit=f"{job.memory / 1e9:g}")


class _Reading:
    """The lines of a child, read as they come."""

    def __init__(self, job: Job) -> None:
        self._rest = b""
        self._form = ""
        self._truth: bool | None = None
        self._variables: tuple[str, ...] = ()
        self._rows: list[tuple[Term | None, ...]] = []
        self._terms: list[Term] = []
        self._blanks = 0
        self._last: dict[str, str] = {}
        self._left = job.bytes + _SLACK_BYTES

    @property
    def is_over(self) -> bool:
        """Whether the child has said how it ended."""
        return bool(self._last)

    def take(self, data: bytes) -> None:
        """Take what came; too much, or what is no answer, is as if the child had crashed."""
        self._left -= len(data)
        if self._left < 0:
            self._last = {"error": "crash"}
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        try:
            for line in json.loads(b"[" + b",".join(lines) + b"]"):
                self._take_line(line)
        except (ValueError, TypeError, LookupError, RecursionError):
            self._last = {"error": "crash"}

    def _take_line(self, line: Any) -> None:
        if isinstance(line, dict):
            self._last = line
        elif not self._form:
            self._form = line[0]
            if self._form == "ask":
                self._truth = line[1]
            elif self._form == "select":
                self._variables = tuple(line[1])
        else:
            self._rows.append(tuple([cell if cell is None else self._term(cell) for cell in line]))

    def _term(self, cell: int | list[str]) -> Term:
        if isinstance(cell, int):
            return self._terms[cell]
        self._terms.append(self._new_term(*cell))
        return self._terms[-1]

    def _new_term(self, kind: str, value: str, more: str = "") -> Term:
        if kind == "<":
            return URIRef(value)
        if kind == "_":
            # Named in the order in which they are met: the engine's names differ every time.
            self._blanks += 1
            return BNode(f"b{self._blanks}")
        if kind == "@":
            return Literal(value, lang=more)
        if kind == "^":
            return Literal(value, datatype=URIRef(more), normalize=False)
        return Literal(value)

    def outcome(self, where: str, job: Job) -> Outcome:
        """The answer, or the error that the child told."""
        what = self._last.get("error")
        if what == "memory":
            raise _out_of_memory(where, job)
        if what == "crash":
            raise QueryError("query-crash", where=where)
        if what:
            raise EngineError(self._last.get("said", ""), where=where, is_syntax=what == "syntax")
        cut = self._last["end"]
        return Outcome(
            self._form,
            self._truth,
            self._variables,
            tuple(self._rows),
            None if cut == "all" else cut,
        )


class _Forked:
    """A child that shares the store by fork."""

    def __init__(self, store: Store, job: Job) -> None:
        self._answers, answers = os.pipe()
        self._faults, faults = os.pipe()
        os.set_blocking(faults, False)
        os.set_blocking(self._faults, False)
        self._status: int | None = None
        with warnings.catch_warnings():
            # Other threads may hold locks; the child runs the query, writes and exits.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            _be_child(store, job, answers, faults)
        os.close(answers)
        os.close(faults)

    def read(self, deadline: float) -> Iterator[bytes]:
        """What the child writes, until it closes its end or is dead."""
        import select

        poller = select.poll()
        poller.register(self._answers, select.POLLIN)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            is_dead = self._has_ended()
            if poller.poll(1000 * min(left, _GLANCE_SECONDS)):
                data = os.read(self._answers, _CHUNK)
                if not data:
                    return
                yield data
            elif is_dead:
                # Another child may have inherited the pipe and hold it open.
                return

    def _has_ended(self) -> bool:
        if self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._status = status
        return self._status is not None

    def explain(self, deadline: float, where: str, job: Job) -> QueryError:
        """Why the child ended without an answer."""
        while not self._has_ended():
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(_GLANCE_SECONDS / 10)
        code = os.waitstatus_to_exitcode(self._status or 0)
        try:
            fault = os.read(self._faults, _FAULT_BYTES)
        except BlockingIOError:
            fault = b""
        return _explain(code, fault, where, job)

    def end(self) -> None:
        """Kill the child where it still lives, and leave nothing of it behind."""
        if not self._has_ended():
            os.kill(self._pid, signal.SIGKILL)
            late = time.monotonic() + _REAP_SECONDS
            while not self._has_ended() and time.monotonic() < late:
                time.sleep(_GLANCE_SECONDS / 10)
        if not self._has_ended():
            # It is dead, but the system takes a while to give its memory back.
            threading.Thread(target=os.waitpid, args=(self._pid, 0), daemon=True).start()
        os.close(self._answers)
        os.close(self._faults)


def _explain(code: int, fault: bytes, where: str, job: Job) -> QueryError:
    """One sentence for an exit status and for what was written to stderr."""
    if code >= 0:
        return QueryError("query-crash", where=where)
    name = _signal_name(-code)
    if name in _OUT_OF_TIME:
        return _out_of_time(where, job)
    if name == "SIGABRT" and b"alloc" in fault:
        return _out_of_memory(where, job)
    if name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL"):
        return QueryError("query-crash", where=where)
    return QueryError("query-killed", where=where, signal=name)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _be_child(store: Store, job: Job, answers: int, faults: int) -> None:
    """What the forked child does; it never comes back."""
    status = 1
    try:
        gc.disable()
        faulthandler.disable()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        os.dup2(faults, 1)
        os.dup2(faults, 2)
        wall_in(job)
        run_job(store, job, answers)
        status = 0
    finally:
        # Not by `sys.exit`: what the parent has yet to write is the parent's.
        os._exit(status)


class _Spawned:
    """A child that is a new process, to which the store is sent."""

    def __init__(self, store: Store, job: Job) -> None:
        from pyoxigraph import RdfFormat

        data = store.dump(format=RdfFormat.N_QUADS)
        self._process = subprocess.Popen(
            # Not by `-m`: that would look for kg in the folder one happens to be in.
            [
                sys.executable,
                "-P",
                "-c",
                _SPAWNED.format(path=str(Path(__file__).parents[2])),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._send, args=(to_line(job), data), daemon=True),
            threading.Thread(target=self._receive, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _send(self, *parts: bytes) -> None:
        with contextlib.suppress(OSError), self._process.stdin or contextlib.nullcontext() as sink:
            for part in parts:
                if sink is not None:
                    sink.write(part)

    def _receive(self) -> None:
        source = self._process.stdout
        while source is not None and (data := os.read(source.fileno(), _CHUNK)):
            self._chunks.put(data)
        self._chunks.put(b"")

    def read(self, deadline: float) -> Iterator[bytes]:
        """What the child writes, until it ends."""
        while True:
            try:
                data = self._chunks.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            if not data:
                return
            yield data

    def explain(self, deadline: float, where: str, job: Job) -> QueryError:
        """Why the child ended without an answer."""
        try:
            code = self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        return _explain(code, b"", where, job)

    def end(self) -> None:
        """Kill the child where it still lives, and leave nothing of it behind."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

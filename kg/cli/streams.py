"""Where output goes: data to stdout or a file as UTF-8, everything else to stderr."""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path
from typing import TextIO

from kg.errors import WriteError
from kg.files import write_atomic
from kg.report.terminal import harmless

# Bytes of arguments that Python could not read in the encoding of the locale.
_UNREAD = re.compile("[\udc80-\udcff]+")
_DEFAULT_WIDTH = 80
_NARROWEST, _WIDEST = 60, 100


def prepare_streams() -> None:
    """Let both streams take every character, whatever the locale.

    What is redirected is UTF-8 with line feeds, always the same bytes. A console keeps its
    encoding; characters that it cannot show come out as escapes instead of stopping.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def is_colourful(*, no_color: bool) -> bool:
    """Whether colour may be shown on stdout."""
    return (
        not no_color
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and sys.stdout.isatty()
    )


def width_of_output() -> int:
    """80 columns where nobody looks; as wide as the terminal, within reason, where one does."""
    if not sys.stdout.isatty():
        return _DEFAULT_WIDTH
    import shutil

    columns = shutil.get_terminal_size((_DEFAULT_WIDTH, 24)).columns
    return max(_NARROWEST, min(_WIDEST, columns))


def write_output(data: str | bytes, output: str | None) -> None:
    """Write the answer to a file, whole or not at all, or to stdout.

    Raises
    ------
    WriteError
        Where it could not be written.
    BrokenPipeError
        Where nobody reads any more.
    """
    if output is not None and output != "-":
        write_atomic(Path(output), to_bytes(data))
        return
    try:
        _write_to_stdout(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would fail again, unheard, when Python ends.
        silence(sys.stdout)
        reason = error.strerror or str(error)
        raise WriteError("write-stdout", reason=reason) from error


def _write_to_stdout(data: str | bytes) -> None:
    buffer = getattr(sys.stdout, "buffer", None)
    if isinstance(data, str) and (buffer is None or sys.stdout.isatty()):
        sys.stdout.write(data)
    elif buffer is not None:
        sys.stdout.flush()
        buffer.write(to_bytes(data))
    sys.stdout.flush()


def to_bytes(data: str | bytes) -> bytes:
    r"""UTF-8; half a surrogate pair, which no UTF-8 has, as its escape.

    What an argument said in UTF-8 where the locale could not read it is UTF-8 again.

    >>> to_bytes("部署\udce9 \udce4\udcb8\udc80").decode()
    '部署\\udce9 一'
    """
    if isinstance(data, bytes):
        return data
    try:
        return data.encode("utf-8")
    except UnicodeEncodeError:
        return _UNREAD.sub(_reread, data).encode("utf-8", "backslashreplace")


def _reread(match: re.Match[str]) -> str:
    try:
        return match[0].encode("ascii", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def write_note(text: str) -> None:
    """One line for the person at the keyboard."""
    try:
        print(harmless(to_bytes(text).decode("utf-8")), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Send what is still to come on a broken stream to nowhere."""
    try:
        target = os.open(os.devnull, os.O_WRONLY)
        os.dup2(target, stream.fileno())
        os.close(target)
    except (OSError, ValueError):
        return

"""A version of some data: a path, or what git has of a path at a revision. Never writes to git.

Git is called as a program; its answer goes to a temporary folder that the readers read like
any other.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from kg.errors import SourceError
from kg.limits import JSON_FILE_BYTES
from kg.sources.policy import POLICY_FILE

_SECONDS: Final = 60
# Ask nobody, lock nothing, fetch nothing.
_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


class _GitSaysNoError(Exception):
    """Git ended with a complaint."""


@contextmanager
def open_version(spec: str, *, data: Path) -> Iterator[Path]:
    """The path under which a version of some data can be read, for as long as it is open.

    Parameters
    ----------
    spec
        A path; or `REV:PATH`, as git writes it; or a revision of `data`.
    data
        The ledger or file that a revision alone is of.

    Raises
    ------
    SourceError
        Where it is neither a path nor a revision, git is missing, the data lie in no
        repository, or the revision does not have them.
    """
    path = Path(spec)
    if path.exists():
        yield path
        return
    import tempfile

    rev, colon, inside = spec.partition(":")
    if not rev or rev.startswith("-"):
        raise SourceError("version-unknown", where=spec)
    if colon:
        folder, name = Path.cwd(), Path(inside).name
    elif data.exists():
        folder = data if data.is_dir() else data.parent
        name, inside = data.name, "" if data.is_dir() else f"./{data.name}"
    else:
        raise SourceError("source-missing", where=str(data))
    with tempfile.TemporaryDirectory(prefix="kg-") as temporary:
        root = Path(temporary) / (name or "root")
        _fetch(folder, rev, inside, root, where=spec)
        yield root


def _fetch(folder: Path, rev: str, inside: str, root: Path, *, where: str) -> None:
    """Write what git has of a path to `root`: a file and the policy beside it, or a folder.

    Without a path it is the folder itself that is meant.
    """
    try:
        prefix = os.fsdecode(_git(folder, "rev-parse", "--show-prefix")).strip("\n")
    except _GitSaysNoError as error:
        raise SourceError("git-no-repository", where=where, folder=str(folder)) from error
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    except _GitSaysNoError as error:
        raise SourceError("version-unknown", where=where) from error
    target = f"{rev}:{inside or prefix.rstrip('/')}"
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", target)
    except _GitSaysNoError as error:
        raise SourceError("git-no-path", where=where, rev=rev) from error
    identity = found.decode().strip()
    if _git(folder, "cat-file", "-t", identity).strip() == b"blob":
        blobs = {root: identity, **_find_policy(folder, target, root.parent)}
        sized = {path: (found, _size_of(folder, found)) for path, found in blobs.items()}
        _write_blobs(folder, sized, where=where)
        return
    root.mkdir()
    _write_blobs(folder, dict(_list_files(folder, identity, root)), where=where)
    if not any(root.iterdir()):
        raise SourceError("git-no-path", where=where, rev=rev)


def _find_policy(folder: Path, target: str, beside: Path) -> dict[Path, str]:
    """Where the policy beside a file goes and what it is, if git has one."""
    rev, _, inside = target.partition(":")
    name = f"{rev}:{inside.removesuffix(PurePosixPath(inside).name)}{POLICY_FILE}"
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except _GitSaysNoError:
        return {}
    identity = found.decode().strip()
    is_file = _git(folder, "cat-file", "-t", identity).strip() == b"blob"
    return {beside / POLICY_FILE: identity} if is_file else {}


def _size_of(folder: Path, identity: str) -> int:
    return int(_git(folder, "cat-file", "-s", identity))


def _list_files(folder: Path, tree: str, root: Path) -> Iterator[tuple[Path, tuple[str, int]]]:
    """The ordinary files that stand in a folder itself: where they go, what they are."""
    for entry in _git(folder, "ls-tree", "--full-tree", "--long", "-z", tree).split(b"\0"):
        if not entry:
            continue
        head, _, name = entry.partition(b"\t")
        mode, _, identity, size = head.decode().split()
        plain = os.fsdecode(name)
        if mode.startswith("100") and Path(plain).name == plain:
            yield root / plain, (identity, int(size))


def _write_blobs(folder: Path, blobs: dict[Path, tuple[str, int]], *, where: str) -> None:
    if sum(size for _, size in blobs.values()) > JSON_FILE_BYTES:
        raise SourceError("source-too-large", where=where, limit=f"{JSON_FILE_BYTES:,}")
    for path, (identity, _) in blobs.items():
        path.write_bytes(_git(folder, "cat-file", "blob", identity))


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **_ENVIRONMENT},
            timeout=_SECONDS,
        )
    except FileNotFoundError as error:
        raise SourceError("git-missing") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceError("git-failed", problem=str(error)) from error
    if done.returncode:
        raise _GitSaysNoError(done.stderr.decode("utf-8", "replace"))
    return done.stdout

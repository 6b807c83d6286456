"""Bytes to and from disk: a file or a folder is written whole or not at all.

What is being written stands beside its target in a temporary file or folder, whose name
carries the process that writes it, and takes the target's place in one step. What a killed
process left behind is swept when the next write reaches the same folder.
"""

from __future__ import annotations

import errno
import itertools
import os
import re
import stat
import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import SourceError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TEMPORARY: Final = re.compile(r"\.kg-(\d+)-([0-9a-f]{8})-\d+\.(?:tmp|old-(.+))", re.DOTALL)
_counter: Final = itertools.count()

_READ_KEYS: Final = {
    errno.ENOENT: "source-missing",
    errno.ENOTDIR: "source-missing",
    errno.EACCES: "source-permission",
    errno.EPERM: "source-permission",
    errno.EISDIR: "source-is-folder",
}
_WRITE_KEYS: Final = {
    errno.ENOENT: "write-no-folder",
    errno.ENOTDIR: "write-no-folder",
    errno.EISDIR: "write-is-folder",
    errno.EACCES: "write-permission",
    errno.EPERM: "write-permission",
    errno.EROFS: "write-permission",
    errno.ENOSPC: "write-disk-full",
    errno.EDQUOT: "write-disk-full",
}


def bundled(*parts: str) -> Path:
    """The path of a file that comes with the package.

    Parameters
    ----------
    *parts
        The way to it, from `ontology` or `data` on.

    Returns
    -------
    Path
        Inside the package in an installed one, beside it in a checkout.

    Examples
    --------
    >>> bundled("data", "liling", "dataset.toml").parts[-3:]
    ('data', 'liling', 'dataset.toml')
    """
    package = Path(__file__).resolve().parent
    inside = package / "_bundled"
    return (inside if inside.is_dir() else package.parent).joinpath(*parts)


def read_bytes(path: Path, *, limit: int) -> bytes:
    """The content of a file of at most `limit` bytes.

    Raises
    ------
    SourceError
        The file is missing, a folder, no ordinary file, not readable, or larger.
    """
    where = str(path)
    try:
        mode = path.stat().st_mode
        # Opening a pipe that nobody writes to would wait for ever.
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise SourceError("source-not-file", where=where)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        key = _READ_KEYS.get(error.errno or 0, "source-unreadable")
        raise SourceError(key, where=where, reason=error.strerror or str(error)) from error
    except ValueError as error:  # a NUL or half a surrogate pair in the name
        raise SourceError("source-missing", where=repr(where), reason=str(error)) from error
    if len(data) > limit:
        raise SourceError("source-too-large", where=where, limit=f"{limit:,}")
    return data


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    A link is followed. A device or a pipe is written to as it is: it cannot be replaced.

    Raises
    ------
    WriteError
        The file could not be written; the old one, if any, is as it was.
    """
    with _told_as_write_error(path):
        old = _stat(path)
        if old is not None and stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if old is not None and not stat.S_ISREG(old.st_mode):
            _write_stream(path, data)
            return
        if old is not None:
            _refuse_protected(path)
        target = Path(os.path.realpath(path))
        _sweep(target.parent)
        temporary = _temporary(target.parent)
        try:
            _write_file(temporary, data)
            if old is not None:
                temporary.chmod(stat.S_IMODE(old.st_mode))
            temporary.replace(target)
        except BaseException:
            _remove(temporary)
            raise
        _sync_folder(target.parent)


def write_atomic_dir(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files as a whole: what a reader finds is all old or all new.

    An existing folder is replaced only where every file in it is one of the new ones, so
    that nobody's own files are ever deleted.

    Parameters
    ----------
    path
        The folder; its parent exists.
    files
        Plain names and what they hold.

    Raises
    ------
    WriteError
        The folder could not be written, or holds something else; it is as it was.
    ValueError
        A name is not a plain file name.

    Notes
    -----
    Linux swaps the two folders in one step. Elsewhere the old one is moved aside first; a
    process killed just between the two moves leaves it there complete, and the next write
    into the same parent brings it back.
    """
    for name in files:
        if name in ("", ".", "..") or "/" in name or "\\" in name or "\0" in name:
            raise ValueError(f"no plain file name: {name!r}")

    def fill(folder: Path) -> None:
        for name in sorted(files):
            _write_file(folder / name, files[name])

    build_atomic_dir(path, fill, is_ours=lambda name: name in files)


def build_atomic_dir(
    path: Path, fill: Callable[[Path], None], *, is_ours: Callable[[str], bool]
) -> None:
    """Have a folder filled beside its place, then put it there as a whole.

    Parameters
    ----------
    path
        The folder; its parent exists.
    fill
        Fills an empty folder. What it leaves there is on the disk before it takes the place.
    is_ours
        Whether a file of the old folder, by its name, may be deleted.

    Raises
    ------
    WriteError
        As `write_atomic_dir`.
    """
    with _told_as_write_error(path):
        target = Path(os.path.realpath(path))
        _sweep(target.parent)
        old = _stat(target)
        if old is not None:
            _refuse_foreign(path, target, is_ours)
        temporary = _temporary(target.parent)
        try:
            temporary.mkdir()
            fill(temporary)
            if old is not None:
                temporary.chmod(stat.S_IMODE(old.st_mode))
            _sync_folder(temporary)
            if old is None:
                temporary.rename(target)
            else:
                _swap(temporary, target)
        except BaseException:
            _remove(temporary)
            raise
        _remove(temporary)
        _sync_folder(target.parent)


@contextmanager
def _told_as_write_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        key = _WRITE_KEYS.get(error.errno or 0, "write-failed")
        reason = error.strerror or str(error)
        raise WriteError(key, where=str(path), reason=reason) from error


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _refuse_protected(path: Path) -> None:
    """Raise where a person may not write: to replace a name one need not have that right."""
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _refuse_foreign(path: Path, target: Path, is_ours: Callable[[str], bool]) -> None:
    """Raise unless `target` is a folder of nothing but files that may be deleted."""
    where = str(path)
    if not target.is_dir():
        raise WriteError("write-not-folder", where=where)
    here = Path(os.path.realpath(os.curdir))
    if target == here or target in here.parents:
        raise WriteError("write-working-folder", where=where)
    _refuse_protected(target)
    with os.scandir(target) as entries:
        foreign = sorted(
            entry.name
            for entry in entries
            if not is_ours(entry.name) or not entry.is_file(follow_symlinks=False)
        )
    if foreign:
        raise WriteError("write-foreign-files", where=where, name=foreign[0], count=len(foreign))


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_file(path: Path) -> None:
    """Have a file that somebody else wrote on the disk before returning."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_file(path: Path, data: bytes) -> None:
    """Write a new file and have it on the disk before returning."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        _write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_stream(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        _write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk too, where the file system can; nothing depends on it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _swap(temporary: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which then stands in `temporary`."""
    if _exchange(temporary, target):
        return
    aside = _temporary(target.parent, aside=target.name)
    target.rename(aside)
    try:
        temporary.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    _remove(aside)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step; false where the system cannot."""
    if sys.platform != "linux":
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    from_here, exchange = -100, ctypes.c_uint(2)  # AT_FDCWD, RENAME_EXCHANGE
    paths = os.fsencode(one), os.fsencode(other)
    if library.renameat2(from_here, paths[0], from_here, paths[1], exchange) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _temporary(folder: Path, *, aside: str = "") -> Path:
    pid = os.getpid()
    ending = f"old-{aside}" if aside else "tmp"
    return folder / f".kg-{pid}-{_token(pid)}-{next(_counter)}.{ending}"


@cache
def _token(pid: int) -> str:
    """What tells this process from an earlier one of the same number (pid 1 in each container)."""
    return os.urandom(4).hex()


def _sweep(folder: Path) -> None:
    """Clear away what processes that are gone left behind, and bring back what they moved."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:  # the write that follows will say why
        return
    for name in names:
        match = _TEMPORARY.fullmatch(name)
        if match is None or _is_alive(int(match[1]), match[2]):
            continue
        if match[3] and not os.path.lexists(folder / match[3]):
            with suppress(OSError):
                (folder / name).rename(folder / match[3])
        else:
            _remove(folder / name)


def _is_alive(pid: int, token: str) -> bool:
    if pid == os.getpid():
        return token == _token(pid)
    if sys.platform == "win32":  # os.kill would end the process there
        import ctypes

        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if process:
            kernel.CloseHandle(process)
        return bool(process)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _remove(path: Path) -> None:
    """Remove a temporary file or folder, if it is there and can be removed."""
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)

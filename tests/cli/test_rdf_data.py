"""`kg build` with and without `--store`, and every command on what it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.document import dataset_digest
from kg.model import Dataset
from kg.sources import registry
from kg.sources.reading import Reading
from tests.cli.conftest import Kg

# On all three, which are the same data set; then the rest, on one of them.
COMMANDS = (
    ("coverage", "--format", "json"),
    ("gaps", "--format", "json"),
)
MORE_COMMANDS = (
    ("check", "--format", "json"),
    ("coverage",),
    ("gaps", "--basis", "interpreted"),
    ("show", "d01"),
    ("list", "measure", "--format", "csv"),
    ("stats",),
    ("export", "--format", "json"),
    ("export", "--format", "nquads"),
    ("query", "directives-without-measures"),
)
ONE_LINE = 1
FOLDER = "forms-of-the-ledger"
READ: dict[str, Reading] = {}
read_anew = registry.read_source


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The bundled ledger as a folder of RDF, as a store, and as one file of JSON-LD."""
    from kg.cli.main import run

    folder = tmp_path_factory.mktemp(FOLDER)
    places = {name: folder / name for name in ("rdf", "store", "graph.jsonld")}
    assert run(["-q", "build", "-o", str(places["rdf"]), "--store", str(places["store"])]) == 0
    jsonld = str(places["graph.jsonld"])
    assert run(["-q", "export", "--format", "jsonld", "-o", jsonld]) == 0
    return places


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch, liling_reading: Reading) -> None:
    """Read the bundled ledger and each form of it once for all tests: what is read is frozen."""

    def read(spec: str | None = None) -> Reading:
        if spec is None:
            return liling_reading
        if Path(spec).parent.name.startswith(FOLDER):
            if spec not in READ:
                READ[spec] = read_anew(spec)
            return READ[spec]
        return read_anew(spec)

    monkeypatch.setattr(registry, "read_source", read)


def test_every_form_holds_the_data_set_of_the_ledger(
    written: dict[str, Path], liling: Dataset
) -> None:
    for place in written.values():
        reading = registry.read_source(str(place))
        assert (reading.faults, reading.notes) == ((), ())
        assert dataset_digest(reading.dataset) == dataset_digest(liling)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_says_of_a_build_what_it_says_of_the_ledger(
    arguments: tuple[str, ...], written: dict[str, Path], kg: Kg
) -> None:
    expected = kg(*arguments)
    for place in written.values():
        found = kg("--data", place, *arguments)
        assert (found.status, found.data) == (expected.status, expected.data), place
        assert found.notes == expected.notes


@pytest.mark.parametrize("arguments", MORE_COMMANDS, ids=" ".join)
def test_another_command_says_of_a_store_what_it_says_of_the_ledger(
    arguments: tuple[str, ...], written: dict[str, Path], kg: Kg
) -> None:
    expected, found = kg(*arguments), kg("--data", written["store"], *arguments)
    assert (found.status, found.data) == (expected.status, expected.data)


def test_the_page_of_a_build_is_the_page_of_the_ledger(
    written: dict[str, Path], kg: Kg, tmp_path: Path
) -> None:
    assert kg("page", "-o", tmp_path / "ledger.html").status == 0
    assert kg("--data", written["store"], "page", "-o", tmp_path / "store.html").status == 0
    pages = [(tmp_path / name).read_bytes() for name in ("ledger.html", "store.html")]
    assert pages[0] == pages[1]


def test_the_ledger_of_a_build_is_the_ledger(
    written: dict[str, Path], kg: Kg, tmp_path: Path
) -> None:
    for name, source in (("one", None), ("other", written["rdf"])):
        data = [] if source is None else ["--data", source]
        done = kg(*data, "export", "--format", "csv", "-o", tmp_path / name)
        assert done.status == 0
    tables = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "other")
    ]
    assert tables[0] == tables[1]


def test_build_says_what_it_wrote(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    done = kg("--lang", "en", "--data", ledger, "build", "--store", tmp_path / "store")
    assert (done.status, done.notes) == (0, f"Written: {tmp_path / 'store'}\n")
    assert not (tmp_path / "rdf").exists()


def test_build_wants_to_know_where(kg: Kg) -> None:
    done = kg("--lang", "en", "build")
    assert done.status == 2
    assert done.notes.startswith("-o: say where to write")


def test_a_store_is_not_written_over_files_of_others(kg: Kg, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "notes.txt").write_text("mine", encoding="utf-8")
    done = kg("--data", ledger, "build", "--store", tmp_path / "store")
    assert (done.status, done.notes.count("\n")) == (2, ONE_LINE)
    assert (tmp_path / "store" / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_store_half_written_is_refused_in_one_line(
    lang: str, kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    assert kg("--data", ledger, "build", "--store", store).status == 0
    (store / "kg-store.json").unlink()
    done = kg("--lang", lang, "--data", store, "coverage")
    assert (done.status, done.data, done.notes.count("\n")) == (2, b"", ONE_LINE)
    assert done.notes.startswith(str(store))
    assert "kg build --store" in done.notes


def test_rdf_with_faults_stops_every_command_but_check(
    kg: Kg, ledger: Path, tmp_path: Path
) -> None:
    path = tmp_path / "graph.ttl"
    assert kg("--data", ledger, "export", "--format", "turtle", "-o", path).status == 0
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kg:status kg:status-", "kg:status kg:statuss-", 1), "utf-8")
    done = kg("--lang", "en", "--data", path, "coverage")
    assert (done.status, done.data, done.notes.count("\n")) == (2, b"", ONE_LINE)
    assert done.notes.startswith("graph.ttl:")
    assert "kg:status" in done.notes
    checked = kg("--lang", "en", "--data", path, "check", "--format", "csv")
    assert checked.status == 1
    assert "kg:statuss-" in checked.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rdf_of_another_ontology_is_refused_in_one_line(lang: str, kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "goals.ttl"
    path.write_text('<urn:x:1> <http://purl.org/dc/terms/title> "Goal 1" .', encoding="utf-8")
    done = kg("--lang", lang, "--data", path, "coverage")
    assert (done.status, done.data, done.notes.count("\n")) == (2, b"", ONE_LINE)
    assert done.notes.startswith("goals.ttl")


def test_a_ledger_is_read_without_any_rdf_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from kg.cli.main import run; run(['-q', 'coverage', '--format', 'json']); "
        "sys.exit(any(name in sys.modules for name in ('rdflib', 'pyoxigraph', "
        "'kg.sources.rdf_files')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0

"""Pictures of what people are handed, for looking at: `make look` puts them into build/look.

Reports as HTML (on the screen and on paper), DOCX and XLSX, in both languages. It needs
Chromium, LibreOffice (writer and calc) and poppler; what is missing is said and left out.
Other pictures: add a function to LOOKS that writes into the folder and gives the files.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "look"
LANGS = ("zh", "en")
# Of a long report the first pages say enough.
PAGES = 8
DPI = 80
A4_SCREEN = {"width": 900, "height": 1270}
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# Every report that is looked at: its name, and what is asked for.
REPORTS = {"report": (), "unit": ("--unit", "org05")}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        if old.is_file():
            old.unlink()
    for look in LOOKS:
        for path in look():
            print(path.relative_to(ROOT))
    return 0


def report_pages() -> list[Path]:
    """HTML reports: a picture of the screen, and the pages that a printer would give."""
    if not Path(CHROMIUM).exists():
        return _missing("chromium")
    from playwright.sync_api import sync_playwright

    made = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        for name, lang, path in _reports("html"):
            page = browser.new_page(viewport=A4_SCREEN)
            page.goto(path.as_uri())
            screen = FOLDER / f"{name}.{lang}.screen.png"
            page.screenshot(path=screen)
            paper = path.with_suffix(".html.pdf")
            page.pdf(path=paper, prefer_css_page_size=True, print_background=True)
            page.close()
            made += [screen, *_pictures(paper)]
        browser.close()
    return made


def report_files() -> list[Path]:
    """DOCX and XLSX reports as an office program shows them."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return _missing("libreoffice-writer-nogui and libreoffice-calc-nogui")
    files = [path for form in ("docx", "xlsx") for _, _, path in _reports(form)]
    made = []
    for path in files:
        done = subprocess.run(
            [office, "--headless", "--convert-to", "pdf", "--outdir", str(FOLDER), str(path)],
            capture_output=True,
            check=False,
            timeout=300,
        )
        paper = path.with_suffix(".pdf")
        if done.returncode or not paper.exists():
            print(f"LibreOffice could not read {path.name}", file=sys.stderr)
            continue
        # report.zh.docx and report.zh.xlsx would both become report.zh.pdf.
        made += _pictures(paper.rename(path.with_name(f"{path.name}.pdf")))
    return made


def _reports(form: str) -> list[tuple[str, str, Path]]:
    """Write every report in one form: name, language, file."""
    made = []
    for name, asked in REPORTS.items():
        for lang in LANGS:
            path = FOLDER / f"{name}.{lang}.{form}"
            command = [sys.executable, "-m", "kg", "report", "-q", "--lang", lang, *asked]
            subprocess.run([*command, "-o", str(path)], cwd=ROOT, check=True)
            made.append((name, lang, path))
    return made


def _pictures(paper: Path) -> list[Path]:
    """The first pages of a PDF as pictures."""
    if shutil.which("pdftoppm") is None:
        return _missing("poppler-utils")
    stem = paper.with_suffix("")
    pages = ["-f", "1", "-l", str(PAGES)]
    subprocess.run(["pdftoppm", "-r", str(DPI), *pages, "-png", str(paper), str(stem)], check=True)
    return sorted(paper.parent.glob(f"{stem.name}-*.png"))


def _missing(package: str) -> list[Path]:
    print(f"not looked at: {package} is not installed", file=sys.stderr)
    return []


LOOKS: tuple[Callable[[], list[Path]], ...] = (report_pages, report_files)

if __name__ == "__main__":
    sys.exit(main())

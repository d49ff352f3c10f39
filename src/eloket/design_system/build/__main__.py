"""`python -m eloket.design_system.build`: everything under static/, in well under a second."""

import gzip
import shutil
import subprocess
import tempfile
from pathlib import Path

from eloket.design_system.build.icons import make_sprite, read_names
from eloket.design_system.build.tokens import make_tokens

DESIGN = Path(__file__).resolve().parent.parent
ROOT = DESIGN.parents[2]
NODE_MODULES = ROOT / "node_modules"
OUTPUT = DESIGN / "static" / "eloket"
THEME = NODE_MODULES / "@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css"
ICONS = NODE_MODULES / "@tabler/icons/icons/outline"

BROWSERS = "chrome111,firefox115,safari16"


def find_esbuild() -> str:
    """The esbuild program of this platform, so that building itself needs no Node.js."""
    for found in sorted(NODE_MODULES.glob("@esbuild/*/bin/esbuild")):
        return str(found)
    raise SystemExit("esbuild ontbreekt: voer eerst `make setup` uit.")


def run_esbuild(*arguments: str) -> None:
    # NODE_PATH lets a style sheet outside the work tree find the npm packages as well.
    subprocess.run(
        [find_esbuild(), *arguments, "--log-level=warning"],
        check=True,
        cwd=ROOT,
        env={"NODE_PATH": str(NODE_MODULES)},
    )


def build_css() -> None:
    """portaal.css with the fonts beside it, under names that stay the same so that pages can preload them; and
    kaart.css, for pages with a map. Pictures of packages are left out: ours are drawn."""
    with tempfile.TemporaryDirectory() as folder:
        # The tokens are made, not written: they stay out of the source folder.
        css = Path(folder) / "css"
        shutil.copytree(DESIGN / "css", css)
        entry = css / "portaal.css"
        (css / "tokens.css").write_text(make_tokens(entry, theme=THEME, node_modules=NODE_MODULES))
        run_esbuild(
            str(entry), str(css / "kaart.css"), "--bundle", "--minify", f"--target={BROWSERS}",
            "--loader:.woff2=file", "--loader:.png=empty", "--asset-names=fonts/[name]", f"--outdir={OUTPUT}",
            "--legal-comments=none",
        )  # fmt: skip


def build_scripts() -> None:
    """One file per page script. What exports something is a part of others, and gets no file of its own."""
    scripts = [pad for pad in sorted((DESIGN / "js").glob("*.js")) if "\nexport " not in pad.read_text()]
    if scripts:
        run_esbuild(
            *map(str, scripts), "--bundle", "--minify", "--format=iife", "--target=es2020",
            f"--outdir={OUTPUT / 'js'}",
        )  # fmt: skip


def show_sizes() -> None:
    for file in sorted(OUTPUT.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            content = file.read_bytes()
            packed = len(gzip.compress(content)) / 1024
            print(f"{file.relative_to(OUTPUT)}: {len(content) / 1024:.1f} KB, gzip {packed:.1f} KB")


def main() -> None:
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    build_css()
    build_scripts()
    sprite = make_sprite(read_names(DESIGN / "build" / "iconen.txt"), ICONS)
    (OUTPUT / "iconen.svg").write_text(sprite)
    shutil.copytree(DESIGN / "beelden", OUTPUT, dirs_exist_ok=True)
    show_sizes()


if __name__ == "__main__":
    main()

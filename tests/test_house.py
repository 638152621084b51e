"""The house stands: what the documents say is what the program does."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from click import Context

from enforcement.policy import Policy
from streams.commands import VERBS, main
from streams.commands.detectors import described
from streams.settings import HEARD

HOME = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
CODE = ("access", "actors", "detectors", "enforcement", "evidence", "feeds", "streams")
# Words that say nothing, or something else; see the vocabulary of ARCHITECTURE.md.
FOREIGN = {"manager", "helper", "util", "utils", "handler", "info", "blacklist", "whitelist"}


def read(name: str) -> str:
    return (HOME / name).read_text("utf-8")


def modules() -> list[Path]:
    return sorted(path for folder in CODE for path in (HOME / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    return plain | {n.module or "" for n in nodes if isinstance(n, ast.ImportFrom)}


def typed(name: str, program: str) -> list[list[str]]:
    """Find what a document tells people to type after the name of a program, in words."""
    lines = re.findall(rf"(?:^    |`){program} ([^`\n#]*)", read(name), re.MULTILINE)
    return [line.split() for line in lines]


def table() -> str:
    rows = ["| detector | family | catches | misses | innocent |", "|---|---|---|---|---|"]
    for said in map(described, HEARD):
        words = ("name", "family", "catches", "misses", "innocent")
        rows.append(f"| {' | '.join(str(said[word]).removesuffix('.') for word in words)} |")
    return "\n".join(rows)


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(read("README.md").splitlines()) <= 150


def test_the_documents_show_the_detectors_as_they_are() -> None:
    assert table() in read("docs/detectors.md"), f"put this into docs/detectors.md:\n{table()}"


def test_the_readme_says_at_how_many_nats_what_happens() -> None:
    names = ("observe", "degrade", "throttle", "challenge", "block")
    steps = zip(names, Policy().thresholds, strict=True)

    assert ", ".join(f"{name} from {nats:g}" for name, nats in steps) in read("README.md")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_in_a_document_exists(name: str) -> None:
    for verb, *rest in typed(name, "hedgerow"):
        command = main.get_command(Context(main), verb)
        assert command, f"{name} tells people to type `hedgerow {verb}`"
        while rest and hasattr(command, "get_command"):
            command = command.get_command(Context(command), rest.pop(0))
        known = {option for p in command.params for option in p.opts} | {"--help"}
        assert {word for word in rest if word.startswith("--")} <= known


def test_every_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))

    told = {words[0] for name in DOCUMENTS for words in typed(name, "make") if words}

    assert told <= targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_a_document_names_exists(name: str) -> None:
    named = re.findall(r"[`(]((?:[a-z_]+/)+[\w.]*)[`)]", read(name))

    assert [path for path in named if not (HOME / path).exists()] == []


def test_every_verb_is_listed_with_a_file() -> None:
    assert [verb for verb in VERBS if not (HOME / f"streams/commands/{verb}.py").exists()] == []


def test_every_dependency_has_its_reason() -> None:
    listed = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    names = [requirement.partition("[")[0] for requirement in listed]

    reasons = [line for line in read("ARCHITECTURE.md").splitlines() if line.startswith("|")]

    assert [name for name in names if not re.search(rf"\b{name}\b", "\n".join(reasons))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_pinned_and_hashed_and_comes_from_nowhere_in_particular(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", read(lock).split("make lock\n")[1].strip())

    assert [e for e in entries if not re.match(r"[\w.-]+==\S+ .*\\\n    --hash=sha256:", e)] == []
    assert "://" not in read(lock)


def test_every_package_is_installed() -> None:
    listed = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]["packages"]
    folders = {path.parent.relative_to(HOME).as_posix().replace("/", ".") for path in modules()}

    assert sorted(folders - set(listed)) == []


def test_set_up_compiles_anew_when_anything_that_is_compiled_in_changes() -> None:
    kernels = [p for p in modules() if p.parent.name == "kernels"]
    frozen = {name for path in kernels for name in imports(path) if name.split(".")[0] in CODE}
    outside = {f"{name.replace('.', '/')}.py" for name in frozen if ".kernels" not in name}
    files = {path for path in outside if (HOME / path).exists()}

    assert [path for path in sorted(files) if path not in read("Makefile")] == []


def test_every_module_opens_with_a_sentence() -> None:
    texts = {p: ast.get_docstring(ast.parse(p.read_text("utf-8"))) for p in modules()}
    silent = [str(p) for p, text in texts.items() if p.stat().st_size and not text]

    assert silent == []


def test_nothing_is_left_for_later() -> None:
    assert [
        str(p) for p in modules() if re.search(r"\b(TODO|FIXME|XXX)\b", p.read_text("utf-8"))
    ] == []


def test_names_are_words_of_the_field() -> None:
    kinds = (ast.FunctionDef, ast.ClassDef)
    trees = [ast.parse(path.read_text("utf-8")) for path in modules()]
    names = {n.name for tree in trees for n in ast.walk(tree) if isinstance(n, kinds)}
    words = {
        name: re.findall(r"[A-Z]?[a-z]+", name) for name in names | {p.stem for p in modules()}
    }

    assert [name for name, said in words.items() if FOREIGN & {w.lower() for w in said}] == []

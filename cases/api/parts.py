"""`fields=code,name.en,standing.status`: only these parts of an answer, named from the shapes that the answers have."""

from collections.abc import Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from cases.enums import Language

FIELDS = "fields"
MOST_FIELDS = 100
LONGEST_SHOWN = 60
#: In which languages a text may be asked for: those of documents are written in lower case (BCP 47 knows no difference).
LANGUAGES = {tag: str for language in Language for tag in (language.value, language.value.lower())}

Tree = dict[str, Any]  # of trees; an empty one is the whole


@cache
def names_in(shape: Any) -> dict[str, Any]:
    """Return {name: what it holds} of a shape; empty where there is nothing to choose in it."""
    origin, arguments = get_origin(shape), get_args(shape)
    if is_typeddict(shape):
        return dict(get_type_hints(shape))
    if origin in (Union, UnionType):
        (kept,) = [one for one in arguments if one is not NoneType]
        return names_in(kept)
    if origin is list:
        return names_in(arguments[0])
    return LANGUAGES if origin is dict and arguments == (str, str) else {}


def dotted_names(shape: Any, depth: int) -> Iterator[str]:
    """Yield the names that may be asked for, down to a depth, texts not by language."""
    for name, held in names_in(shape).items():
        yield name
        if depth > 1 and names_in(held) is not LANGUAGES:
            yield from (f"{name}.{inner}" for inner in dotted_names(held, depth - 1))


def read_fields(text: str, shape: Any) -> Tree:
    """Return what is asked for as a tree; raises `ValueError` with a sentence that names what is not in the shape."""
    names = text.split(",")
    if len(names) > MOST_FIELDS:
        raise ValueError(f"Name at most {MOST_FIELDS} fields.")
    unknown = [name for name in names if not _is_known(name, shape)]
    if unknown:
        said = ", ".join(f"“{_shown(name)}”" for name in unknown[:10])
        raise ValueError(f"There is no field {said} here. There are: {', '.join(names_in(shape))}.")
    tree: Tree = {}
    for name in sorted(names, key=len):  # the whole of a field comes before its parts, and then stays whole
        _grow(tree, name.split("."))
    return tree


def _shown(name: str) -> str:
    text = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in name)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _is_known(name: str, shape: Any) -> bool:
    held = shape
    for part in name.split("."):
        inside = names_in(held)
        if part not in inside:
            return False
        held = inside[part]
    return True


def _grow(tree: Tree, parts: list[str]) -> None:
    for part in parts[:-1]:
        if tree.get(part) == {}:
            return
        tree = tree.setdefault(part, {})
    tree.setdefault(parts[-1], {})


def part_of(answer: Any, tree: Tree) -> Any:
    """Return the named parts of an answer, in the answer's order; all of it for an empty tree."""
    if not tree:
        return answer
    if isinstance(answer, list):
        return [part_of(one, tree) for one in answer]
    if isinstance(answer, dict):
        return {name: part_of(held, tree[name]) for name, held in answer.items() if name in tree}
    return answer

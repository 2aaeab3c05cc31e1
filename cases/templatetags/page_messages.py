"""Messages in the templates of pages, in the two tags of Django's templates, so that `makemessages` finds them as ever."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import trim_whitespace
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

TRANSLATE, BLOCK, PLURAL, END = "translate", "blocktranslate", "plural", "endblocktranslate"


class _Head(NamedTuple):
    """What stands in the opening tag of a block."""

    values: dict[str, nodes.Expr]
    counted: str
    said_in: str
    stored_as: str
    is_trimmed: bool


class MessageTags(Extension):
    """`{% translate "…" [context "…"] [as name] %}` and `{% blocktranslate [trimmed] [count n=…] [with a=…] %}`.

    They make the message that Django's own tags make. The text of a message is written by us and not escaped; what is put
    into it is.
    """

    tags = {TRANSLATE, BLOCK}

    def parse(self, parser: Parser) -> nodes.Node:
        """Compile one tag to one call of gettext."""
        tag = next(parser.stream)
        return (_parse_translate if tag.value == TRANSLATE else _parse_block)(parser, tag.lineno)


def _parse_translate(parser: Parser, line: int) -> nodes.Node:
    message = parser.stream.expect("string").value
    said_in = parser.stream.expect("string").value if parser.stream.skip_if("name:context") else ""
    said = nodes.MarkSafe(_call([message], said_in, None))
    if parser.stream.skip_if("name:as"):
        return nodes.Assign(nodes.Name(parser.stream.expect("name").value, "store"), said).set_lineno(line)
    return nodes.Output([said]).set_lineno(line)


def _parse_block(parser: Parser, line: int) -> nodes.Node:
    head = _read_head(parser)
    messages = [_read_message(parser, is_trimmed=head.is_trimmed)]
    if parser.stream.skip_if(f"name:{PLURAL}"):
        parser.stream.expect("block_end")
        messages.append(_read_message(parser, is_trimmed=head.is_trimmed))
    parser.stream.expect(f"name:{END}")
    count = head.values.get(head.counted)
    if (len(messages) == 2) != (count is not None):
        parser.fail("a message has a plural exactly where it counts", line)
    used = dict.fromkeys(name for _text, names in messages for name in names)
    pairs = [nodes.Pair(nodes.Const(name), head.values.get(name, nodes.Name(name, "load"))) for name in used]
    said = nodes.Mod(nodes.MarkSafe(_call([text for text, _names in messages], head.said_in, count)), nodes.Dict(pairs))
    if head.stored_as:
        return nodes.Assign(nodes.Name(head.stored_as, "store"), said).set_lineno(line)
    return nodes.Output([said]).set_lineno(line)


def _read_head(parser: Parser) -> _Head:
    stream = parser.stream
    values: dict[str, nodes.Expr] = {}
    counted = said_in = stored_as = ""
    is_trimmed = False
    while stream.current.type != "block_end":
        word = stream.expect("name").value
        if word == "trimmed":
            is_trimmed = True
        elif word == "context":
            said_in = stream.expect("string").value
        elif word == "asvar":
            stored_as = stream.expect("name").value
        elif word in ("with", "count") and stream.current.type == "name":
            counted = stream.current.value if word == "count" else counted
        else:
            stream.expect("assign")
            values[word] = parser.parse_expression()
    stream.expect("block_end")
    return _Head(values, counted, said_in, stored_as, is_trimmed)


def _read_message(parser: Parser, *, is_trimmed: bool) -> tuple[str, list[str]]:
    """Return a message up to the next tag, and the names that are put into it."""
    pieces, names = [], []
    for piece, is_name in _pieces(parser):
        pieces.append(f"%({piece})s" if is_name else piece.replace("%", "%%"))
        names += [piece] if is_name else []
    text = "".join(pieces)
    return trim_whitespace(text) if is_trimmed else text, names


def _pieces(parser: Parser) -> Iterator[tuple[str, bool]]:
    stream = parser.stream
    while True:
        if stream.current.type == "data":
            yield next(stream).value, False
        elif stream.skip_if("variable_begin"):
            yield stream.expect("name").value, True
            stream.expect("variable_end")
        else:
            stream.expect("block_begin")
            return


def _call(messages: list[str], said_in: str, count: nodes.Expr | None) -> nodes.Expr:
    name = {(False, False): "gettext", (False, True): "ngettext", (True, False): "pgettext", (True, True): "npgettext"}
    given: list[Any] = [nodes.Const(one) for one in ([said_in] if said_in else []) + messages]
    given += [count] if count is not None else []
    return nodes.Call(nodes.Name(name[bool(said_in), count is not None], "load"), given, [], None, None)

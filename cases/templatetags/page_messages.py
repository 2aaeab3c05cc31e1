"""Messages in the templates of pages, in the two tags of Django's templates, so that `makemessages` finds them as ever.

A template is compiled once for each language: a message that counts nothing stands in the code as its translation.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import trim_whitespace
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

TRANSLATE, BLOCK, PLURAL, END = "translate", "blocktranslate", "plural", "endblocktranslate"
#: What stands in a message for a value, or for a sign of per cent.
PUT_IN = re.compile(r"%\((\w+)\)s|%%")


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
        """Compile one tag to its message in the language of the environment."""
        tag = next(parser.stream)
        with translation.override(self.environment.language):  # type: ignore[attr-defined]
            return (_parse_translate if tag.value == TRANSLATE else _parse_block)(parser, tag.lineno)


def _parse_translate(parser: Parser, line: int) -> nodes.Node:
    message = parser.stream.expect("string").value
    said_in = parser.stream.expect("string").value if parser.stream.skip_if("name:context") else ""
    said = nodes.TemplateData(_said(message, said_in))
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
    values = {name: head.values.get(name, nodes.Name(name, "load")) for name in used}
    if count is None:
        said = _put_in(_said(messages[0][0], head.said_in), values)
    else:
        asked = nodes.MarkSafe(_counted([text for text, _names in messages], head.said_in, count))
        said = [nodes.Mod(asked, nodes.Dict([nodes.Pair(nodes.Const(name), value) for name, value in values.items()]))]
    if head.stored_as:
        return nodes.Assign(nodes.Name(head.stored_as, "store"), nodes.Concat(said)).set_lineno(line)
    return nodes.Output(said).set_lineno(line)


def _said(message: str, said_in: str) -> str:
    return translation.pgettext(said_in, message) if said_in else translation.gettext(message)


def _put_in(message: str, values: dict[str, nodes.Expr]) -> list[nodes.Expr]:
    """Return the pieces of a message in their order: its own words, which are ours, and the values, which are escaped."""
    pieces: list[nodes.Expr] = []
    done = 0
    for found in PUT_IN.finditer(message):
        pieces.append(nodes.TemplateData(message[done : found.start()]))
        pieces.append(values[found[1]] if found[1] else nodes.TemplateData("%"))
        done = found.end()
    return [*pieces, nodes.TemplateData(message[done:])]


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


def _counted(messages: list[str], said_in: str, count: nodes.Expr) -> nodes.Expr:
    given = [nodes.Const(one) for one in ([said_in] if said_in else []) + messages]
    return nodes.Call(nodes.Name("npgettext" if said_in else "ngettext", "load"), [*given, count], [], None, None)

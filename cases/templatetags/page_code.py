"""The Python that Jinja2 makes of the templates of pages, as Jinja2 makes it but quicker to run.

A page asks a thousand times for a part of a thing, for another component, for a text to be escaped. No function, filter or
component of ours wants Jinja2's context, so each is called as it is; what a page says is the same.
"""

import re
from typing import Any

from django.utils.safestring import SafeString
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape as escape_any

SPECIAL = re.compile("[&<>'\"]").search
#: Texts that are HTML already.
SAFE = frozenset({Markup, SafeString})


def escape(value: Any) -> str:
    """Return a value as HTML; what is HTML already as it is."""
    kind = type(value)
    if kind is str:
        return escape_any(value) if SPECIAL(value) else value
    if kind in SAFE:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape_any(value)


class Component(Macro):
    """A macro, which more often than not takes just the arguments that it names."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._takes_as_given = not (self.caller or self.catch_kwargs or self.catch_varargs) and self._default_autoescape

    def __call__(self, *given: Any, **named: Any) -> str:
        if self._takes_as_given and len(given) <= self._argument_count:
            rest = [named.pop(name, missing) for name in self.arguments[len(given) :]]
            if not named:
                return Markup(self._func(*given, *rest))  # noqa: S704 - HTML that the template made
        return super().__call__(*given, **named)


class PageCode(CodeGenerator):
    """Writes `part_of(thing, name)` for `thing.name`, and calls what is called without asking what it wants."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        self.write("part_of(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(  # noqa: N802 - Jinja2's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - and its signature
    ) -> None:
        if node.dyn_args or node.dyn_kwargs:
            self.fail("a component or function is called with its arguments one by one", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


class PageTemplate(Template):
    """A template whose components know the names of the environment alone: no page brings global names of its own.

    Jinja2 would compare all global names at each import, sixteen times a page.
    """

    @classmethod
    def _from_namespace(cls, environment: Environment, namespace: Any, globals: Any) -> Template:  # noqa: A002 - Jinja2's name
        namespace.update(escape=escape, Macro=Component, part_of=_part_of(environment))
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Any = None) -> Any:  # noqa: ARG002 - Jinja2's signature
        return super()._get_default_module()


def _part_of(environment: Environment) -> Any:
    otherwise = environment.getattr

    def part_of(thing: Any, name: str) -> Any:
        """Return the part of a thing of that name, of a document its value; what it has not is nothing."""
        if type(thing) is dict:
            return thing[name] if name in thing else otherwise(thing, name)
        try:
            return getattr(thing, name)
        except AttributeError:
            return otherwise(thing, name)

    return part_of

"""`{% translate %}` for pages that are made often: load it after `i18n`.

A page of a list says some thirty fixed words. Looking each up in the catalogues of messages, English ones in vain, took
a twentieth of the time the page takes.
"""

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = template.Library()


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's tag; a fixed text without further options is looked up once in each language."""
    node = do_translate(parser, token)
    is_plain = node.asvar is None and node.message_context is None and not node.noop
    return _Kept(node) if is_plain and _is_fixed(node.filter_expression) else node


def _is_fixed(expression: FilterExpression) -> bool:
    return not expression.filters and expression.var.literal is not None


class _Kept(Node):
    def __init__(self, node: TranslateNode):
        self._node = node
        self._said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: template.Context) -> str:
        key = get_language(), context.autoescape
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._node.render(context)
        return said

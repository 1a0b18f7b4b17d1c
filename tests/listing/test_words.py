"""The tag for fixed words says what Django's says, in each language."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

TEXTS = [
    '{% translate "Cases" %}',
    "{% translate 'Cases' %}",
    '{% translate "Nothing <b>of</b> that" %}',
    '{% translate "Cases" as word %}({{ word }})',
    '{% translate "Cases" noop %}',
    '{% translate "May" context "a month" %}',
    "{% translate word %}",
    '{% translate "Cases"|upper %}',
    '{% autoescape off %}{% translate "a & b" %}{% endautoescape %}{% translate "a & b" %}',
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_word_is_what_django_says_in_each_language_and_again(text):
    ours, djangos = Template("{% load i18n words %}" + text), Template("{% load i18n %}" + text)
    for language in ("en", "zh-hans", "en", "zh-hans"):
        for word in ("Cities", "Themes"):
            with override(language):
                assert ours.render(Context({"word": word})) == djangos.render(Context({"word": word}))


def test_fixed_words_are_looked_up_once_in_each_language():
    said = Template('{% load i18n words %}{% translate "Cases" %}')
    with override("zh-hans"):
        assert said.render(Context()) == "案例"
        said.nodelist[-1]._node.render = None
        assert said.render(Context()) == "案例"

"""The box that chooses a row of a list is Django's own, only made without a template."""

import pytest
from django.contrib import admin
from django.test.html import parse_html

from tests.factories import make_city

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["Bijie", "<b>Tartu</b> & {0} \"quoted\" 'too'", "%s 毕节"])
def test_the_box_is_the_one_django_makes(name):
    city = make_city(name)
    pages = admin.site.get_model_admin(type(city))
    ours = pages.action_checkbox(city)
    assert parse_html(ours) == parse_html(admin.ModelAdmin.action_checkbox(pages, city))

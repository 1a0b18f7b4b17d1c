"""The filters of the lists of partners, places and lessons."""

from django.utils.translation import gettext_lazy as _

from cases.facets import Cases, themes_of_case
from cases.filters import Words
from cases.models import Organisation, Place, Transfer
from cities.models import City
from listing.choices import Choices
from listing.filters import ForeignFacet, ListFilters
from listing.terms import Vocabulary


def _city() -> ForeignFacet:
    return ForeignFacet("initiative__city", label=_("City"), vocabulary=Vocabulary(City))


class PartnerFilters(ListFilters):
    q = Words(label=_("Words"))
    case = Cases(label=_("Case"))
    kind = Choices("organisation__kind", label=_("Kind"), choices=Organisation.Kind)
    city = _city()
    theme = themes_of_case("partners")


class PlaceFilters(ListFilters):
    q = Words(label=_("Words"))
    case = Cases(label=_("Case"))
    kind = Choices("place__kind", label=_("Kind"), choices=Place.Kind)
    city = _city()
    theme = themes_of_case("place_mentions")


class LessonFilters(ListFilters):
    q = Words(label=_("Words"))
    case = Cases(label=_("Case"))
    direction = Choices("direction", label=_("Direction"), choices=Transfer.Direction)
    state = Choices("state", label=_("State"), choices=Transfer.State)
    city = _city()

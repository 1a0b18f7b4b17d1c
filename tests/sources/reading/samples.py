"""Texts of our own invention in the shape of the real sources, one oddity each, and what reads them.

The lines are put together by name, so that a test says what it changes: `collection(lead="...")`.
Where a test needs a line number it asks for it: `line_of(text, "...")`.
"""

from sources.reading import read
from sources.reading.records import Ruling, RulingKind, SourceDescription

COLLECTION = SourceDescription(
    "prize", "award-collection", "The 9th Pebble Prize", numbers=("numbers/prize.toml", "cases/*.toml")
)
DECLARATION = SourceDescription("pebble-declaration", "declaration", "Pebble Declaration")
ALLIANCE = SourceDescription("pebble-alliance", "alliance", "Launching the Pebble Alliance")
PLAN = SourceDescription("pebble-plan", "plan", "Larkford looks abroad")

FRONT = """The 9th Pebble Prize: Small Works from Quiet Towns

Pebble Office of Larkford Institute for Small Things



The 9th Pebble Prize: Small Works from Quiet Towns

> Pebble Office of Larkford Institute for Small Things

CONTENTS

01\tLarkford: Rain Gardens

CONTENTS

Oldport: Night Buses
"""

TITLE = "Rain Gardens"
CITY_LINE = "🤦 Larkford , Utopia"
LEAD = "A town that floods each spring let its gutters run into gardens."
CITY_DATA = """BASIC CITY DATA

Population size: 12,300 Surface Area (sq. km): 41.50

Population Density (people/sq.km): 296

GDP Per Capita (U.S.\\$): 9,100

Main Source of Prosperity: Pottery, bees"""
HEADER = "LARKFORD, UTOPIA"
SECTIONS = """Abstract

The gutters of 3 streets now end in gardens.

Key Measures

1. Dig.

- 2. Plant 40 reeds."""

TAIL = """



Oldport, Utopia

Buses run through the night here.

Basic City Data

Population size: 8000

OLDPORT, UTOPIA

Abstract

Every bus is blue.
"""


def case(
    title=TITLE, city_line=CITY_LINE, lead=LEAD, city_data=CITY_DATA, header=HEADER, sections=SECTIONS
) -> str:
    parts = [title, city_line, lead, city_data, header, sections]
    return "\n\n\n".join(part for part in parts if part)


def collection(front=FRONT, tail=TAIL, **parts) -> str:
    return f"{front}\n\n\n{case(**parts)}\n{tail}"


def line_of(text: str, piece: str, which: int = 0) -> int:
    """The number of the line that holds the piece; the first one unless `which` says otherwise."""
    return [number for number, line in enumerate(text.split("\n"), 1) if piece in line][which]


def ruling(kind: str, line: int, printed: str, read_as: str = "", key: str = "") -> Ruling:
    return Ruling(key or f"{kind}-{line}", RulingKind(kind), line, line, printed, read_as, "for the test")


def oldport_title(text: str) -> Ruling:
    """The ruling every sample collection needs: one of its cases has its title in the contents list only."""
    return ruling("title_from_contents", line_of(text, "Night Buses"), "Night Buses", "Night Buses")


def read_collection(text: str, *rulings: Ruling, numbers=None):
    return read(text, COLLECTION, [oldport_title(text), *rulings], numbers)


def first_case(text: str, *rulings: Ruling):
    return read_collection(text, *rulings).document.cases[0]


NUMBERED_DECLARATION = """Skip to main content

Pebble Declaration

Larkford, Kingdom of Utopia | 03 May 2031

Pebble Declaration

Quiet Towns Forum 2031

Towns are small. In 2030, the urban population of the valley hit 1.5 million, 40% of the total.

The Forum was held by the mayors in Larkford on May 2-3, 2031. We put forward as follows:

  1. Keep the streets slow. Let carts pass\xa0 \xa0before cars.
  2. Plant reeds. Let no gutter end in a pipe."""

ROMAN_DECLARATION = """top of page

LARKFORD

Pebble Declaration



(Officially approved on May 3, 2031 on the occasion of the Quiet Towns Conference)

\xa0

We, people from 12 cities in 3 countries and regions, are gathered in Larkford Utopia \
from 2nd to\xa03rd May to talk.



For these reasons we propose the following:



I \xa0–\xa0To keep the streets slow\x20



Carts pass before cars.

Children pass before carts.

\xa0

II\xa0 – To plant reeds

\xa0

Reeds drink what gutters bring.

\xa0

It is our hope that this helps.

bottom of page"""

ALLIANCE_PAGE = """Launching the Pebble Alliance, See Members in the First Batch

Source:PebbleNet Time:2032-01-09 Clicks:17

In view of this, Pebble Center organized towns to set up “Pebble Alliance” (hereinafter “Alliance”) \
under the guidance of Reed Commission. It was formally established at Valley Forum on March 4, 2031. \
Pebble Center and EUROTOWNS signed a Memorandum of Understanding.

The Alliance aims at pairing towns.

With paired cities of Valley Partnership as the base, it takes in towns. Members include 9 units, \
covering 6 cities (all small), 1 national-level new areas and 2 districts, counties and towns. \
Daily work is performed by the Reed Division of Pebble Center.

Main Tasks of the Alliance:

1. Exchange: To hold talks.

2. Matching : To pair towns.

List of the First Batch of Member Cities of Pebble  Alliance

主办 © 版权所有  ICP17号-3"""

PLAN_ARTICLE = """Home > Valley Focus > Features > Larkford looks abroad
Larkford looks abroad
By Reed Miller


The town has initiated three campaigns to be seen.

The two parts are making Larkford a good place for potters by 2041 and a known town in the valley by 2051.

In the first period, Larkford will learn from the experience of Millbay and Oldport \
in terms of attracting foreign investment.

New business zones

Larkford has business zones for kilns.

“We will work hard, in the next two to 3 years, to narrow the gap \
between Larkford and Oldport,” said the mayor.

In the second stage, Larkford will follow successful examples of Port Reed and Swan, Utopia, \
to build connections.

From 2041 to 2051, Larkford will seek to upgrade its industries by firing pots.

It will narrow its gap with the developed countries in its natural environment.

Nurses will learn from the best of the world’s best hospitals.

It will try to ensure that 20 percent of its schools have a twin school abroad.

By the end of 2035, the city will try to establish two international schools. They will teach pottery.

Customer Service: (12-34) 5678"""

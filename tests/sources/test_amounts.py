"""What a printed form carries: figures with their multipliers, words, fractions, ordinals; and nothing else."""

from decimal import Decimal

import pytest

from sources.fixtures.amounts import carries, printed_otherwise

CARRIED = [
    ("from 30% to 95%", "30", "%"),
    ("2.2billion dollars", "2200000000", "USD"),
    ("about 8 000 units", "8000", "number"),
    ("HK$11.6 (US$1.49) billion", "1490000000", "USD"),
    ("638,000 cubic meters", "638000", "m³"),
    ("four routes", "4", "number"),
    ("twenty-five schools", "25", "number"),
    ("two hundred thousand people", "200000", "persons"),
    ("half a million trees", "500000", "number"),
    ("three dozen", "36", "number"),
    ("one-third of them", "33.3", "%"),
    ("two thirds", "66.67", "%"),
    ("almost half", "50", "%"),
    ("a quarter of it", "0.25", "number"),
    ("hundreds of lakes", "100", "number"),
    ("billions of documents", "1000000000", "number"),
    ("no manganese ion", "0", "mg/L"),
    ("the third largest city", "3", "rank"),
    ("more than quadrupled", "4", "times"),
    ("century-old", "100", "years"),
    ("from one hour to 35 minutes", "60", "minutes"),
    ("fell by 5%", "-5", "%"),
]
NOT_CARRIED = [
    ("2.2billion dollars", "2200000", "USD"),
    ("2.2billion dollars", "2.2", "USD"),
    ("from 30% to 95%", "31", "%"),
    ("two and three", "5", "number"),
    ("one-third of them", "34", "%"),
    ("twenty-five schools", "26", "number"),
    ("two years", "24", "years"),
    ("one hour", "60", "persons"),
    ("many", "1", "number"),
]


@pytest.mark.parametrize(("printed", "value", "unit"), CARRIED)
def test_a_printed_form_carries(printed, value, unit):
    assert carries(printed, Decimal(value), unit)


@pytest.mark.parametrize(("printed", "value", "unit"), NOT_CARRIED)
def test_a_printed_form_does_not_carry(printed, value, unit):
    assert not carries(printed, Decimal(value), unit)


@pytest.mark.parametrize(
    ("printed", "value", "unit", "other"),
    [
        ("37.2 km", "37.2", "ha", "37.2 km"),
        ("50 people", "50", "%", "50"),
        ("50%", "50", "persons", "50%"),
        ("12 months", "12", "years", "12 months"),
    ],
)
def test_a_figure_of_another_unit_is_told(printed, value, unit, other):
    assert printed_otherwise(printed, Decimal(value), unit) == other


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("37.2 km", "37.2", "km"),
        ("0.19 mg/l", "0.19", "mg/L"),
        ("8 cars per hour", "8", "number/hour"),
        ("32,000 tons of carbon dioxide", "32000", "tCO2/year"),
        ("100 million yuan", "100000000", "CNY"),
        ("half of them", "50", "%"),
    ],
)
def test_a_figure_of_its_unit_is_not(printed, value, unit):
    assert printed_otherwise(printed, Decimal(value), unit) == ""

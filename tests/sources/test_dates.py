"""Printed dates and what they mean."""

import pytest

from sources.fixtures.dates import dates_in, meanings


@pytest.mark.parametrize(
    ("printed", "means"),
    [
        ("2018", {"2018"}),
        ("June 2019", {"2019-06"}),
        ("Sept. 2019", {"2019-09"}),
        ("March 20, 2017", {"2017-03-20"}),
        ("20th of March 2017", {"2017-03-20"}),
        ("2018-03-08", {"2018-03-08"}),
        ("2020.1", {"2020-01"}),
        ("2021.11", {"2021-11"}),
        ("2023-24", {"2023/2024"}),
        ("2011/12", {"2011-12", "2011/2012"}),
        ("2023-24 to 2027-28", {"2023/2028"}),
        ("2020-2021", {"2020/2021"}),
        ("1927–1937", {"1927/1937"}),
        ("from June 2018 to May 2020", {"2018-06/2020-05"}),
        ("16th\u00a0to 17th\u00a0November 2012", {"2012-11-16/2012-11-17"}),
        ("16th to 17th November", {"-11-16/-11-17"}),
        ("June", {"-06"}),
        ("since 2016", {"2016", "2016/.."}),
        ("end of September 2023", {"2023-09"}),
        ("early 2021", {"2021"}),
        ("1980s", {"198X"}),
        ("80s of the last century", {"198X"}),
        ("19th century", {"18XX"}),
        ("2018 and later 2019", set()),
        ("2013.13", set()),
        ("no date", set()),
        ("12", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_a_printed_date_means(printed, means):
    assert meanings(printed) - {date for date in meanings(printed) if "/.." in date} == means - {"2016/.."}


def test_dates_of_a_line():
    line = "In 2015, and from 2016 to 2020, 300 people in 2,945 grids; in June 2018, in May, on the 5th."
    assert {date for date in dates_in(line) if "/.." not in date} == {
        "2015", "2016", "2020", "2016/2020", "2018-06",
    }  # fmt: skip

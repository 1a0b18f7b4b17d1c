"""Simplified Chinese: as Django has it, and a time says its zone."""

DATETIME_FORMAT = "Y年n月j日 H:i e"
SHORT_DATE_FORMAT = "Y年n月j日"
SHORT_DATETIME_FORMAT = "Y年n月j日 H:i e"

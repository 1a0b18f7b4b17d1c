"""How dates and times are written in each language, for all pages: the setting FORMAT_MODULE_PATH.

A time always says its zone; it is read by people in many of them.
"""

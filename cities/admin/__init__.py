"""The staff pages of cities and their figures, of plans, and of alliances."""

from cities.admin import alliances, places, plans

__all__ = ["alliances", "places", "plans"]

"""Cities, the figures sources report of them, and (in modules of their own) plans and alliances."""

from cities.alliances import Alliance, AllianceOrganisation, Member, ReportedCount, Task
from cities.places import City, CityFigures, Figure
from cities.plans import Benchmark, FieldOfAction, Plan, Stage

__all__ = [
    "Alliance",
    "AllianceOrganisation",
    "Benchmark",
    "City",
    "CityFigures",
    "FieldOfAction",
    "Figure",
    "Member",
    "Plan",
    "ReportedCount",
    "Stage",
    "Task",
]

from .connecting import connect
from .discovery import Discovery
from .errors import DiscoveryError
from .flows.verdict import check_flow
from .matching.fields import match_fields
from .matching.records import pair_records
from .samples.plan import Plan
from .samples.sample import Sample
from .schemas.children import children
from .schemas.conformance import check_conformance
from .schemas.declare import declare
from .schemas.differ import compare_shapes
from .schemas.differences import compare_all
from .schemas.drift import drift
from .schemas.observe import observe
from .schemas.schema import Schema
from .systems.openapi import read_openapi
from .widgets.direction_board import DirectionBoard
from .words import Direction, Method, Outcome, Shape
from .worksheet.worksheet import Worksheet

__all__ = [
    "Direction",
    "DirectionBoard",
    "Discovery",
    "DiscoveryError",
    "Method",
    "Outcome",
    "Plan",
    "Sample",
    "Schema",
    "Shape",
    "Worksheet",
    "check_conformance",
    "check_flow",
    "children",
    "compare_all",
    "compare_shapes",
    "connect",
    "declare",
    "drift",
    "match_fields",
    "observe",
    "pair_records",
    "read_openapi",
]

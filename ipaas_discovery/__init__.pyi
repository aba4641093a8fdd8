from .connection import connect
from .discovery import Discovery
from .errors import DiscoveryError
from .flows.verdict import check_flow
from .matching.field_matches import match_fields
from .matching.record_pairs import pair_records
from .samples.plan import Plan
from .samples.sample import Sample
from .schemas.comparing.all_differences import compare_all
from .schemas.comparing.conformance import check_conformance
from .schemas.comparing.drift import drift
from .schemas.comparing.returned_vs_received import compare_shapes
from .schemas.declaring.child_schemas import children
from .schemas.declaring.declare import declare
from .schemas.observing.observe import observe
from .schemas.schema import Schema
from .systems.openapi import read_openapi
from .vocabulary import Direction, Method, Outcome, Shape
from .widgets.direction_board import DirectionBoard
from .worksheet.worksheet import Worksheet

__version__: str

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

from . import errors
from .changes.changes import Aspect, Changes, FlowChange
from .changes.pair_state import PairState
from .connection import connect
from .discovery import Discovery
from .errors import DiscoveryError
from .flows.execution.round_trip import RoundTrip
from .flows.finding import Effect, Finding
from .flows.flow import Edge, Flow
from .flows.sample_run import Execution, Loss, Rejection
from .flows.selection import Selection
from .flows.surroundings import Learning, Surroundings
from .flows.verdict import Verdict, check_flow
from .flows.verdicts import Verdicts
from .matching.collections.collection_matches import CollectionMatch, CollectionMatches, match_collections
from .matching.comparison import Comparison, FieldRow
from .matching.condition import Comparing, Condition
from .matching.field_matches import Match, Matches, match_fields
from .matching.formulas.find_formula import Formula, find_formula
from .matching.formulas.operations import FormulaStep
from .matching.mapping import Mapping, map_fields
from .matching.records.agreement import Agreement, AgreementRow
from .matching.records.forecast import Forecast, ForecastRow
from .matching.records.record_pairs import Pair, Pairs, pair_records
from .matching.side_by_side import SideBySide, SideRow
from .renderings.tabular import Table, Tabular
from .samples.absence import Absence, Lack
from .samples.end import Certainty, ListEnd
from .samples.plan import Plan
from .samples.probing.probe_report import ProbeReport, Proof, Proposal
from .samples.pulling.extract import Extract
from .samples.redaction.user_rules import UserRules
from .samples.sample import Sample, Stop, Stratum
from .samples.storage.answer_policy import AnswerPolicy
from .schemas.comparing.all_differences import Difference, Differences, compare_all
from .schemas.comparing.conformance import Conformance, check_conformance
from .schemas.comparing.deviations import Deviation
from .schemas.comparing.drift import Drift, drift
from .schemas.comparing.field_changes import Change, ChangeEffect
from .schemas.comparing.returned_vs_received import ShapeDifference, ShapeRow, compare_shapes
from .schemas.declaring.child_schemas import children
from .schemas.declaring.declare import declare
from .schemas.field import Declared, Field, Observed
from .schemas.named_list import NamedList
from .schemas.observing.observe import observe
from .schemas.problems import Problem, Variant
from .schemas.schema import Schema
from .schemas.shapes import Shapes
from .schemas.showing.both_sides import BothSides
from .schemas.showing.census import Census, Tallied
from .schemas.showing.presence import Presence
from .settings import CollectionPair, SampleSettings
from .system import System
from .systems.openapi import read_openapi
from .systems.openapi.description import ApiDescription, Documents
from .systems.openapi.node import Node
from .systems.openapi.operation import EnvelopedRecords, Operation, Operations
from .vocabulary import Direction, Grade, Method, Outcome, Shape
from .widgets.collection_browser import CollectionBrowser
from .widgets.direction_board import DirectionBoard
from .widgets.work_board import OpenWork
from .worksheet.decisions import Decisions
from .worksheet.entry import Entry, WorksheetDocument
from .worksheet.exports.content import ExportTable
from .worksheet.features import DataType, Endpoint, ExternalId, Features, Support, SyncType
from .worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
from .worksheet.ordered_flow import FieldOwner, FlowCount, OrderedFlow, TwoWayField
from .worksheet.parts import Claims, CollectionSide, Decision, Evidence, Question
from .worksheet.remarks import AcceptedFinding, LeftOut, Remark
from .worksheet.worksheet import Worksheet

__version__: str

__all__ = [
    "Absence",
    "AcceptedFinding",
    "Agreement",
    "AgreementRow",
    "AnswerPolicy",
    "ApiDescription",
    "Aspect",
    "BothSides",
    "Census",
    "Certainty",
    "Change",
    "ChangeEffect",
    "Changes",
    "Claims",
    "CollectionBrowser",
    "CollectionMatch",
    "CollectionMatches",
    "CollectionPair",
    "CollectionSide",
    "Comparing",
    "Comparison",
    "Condition",
    "Conformance",
    "DataType",
    "Decision",
    "Decisions",
    "Declared",
    "Deviation",
    "Difference",
    "Differences",
    "Direction",
    "DirectionBoard",
    "Discovery",
    "DiscoveryError",
    "Documents",
    "Drift",
    "Edge",
    "Effect",
    "Endpoint",
    "Entry",
    "EnvelopedRecords",
    "Evidence",
    "Execution",
    "ExportTable",
    "ExternalId",
    "Extract",
    "Features",
    "Field",
    "FieldOwner",
    "FieldRow",
    "Finding",
    "Flow",
    "FlowChange",
    "FlowCount",
    "Forecast",
    "ForecastRow",
    "Formula",
    "FormulaStep",
    "Grade",
    "Lack",
    "Learning",
    "LeftOut",
    "ListEnd",
    "Loss",
    "Mapping",
    "Match",
    "Matches",
    "Method",
    "NamedList",
    "Node",
    "Observed",
    "OpenWork",
    "Operation",
    "Operations",
    "OrderedFlow",
    "Outcome",
    "Pair",
    "PairState",
    "Pairs",
    "Plan",
    "Presence",
    "ProbeReport",
    "Problem",
    "Proof",
    "Proposal",
    "Question",
    "Rejection",
    "Remark",
    "RoundTrip",
    "Sample",
    "SampleSettings",
    "Schema",
    "Selection",
    "Shape",
    "ShapeDifference",
    "ShapeRow",
    "Shapes",
    "SideBySide",
    "SideRow",
    "Stop",
    "Stratum",
    "Support",
    "Surroundings",
    "SyncType",
    "System",
    "Table",
    "Tabular",
    "Tallied",
    "TwoWayField",
    "UserRules",
    "Variant",
    "Verdict",
    "Verdicts",
    "WorkItem",
    "WorkKind",
    "WorkList",
    "Worksheet",
    "WorksheetDocument",
    "check_conformance",
    "check_flow",
    "children",
    "compare_all",
    "compare_shapes",
    "connect",
    "declare",
    "drift",
    "errors",
    "find_formula",
    "map_fields",
    "match_collections",
    "match_fields",
    "observe",
    "pair_records",
    "read_openapi",
]

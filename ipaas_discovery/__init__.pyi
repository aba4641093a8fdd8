from . import errors
from .changes.baseline import Baseline, BaselineRow
from .changes.baseline_differences import BaselineDifference, compare_baselines
from .changes.changes import Aspect, Changes, FlowChange
from .changes.pair_state import PairState
from .checks.check_build import check_build
from .checks.check_report import CheckItem, CheckReport, CheckStatus
from .connection import connect
from .discovery import Discovery
from .errors import DiscoveryError
from .flows.execution.round_trip import RoundTrip
from .flows.finding import Effect, Finding
from .flows.flow import Edge, Flow
from .flows.preview import Preview, PreviewRow
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
from .matching.records.agreement import Agreement, AgreementRow, PairedValues
from .matching.records.forecast import Forecast, ForecastRow
from .matching.records.record_pairs import Pair, Pairs, pair_records
from .matching.side_by_side import SideBySide, SideRow
from .renderings.card import Card
from .renderings.tabular import ByName, ListedSet, Listing, Table, Tabular
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
from .systems.openapi.notices.notice import Notice
from .systems.openapi.operation import EnvelopedRecords, Operation, Operations
from .systems.openapi.refusals.refusal import Refusal
from .vocabulary import Direction, Grade, Method, Outcome, Shape
from .widgets.collection_browser import CollectionBrowser
from .widgets.direction_board import DirectionBoard
from .widgets.match_board import MatchBoard
from .widgets.work_board import OpenWork
from .worksheet.decisions import Decisions
from .worksheet.delivery.delivered import Delivered
from .worksheet.delivery.delivered_collection import Subscription
from .worksheet.delivery.delivery_gap import DeliveryGap, GapKind
from .worksheet.entry import Entry, WorksheetDocument
from .worksheet.exports.tables.export_table import ExportTable
from .worksheet.facts.capabilities import Capability
from .worksheet.facts.model_field import ModelField, PlatformType
from .worksheet.facts.pair_facts import Conflict, Facts, ForecastFacts, PairFacts, SideFacts
from .worksheet.facts.system_profile import Preset, ProfileRow, SystemProfile
from .worksheet.features import DataType, Endpoint, ExternalId, Features, Support, SyncType
from .worksheet.open_work.work_list import WorkItem, WorkKind, WorkList
from .worksheet.ordered_flow import FieldOwner, FlowCount, OrderedFlow, TwoWayField
from .worksheet.parts import Claims, CollectionSide, Decision, Evidence, Question
from .worksheet.reading_back.edit import CellEdit, Edit
from .worksheet.reading_back.read_back import ReadBack
from .worksheet.reading_back.taking import Word
from .worksheet.remarks import AcceptedFinding, LeftOut, Remark
from .worksheet.skeleton.skeleton import Skeleton
from .worksheet.synopsis.flow_sheet import FlowSheet, MappingCollection
from .worksheet.synopsis.mapping_line import MappingLine
from .worksheet.synopsis.planning_answers import PlanningAnswer, PlanningQuestion
from .worksheet.synopsis.project_plan import PlanStep
from .worksheet.synopsis.schema_line import SchemaLine
from .worksheet.synopsis.synopsis import CollectionSynopsis, Synopsis
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
    "Baseline",
    "BaselineDifference",
    "BaselineRow",
    "BothSides",
    "ByName",
    "Capability",
    "Card",
    "CellEdit",
    "Census",
    "Certainty",
    "Change",
    "ChangeEffect",
    "Changes",
    "CheckItem",
    "CheckReport",
    "CheckStatus",
    "Claims",
    "CollectionBrowser",
    "CollectionMatch",
    "CollectionMatches",
    "CollectionPair",
    "CollectionSide",
    "CollectionSynopsis",
    "Comparing",
    "Comparison",
    "Condition",
    "Conflict",
    "Conformance",
    "DataType",
    "Decision",
    "Decisions",
    "Declared",
    "Delivered",
    "DeliveryGap",
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
    "Edit",
    "Effect",
    "Endpoint",
    "Entry",
    "EnvelopedRecords",
    "Evidence",
    "Execution",
    "ExportTable",
    "ExternalId",
    "Extract",
    "Facts",
    "Features",
    "Field",
    "FieldOwner",
    "FieldRow",
    "Finding",
    "Flow",
    "FlowChange",
    "FlowCount",
    "FlowSheet",
    "Forecast",
    "ForecastFacts",
    "ForecastRow",
    "Formula",
    "FormulaStep",
    "GapKind",
    "Grade",
    "Lack",
    "Learning",
    "LeftOut",
    "ListEnd",
    "ListedSet",
    "Listing",
    "Loss",
    "Mapping",
    "MappingCollection",
    "MappingLine",
    "Match",
    "MatchBoard",
    "Matches",
    "Method",
    "ModelField",
    "NamedList",
    "Node",
    "Notice",
    "Observed",
    "OpenWork",
    "Operation",
    "Operations",
    "OrderedFlow",
    "Outcome",
    "Pair",
    "PairFacts",
    "PairState",
    "PairedValues",
    "Pairs",
    "Plan",
    "PlanStep",
    "PlanningAnswer",
    "PlanningQuestion",
    "PlatformType",
    "Presence",
    "Preset",
    "Preview",
    "PreviewRow",
    "ProbeReport",
    "Problem",
    "ProfileRow",
    "Proof",
    "Proposal",
    "Question",
    "ReadBack",
    "Refusal",
    "Rejection",
    "Remark",
    "RoundTrip",
    "Sample",
    "SampleSettings",
    "Schema",
    "SchemaLine",
    "Selection",
    "Shape",
    "ShapeDifference",
    "ShapeRow",
    "Shapes",
    "SideBySide",
    "SideFacts",
    "SideRow",
    "Skeleton",
    "Stop",
    "Stratum",
    "Subscription",
    "Support",
    "Surroundings",
    "SyncType",
    "Synopsis",
    "System",
    "SystemProfile",
    "Table",
    "Tabular",
    "Tallied",
    "TwoWayField",
    "UserRules",
    "Variant",
    "Verdict",
    "Verdicts",
    "Word",
    "WorkItem",
    "WorkKind",
    "WorkList",
    "Worksheet",
    "WorksheetDocument",
    "check_build",
    "check_conformance",
    "check_flow",
    "children",
    "compare_all",
    "compare_baselines",
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

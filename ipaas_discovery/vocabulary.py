"""Words that every floor shares, spelled as iPaaS.com spells them."""

from __future__ import annotations

from enum import StrEnum

from ipaas_discovery.errors import UnknownNameError

__all__ = ["JSON_TYPES", "Direction", "Grade", "JsonType", "Method", "Outcome", "Shape"]


class Direction(StrEnum):
    """Direction in which a collection's data moves, always relative to iPaaS.com.

    The platform itself knows only To (1) and From (2); Bi-directional is a decision that becomes two
    flows (``TM_MappingDirection`` in the vendor's integration template, where 3 is retired).

    >>> Direction.parse("from")
    <Direction.FROM: 'From iPaaS.com'>
    >>> Direction.BIDIRECTIONAL.flows
    (<Direction.TO: 'To iPaaS.com'>, <Direction.FROM: 'From iPaaS.com'>)
    """

    TO = "To iPaaS.com"
    FROM = "From iPaaS.com"
    BIDIRECTIONAL = "Bi-directional"

    @property
    def flows(self) -> tuple[Direction, ...]:
        """One-way flows this direction stands for."""
        return (Direction.TO, Direction.FROM) if self is Direction.BIDIRECTIONAL else (self,)

    @property
    def platform_id(self) -> int | None:
        """Platform's ``MappingDirectionId``: 1 for To, 2 for From, None for Bi-directional."""
        return {Direction.TO: 1, Direction.FROM: 2}.get(self)

    @classmethod
    def parse(cls, text: str) -> Direction:
        """Read a direction by its value, its name, or its first word, in any case.

        Raises:
            UnknownNameError: if it is none of them.
        """
        short = {"to": cls.TO, "from": cls.FROM, "both": cls.BIDIRECTIONAL, "bi-directional": cls.BIDIRECTIONAL}
        wanted = text.strip().lower()
        for member in cls:
            if wanted in {member.value.lower(), member.name.lower()} or short.get(wanted) is member:
                return member
        raise UnknownNameError("direction", text, [member.value for member in cls])


class Method(StrEnum):
    """Method of a flow: its effect on the destination's records."""

    ADD = "add"
    UPDATE = "update"
    DELETE = "delete"

    @property
    def sync_type(self) -> int:
        """Platform's ``TM_SyncType`` id: ADD 1, UPDATE 2, DELETE 4 (3 is add and update together)."""
        return {Method.ADD: 1, Method.UPDATE: 2, Method.DELETE: 4}[self]


class Shape(StrEnum):
    """Call that a schema belongs to."""

    RETURNED = "returned"
    CREATE = "received on create"
    UPDATE = "received on update"

    @classmethod
    def received_by(cls, method: Method) -> Shape:
        """Return the shape a destination receives for `method`; a delete is sent like an update, by id."""
        return cls.CREATE if method is Method.ADD else cls.UPDATE


class JsonType(StrEnum):
    """The types that JSON knows, and the integers that JSON Schema tells apart."""

    ARRAY = "array"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NULL = "null"
    NUMBER = "number"
    OBJECT = "object"
    STRING = "string"


JSON_TYPES: tuple[str, ...] = tuple(kind.value for kind in JsonType)
"""The names of JSON's types, sorted."""


class Outcome(StrEnum):
    """Outcome of the evidence for a flow and method, best first."""

    POSSIBLE = "possible"
    WITH_DEFAULTS = "possible with defaults"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"


class Grade(StrEnum):
    """Grade of a fact: how it is known, the surest first."""

    DECLARED = "declared"
    OBSERVED = "observed"
    DOCUMENTED = "documented by the platform, path unknown"
    INFERRED = "inferred"
    UNKNOWN = "unknown"

"""Questions that discovery and planning has to answer, as the platform's guide orders them."""

from __future__ import annotations

from typing import Literal

from ipaas_discovery.worksheet.parts import Question

__all__ = ["default_questions"]

INTEGRATION = (
    "What will most users do with the third-party system, and which smallest set of flows would already serve them?",
)
COLLECTION = (
    "Which way does this data have to move, and with which methods? Say what happens on a delete.",
    "Which records move, and on what condition or event?",
    "Is one record of the third party exactly one record of this collection? If not, how are the exceptions handled?",
    "Does every record that goes to iPaaS.com have an id that is unique in the third party, and can its users see it?",
    "Does this data move on its own, inside its parent, or both?",
    "How is related data linked: which other collections does a record name, and do they move too?",
)


def default_questions(scope: Literal["integration", "collection"] | None = None) -> tuple[Question, ...]:
    """List the planning questions, unanswered, in the guide's order.

    Args:
        scope: "integration" for the one asked once, "collection" for the six asked of each collection;
            None for all seven.

    >>> [len(default_questions(scope)) for scope in ("integration", "collection", None)]
    [1, 6, 7]
    """
    texts = {"integration": INTEGRATION, "collection": COLLECTION, None: INTEGRATION + COLLECTION}[scope]
    return tuple(Question(text) for text in texts)

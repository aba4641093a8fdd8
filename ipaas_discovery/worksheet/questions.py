"""Questions that discovery and planning has to answer, as the platform's guide orders them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from ipaas_discovery.worksheet.facts.system_profile import DUPLICATES, ERRORS, OWNER
from ipaas_discovery.worksheet.parts import Question

__all__ = ["COLLECTION", "INTEGRATION", "SYSTEMS", "ProfilePlace", "default_questions"]


class ProfilePlace(NamedTuple):
    """The place in a system's profile that an answer fills: the side, and the subject of its row."""

    side: Literal["ipaas", "third_party"]
    subject: str


INTEGRATION = (
    "What will most users do with the third-party system, and which smallest set of flows would already serve them?",
)
SYSTEMS: Mapping[str, ProfilePlace] = {
    "Who owns the iPaaS.com subscription: who grants access to it, and who decides on its settings?": ProfilePlace(
        "ipaas", OWNER
    ),
    "Who owns the third-party system: who grants access to it, and who decides on its settings?": ProfilePlace(
        "third_party", OWNER
    ),
    "How does the third party reject a record that it has already: with which answer, and by which fields?": (
        ProfilePlace("third_party", DUPLICATES)
    ),
    "In which form does the third party report an error: with which statuses, and where does the reason stand?": (
        ProfilePlace("third_party", ERRORS)
    ),
}
"""Questions about the systems as a whole, and the places that their answers fill."""
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
        scope: "integration" for the five asked once, "collection" for the six asked of each collection;
            None for all eleven.

    >>> [len(default_questions(scope)) for scope in ("integration", "collection", None)]
    [5, 6, 11]
    """
    once = (*INTEGRATION, *SYSTEMS)
    texts = {"integration": once, "collection": COLLECTION, None: once + COLLECTION}[scope]
    return tuple(Question(text) for text in texts)

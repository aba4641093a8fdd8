"""A connector names the files of what a system receives in the shortest form that fits."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from ipaas_discovery.systems.connectors.collection import CollectionSpec
from ipaas_discovery.systems.connectors.received_files import Received

TABLE = {"file": "fields.xlsx", "sheet": "Orders", "on": "create"}


@pytest.mark.parametrize(
    ("written", "files"),
    [
        ("fields.csv", [Received(file="fields.csv")]),
        (TABLE, [Received(**TABLE)]),
        (["a.csv", TABLE], [Received(file="a.csv"), Received(**TABLE)]),
        ([Received(**TABLE)], [Received(**TABLE)]),
    ],
)
def test_a_name_a_table_or_a_list_of_both_name_files(written, files):
    spec = CollectionSpec.model_validate({"list": "/orders", "received": written})
    assert list(spec.received) == files


@pytest.mark.parametrize("written", [{"sheet": "Orders"}, [7], {"file": "a.csv", "on": "delete"}])
def test_what_names_no_file_is_refused(written):
    with pytest.raises(ValidationError):
        CollectionSpec.model_validate({"list": "/orders", "received": written})

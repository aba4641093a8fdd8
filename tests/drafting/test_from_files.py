"""Connector files of systems that are known by files of their records."""

import json
import tomllib

import pytest

from ipaas_discovery.drafting.from_files import connector_text_from_files
from ipaas_discovery.errors import ResponseError
from ipaas_discovery.knowledge.file_kinds import file_kinds


@pytest.fixture
def written(tmp_path):
    def write(contents):
        paths = {}
        for name, content in contents.items():
            path = tmp_path / name
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
            paths[f"files/{name}"] = path
        return tomllib.loads(connector_text_from_files(paths, "A shop"))["collections"]

    return write


ROWS = [{"id": 1, "name": "A"}, {"id": 2, "name": "B"}]


def test_a_list_alone_is_one_collection(written):
    assert written({"items.json": ROWS}) == {"items": {"file": "files/items.json", "id": "id"}}


def test_the_one_list_of_an_object_is_the_file_s_collection(written):
    assert written({"stock-2026.json": {"meta": {"count": 2}, "data": {"rows": ROWS}}}) == {
        "stock": {"file": "files/stock-2026.json", "records": "data.rows", "id": "id"}
    }


def test_each_filled_list_of_an_object_is_a_collection(written):
    assert written({"all.json": {"customers": ROWS, "orders": ROWS[:1], "returns": [], "tags": ["x"]}}) == {
        "customers": {"file": "files/all.json", "records": "customers", "id": "id"},
        "orders": {"file": "files/all.json", "records": "orders", "id": "id"},
    }


def test_edges_are_read_by_their_nodes(written):
    body = {"data": {"products": {"edges": [{"node": row} for row in ROWS]}}}
    assert written({"graph.json": body}) == {
        "graph": {"file": "files/graph.json", "records": "data.products.edges[].node", "id": "id"}
    }


def test_several_lists_of_edges_are_called_by_what_holds_them(written):
    edges = {"edges": [{"node": row} for row in ROWS]}
    assert list(written({"graph.json": {"data": {"products": edges, "orders": edges}}})) == ["products", "orders"]


def test_an_object_without_a_list_is_told(written):
    with pytest.raises(ResponseError, match="no list of objects anywhere"):
        written({"odd.json": {"count": 3}})


def test_collections_are_called_by_what_the_files_hold(written):
    sheet = "id,name\n1,A\n2,B\n"
    names = ["orders_export_1.csv", "Kunden-Liste.csv", "2026-11-01 products FINAL (2).csv", "export.csv", "orders.csv"]
    assert list(written(dict.fromkeys(names, sheet))) == ["orders", "kunden", "products", "export", "orders_2"]


@pytest.mark.parametrize(
    ("stem", "subject"),
    [("orders", "orders"), ("customer_list", "customer"), ("price list", "price"), ("2026", "2026"), ("a__b", "a_b")],
)
def test_the_subject_of_a_file_s_name(stem, subject):
    assert file_kinds().subject(stem) == subject


def test_rows_that_belong_together_are_told_as_parts(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("Name,Sku\n#1,A\n#1,B\n#2,A\n#3,A\n#3,C\n", encoding="utf-8")
    counts = '# "Name" has 3 values in 5 rows, those of each together'
    told = f"{counts}: a row may be a part of it, as a line is of an order"
    assert told in connector_text_from_files({"orders.csv": path}, "A shop").splitlines()


@pytest.mark.parametrize(
    "rows",
    ["#1,A\n#2,A\n#1,B\n", "#1,A\n,A\n#2,B\n", "#1,A\n" * 21],
    ids=["apart", "with a gap", "longer than any record's parts"],
)
def test_rows_that_do_not_are_not(tmp_path, rows):
    path = tmp_path / "orders.csv"
    path.write_text(f"Name,Sku\n{rows}", encoding="utf-8")
    assert '"Name" has' not in connector_text_from_files({"orders.csv": path}, "A shop")

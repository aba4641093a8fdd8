import pytest

from ipaas_discovery.samples.absence import Lack, unset
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.delivery.delivered_collection import (
    MAPPING_COLLECTION,
    SUBSCRIPTION,
    DeliveredCollection,
    DeliveredRow,
    Delivery,
    Subscription,
)

ROW = {
    "id": "1", "mapping_type_name": "Field", "destination_field": "Total", "source_value": "Sum", "default_value": "0",
    "translation_name": "Totals", "sequence_number": 4,
}  # fmt: skip


def samples(listed, details=(), total=None, subscriptions=({"id": 5, "name": "Shop"},)):
    return {
        SUBSCRIPTION: Sample("iPaaS.com", SUBSCRIPTION, tuple(subscriptions), Stop.COMPLETE),
        MAPPING_COLLECTION: Sample(
            "iPaaS.com", MAPPING_COLLECTION, tuple(listed), Stop.COMPLETE, total, details=tuple(details)
        ),
    }


@pytest.mark.parametrize(
    ("text", "methods"),
    [
        ("ADD", (Method.ADD,)), ("2", (Method.UPDATE,)), ("Add and Update", (Method.ADD, Method.UPDATE)), (3, None),
        ("Add/Update", (Method.ADD, Method.UPDATE)), ("delete", (Method.DELETE,)), ("DELETE_TRIGGERED_UPDATE", ()),
        ("", None), ("0", None), ("6", None), ("sometimes", None), ("update add", None),
    ],
)  # fmt: skip
def test_a_sync_type_is_read_by_number_and_by_name(text, methods):
    wanted = (Method.ADD, Method.UPDATE) if text == 3 else methods
    assert DeliveredCollection.of({"sync_type": text}).methods == wanted


@pytest.mark.parametrize(
    ("number", "ways"),
    [(1, (Direction.TO,)), (2, (Direction.FROM,)), (3, (Direction.TO, Direction.FROM)), (None, ()), (4, ()), ("x", ())],
)
def test_a_direction_is_read_by_its_number_the_retired_one_too(number, ways):
    assert DeliveredCollection.of({"direction_id": number}).directions == ways


def test_the_type_is_known_by_its_number_or_by_its_name():
    assert DeliveredCollection.of({"collection_type_id": 9, "collection_type_name": "?"}).collection == "TRANSACTION"
    assert DeliveredCollection.of({"collection_type_name": "Transaction Line"}).collection == "TRANSACTION_LINE"
    assert DeliveredCollection.of({}).title == "mapping collection "
    assert DeliveredCollection.of({"id": 7}).title == "mapping collection 7"


def test_rows_come_with_the_call_of_one_and_go_before_the_list():
    listed = {"id": 9, "name": "list", "subscription_id": 5, "mappings": None}
    delivery = Delivery.read(samples([listed], [{**listed, "name": "one", "mappings": [ROW, "no row"]}]))
    (collection,) = delivery.collections
    assert collection.name == "one"
    assert collection.rows == (DeliveredRow("Total", "Sum", "Field", "0", "Totals", 4),)
    assert delivery.of(Subscription("5")) == (collection,)
    assert delivery.of(Subscription("6")) == ()
    assert (delivery.problem, delivery.partly) == ("", "")


def test_what_was_not_read_is_told():
    delivery = Delivery.read(samples([{"id": 1, "system_id": 5}], total=3))
    assert delivery.collections[0].subscription == "5"
    assert delivery.partly == ("1 of 3 mapping collections were read; the rows of 1 mapping collections were not read")


def test_a_company_that_may_not_be_asked_is_a_problem_in_a_sentence():
    failed = Sample("iPaaS.com", SUBSCRIPTION, (), Stop.FAILED, problem="403 for GET /Subscriptions")
    assert Delivery.read({**samples([]), SUBSCRIPTION: failed}).problem == "403 for GET /Subscriptions"
    absent = Sample.absent("iPaaS.com", MAPPING_COLLECTION, unset(("IPAAS_EMAIL",), Lack.SECRET, None))
    assert "IPAAS_EMAIL" in Delivery.read({**samples([]), MAPPING_COLLECTION: absent}).problem
    assert "does not say where" in Delivery.read({}).problem
    assert Delivery.read(samples([])).problem == ""

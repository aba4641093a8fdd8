import pytest

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.systems.openapi.notices.notice import notices_of

PAYLOAD = {"type": "object", "properties": {"id": {"type": "string"}, "data": {"$ref": "#/components/schemas/Order"}}}
COMPONENTS = {
    "schemas": {"Order": {"properties": {"total": {}}}},
    "messages": {
        "created": {"payload": PAYLOAD, "headers": {"properties": {"X-Signature": {"type": "string"}}}},
        "changed": {"name": "order.updated", "payload": PAYLOAD},
    },
}


def second(channels, **parts):
    return read_openapi(
        {"asyncapi": "2.6.0", "info": {"title": "Events", "version": "3"}, "channels": channels,
         "components": COMPONENTS, **parts}
    )  # fmt: skip


def third(**parts):
    return read_openapi({"asyncapi": "3.0.0", "info": {"title": "Events"}, "components": COMPONENTS, **parts})


def reference(name):
    return {"$ref": f"#/components/messages/{name}"}


def test_a_channel_with_one_message_names_the_event():
    api = second({"order/created": {"subscribe": {"message": reference("created")}}})
    (notice,) = api.notices
    assert (notice.name, notice.headers, notice.call) == ("order/created", ("X-Signature",), "")
    assert notice.fields == ("id", "data", "data.total")
    assert (api.title, api.version, api.collections()) == ("Events", "3", ())
    assert notices_of("orders", ["orders"], api.notices) == (notice,)


def test_several_messages_of_a_channel_have_their_own_names():
    messages = {"oneOf": [reference("created"), reference("changed"), {"messageId": "gone"}, {}]}
    api = second({"events": {"subscribe": {"message": messages}}})
    assert [notice.name for notice in api.notices] == ["created", "order.updated", "gone", "events 4"]


def test_what_the_system_only_receives_is_no_event():
    channels = {"in": {"publish": {"message": {}}}, "out": {"subscribe": {"message": {"payload": {}}}}}
    assert [notice.name for notice in second(channels).notices] == ["out"]


def test_a_payload_of_another_schema_language_is_not_read():
    avro = {"payload": {"properties": {"id": {}}}, "schemaFormat": "application/vnd.apache.avro;version=1.9.0"}
    (notice,) = second({"order": {"subscribe": {"message": avro}}}).notices
    assert notice.fields == ()


def test_version_three_sends_by_operations():
    channels = {
        "made": {"address": "orders.created", "messages": {"m": reference("created")}},
        "taken": {"address": "orders.import", "messages": {"m": reference("changed")}},
    }
    operations = {
        "say": {"action": "send", "channel": {"$ref": "#/channels/made"}},
        "hear": {"action": "receive", "channel": {"$ref": "#/channels/taken"}},
    }
    api = third(channels=channels, operations=operations)
    assert [(notice.name, notice.fields) for notice in api.notices] == [
        ("orders.created", ("id", "data", "data.total"))
    ]


def test_version_three_without_operations_takes_every_channel():
    wrapped = {"payload": {"schemaFormat": "application/schema+json", "schema": PAYLOAD}}
    channels = {"made": {"messages": {"a": wrapped, "b": reference("changed")}}, "other": {"messages": {"c": {}}}}
    api = third(channels=channels)
    assert [(notice.name, notice.fields[:1]) for notice in api.notices] == [
        ("a", ("id",)), ("order.updated", ("id",)), ("other", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("channels", [{}, None, [], {"in": {"publish": {"message": {}}}}, {"x": None}])
def test_a_document_of_no_message_is_refused_by_name(channels):
    with pytest.raises(DescriptionError, match=r"AsyncAPI 2.6.0 without a message that is sent"):
        second(channels)

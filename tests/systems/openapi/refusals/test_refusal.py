from ipaas_discovery.systems.openapi import read_openapi


def refusals(**calls):
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/users": calls},
        "components": {
            "schemas": {"Problem": {"properties": {"code": {}, "details": {"items": {"properties": {"field": {}}}}}}},
            "responses": {"Taken": {"description": "The e-mail\n  is taken", "content": CONTENT}},
        },
    }
    return read_openapi(document).refusals


CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
OK = {"200": {"description": "fine"}}


def test_a_refusal_is_read_through_references():
    (one,) = refusals(post={"responses": {**OK, "409": {"$ref": "#/components/responses/Taken"}}})
    assert (one.call, one.status, one.description) == ("POST /users", "409", "The e-mail is taken")
    assert one.fields == ("code", "details", "details[].field")


def test_successes_redirects_and_faults_of_the_server_are_no_refusals():
    answers = {"200": {}, "302": {}, "400": {}, "4XX": {}, "500": {}}
    assert [one.status for one in refusals(get={"responses": answers})] == ["400", "4XX"]


def test_the_default_is_a_refusal_beside_a_success_only():
    assert [one.status for one in refusals(get={"responses": {**OK, "default": {}}})] == ["default"]
    assert refusals(get={"responses": {"default": {}}}) == ()


def test_numbers_as_statuses_and_broken_answers_are_borne():
    odd = {409: {"description": None}, "404": "text", 422: {"description": "no"}}
    read = refusals(post={"responses": odd}, put={"responses": []}, get=3)
    assert [(one.status, one.description) for one in read] == [("409", ""), ("422", "no")]


def test_a_swagger_document_has_its_schema_beside_the_description():
    problem = {"schema": {"properties": {"errors": {"items": {"properties": {"message": {}}}}}}}
    call = {"responses": {"400": problem, "201": {}}}
    api = read_openapi({"swagger": "2.0", "paths": {"users": {"post": call}}})
    assert [(one.call, one.fields) for one in api.refusals] == [("POST /users", ("errors", "errors[].message"))]

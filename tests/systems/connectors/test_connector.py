import re
from importlib.resources import files

import pytest

from ipaas_discovery.errors import ConfigurationError, MissingCredentialError, UnknownNameError
from ipaas_discovery.systems.connectors.connector import (
    CollectionSpec,
    Connector,
    Search,
    catalogue,
    connector_of,
    load_connector,
)
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

GOOD = """
title = "Shop"
default_environment = "live"
[environments.live]
base_url = "https://shop.example.test/{shop}"
[auth]
kind = "bearer"
[paging]
kind = "page"
[collections.orders]
list = "/orders"
"""


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "shop.toml"
        path.write_text(text)
        return path

    return write


@pytest.mark.parametrize("name", catalogue())
def test_every_shipped_connector_loads_and_its_sandbox_secrets_are_the_only_ones(name):
    connector = load_connector(name)
    assert connector.name == name
    assert connector.collections
    for environment in connector.environments.values():
        assert environment.sandbox or not environment.credentials


def test_a_connector_file_is_named_after_its_file(write):
    assert load_connector(write(GOOD)).name == "shop"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[auth]", "[auht]"), "Unknown key 'auht' (shop.toml, line 6): did you mean 'auth'?"),
        (('kind = "page"', 'kind = "page"\npaeg = "p"'), "did you mean 'page'?"),
        (('kind = "page"', 'kind = "pages"'), "Unknown kind 'pages' (shop.toml, [paging], line 8): did you"),
        (('kind = "page"', 'size = "limit"'), "`kind` is missing (shop.toml, [paging], line 8): add it"),
        (
            ('list = "/orders"', 'list = "/orders"\npaging = { kind = "page", sise = "n" }'),
            "Unknown key 'sise' (shop.toml, [collections.orders.paging], line 12): did you mean 'size'?",
        ),
        (('list = "/orders"', 'list = "/orders"\nquery = { a = 1.5 }'), "`collections.orders.query.a` is wrong"),
        (('list = "/orders"', 'list = "/orders"\nquery = 3'), "it should be a table, in its own brackets or in braces"),
        (('list = "/orders"', 'list = "/orders"\n[headers]\nX-A = "K\u00f6ln"'), "X-A cannot carry 'K\u00f6ln'"),
        (('list = "/orders"', 'list = "/orders"\n[headers]\n"X A" = "a"'), "'X A' is no header's name"),
        (('list = "/orders"', 'list = "/orders"\n[headers]\nCookie = "a"'), "holds a secret: write it under [auth]"),
        (('kind = "bearer"', 'kind = "bearer"\ntoken = "abc"'), "`auth` is wrong: it names no secret"),
        (('list = "/orders"', 'lsit = "/orders"'), "did you mean 'list'?"),
        (('list = "/orders"', ""), "say exactly one of `list`, `search`, `embedded`, `link`"),
        (('list = "/orders"', 'embedded = "lines"'), "needs the `parent`"),
        (
            ('list = "/orders"', 'list = "/orders"\nparent = "order"'),
            "the parent 'order' of 'orders' is no collection of this connector (shop.toml, line 12)",
        ),
        (
            ('list = "/orders"', 'list = "/{compny}/orders"\n[scope]\ncompany = "c"'),
            "{compny}, which nothing fills: did you mean 'company'? (shop.toml, line 11)",
        ),
        (('list = "/orders"', 'list = "/{x}/orders"'), "which nothing fills: name it under [scope]"),
        (('list = "/orders"', 'list = "/orders"\nsearch = { path = "/s" }'), "this says `list` and `search`"),
        (
            ('list = "/orders"', 'search = { pth = "/s" }'),
            "Unknown key 'pth' (shop.toml, [collections.orders.search], line 11)",
        ),
        (('list = "/orders"', 'search = { path = "/s", qeury = "x" }'), "did you mean 'query'?"),
        (('list = "/orders"', 'search = { path = "s" }'), "`collections.orders.search.path` is wrong"),
        (('list = "/orders"', 'search = { path = "/s/{id}" }'), "`collections.orders.search.path` is wrong"),
        (
            ('list = "/orders"', 'search = { path = "/s", query = "mutation { a }" }'),
            "never sent, its GraphQL holds a mutation (shop.toml, line 11)",
        ),
        (
            ('list = "/orders"', 'search = { path = "/s", query = "query a {b},subscription{c}" }'),
            "its GraphQL holds a subscription (shop.toml, line 11)",
        ),
        (('list = "/orders"', 'parent = "orders"\nsearch = { path = "/s" }'), "a `search` stands alone"),
        (('list = "/orders"', 'list = "/orders"\nsort = { newst = { a = 1 } }'), "did you mean 'newest'?"),
        (('list = "/orders"', 'list = "/orders"\nfilter = { status = ["a"] }'), "did you mean 'filters'?"),
        (('list = "/orders"', 'list = "/orders"\nfilters = { status = "a" }'), "`collections.orders.filters.status`"),
        (('list = "/orders"', 'list = "/orders"\nhiden = { status = "any" }'), "did you mean 'hidden'?"),
        (('list = "/orders"', 'list = "/orders"\n[limits]\nremaining_heder = "X"'), "did you mean 'remaining_header'?"),
        (('list = "/orders"', 'list = "/orders"\n[limits]\nreset_unit = "h"'), "`limits.reset_unit` is wrong"),
        (('list = "/orders"', 'list = "/orders"\n[limits]\npages = 0'), "`limits.pages` is wrong"),
        (('kind = "bearer"', 'kind = "oauth2"\ntoken_ulr = "/t"'), "did you mean 'token_url'?"),
        (('kind = "bearer"', 'kind = "oauth2"\ntoken_url = "id.test"'), "`auth.token_url` is wrong"),
        (('kind = "bearer"', 'kind = "log-in"\npath = "/l"\nbdy = {}'), "did you mean 'body'?"),
        (
            ('kind = "bearer"', 'kind = "login"'),
            "Unknown kind 'login' (shop.toml, [auth], line 6): did you mean 'log-in'?",
        ),
        (
            ('kind = "bearer"', 'kind = "log-in"\npath = "/l"\nbody = { p = "{password}" }\nsent = "Bearer"'),
            "nothing sends what the log-in gives: write {token} into `sent`, say",
        ),
        (('kind = "page"', 'kind = "cursor"\nnext = "n"\nmroe = "m"'), "did you mean 'more'?"),
        (('kind = "page"', 'kind = "graphql"\nconection = "n"'), "did you mean 'connection'?"),
        (('list = "/orders"', 'list = "/orders"\ncreate = "GET /orders"'), "`collections.orders.create"),
        (('"live"', '"life"'), "`default_environment` is none of ['live']"),
        (('"https://shop.example.test/{shop}"', '"https://x.test"\ncredentials = { token = "t" }'), "keyring"),
        (('title = "Shop"', "title = Shop"), "not valid TOML"),
    ],
)
def test_a_mistake_in_a_connector_is_named_with_its_place(write, change, said):
    assert change[0] in GOOD
    with pytest.raises(ConfigurationError) as caught:
        load_connector(write(GOOD.replace(*change, 1)))
    assert said in str(caught.value)
    assert "shop.toml" in str(caught.value)


def test_a_name_outside_the_catalogue_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'bigcommerce'"):
        load_connector("bigcomerce")


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(ConfigurationError, match="no such file"):
        load_connector(tmp_path / "nothing.toml")


def test_secrets_come_from_the_caller_then_the_environment_then_the_file(tmp_path, monkeypatch):
    env_file = tmp_path / ".env"
    env_file.write_text("SHOP_TOKEN=from-file\nSHOP_OTHER=from-file\n")
    monkeypatch.setenv("SHOP_TOKEN", "from-environment")
    assert Credentials("shop", {"token": "given"}, env_file=env_file).get("token") == "given"
    secrets = Credentials("shop", env_file=env_file)
    assert (secrets.get("token"), secrets.get("other")) == ("from-environment", "from-file")
    assert "from" not in repr(secrets)


def test_a_secret_from_the_keyring(monkeypatch):
    monkeypatch.setattr("keyring.get_password", lambda service, name: f"{service}/{name}")
    assert Credentials("shop").get("token") == "ipaas-discovery/SHOP_TOKEN"


def test_a_missing_secret_names_every_place_it_could_be_in():
    with pytest.raises(MissingCredentialError) as caught:
        Credentials("shop").get("token")
    assert "set SHOP_TOKEN in the environment or in a .env file" in str(caught.value)


def test_a_sandbox_never_sees_a_real_secret(monkeypatch):
    monkeypatch.setenv("SHOP_TOKEN", "real")
    assert Credentials("shop", sealed=True).find("token") is None


def test_every_used_secret_is_scrubbed_longest_first():
    secrets = Credentials("shop", {"a": "abc", "b": "abcdef"})
    assert secrets.scrub("x abcdef y abc") == "x ••• y •••"


def spec(**settings):
    return CollectionSpec.model_validate({"list": "/orders", **settings})


def test_a_searchs_body_is_the_fixed_part_the_query_and_what_the_page_adds():
    search = Search(path="/graphql", query="query { a }", body={"variables": {"kind": "x"}})
    page = RequestParameters(body={"variables": {"first": 2}})
    assert search.payload(page) == {"query": "query { a }", "variables": {"kind": "x", "first": 2}}
    assert search.body == {"variables": {"kind": "x"}}


@pytest.mark.parametrize(
    "query", ["query { a }", "{ a }", '{ a(note: "mutation") }  # subscription', "query m { permutation }"]
)
def test_a_query_that_only_mentions_a_mutation_is_one(query):
    assert Search(path="/graphql", query=query).query == query


@pytest.mark.parametrize(
    ("since", "asked"),
    [
        (None, None),
        ("updated_at_min", RequestParameters({"updated_at_min": "2026-01-31"})),
        ("modified_after={since}&gmt=true", RequestParameters({"modified_after": "2026-01-31", "gmt": "true"})),
        ("$filter=changed ge {since}", RequestParameters({"$filter": "changed ge 2026-01-31"})),
        ("query=updated_at:>='{since}'", RequestParameters({"query": "updated_at:>='2026-01-31'"})),
    ],
)
def test_changed_since_is_a_parameter_or_a_query_string(since, asked):
    assert spec(since=since).changed_since("2026-01-31") == asked


def test_a_search_is_asked_for_changes_sorts_and_filters_in_its_body():
    search = CollectionSpec.model_validate({"search": {"path": "/s"}, "since": "filter.updated.start_at"})
    assert search.changed_since("2026") == RequestParameters(body={"filter": {"updated": {"start_at": "2026"}}})
    assert search.asking({"sort.field": "ID"}) == RequestParameters(body={"sort": {"field": "ID"}})
    assert spec().asking({"sort.field": "ID"}) == RequestParameters({"sort.field": "ID"})


def test_what_the_system_hides_is_always_asked_for_and_a_query_of_ones_own_wins():
    assert spec(hidden={"status": "any"}).query == {"status": "any"}
    assert spec(hidden={"status": "any"}, query={"status": "open", "a": 1}).query == {"status": "open", "a": 1}


SCOPED = (
    GOOD
    + """
query = { place = "{location}" }
[collections.lines]
parent = "orders"
list = "/{company}/orders/{id}/lines"
[collections.found]
search = { path = "/found", body = { places = ["{location}", "x"], deep = [{ at = "{company}" }], n = 1 } }
[scope]
company = "the company"
location = "the location"
"""
)


def test_a_scope_is_filled_when_a_collection_that_needs_it_is_asked_for(write):
    asked = []

    def find(name):
        asked.append(name)
        return {"company": "c1", "location": "l1, l2"}[name]

    connector = load_connector(write(SCOPED)).scoped(find)
    assert asked == []
    assert connector.collection("lines").list == "/c1/orders/{id}/lines"
    assert connector.collection("lines").placeholders == ("id",)
    assert set(asked) == {"company"}
    assert connector.collection("orders").query == {"place": "l1, l2"}
    assert connector.collection("found").search.body == {"places": ["l1", "l2", "x"], "deep": [{"at": "c1"}], "n": 1}


def test_without_a_scopes_values_the_names_stay(write):
    assert load_connector(write(SCOPED)).collection("orders").query == {"place": "{location}"}


def test_a_missing_scope_value_names_its_variable(write):
    connector = load_connector(write(SCOPED)).scoped(Credentials("shop", sealed=True).get)
    with pytest.raises(MissingCredentialError, match="SHOP_COMPANY"):
        connector.collection("lines")


def test_only_searches_are_paths_that_may_be_posted_to(write):
    assert load_connector(write(SCOPED)).searches == ("/found",)
    assert load_connector(write(GOOD)).searches == ()


@pytest.mark.parametrize(
    ("records", "connection"),
    [
        ("data.orders.nodes", "data.orders"),
        ("data.orders.edges[].node", "data.orders"),
        ("data.orders.edges[].node.versions[].of", "data.orders"),
        ("nodes", ""),
    ],
)
def test_a_connection_is_where_its_records_are(write, records, connection):
    text = GOOD.replace('kind = "page"', 'kind = "graphql"') + f'records = "{records}"\n'
    assert load_connector(write(text)).paging_of("orders").connection == connection


def test_a_connection_that_is_written_is_kept(write):
    text = (
        GOOD.replace('kind = "page"', 'kind = "graphql"\nconnection = "data.all"') + 'records = "data.orders.nodes"\n'
    )
    assert load_connector(write(text)).paging_of("orders").connection == "data.all"


def test_a_system_of_files_alone_needs_no_environment():
    text = 'title = "x"\n[collections.a]\nfile = "a.csv"\n[collections.b]\nparent = "a"\nembedded = "lines"\n'
    connector = connector_of(text, "x")
    assert connector.default_environment == "files"
    assert connector.environment().files


@pytest.mark.parametrize(
    "collections",
    [
        "[collections]",
        '[collections.a]\nlist = "/a"',
        '[collections.a]\nfile = "a.csv"\n[collections.b]\nlist = "/b"',
        '[collections.a]\nparent = "a"\nembedded = "lines"',
    ],
    ids=["nothing", "calls", "both", "no file"],
)
def test_a_system_that_is_called_needs_an_environment(collections):
    with pytest.raises(ConfigurationError, match="`environments` is missing"):
        connector_of(f'title = "x"\ndefault_environment = "files"\n{collections}\n', "x")


def test_files_beside_an_environment_leave_it_as_it_is(write):
    connector = load_connector(write(GOOD.replace('list = "/orders"', 'file = "orders.csv"')))
    assert list(connector.environments) == ["live"]


def test_the_first_name_that_nothing_fills_is_told_and_the_one_it_may_stand_for(write):
    text = GOOD.replace('"/orders"', '"/{company}/{compny}/{locaton}"') + '[scope]\ncompany = "c"\nlocation = "l"\n'
    with pytest.raises(ConfigurationError) as caught:
        load_connector(write(text))
    assert "'orders' asks for {compny}" in str(caught.value)
    assert "'company'" in str(caught.value)


def test_names_that_the_scope_or_a_parent_fills_are_no_mistake(write):
    text = GOOD.replace('"/orders"', '"/{company}/orders"') + (
        '[collections.lines]\nparent = "orders"\nlist = "/orders/{id}/lines"\n[scope]\ncompany = "c"\n'
    )
    assert set(load_connector(write(text)).collections) == {"orders", "lines"}


@pytest.mark.parametrize("name", [each for each in catalogue() if each != "ipaas"])
def test_every_shipped_connector_has_customers_and_a_source_for_its_facts(name):
    connector = load_connector(name)
    text = (files("ipaas_discovery.systems.connectors") / "catalog" / f"{name}.toml").read_text()
    assert "customers" in connector.collections
    assert {"orders", "inventory"} & set(connector.collections)
    assert re.match(r"# .*\n?.*Facts from", text)
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


def test_a_filter_by_a_flag_is_asked_for_by_the_flag(write):
    change = ('list = "/orders"', 'list = "/orders"\nfilters = { paid = [true, false], kind = [1, "a"] }')
    spec = load_connector(write(GOOD.replace(*change))).collection("orders")
    assert spec.filters == {"paid": (True, False), "kind": (1, "a")}
    assert spec.asking({"paid": spec.filters["paid"][0]}).params["paid"] is True


class Terminal:
    """Somebody at a prompt, who enters what `answers` hold and leaves out the rest."""

    def __init__(self, monkeypatch, **answers):
        self.asked, self.answers = [], answers
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("getpass.getpass", self.ask)

    def ask(self, prompt):
        self.asked.append(prompt)
        return self.answers.get(prompt.split()[-1].rstrip(":"), "")


def test_whoever_leaves_a_secret_out_is_asked_for_no_further_and_never_again(monkeypatch):
    terminal = Terminal(monkeypatch, host="h7")
    secrets = Credentials("shop")
    assert secrets.missing(["host", "user", "password", "host"]) == ("user", "password")
    assert terminal.asked == ["shop host: ", "shop user: "]
    assert secrets.missing(["user", "password"]) == ("user", "password")
    with pytest.raises(MissingCredentialError, match="SHOP_USER"):
        secrets.get("user")
    assert terminal.asked == ["shop host: ", "shop user: "]


def test_what_is_missing_is_told_without_a_prompt_where_nobody_is(monkeypatch, tmp_path):
    monkeypatch.setenv("SHOP_B", "b")
    secrets = Credentials("shop", {"a": "1"}, env_file=tmp_path / ".env")
    assert secrets.missing(["a", "b", "c", "d"]) == ("c", "d")
    assert secrets.missing([]) == ()
    assert (secrets.env_file, Credentials("shop").env_file) == (str(tmp_path / ".env"), ".env")


def test_the_scope_of_a_collection_is_that_of_its_calls_and_its_parents():
    connector = connector_of(CHILDREN_TOO, "shop")
    assert connector.scope_of("orders") == ("company",)
    assert connector.scope_of("lines") == ("company", "site")
    assert connector.scope_of("users") == ()
    asked = connector.scoped({"company": "c7", "site": "s7"}.__getitem__)
    assert asked.collection("orders").list == "/c7/orders"
    assert asked.unscoped().collection("orders").list == "/{company}/orders"


CHILDREN_TOO = """
title = "Shop"
default_environment = "live"
[environments.live]
base_url = "https://shop.example.test"
[scope]
company = "the company's id"
site = "the site's id"
[collections.users]
list = "/users"
[collections.orders]
list = "/{company}/orders"
[collections.lines]
parent = "orders"
list = "/orders/{id}/lines"
query = { site = "{site}" }
"""


@pytest.mark.parametrize(
    ("spec", "placeholder"),
    [
        ({"detail": "/payments/{payment_id}"}, "payment_id"),
        ({"detail": "/payments/{paymentId}"}, "paymentId"),
        ({"detail": "/orders/{id}", "id": "entity_id"}, "id"),
        ({"detail": "/orders/{entity_id}", "id": "entity_id"}, ""),
        ({"detail": "/orders/{number}"}, ""),
        ({"detail": "/orders/{grid}"}, ""),
        ({"detail": "/shops/{shop_id}/orders/{id}"}, ""),
        ({"detail": "/tenants/{tenant_id}/orders/{order_id}"}, "order_id"),
        ({}, ""),
    ],
)
def test_a_placeholder_that_sounds_like_the_id_and_is_none_is_told_as_the_file_is_loaded(spec, placeholder):
    made = Connector.model_validate(
        {
            "name": "x", "title": "X", "default_environment": "a", "environments": {"a": {"base_url": "http://x.test"}},
            "scope": {"tenant_id": "yours"}, "collections": {"payments": {"list": "/payments", **spec}},
        }
    )  # fmt: skip
    own = spec.get("id", "id")
    sentence = (
        f"'payments' asks for one record by {{{placeholder}}}, and its `id` is {own}: where records have no field "
        f"{placeholder}, their {own} is sent; write {{{own}}} if that is meant"
    )
    assert made.doubts == ((sentence,) if placeholder else ())


@pytest.mark.parametrize("name", catalogue())
def test_no_placeholder_of_the_catalogue_is_doubtful(name):
    assert load_connector(name).doubts == ()


@pytest.mark.parametrize("path", ["/orders/{}", "/orders/{id", "/orders/id}", "/orders({key={id}})", "/orders/{a b}"])
def test_a_placeholder_that_no_field_can_be_called_is_refused(path):
    with pytest.raises(ValueError, match="a placeholder is the name of a field in braces"):
        CollectionSpec(list="/orders", detail=path)

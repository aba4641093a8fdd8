import pytest

from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.fields.candidate import Candidate
from ipaas_discovery.matching.fields.refusals import MEANT, Refusals, is_own, names_place
from ipaas_discovery.matching.traits import traits_of
from ipaas_discovery.schemas.schema import Schema


def field(path, kind="string", **more):
    (traits,) = traits_of(Schema.from_fields([{"path": path, "types": [kind], **more}]), Thesaurus.load())
    return traits


def beside(ours, theirs, *, score=0.9, named=0.5, kind="string", words=()):
    refusals = Refusals.of([], words)
    return refusals.beside(Candidate(0, 0, score, alone=score, named=named), field(ours, kind), field(theirs, kind))


@pytest.mark.parametrize(
    ("ours", "theirs", "refused"),
    [
        ("lines[].tax_type", "lines[].type", True),
        ("lines[].line_type", "lines[].type", False),
        ("tax_category_id", "type", True),
        ("email_status", "status", True),
        ("deal_status", "status", False),
        ("product_class", "tax_class", True),
        ("customer_type", "company", True),
        ("tax_class", "tax_category", False),
        ("tags", "category_id", True),
        ("default_billing", "customer_number", True),
        ("customer_code", "customer_number", False),
        ("branch_id", "store", False),
        ("email", "email_address", False),
    ],
)
def test_sorts_and_keys_go_to_what_says_the_same(ours, theirs, refused):
    assert beside(ours, theirs, words=[("deal",)]) is refused


@pytest.mark.parametrize(("named", "refused"), [(MEANT - 0.01, True), (MEANT, False)])
def test_names_that_mean_the_same_are_of_one_sort(named, refused):
    assert beside("tax_type", "type", named=named) is refused


@pytest.mark.parametrize("more", [{"shown": 0.5}, {"valued": 0.5}, {"alone": 0.5}])
def test_values_answer_what_names_leave_open(more):
    values = Candidate(0, 0, 0.9, **{"alone": 0.9, **more}, named=0.5)
    assert not Refusals.of([]).beside(values, field("tax_type"), field("type"))


@pytest.mark.parametrize(
    ("ours", "theirs", "refused"),
    [
        ("is_delivery", "is_primary_shipping", True),
        ("partial_shipping", "is_primary_shipping", True),
        ("default_shipping", "is_primary_shipping", False),
        ("taxable", "is_taxable", False),
        ("refunded", "is_primary", True),
    ],
)
def test_flags_say_the_same_in_all_their_words(ours, theirs, refused):
    assert beside(ours, theirs, kind="boolean") is refused


def writable(ours, theirs, records=("order",)):
    return Refusals("", frozenset(records), frozenset(records)).writable(field(ours), field(theirs))


@pytest.mark.parametrize(
    ("ours", "theirs", "may"),
    [
        ("parent_id", "transaction_parent_id", True),
        ("invoice_sequence", "transaction_parent_id", False),
        ("payment_group_code", "transaction_parent_id", False),
        ("order_id", "transaction_parent_id", False),
        ("order_id", "order_number", True),
        ("order_id", "lines[].order_id", False),
        ("id", "product_id", False),
        ("id", "customer_number", True),
        ("product_id", "related_products[].product_id", True),
        ("number_of_guests", "customer_id", False),
        ("number", "customer_id", True),
        ("partner_id", "customer_id", True),
        ("user_id", "customer_id", False),
        ("customer_authorized_by_id", "customer_id", False),
        ("customer_group_id", "category_id", False),
        ("anything", "id", False),
        ("anything", "created_at", False),
        ("labels.*", "name", False),
    ],
)
def test_ids_name_the_records_they_are_of(ours, theirs, may):
    assert writable(ours, theirs) is may


@pytest.mark.parametrize(
    ("ours", "theirs", "named"),
    [
        ("tracking_number", "tracking[].tracking_number", True),
        ("payment_method", "payments[].method", True),
        ("product_id", "related_products[].product_id", False),
        ("parent_id", "parent[].parent_id", True),
        ("city", "payments[].method", False),
    ],
)
def test_a_name_may_hold_the_others_place(ours, theirs, named):
    assert bool(names_place(field(ours), field(theirs))) is named
    assert bool(names_place(field(theirs), field(ours))) is named


@pytest.mark.parametrize(
    ("path", "own"), [("id", True), ("lines[].id", True), ("a.id", False), ("tracking_guid", True), ("a_b_guid", False)]
)
def test_a_system_writes_its_own_ids(path, own):
    assert is_own(field(path)) is own


@pytest.mark.parametrize(
    ("ours", "theirs", "refused"),
    [
        ("last_name", "full_name", True),
        ("full_name", "last_name", True),
        ("last_name", "last_name", False),
        ("first_name", "given_name", False),
        ("custom_field_1", "comment", True),
        ("comment", "custom_field_12", True),
        ("custom_field_1", "custom_field_1", False),
        ("website_id", "url", True),
        ("item_weight.unit", "unit", True),
        ("weight_unit", "weight.unit", False),
    ],
)
def test_parts_of_names_numbered_fields_and_other_peoples_ids_stay_apart(ours, theirs, refused):
    assert beside(ours, theirs) is refused


@pytest.mark.parametrize(
    ("ours", "theirs", "refused"),
    [
        ("shipToCountry", "BillToParty.CountryCode", True),
        ("shipToCountry", "ShipToParty.CountryCode", False),
        ("total_inc_tax", "net_total", True),
        ("home_phone", "office_phone", True),
        ("work_phone", "office_phone", False),
        ("start_time", "sales.end_time", True),
        ("max_qty", "minimum_quantity", True),
        ("formatted_address", "addresses[].address_3", True),
        ("address2", "addresses[].address_3", False),
        ("street", "addresses[].address_1", False),
        ("created_at", "notes[].created_date_time", True),
        ("notes[].created_at", "notes[].created_date_time", False),
        ("lines[].id", "lines[].sequence_number", True),
        ("lines[].position", "lines[].sequence_number", False),
        ("issued_on", "transaction_id", True),
        ("supplier.supplier_name", "name", True),
        ("supplier.supplier_name", "vendor_name", False),
        ("supplier.city", "city", False),
    ],
)
def test_opposites_later_ones_and_what_a_part_has_of_its_own_stay_apart(ours, theirs, refused):
    assert beside(ours, theirs) is refused


@pytest.mark.parametrize(("named", "refused"), [(0.39, True), (0.4, False)])
def test_a_name_that_means_little_of_the_other_has_to_be_like_it(named, refused):
    assert beside("loyalty_card", "loyalty_points", named=named) is refused

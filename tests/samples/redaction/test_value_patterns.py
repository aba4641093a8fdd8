from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.samples.redaction.value_patterns import _searches


def test_every_sign_of_a_form_tells_a_text_that_is_worth_searching():
    searches = _searches()
    signs = {sign for row in field_formats().searched() for sign in row.signs}
    assert searches.letters == {sign for sign in signs if len(sign) == 1}
    assert set(searches.signs) == {sign for sign in signs if len(sign) > 1}
    assert min(map(len, searches.signs)) == 2, "else the shortest signs are not tried here"

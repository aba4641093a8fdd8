"""The check before anything is shared: it stops at a secret or an unredacted value, names the cell, repeats nothing."""

import pytest

from ipaas_discovery.display.export_check import check_page, check_texts
from ipaas_discovery.errors import UnsafeExportError
from ipaas_discovery.samples.redaction.pseudonyms.pseudonym import Pseudonyms

SECRET = "quill-77-no-secret"
PAGE = """<!doctype html><html><body><main><h1>Shop</h1><section><h2>CUSTOMER ⇄ customers</h2>
<h3>Fields side by side</h3><table><thead><tr><th scope="col">Field</th><th scope="col">Examples</th></tr></thead>
<tbody><tr><th scope="row"><code>e<wbr>mail</code></th><td>{cell}</td></tr></tbody></table><p>{text}</p>
<h2>Next</h2><p title="{title}">fine</p></section></main></body></html>"""


def page(cell="", text="", title=""):
    return PAGE.format(cell=cell, text=text, title=title)


def stopped(html, *secrets, allowed=()):
    with pytest.raises(UnsafeExportError) as caught:
        check_page(html, secrets, allowed=allowed)
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    ["ada@lovelace.org", "ada.<wbr>b@lovelace.<wbr>co.<wbr>uk", "<i>ada</i>@lovelace.org", "ada&#64;lovelace.org"],
)
def test_an_address_that_is_no_pseudonym_stops_it_and_the_cell_is_named(value):
    message = stopped(page(cell=f"a, {value}"))
    assert message.startswith(
        "An e-mail address stands in what would be shared "
        "(Shop, CUSTOMER ⇄ customers, Fields side by side, row email, column Examples)"
    )
    assert "lovelace" not in message
    assert "nothing was written" in message


@pytest.mark.parametrize(
    "value", ["shpat_0123456789abcdef", "eyJhbGciOi.eyJzdWIi.c2ln", "Bearer abcdef0123456789", "sk_live_0123456789"]
)
def test_a_token_stops_it(value):
    message = stopped(page(text=f"see {value}"))
    assert "A token stands in" in message
    assert value not in message


def test_a_labelled_secret_stops_it():
    assert "A secret stands in" in stopped(page(text="password=hunter2hunter2"))


@pytest.mark.parametrize("written", [SECRET, f"x{SECRET}y"])
def test_a_secret_that_is_known_stops_it_wherever_it_stands(written):
    for parts in ({"cell": written}, {"text": written}, {"title": written}):
        message = stopped(page(**parts), SECRET)
        assert "A secret stands in" in message
        assert SECRET not in message
    assert "Next" in stopped(page(title=written), SECRET)
    assert "Fields side by side" in stopped(page(text=written), SECRET)


def test_a_secret_is_known_in_every_spelling_and_short_ones_are_none():
    assert stopped(page(text="a%2Fb%2Fsecret%2Fc"), "a/b/secret/c")
    check_page(page(text="a word"), ["word", "1234567"])
    assert stopped(page(text="12345678"), "12345678")


@pytest.mark.parametrize(
    "value",
    ["", "ada@example.test", "x@shop.example.com", "a@b.invalid", "call 555 010 0199", "long.address@examp…", "a@2x"],
)
def test_what_is_redacted_reserved_or_cut_does_not(value):
    check_page(page(cell=value, text=value, title=value), [SECRET])


def test_a_pseudonym_does_not():
    masked = Pseudonyms(b"a key").text
    for value in ("ada@lovelace.org", "eyJhbGciOi.eyJzdWIi.c2ln", "shpat_0123456789abcdef", "password=hunter2hunter2"):
        check_page(page(cell=masked(value)))


def test_what_is_allowed_does_not_and_nothing_else():
    check_page(page(cell="sales@shop.org"), allowed=["sales@shop.org"])
    assert stopped(page(cell="sales@shop.org, ada@shop.org"), allowed=["sales@shop.org"])


def test_style_and_script_are_no_text():
    check_page(page() + "<style>a{}</style>")


@pytest.mark.parametrize("text", ["ask ada@lovelace.org", "call +49 30 1234567", "card 4111 1111 1111 1111"])
def test_words_of_people_are_held_to_more(text):
    with pytest.raises(UnsafeExportError, match=r"worksheet, CUSTOMER, decision") as caught:
        check_texts([("worksheet, PRODUCT", "fine"), ("worksheet, CUSTOMER, decision", text)])
    assert text not in str(caught.value)


def test_usual_words_of_people_pass():
    check_texts([("a", "14 of 267 on 2026-11-02, 12.50 EUR, v1.2.3"), ("b", "ada@example.test")], [SECRET])
    check_texts([("a", "ask sales@shop.org")], allowed=["sales@shop.org"])
    with pytest.raises(UnsafeExportError, match="A secret"):
        check_texts([("a", SECRET)], [SECRET])

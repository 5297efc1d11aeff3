"""XML of strangers: refused at once where it declares a type, bounded, and read alike whole or streamed."""

import io

import pytest

from nkscreen.markup import MAX_PROLOG, Elements, MarkupError, TypeDeclaredError, document, root_name

LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
OUTSIDE = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'


class Endless(io.RawIOBase):
    """A document type declaration that goes on as long as anybody reads it."""

    def __init__(self):
        self.given = 0

    def read(self, size=-1):
        data = b"<!DOCTYPE l [" if not self.given else b"<!ENTITY a 'b'>" * 2_000
        self.given += len(data)
        return data


def streamed(data):
    found = Elements(io.BytesIO(data), "{*}a")
    return [element.text for element in found]


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, b"<?xml version='1.0'?><!-- x -->" + LAUGHS])
@pytest.mark.parametrize("read", [document, streamed])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(data, read, encoding):
    with pytest.raises(TypeDeclaredError):
        read(data.decode().encode(encoding))


def test_a_document_type_without_end_is_refused_where_it_begins():
    source = Endless()
    with pytest.raises(TypeDeclaredError):
        next(Elements(source, "{*}a"))
    assert source.given < MAX_PROLOG


@pytest.mark.parametrize("data", [b"", b"<l>", b"<l><a></l>", b"<l>\0</l>", b"<l>&b;</l>", b"<l>" + b"<b>" * 300])
@pytest.mark.parametrize("read", [document, streamed])
def test_what_is_not_well_formed_is_an_error_with_a_reason(data, read):
    with pytest.raises(MarkupError) as raised:
        read(data)
    assert raised.value.reason


def test_elements_come_in_order_and_the_root_at_the_end():
    found = Elements(io.BytesIO(b"<l xmlns='u'><a>1</a><!-- - --><b><a>2</a></b></l>"), "{*}a")
    assert [element.text for element in found] == ["1", "2"]
    assert found.root.tag == "{u}l"


def test_the_root_is_known_by_name_and_a_thousand_comments_are_looked_at_once():
    assert root_name('<?xml version="1.0"?><!-- a --><x:Document a="1">') == "x:Document"
    assert root_name('<!DOCTYPE d [<!ENTITY a "x">]>\n<d/>') == "d"
    assert root_name("<!-- a -->" * 5_000) == ""

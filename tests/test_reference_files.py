import pytest
import reference_files
from reference_files import agrees


def test_a_missing_file_is_written_and_fails_then_agrees_then_tells_a_change(monkeypatch, tmp_path):
    monkeypatch.setattr(reference_files, "FOLDER", tmp_path / "reference")
    with pytest.raises(pytest.fail.Exception, match=r"a\.txt was not there"):
        agrees("a.txt", "one\n")
    assert agrees("a.txt", "one\n")
    with pytest.raises(pytest.fail.Exception, match=r"a\.txt says something else[^$]*-one\n\+two"):
        agrees("a.txt", "two\n")
    with pytest.raises(pytest.fail.Exception, match="something else"):  # a line's end alone
        agrees("a.txt", "one")

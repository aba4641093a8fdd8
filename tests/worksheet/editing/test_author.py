import subprocess

import pytest

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.worksheet.editing.author import author, remember_author


@pytest.fixture(autouse=True)
def nobody(monkeypatch, tmp_path):
    monkeypatch.delenv("IPAAS_DISCOVERY_BY")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def test_the_name_is_the_environments_then_what_was_remembered_then_gits(monkeypatch, tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)  # noqa: S607  the git that is found
    subprocess.run(["git", "-C", str(tmp_path), "config", "user.name", "Git Ada"], check=True)  # noqa: S607  the git that is found
    assert author(tmp_path) == "Git Ada"
    remember_author(tmp_path, "Jo O'Neill")
    assert author(tmp_path) == "Jo O'Neill"
    monkeypatch.setenv("IPAAS_DISCOVERY_BY", "Kim")
    assert author(tmp_path) == "Kim"


def test_without_a_name_it_says_how_to_give_one(tmp_path, monkeypatch):
    with pytest.raises(ConfigurationError, match="IPAAS_DISCOVERY_BY"):
        author(tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ConfigurationError, match="git config user.name"):
        author(tmp_path)


def test_a_remembered_name_leaves_secrets_as_they_are(tmp_path):
    (tmp_path / ".env").write_text("# mine\nSHOP_TOKEN=abc\n")
    remember_author(tmp_path, "Jo")
    assert (tmp_path / ".env").read_text().startswith("# mine\nSHOP_TOKEN=abc\n")

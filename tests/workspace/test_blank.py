import pytest

from ipaas_discovery.discovery import Discovery
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.worksheet.worksheet import Worksheet
from ipaas_discovery.workspace.blank import create_blank


def test_a_blank_worksheet_has_every_supported_type_and_can_be_filled_in(tmp_path):
    made = create_blank(tmp_path / "shop")
    assert [path.relative_to(tmp_path / "shop").as_posix() for path in made] == [
        ".gitignore", "data/discovery.toml", "data/worksheet.yaml"
    ]  # fmt: skip
    sheet = Worksheet.load(made[-1])
    types = [name for name, kind in ipaas_collections().items() if kind.implemented]
    assert [entry.collection for entry in sheet.entries] == types
    assert {entry.third_party for entry in sheet.entries} == {""}
    assert (sheet.document.title, len(sheet.entries[0].questions)) == ("shop and iPaaS.com", 6)
    sheet.decide("Customers", "to", why="the shop owns them")
    sheet.leave_out("iPaaS.com", "EMPLOYEE", "nobody needs it")
    sheet.save()
    assert Worksheet.load(made[-1]).entry("CUSTOMER").decision.why == "the shop owns them"
    with pytest.raises(ConfigurationError):
        Discovery.open(made[1])


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(ConfigurationError, match="holds something"):
        create_blank(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]

import builtins

import numpy as np
import pytest

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.fields.embeddings import Embeddings
from ipaas_discovery.schemas.schema import Schema

WORDS = {"[UNK]": (0, 0, 0), "gizmo": (3, 4, 0), "whatsit": (4, 3, 0), "doodad": (-3, 4, 0), "qty": (0, 0, 2)}


@pytest.fixture
def folder(tmp_path):
    """A model of five words in a plane and a half."""
    numpy = pytest.importorskip("safetensors.numpy", reason="needs the extra `embeddings`")
    tokenizers = pytest.importorskip("tokenizers", reason="needs the extra `embeddings`")
    places = {word: at for at, word in enumerate(WORDS)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(places, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    numpy.save_file({"embeddings": np.array([*WORDS.values()], np.float32)}, tmp_path / "model.safetensors")
    return tmp_path


def schema(paths):
    return Schema.from_fields([{"path": path} for path in paths.split()])


def test_texts_are_as_near_as_their_directions(folder):
    table = Embeddings(folder).likeness(["gizmo", "qty", "unheard", ""], ["whatsit", "doodad", "gizmo doodad"])
    assert table.tolist() == [
        pytest.approx([0.96, 0.28, 0.8]),
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
    ]
    assert Embeddings(folder).likeness(["gizmo"], ["gizmo"])[0, 0] == pytest.approx(1)
    assert Embeddings(folder).likeness(["whatsit"], ["doodad"])[0, 0] == 0


def test_a_model_is_one_more_kind_of_evidence_and_off_by_default(folder):
    sides = schema("gizmo"), schema("alpha whatsit")
    plain, near = match_fields(*sides), match_fields(*sides, embeddings=Embeddings(folder))
    assert {row.evidence["embedding"] for row in plain.rows} == {None}
    assert plain.best("gizmo").score < 0.3
    assert near.best("gizmo").destination == "whatsit"
    assert near.best("gizmo").evidence["embedding"] == pytest.approx(0.96)
    assert near.best("gizmo").score > plain.best("gizmo").score
    assert list(near.frame().columns)[-1] == "embedding"


def test_another_model_has_another_version(folder):
    before = Embeddings(folder).version
    (folder / "model.safetensors").write_bytes(b"another")
    assert Embeddings(folder).version != before
    assert Embeddings(folder / "none").version == (str(folder / "none"), 0, 0)


@pytest.mark.parametrize(("name", "left"), [("model.safetensors", "tokenizer.json"), ("tokenizer.json", "model.safe")])
def test_a_folder_without_a_model_is_told(folder, name, left):
    (folder / name).unlink()
    with pytest.raises(ConfigurationError, match=f"There is no {name}") as told:
        Embeddings(folder).likeness(["a"], ["b"])
    assert left not in str(told.value).partition(":")[0]
    assert "model2vec" in str(told.value)
    with pytest.raises(ConfigurationError, match=r"There is no model.safetensors and no tokenizer.json"):
        Embeddings(folder / "nowhere").likeness(["a"], ["b"])


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_file_that_is_no_model_is_told(folder, name):
    (folder / name).write_bytes(b"no model")
    with pytest.raises(ConfigurationError, match="The model cannot be read"):
        Embeddings(folder).likeness(["a"], ["b"])


@pytest.mark.parametrize("tensors", [{"weights": np.ones((5, 3), np.float32)}, {"embeddings": np.ones(5, np.float32)}])
def test_a_model_without_vectors_is_told(folder, tensors):
    pytest.importorskip("safetensors.numpy").save_file(tensors, folder / "model.safetensors")
    with pytest.raises(ConfigurationError, match="no vectors of tokens"):
        Embeddings(folder).likeness(["a"], ["b"])


def test_vectors_may_have_the_name_of_another_library(folder):
    numpy = pytest.importorskip("safetensors.numpy")
    numpy.save_file({"embedding.weight": np.array([*WORDS.values()], np.float16)}, folder / "model.safetensors")
    assert Embeddings(folder).likeness(["gizmo"], ["gizmo"])[0, 0] == pytest.approx(1)


def test_the_packages_are_an_extra(folder, monkeypatch):
    def refuse(name, *rest):
        if name == "tokenizers":
            raise ImportError("No module named 'tokenizers'")
        return real(name, *rest)

    real = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ConfigurationError, match=r"ipaas-discovery\[embeddings\]"):
        Embeddings(folder).likeness(["a"], ["b"])

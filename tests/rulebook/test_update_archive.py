"""Packed rules: the same bytes every time, and nothing hostile, changed or unsigned gets in."""

import builtins
import hashlib
import io
import json
import os
import stat
import struct
import subprocess
import sys
import zipfile

import pytest
from small_pack import write_pack

from nkscreen import load_policy, load_rulebook
from nkscreen.errors import InputError, RuleError
from nkscreen.rulebook.update.archive import MANIFEST, SIGNATURE, build, pack_files, read_archive
from nkscreen.rulebook.update.check import make_lock
from nkscreen.rulebook.update.locked import LOCK
from nkscreen.rulebook.update.signing import make_keys, sign
from nkscreen.rulebook.update.source import rules_folder
from nkscreen.rulebook.update.state import packed


@pytest.fixture
def folder(tmp_path):
    folder = write_pack(tmp_path)
    (folder / LOCK).write_text(make_lock(folder)[0].text(), encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def keys(tmp_path):
    make_keys(tmp_path / "a.key", tmp_path / "a.pub")
    return tmp_path / "a.key", tmp_path / "a.pub"


@pytest.fixture
def archive(tmp_path, folder, keys):
    """A signed archive."""
    path = tmp_path / "pack.zip"
    path.write_bytes(packed(folder, keys[0])[0])
    return path


def contents(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rewrite(path, files):
    """A zip of these files; a value may be a ready ZipInfo and its bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(*(data if isinstance(data, tuple) else (name, data)))
    return path


def refusal(path, key=None):
    with pytest.raises(RuleError) as caught:
        load_rulebook(path, key=key)
    return str(caught.value)


def test_a_folder_gives_the_same_bytes_whatever_its_times_and_order(tmp_path, folder, keys):
    first = packed(folder, keys[0])[0]
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
        if path.is_file():
            path.chmod(0o600)
    assert packed(folder, keys[0])[0] == first
    files = pack_files(folder)
    assert build("test", "1.2.3", dict(reversed(files.items())), keys[0]) == first
    assert hashlib.sha256(build("x", "1.0.0", {"pack.yaml": b"a"})).hexdigest() == (
        "bc8e295ca5351c253ad83d7c13f39e65f7fa3ce855569c8647dfac37a9bde389"
    )


def test_an_archive_holds_the_same_rules_as_its_folder(archive, folder, keys):
    one, other = load_rulebook(archive, key=keys[1]), load_rulebook(folder)
    assert (one.name, one.version, one.sha256) == (other.name, other.version, other.sha256)
    assert load_rulebook(archive).sha256 == other.sha256
    assert load_policy(archive, key=keys[1]) == load_policy()


def test_the_manifest_names_every_file_by_its_hash(archive, folder):
    manifest = json.loads(contents(archive)[MANIFEST])
    assert sorted(manifest["files"]) == sorted(pack_files(folder))
    data = (folder / "pack.yaml").read_bytes()
    assert manifest["files"]["pack.yaml"] == {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def test_hidden_files_stay_out_and_odd_ones_are_refused(folder):
    (folder / ".DS_Store").write_text("x")
    assert ".DS_Store" not in pack_files(folder)
    (folder / "run.sh").write_text("x")
    (folder / "a b.md").write_text("x")
    (folder / "link.md").symlink_to("pack.yaml")
    with pytest.raises(RuleError) as caught:
        pack_files(folder)
    assert [problem.file for problem in caught.value.problems] == ["rules/a b.md", "rules/link.md", "rules/run.sh"]


def test_a_folder_whose_lock_is_not_of_its_state_is_not_packed(folder):
    path = folder / "trade/nk-ship-901.yaml"
    path.write_text(path.read_text().replace("name: crude oil", "name: oil"))
    with pytest.raises(RuleError, match="the lock is not of this state"):
        packed(folder)


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (lambda files: files.pop("trade/nk-ship-901.yaml"), "pack.zip/trade/nk-ship-901.yaml: missing"),
        (lambda files: files.update({"trade/nk-ship-902.yaml": b"x"}), "pack.zip/trade/nk-ship-902.yaml: extra"),
        (lambda files: files.update({"lists/coal.yaml": b"x"}), "pack.zip/lists/coal.yaml: changed"),
        (lambda files: files.pop(MANIFEST), "there is no pack.json in it"),
        (lambda files: files.update({MANIFEST: b"{"}), "is no JSON"),
        (lambda files: files.update({MANIFEST: b'{"name": "a", "name": "b"}'}), "stands there twice"),
    ],
)
def test_a_missing_changed_or_extra_file_is_refused_signed_or_not(archive, keys, signed, tamper, message):
    files = contents(archive)
    if not signed:
        del files[SIGNATURE]
    tamper(files)
    assert message in refusal(rewrite(archive, files))
    if signed:
        refusal(archive, keys[1])


def test_with_a_key_an_unsigned_pack_is_refused(archive, keys):
    files = contents(archive)
    del files[SIGNATURE]
    assert "not signed, and only packs signed with key" in refusal(rewrite(archive, files), keys[1])
    load_rulebook(archive)


def test_with_a_key_a_pack_signed_by_another_is_refused(tmp_path, folder, keys):
    other = make_keys(tmp_path / "b.key", tmp_path / "b.pub")
    path = tmp_path / "theirs.zip"
    path.write_bytes(packed(folder, tmp_path / "b.key")[0])
    text = refusal(path, keys[1])
    assert "the signature is not one of key" in text
    assert f"it names key {other}" in text
    load_rulebook(path, key=tmp_path / "b.pub")


def test_a_changed_manifest_breaks_the_signature_even_where_the_hashes_fit(archive, keys):
    files = contents(archive)
    files["lists/coal.yaml"] += b"# more\n"
    manifest = json.loads(files[MANIFEST])
    data = files["lists/coal.yaml"]
    manifest["files"]["lists/coal.yaml"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    files[MANIFEST] = json.dumps(manifest).encode()
    rewrite(archive, files)
    assert "the signature is not one of key" in refusal(archive, keys[1])


@pytest.mark.parametrize(
    "text", [b"", b"{}", b'{"schema": "nkscreen/signature@1", "algorithm": "none", "key_id": "", "signature": ""}']
)
def test_a_signature_file_that_is_none_is_refused(archive, keys, text):
    files = contents(archive)
    files[SIGNATURE] = text
    rewrite(archive, files)
    assert SIGNATURE in refusal(archive, keys[1])
    assert SIGNATURE in refusal(archive)


def test_a_signature_over_the_bare_manifest_is_none_of_a_pack(archive, keys):
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    files = contents(archive)
    signature = json.loads(files[SIGNATURE])
    raw = load_pem_private_key(keys[0].read_bytes(), None).sign(files[MANIFEST])
    import base64

    signature["signature"] = base64.b64encode(raw).decode()
    files[SIGNATURE] = json.dumps(signature).encode()
    assert "the signature is not one of key" in refusal(rewrite(archive, files), keys[1])


def test_with_a_key_a_folder_is_refused_and_so_are_the_bundled_rules(folder, keys):
    assert "a folder carries no signature" in refusal(folder, keys[1])
    assert "a folder carries no signature" in refusal(None, keys[1])
    assert "there is no pack here" in refusal(folder / "nowhere.zip", keys[1])
    with pytest.raises(RuleError, match="carries no signature"):
        load_policy(folder, key=keys[1])


def odd(name, **values):
    info = zipfile.ZipInfo("x")
    info.filename = name
    for key, value in values.items():
        setattr(info, key, value)
    return info, b"x"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (odd("../evil.yaml"), "is no plain name inside a folder"),
        (odd("trade/../../evil.yaml"), "is no plain name inside a folder"),
        (odd("/etc/evil.yaml"), "is no plain name inside a folder"),
        (odd("C:\\evil.yaml"), "is no plain name inside a folder"),
        (odd("trade\\evil.yaml"), "is no plain name inside a folder"),
        (odd("trade/"), "is no plain name inside a folder"),
        (odd("trade./evil.yaml"), "is no plain name inside a folder"),
        (odd(".hidden.yaml"), "is no plain name inside a folder"),
        (odd("a\x00.yaml"), "is no plain name inside a folder"),
        (odd("evil\u202eyaml.zip"), "is no plain name inside a folder"),
        (odd("/".join("a" * 12)), "is no plain name inside a folder"),
        (odd("a" * 201), "is no plain name inside a folder"),
        (odd("pack.yaml/evil.yaml"), "'pack.yaml' is a file and a folder at once"),
        (odd("PACK.yaml"), "stands there twice"),
        (odd("link.yaml", external_attr=(stat.S_IFLNK | 0o777) << 16), "is a link or a device"),
        (odd("bz.yaml", compress_type=zipfile.ZIP_BZIP2), "is compressed in an unusual way"),
    ],
)
def test_hostile_entries_are_refused_and_nothing_is_written(archive, tmp_path, entry, message):
    before = sorted(tmp_path.rglob("*"))
    rewrite(archive, {**contents(archive), "evil": entry})
    assert message in refusal(archive)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bomb_is_refused_by_its_ratio_and_by_its_size(archive):
    bomb = zipfile.ZipInfo("bomb.yaml")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    rewrite(archive, {"bomb": (bomb, b"\0" * 10_000_000)})
    assert "is compressed more than 200 times" in refusal(archive)
    rewrite(archive, {"bomb": (bomb, b"\0" * 20_000_001)})
    assert "has 20,000,001 bytes; at most 20,000,000 are read" in refusal(archive)


def test_a_size_that_lies_does_not_help_a_bomb(archive):
    bomb = zipfile.ZipInfo("bomb.yaml")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    rewrite(archive, {"bomb": (bomb, b"\0" * 30_000_000)})
    data = archive.read_bytes()
    archive.write_bytes(data.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 1_000)))
    assert "cannot be read as a zip archive" in refusal(archive)


def test_too_many_files_are_refused(archive):
    rewrite(archive, {f"f{number}.yaml": b"" for number in range(5_001)})
    assert "5,001 files; a pack may hold 5,000" in refusal(archive)


def test_an_encrypted_entry_is_refused(archive):
    data = bytearray(archive.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    archive.write_bytes(bytes(data))
    assert "is encrypted" in refusal(archive)


@pytest.mark.parametrize("cut", [0, 10, 1_000, -30])
def test_a_torn_archive_is_refused(archive, cut):
    archive.write_bytes(archive.read_bytes()[:cut])
    assert "cannot be read as a zip archive" in refusal(archive)


def test_every_single_changed_byte_is_refused_or_changes_nothing(archive, keys):
    data = archive.read_bytes()
    wanted = read_archive(archive, keys[1]).files
    for place in range(0, len(data), 37):
        archive.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            assert read_archive(archive, keys[1]).files == wanted
        except RuleError:
            continue


def test_nothing_stays_behind_after_an_archive_was_read(archive):
    with rules_folder(archive) as folder:
        assert (folder / "pack.yaml").is_file()
    assert not folder.parent.exists()


def test_a_file_name_of_dots_unpacks_inside_the_temporary_folder(archive):
    odd_name = archive.rename(archive.with_name("...zip"))
    with rules_folder(odd_name) as folder:
        assert folder.name == "pack"


def test_keys_are_never_overwritten_and_the_private_one_is_private(tmp_path, keys):
    assert stat.S_IMODE(keys[0].stat().st_mode) == 0o600
    with pytest.raises(InputError, match="is there already"):
        make_keys(keys[0], tmp_path / "b.pub")


@pytest.mark.parametrize("text", [b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_a_file_that_is_no_key_is_named(archive, tmp_path, text):
    bad = tmp_path / "bad.pub"
    bad.write_bytes(text)
    with pytest.raises(InputError, match=r"bad\.pub: holds no public key in PEM form"):
        load_rulebook(archive, key=bad)
    with pytest.raises(InputError, match=r"nowhere\.pub: cannot be read"):
        load_rulebook(archive, key=tmp_path / "nowhere.pub")


def test_a_private_key_is_no_public_key_nor_the_other_way_round(archive, keys):
    with pytest.raises(InputError, match="holds no public key"):
        load_rulebook(archive, key=keys[0])
    with pytest.raises(InputError, match="holds no private key"):
        sign(b"x", keys[1])


def test_a_key_of_another_kind_is_refused(archive, tmp_path):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    public = tmp_path / "ec.pub"
    public.write_bytes(
        private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(InputError, match="is no Ed25519 public key"):
        load_rulebook(archive, key=public)


def test_a_key_behind_a_passphrase_says_what_to_do(tmp_path):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = tmp_path / "locked.key"
    path.write_bytes(
        Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    with pytest.raises(InputError, match="protected by a passphrase"):
        sign(b"x", path)


def test_without_the_extra_a_key_is_an_error_that_names_it_and_no_key_needs_nothing(archive, keys, monkeypatch):
    real = builtins.__import__

    def missing(name, *arguments, **options):
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    assert load_rulebook(archive).name == "test"
    with pytest.raises(InputError, match=r"pip install 'nkscreen\[sign\]'"):
        load_rulebook(archive, key=keys[1])


def test_the_library_is_imported_without_the_extra():
    code = "import sys, nkscreen; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_stream_is_no_archive(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(io.BytesIO(b"hello").getvalue())
    assert "cannot be read as a zip archive" in refusal(path)

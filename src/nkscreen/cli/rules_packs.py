"""`nkscreen rules lock | pack | verify | keygen`: a state of the rules written down, packed, signed and checked."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from nkscreen.cli import common
from nkscreen.errors import InputError, Problem, RuleError
from nkscreen.rulebook import bundled_rules, run_tests
from nkscreen.rulebook.update.archive import Archive, read_archive
from nkscreen.rulebook.update.changes import WHY, Bump
from nkscreen.rulebook.update.check import make_lock
from nkscreen.rulebook.update.locked import LOCK
from nkscreen.rulebook.update.signing import key_id, make_keys
from nkscreen.rulebook.update.state import locked_state, packed, read_state

KeyOption = typer.Option(
    None, "--key", metavar="PUB", help="A public key (PEM): accept only packs signed with its other half."
)


def register(app: typer.Typer) -> None:
    """Add the commands to `nkscreen rules`."""
    app.command("lock")(lock)
    app.command("pack")(pack)
    app.command("verify")(verify)
    app.command("keygen")(keygen)


def lock(
    rules: Path | None = common.RulesOption,
    since: Path | None = typer.Option(
        None,
        "--since",
        metavar="PATH",
        help="The last release (pack, folder or lock). (default: the lock that is there)",
    ),
) -> None:
    """Write rules.lock.json: what every rule and list decides now.

    Refuses when a rule's logic changed and its version did not, when a rule is gone without a note in deprecated/, and
    when the version of the pack did not rise as the effect of the changes asks.
    """
    console = Console()
    folder = _folder(rules)
    new, changes, bump = make_lock(folder, locked_state(since) if since else None)
    for change in changes:
        common.say(console, f"{change} ({WHY[change.effect]})")
    target = folder / LOCK
    try:
        target.write_text(new.text(), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", file=str(target)) from None
    kind = f"; a {bump.name.lower()} change" if bump is not Bump.NONE else ""
    common.say(console, f"{target}: {new.name} {new.version}, {len(new.rules)} rules, {len(new.lists)} lists{kind}")


def pack(
    out: Path = typer.Argument(..., metavar="OUT.zip", help="The archive to write."),
    rules: Path | None = common.RulesOption,
    sign: Path | None = typer.Option(None, "--sign", metavar="KEY", help="A private key (PEM) to sign with."),
) -> None:
    """Pack a folder of rules into one archive, the same bytes every time, signed if a key is given.

    The lock must be of this state, and every test of the rules must pass.
    """
    console = Console()
    folder = _folder(rules)
    if out.resolve().is_relative_to(folder.resolve()):
        raise InputError("lies in the folder that is packed; write it elsewhere", file=str(out))
    data, state = packed(folder, sign)
    failed = [result for result in run_tests(state.rulebook) if not result.passed]
    if failed:
        raise RuleError([Problem(f"{one.rule_id}: the test {one.name!r} fails; not packed") for one in failed])
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", file=str(out)) from None
    _show(console, out, read_archive(out), None)


def verify(
    path: Path = typer.Argument(..., metavar="PACK", help="A packed archive, or a folder of rules."),
    key: Path | None = KeyOption,
) -> None:
    """Check that a pack is whole, signed as asked, and decides what its lock says. Exit code 2 when it is refused."""
    console = Console()
    if path.is_file():
        archive = read_archive(path, key)
        state = read_state(path, key, fresh=True)
        given = (archive.manifest.name, archive.manifest.version)
        if given != (state.rulebook.name, state.rulebook.version):
            raise RuleError(
                Problem(f"refused: its manifest says {' '.join(given)}, its pack.yaml otherwise", path.name)
            )
        _show(console, path, archive, key)
    else:
        state = read_state(path, key, fresh=True)
    rules, lists = len(state.rulebook.rules), len(state.rulebook.lists)
    common.say(console, f"{state.rulebook.name} {state.rulebook.version}: {rules} rules and {lists} lists as locked")


def keygen(
    name: Path = typer.Argument(
        ..., metavar="NAME", help="Writes NAME.key (keep it secret) and NAME.pub (give it out)."
    ),
) -> None:
    """Make a pair of Ed25519 keys for signing packs."""
    private, public = name.with_name(f"{name.name}.key"), name.with_name(f"{name.name}.pub")
    made = make_keys(private, public)
    common.say(Console(), f"key {made}: sign with {private} and keep it secret; give {public} to those who verify")


def _folder(rules: Path | None) -> Path:
    folder = bundled_rules() if rules is None else rules
    if not folder.is_dir():
        raise InputError("is no folder of rules; unpack a pack before you work on it", file=str(folder))
    return folder


def _show(console: Console, path: Path, archive: Archive, key: Path | None) -> None:
    files, manifest = len(archive.files), archive.manifest
    common.say(console, f"{path}: {manifest.name} {manifest.version}, {files} files as the manifest says")
    if archive.signature is None:
        common.say(console, "not signed", style="yellow")
    elif key is not None:
        common.say(console, f"signed with key {key_id(key)}", style="green")
    else:
        common.say(console, f"signed, it says with key {archive.signature.key_id}; give --key to have that checked")

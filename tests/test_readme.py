"""What the README shows works as shown."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_snippet_runs_and_explains_an_alert(capsys):
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(snippet, "README.md", "exec"), {})
    text = capsys.readouterr().out
    assert "NK-SHIP-002" in text
    assert "UNSCR-2397" in text
    assert "East-West Center" in text


def test_the_snippet_is_short():
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    lines = [line for line in snippet.splitlines() if line.strip()]
    assert lines.index("import nkscreen") == 1
    assert len(lines) - 1 <= 10


def test_every_file_the_readme_links_to_exists():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert len(links) >= 8
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_ci_runs_the_readme_s_test_command():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in script
    assert "make test" in README

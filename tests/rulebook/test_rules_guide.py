"""The worked example of docs/rules.md loads, passes its own tests and the check, and lets no mutant live."""

import re
from pathlib import Path

from nkscreen.rulebook import load_rulebook, run_tests
from nkscreen.rulebook.checking import check_pack

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_worked_example_of_the_guide_works(tmp_path):
    rules = tmp_path / "rules"
    files = re.findall(r"```yaml\n# (\S+)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert [name for name, _ in files] == [
        "lists/hs/earth-and-stone.yaml",
        "fixtures/shipment_magnesite.yaml",
        "trade/nk-ship-950.yaml",
    ]
    for name, text in [*files, ("pack.yaml", "schema: nkscreen/pack@1\nname: guide\nversion: 1.0.0\n")]:
        (rules / name).parent.mkdir(parents=True, exist_ok=True)
        (rules / name).write_text(text, encoding="utf-8")
    results = run_tests(load_rulebook(rules))
    assert len(results) == 17
    assert [(result.name, result.problems) for result in results if not result.passed] == []
    report = check_pack(rules)
    assert [str(problem) for problem in report.problems] == []
    assert report.reports[0].mutation.survivors == ()

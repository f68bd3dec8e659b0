"""Checks that the relative links of every Markdown document lead to a file, and that Python sources can be read."""
import ast
import re
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
wrong = []


def sources(ending):
    for path in root.rglob("*" + ending):
        parts = path.relative_to(root).parts
        # What is built or recorded is not ours; the cases of tests are wrong on purpose.
        if not any(part.startswith(".build") or part in (".almanac", ".git", "Tests") for part in parts):
            yield path


for path in sources(".md"):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        place = target.split("#")[0]
        if place and "://" not in target and not target.startswith(("mailto:", "/")) and not (path.parent / place).exists():
            wrong.append(f"{path.relative_to(root)}: the link {target} leads nowhere")
for path in sources(".py"):
    try:
        ast.parse(path.read_text(encoding="utf-8"), str(path))
    except SyntaxError as error:
        wrong.append(f"{path.relative_to(root)}:{error.lineno}: {error.msg}")

print("\n".join(wrong), file=sys.stderr)
sys.exit(bool(wrong))

#!/usr/bin/env python3
"""The completions are those that the tables make, and complete: options,
columns in lists, formats, files.  Shells that are not here are told."""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.environ.get("ACMTUI_SOURCE") or os.path.join(HERE, "..", "..")
BUILD = os.environ.get("ACMTUI_BUILD") or os.path.join(SOURCE, "build")
DATA = os.path.join(SOURCE, "data")
FILES = ("acmtui", "_acmtui", "acmtui.fish")

# What is typed before the cursor, and some of what is offered; nothing else is,
# where `only` is said.
CASES = [
    ("acmtui --colu", ["--columns"], True),
    ("acmtui --no-", ["--no-header", "--no-config"], False),
    ("acmtui -o cer", ["certificates"], True),
    ("acmtui --output val", ["values:"], True),
    ("acmtui --color=a", ["auto", "always"], True),
    ("acmtui --theme l", ["light"], True),
    ("acmtui -c who,sou", ["who,source"], True),
    ("acmtui --columns=time,eve", ["time,event"], True),
    ("acmtui -s acc", ["account"], True),
    ("acmtui --until 20", [], True),
    ("acmtui trai", ["trail.json"], True),
    ("acmtui --iocs trai", ["trail.json"], True),
]

COMPLETE_BASH = r"""
source "$1"
line=$2
# As readline does it: `=` is a word of its own.
read -ra COMP_WORDS <<<"${line//=/ = }"
[[ $line == *[\ =] ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
compopt() { [[ $2 == default ]] && mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"); :; }
_acmtui
printf '%s\n' "${COMPREPLY[@]}"
"""


def same_as_tables(folder):
    subprocess.run([sys.executable, os.path.join(DATA, "make-completions"),
                    os.path.join(BUILD, "acmtui"), folder], check=True)
    good = True
    for name in FILES:
        with open(os.path.join(folder, name)) as made, \
                open(os.path.join(DATA, "completions", name)) as kept:
            if made.read() != kept.read():
                print("FAIL: data/completions/%s: not what the tables make; "
                      "make update-tables" % name)
                good = False
        os.unlink(os.path.join(folder, name))
    return good


def descriptions_end():
    """None is cut off inside of its brackets."""
    with open(os.path.join(DATA, "completions", "acmtui.fish")) as f:
        lines = f.read().splitlines()
    cut = [line for line in lines if line.startswith("complete -c acmtui -")
           and line.count("(") != line.count(")")]
    for line in cut:
        print("FAIL: cut off: " + line)
    return not cut


def in_bash(line, folder):
    return subprocess.run(
        ["bash", "-c", COMPLETE_BASH, "bash",
         os.path.join(DATA, "completions", "acmtui"), line], cwd=folder,
        check=True, stdout=subprocess.PIPE).stdout.decode().split("\n")[:-1]


def in_fish(line, folder):
    lines = subprocess.run(
        ["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]",
         os.path.join(DATA, "completions", "acmtui.fish"), line], cwd=folder,
        env=dict(os.environ, HOME=folder, XDG_CONFIG_HOME=folder,
                 XDG_DATA_HOME=folder),
        check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    # fish gives the whole word back where it begins with an option.
    return [l.split("\t")[0].split("=", 1)[-1] for l in lines]


def check(shell, complete, folder):
    good = True
    for line, wanted, only in CASES:
        got = [word for word in complete(line, folder) if word]
        if set(wanted) - set(got) or (only and set(got) - set(wanted)):
            print("FAIL: %s: %s: %s instead of %s" % (shell, line, got,
                                                      wanted))
            good = False
    return good


def main():
    results = []
    with tempfile.TemporaryDirectory() as folder:
        results.append(same_as_tables(folder))
        results.append(descriptions_end())
        open(os.path.join(folder, "trail.json"), "w").close()
        for shell, complete in (("bash", in_bash), ("fish", in_fish)):
            if shutil.which(shell):
                results.append(check(shell, complete, folder))
            else:
                print("SKIP: %s is not installed" % shell)
        if shutil.which("zsh"):
            results.append(subprocess.run(
                ["zsh", "-n", os.path.join(DATA, "completions", "_acmtui")]
            ).returncode == 0)
        else:
            print("SKIP: zsh is not installed")
    print("%d passed, %d failed" % (results.count(True),
                                    results.count(False)))
    return not all(results)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""How many instructions of our own loading takes an event, and a filter a value,
counted by callgrind on a small trail; libraries and compiled patterns are not
ours.  What costs 15 % more than was recorded fails, and so does what costs 15 %
less: then the record is out of date.  Part of `make check-long`.

The record holds for one compiler, one set of flags and processors with AVX2;
with others it is skipped.  To record anew: put the printed figures here."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

BUILD = os.environ.get('ACMTUI_BUILD', '.')
COMPILER, FLAGS = '12', '-g -O2'
RECORD = {'load, an event': 20970, 'filter, a value': 45}
EVENTS = 6000


def skip(why):
    print('SKIP: ' + why)
    sys.exit(77)


def setting(name):
    with open(os.path.join(BUILD, 'Makefile')) as text:
        found = re.search(rf'^{name} = *(.*)$', text.read(), re.M)
    return found.group(1).strip() if found else ''


def has_avx2():
    try:
        with open('/proc/cpuinfo') as text:
            return ' avx2 ' in text.read()
    except OSError:
        return False


def own_instructions(profile):
    """The sum over what lies in acmtui itself; a call's cost is told where it
    was spent, so the line behind `calls=` is not counted."""
    names, own, called, total = {}, False, False, 0
    with open(profile) as lines:
        for line in lines:
            if line.startswith(('ob=', 'cob=')):
                number, _, name = line.partition('=')[2].partition(' ')
                if name:
                    names[number.strip()] = name.strip()
                if line[0] == 'o':
                    own = names[number.strip()].endswith('/acmtui')
            elif line.startswith('calls='):
                called = True
            elif re.match(r'[-+*\d]', line):
                if own and not called:
                    total += int(line.split()[1])
                called = False
    return total


def count(folder, trail, inside, *options):
    """Of the whole run, or only inside of some functions: hashes begin anew in
    each run, and with them what loading takes, by more than a filter does."""
    profile = os.path.join(folder, 'profile')
    done = subprocess.run(
        ['valgrind', '--tool=callgrind', '--dump-line=no',
         *['--toggle-collect=' + name for name in inside],
         '--callgrind-out-file=' + profile,
         os.path.join(os.path.abspath(BUILD), 'acmtui'), '--no-config',
         '--no-sandbox', '-j', '1', '-o', 'summary', *options, trail],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if not done.stdout:
        sys.exit(done.stderr)
    return own_instructions(profile), json.loads(done.stdout)


def main():
    compiler = setting('CC').split()
    version = subprocess.run([*compiler, '-dumpversion'], text=True,
                             stdout=subprocess.PIPE).stdout.strip()
    if not shutil.which('valgrind'):
        skip('needs valgrind')
    if (version.split('.')[0] != COMPILER or 'gcc' not in compiler[-1] or
            setting('CFLAGS') != FLAGS or setting('INSTRUMENT_FLAGS')):
        skip(f'recorded with gcc {COMPILER} {FLAGS}')
    if not has_avx2():
        skip('recorded on a processor with AVX2')
    with tempfile.TemporaryDirectory() as folder:
        trail = os.path.join(folder, 'trail')
        subprocess.run([os.path.join(BUILD, 'tests/bench/gen'), '--events',
                        str(EVENTS), '--files', '12', '--out', trail],
                       check=True, stdout=subprocess.DEVNULL)
        load, summary = count(folder, trail, [])
        query, _ = count(folder, trail, ['run_query'],
                         '-f', '/f0cc|terraform.*aws/')
    measured = {'load, an event': load / EVENTS,
                'filter, a value': query / summary['values']}
    bad = 0
    for what, figure in measured.items():
        change = figure / RECORD[what] - 1
        bad += abs(change) > 0.15
        print(f'{what}: {figure:.1f} instructions, {change:+.1%}')
    print(f'{len(RECORD) - bad} passed, {bad} failed, 0 skipped')
    sys.exit(bad > 0)


main()

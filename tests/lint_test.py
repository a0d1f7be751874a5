#!/usr/bin/env python3
"""Plants each breach of the house rules in a small clean tree and sees that
lint.py finds it, by that rule and at that file, and nothing in the clean one.
"""
import os
import shutil
import subprocess
import sys
import tempfile

import lint

HEADER = '''/* What the base room is about. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

int span_length(int from);

#endif
'''
BODY = '''/* Owns the length of a span. */
#include "base/span.h"

int span_length(int from)
{
	return from + 1;
}
'''
CLEAN = {
    'Makefile.am': 'sources = src/base/span.c src/base/span.h \\\n'
                   '\ttests/unit/base_span_test tests/data\n'
                   'thread_tests = \\\n\ttests/data/threads_test.py\n',
    'src/base/span.h': HEADER,
    'src/base/span.c': BODY,
    'tests/unit/base_span_test.c': '/* The promises of base/span. */\n',
    'src/base/lengths.def': '/* What is called where. */\n'
                            'LENGTH(span_length)\n',
}


def long_function(lines, comment=''):
    return (BODY + comment + 'int span_long(int n)\n{\n' +
            '\tn++;\n' * (lines - 1) + '\treturn n;\n}\n')


def body(line):
    """The clean source with one more line in its function."""
    return BODY.replace('\treturn', '\t%s\n\treturn' % line)


def top(line):
    """The clean source with one more line above its function."""
    return BODY.replace('\nint span_length', '\n%s\nint span_length' % line)


# What stands where, and the rule that must find it; None: it is allowed.
PLANTED = [
    # order of rooms
    ('src/base/span.c', top('#include "text/show.h"'), 'order of rooms'),
    ('src/base/span.c', top('#  include "main.h"'), 'order of rooms'),
    ('src/base/span.c', top('#include "span.h"'), 'order of rooms'),
    ('src/base/span.c', top('#include "../base/span.h"'), 'order of rooms'),
    ('src/text/show.c', top('#include "json/scan.h"'), 'order of rooms'),
    ('src/store/store.c', top('#include "trail/secret.h"'),
     'order of rooms'),
    ('src/attic/old.c', BODY, 'order of rooms'),
    ('src/text/show.c', BODY, None),
    ('src/main.c', BODY, None),
    ('src/base/span.c', top('/* #include "text/show.h" */'), None),
    # banned calls
    ('src/base/span.c', body('strcpy(a, b);'), 'banned calls'),
    ('src/base/span.c', body('strcat (a, b);'), 'banned calls'),
    ('src/base/span.c', body('sprintf(a, "%d", 1);'), 'banned calls'),
    ('src/base/span.c', body('gets(a);'), 'banned calls'),
    ('src/base/span.c', body('system("ls");'), 'banned calls'),
    ('src/base/span.c', body('popen("ls", "r");'), 'banned calls'),
    ('src/base/span.c', body('cJSON_GetObjectItem(o, "Tag");'),
     'banned calls'),
    ('src/base/span.c', body('cJSON_GetObjectItemCaseSensitive(o, "a");'),
     None),
    ('src/base/span.c', body('mmap(0, n, PROT_READ, MAP_PRIVATE, f, 0);'),
     'banned calls'),
    ('src/base/span.c', body('mmap(0, n, 3, MAP_PRIVATE | MAP_ANONYMOUS,\n'
                             '\t     -1, 0);'), None),
    ('src/base/span.c', body('/* not strcpy(a, b) */'), None),
    ('src/base/span.c', body('word("strcpy(a, b)");'), None),
    ('src/base/span.c', body('file_system(a);'), None),
    # libraries in their room
    ('src/view/list.c', top('#include <curses.h>'),
     'libraries in their room'),
    ('src/screen/app.c', top('#include <ncursesw/ncurses.h>'),
     'libraries in their room'),
    ('src/screen/terminal.c', top('#include <curses.h>'), None),
    ('src/query/run.c', top('#include <pcre2.h>'),
     'libraries in their room'),
    ('src/text/match.c', top('#include <pcre2.h>'), None),
    ('src/text/match_blocks.c', top('#include <pcre2.h>'), None),
    ('src/view/list.c', top('#include <cjson/cJSON.h>'),
     'libraries in their room'),
    ('src/store/document.c', top('#include <cjson/cJSON.h>'), None),
    ('src/config.c', top('#include <cjson/cJSON.h>'), None),
    ('src/store/document.c', top('#include <cjson/cJSON_Utils.h>'),
     'libraries in their room'),
    # one door for output
    ('src/base/span.c', body('printf("%s", raw);'), 'one door for output'),
    ('src/load/loader.c', body('fprintf(stderr, "%s", name);'),
     'one door for output'),
    ('src/screen/draw.c', body('addstr(raw);'), 'one door for output'),
    ('src/write/table.c', body('fputs(row, out);'), None),
    ('src/base/span.c', body('snprintf(a, 3, "%d", 1);'), None),
    # file names
    ('src/base/util.c', BODY, 'file names'),
    ('src/text/common.c', BODY, 'file names'),
    ('src/acmtui.h', HEADER.replace('BASE_SPAN', 'ACMTUI'), 'file names'),
    ('tests/misc.c', BODY, 'file names'),
    ('src/base/Span-two.c', BODY, 'file names'),
    ('tests/unit/base_nothing_test.c', BODY, 'test names'),
    ('tests/unit/harness.c', BODY, None),
    # nothing exported in vain
    ('src/base/span.h', HEADER.replace('#endif', 'int span_end(int);\n\n'
                                       '#endif'),
     'nothing exported in vain'),
    # sizes
    ('src/base/span.c', BODY + '\n' * 600 + '/* end */\n', 'file length'),
    ('src/base/span.c', BODY.replace('span. */', 'span.\n * Over 600 lines: '
                                     'one table. */') +
     '/* row */\n' * 600, None),
    ('src/base/span.c', long_function(60), None),
    ('src/base/span.c', long_function(61), 'function length'),
    ('tests/unit/base_span_test.c', long_function(61), 'function length'),
    ('src/base/span.c', long_function(
        61, '/* Over 60 lines: the switch of one state machine. */\n'), None),
    ('src/base/span.c', long_function(61, '/* Over 60 lines: */\n'),
     'function length'),
    ('tests/unit/base_span_test.c', long_function(60).replace(
        '\treturn n;', '\t\t{1, 2},\n' * 90 + '\treturn n;'), None),
    # no recursion
    ('src/base/span.c', body('span_length(from);'), 'no recursion'),
    ('src/base/span.c', BODY + '\nint span_a(int n)\n{\n\treturn span_b(n);'
     '\n}\n\nint span_b(int n)\n{\n\treturn span_a(n);\n}\n',
     'no recursion'),
    ('src/base/span.c', BODY + '\n/* Recursion: as deep as the list of rooms'
     ' is long. */\nint span_a(int n)\n{\n\treturn span_a(n - 1);\n}\n',
     None),
    # white space
    ('src/base/span.c', body('n++; '), 'white space'),
    ('src/base/span.c', BODY.replace('\treturn', '        return'),
     'white space'),
    ('src/base/span.c', BODY.replace('\treturn', '  \treturn'),
     'white space'),
    ('src/base/span.c', BODY.replace('\n', '\r\n'), 'white space'),
    ('src/base/span.c', BODY[:-1], 'white space'),
    ('src/base/span.c', BODY + '\n', 'white space'),
    ('src/base/span.c', body('n = ' + 'n + ' * 22 + 'n;'), 'white space'),
    ('tests/data/wide.c', '/* Data. */ \n', None),
    # words
    ('src/base/span.c', top('/* TO' 'DO: more */'), 'nothing left to do'),
    ('tests/run.sh', '#!/bin/sh\n# Runs. FIX' 'ME\n', 'nothing left to do'),
    ('src/base/span.c', body('word("XX' 'X");'), None),
    ('src/base/span.c', top('/* See /ho' 'me/someone/notes. */'),
     'no host paths'),
    # sleeps
    ('tests/unit/base_span_test.c', body('usleep(10);'), 'no sleeps'),
    ('tests/unit/base_span_test.c', body('word("sleep(1)");'), None),
    ('tests/run.sh', '#!/bin/sh\n# Runs.\nsleep 1\n', 'no sleeps'),
    ('tests/run.sh', '#!/bin/sh\n# Runs.\nif true; then sleep 1; fi\n',
     'no sleeps'),
    ('tests/run.py', '"""Runs."""\nimport time\ntime.sl' 'eep(1)\n',
     'no sleeps'),
    # comments
    ('src/base/span.c', BODY.split('\n', 1)[1], 'top comment'),
    ('src/base/words.def', 'WORD(a)\n', 'top comment'),
    ('tests/run.sh', '#!/bin/sh\ntrue\n', 'top comment'),
    ('tests/run.py', 'import os\n', 'top comment'),
    ('src/base/span.c', top('/* ---- helpers ---- */'), 'no banners'),
    ('src/base/span.c', top('/******** helpers */'), 'no banners'),
    ('tests/run.sh', '#!/bin/sh\n# Runs.\n#-----\n', 'no banners'),
    ('src/base/span.c', top('#if 0\nint old;\n#endif'), 'no dead code'),
    ('src/base/span.c', body('/* span_trim(from); */'), 'no dead code'),
    ('src/base/span.c', body('// from = 0;'), 'no dead code'),
    ('src/base/span.c', body('*from = 0;'), None),
    # structs, guards, platform, make
    ('src/base/span.c', top('typedef struct span span;'),
     'structs by name'),
    ('src/base/span.c', top('typedef int span_visit(int);'), None),
    ('src/base/span.h', HEADER.replace('BASE_SPAN_H', 'SPAN_H'),
     'header guards'),
    ('src/base/span.c', top('#ifdef HAVE_ISAL\nint isal;\n#endif'),
     'platform is asked'),
    ('src/base/span.c', top('#include "platform.h"\n#ifdef HAVE_ISAL\n'
                            'int isal;\n#endif'), None),
    ('src/base/left.c', BODY, 'every file is built'),
    ('tests/unit/base_span_more_test.c', BODY, 'every file is built'),
    ('tests/data/more_test.py', '"""Left out."""\n', 'every file is built'),
    ('tests/data/threads_test.py', '"""Run by threads only."""\n',
     'every file is built'),
    ('tests/data/more.e2e', '# left out\n', 'every file is built'),
    ('tests/data/more.screen', '# left out\n', 'every file is built'),
    ('tests/data/more.py', '"""Shipped."""\n', None),
    # shell, manual
    ('tests/run.sh', '#!/bin/sh\n# Runs.\ncd $1\n', 'shell'),
    ('bootstrap', '#!/bin/sh\n# Runs.\nfor a in $*; do echo "$a"; done\n',
     'shell'),
    ('man/acmtui.1', '.Dd November 22, 2026\n.Dt ACMTUI 1\n.Os\n.Sh NAME\n'
     '.Nm acmtui\n.Nd opens\n.Sh NOTHING\n.Xyz\n', 'manual'),
]

# What is compiled and which of the two rules about objects finds it.
COMPILED = [
    ('span', 'int span_length(void) { return 1; }', None),
    ('span', 'int length(void) { return 1; }', 'exported names'),
    ('span', 'int spanner(void) { return 1; }', 'exported names'),
    ('draw_list', 'int draw_list_row(void) { return 1; }', None),
    ('draw_list', 'int draw_row(void) { return 1; }', None),
    ('draw_list', 'int list_row(void) { return 1; }', 'exported names'),
    ('span', 'int span_count = 1;', 'no globals'),
    ('span', 'int span_count;', 'no globals'),
    ('span', 'const int span_count = 1;', None),
    ('span', 'static int n; int span_next(void) { return n++; }',
     'no globals'),
    ('span', 'int span_next(void) { static int n = 3; return n++; }',
     'no globals'),
    ('span', 'static _Thread_local int n; '
     'int span_next(void) { return n++; }', 'no globals'),
    ('span', 'static const char *const words[] = {"a", "b"}; '
     'const char *span_word(int i) { return words[i]; }', None),
]


def found_in(root, archive=None):
    done, skipped = lint.run(root, archive)
    return ({(title, path.split(':')[0]) for title, breaches in done
             for path, line, what in breaches}, {t for t, why in skipped})


def write(root, files):
    for path, text in files.items():
        whole = os.path.join(root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, 'w', newline='') as f:
            f.write(text)


def text_cases():
    for path, text, rule in PLANTED:
        with tempfile.TemporaryDirectory() as root:
            files = dict(CLEAN)
            files[path] = text
            if rule != 'every file is built':
                files['Makefile.am'] = files['Makefile.am'].replace(
                    'sources =', 'sources = %s' % path)
            write(root, files)
            found, skipped = found_in(root)
        expected = {(rule, path)} if rule else set()
        yield (path, text, rule in skipped, found == expected,
               sorted(found), sorted(expected))


def object_cases():
    compiler = shutil.which(os.environ.get('CC', 'cc').split()[0])
    able = compiler and shutil.which('ar') and shutil.which('objdump')
    for stem, text, rule in COMPILED:
        if not able:
            yield stem, text, True, False, [], []
            continue
        with tempfile.TemporaryDirectory() as root:
            write(root, CLEAN)
            source = os.path.join(root, stem + '.c')
            with open(source, 'w') as f:
                f.write(text + '\n')
            subprocess.run([compiler, '-fPIE', '-c', source, '-o',
                            os.path.join(root, stem + '.o')], check=True)
            archive = os.path.join(root, 'libacmtui.a')
            subprocess.run(['ar', 'cr', archive,
                            os.path.join(root, stem + '.o')], check=True)
            os.remove(source)
            found, skipped = found_in(root, archive)
        expected = {(rule, stem + '.c')} if rule else set()
        yield (stem, text, False, found == expected, sorted(found),
               sorted(expected))


def main():
    passed, failed, skipped = 0, 0, 0
    rules = {name[len('rule_'):].replace('_', ' ')
             for name in vars(lint) if name.startswith('rule_')}
    proven = {case[2] for case in PLANTED + COMPILED}
    for rule in sorted(rules - proven):
        print('FAIL: no breach of "%s" is planted' % rule)
        failed += 1
    with tempfile.TemporaryDirectory() as root:
        write(root, CLEAN)
        found, _ = found_in(root)
        if found:
            print('FAIL: the clean tree has %s' % sorted(found))
            failed += 1
        else:
            passed += 1
    for cases in text_cases(), object_cases():
        for path, text, skip, right, found, expected in cases:
            if skip:
                print('SKIP: %s: its tool is not installed' % path)
                skipped += 1
            elif right:
                passed += 1
            else:
                print('FAIL: %s: found %s, not %s, in:\n%s'
                      % (path, found, expected, text[-400:]))
                failed += 1
    print('%d passed, %d failed, %d skipped' % (passed, failed, skipped))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

#!/usr/bin/env python3
"""The house rules that a machine can check.

Reads the source tree ($ACMTUI_SOURCE or its own parent) and, where there is
one, the library that was built ($ACMTUI_BUILD/libacmtui.a).  Prints one line
a breach, `file:line: rule: what`, and one line of counts, where each rule is
a test.  Changes nothing.

A rule that allows exceptions takes them with a reason beside them: in a table
here for what a reviewer must see in one place, in the comment above a function
or at the top of a file for its length ("Over 60 lines: ...", "Over 600
lines: ...", "Recursion: ...").
"""
import os
import re
import shutil
import subprocess
import sys

ROOMS = ('base text json store trail load query triage view write '
         'screen main').split()
FUNCTION_LINES = 60
FILE_LINES = 600
COLUMNS = 90

# call: why not.  Only whole identifiers followed by a bracket are meant.
BANNED = {
    'strcpy': 'no bound', 'strcat': 'no bound', 'stpcpy': 'no bound',
    'sprintf': 'no bound', 'vsprintf': 'no bound', 'gets': 'no bound',
    'strncpy': 'may leave no NUL', 'strncat': 'its bound is not a size',
    'system': 'runs a shell', 'popen': 'runs a shell',
    'alloca': 'untrusted sizes on the stack',
    'atoi': 'hides errors', 'atol': 'hides errors', 'atof': 'hides errors',
    'strtok': 'keeps state', 'tmpnam': 'races', 'mktemp': 'races',
    'cJSON_GetObjectItem': 'mixes Tag and tag',
    'cJSON_HasObjectItem': 'mixes Tag and tag',
    'cJSON_DeleteItemFromObject': 'mixes Tag and tag',
    'cJSON_ReplaceItemInObject': 'mixes Tag and tag',
    'cJSON_Parse': 'no length', 'cJSON_ParseWithLength': 'no end',
    'cJSON_ParseWithOpts': 'no length',
    'cJSON_GetErrorPtr': 'is global',
}

# header: the only files that may know it.
LIBRARIES = [
    (r'(ncursesw?/)?(n?curses\w*|term|panel|form|menu)\.h', r'src/screen/terminal(_paint)?\.c'),
    (r'pcre2\.h', r'src/text/match\w*\.c'),
    (r'(cjson/)?cJSON\.h', r'src/store/document\.c|src/config\.c'),
    (r'(cjson/)?cJSON_Utils\.h', r'(?!)'),
    (r'utf8proc\.h', r'src/text/\w+\.c'),
    (r'(isa-l(/\w+)?|igzip_lib|zlib)\.h', r'src/load/\w+\.c'),
    (r'openssl/\w+\.h', r'src/base/digest\.c|src/trail/x509\w*\.c|src/main\.c|src/options\.c'),
    (r'(seccomp|linux/landlock)\.h', r'src/base/sandbox\w*\.c'),
]

# Who may write to the standard streams; everybody else hands text over.
PRINTERS = (r'src/(main|headless)\.c|src/write/\w+\.c|'
            r'src/base/memory\.c')
PRINTING = (r'\b(printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|putc|'
            r'fputc|perror|psignal|fwrite|addstr|addnstr|waddstr|waddnstr|'
            r'printw|wprintw)\s*\(|\bSTDOUT_FILENO\b|\bSTDERR_FILENO\b')

# Exported names that do not begin with their file's name, and why.
NAMES = {
    ('memory', 'die'): 'the end of the program is said in one word',
    ('memory', 'die_set_hook'): 'belongs to die()',
}

# Variables that live as long as the program, and why.
STATE = {
    ('rescue', 'needed'): 'read by handlers of signals',
    ('rescue', 'rescue'): 'what they send; there is one terminal',
    ('headless', 'interrupted'): 'the flag of SIGINT',
    ('headless', 'news_pipe'): 'what the handler of SIGINT rings',
    ('hash', 'seed'): 'drawn once, before the first thread',
    ('memory', 'before_death'): 'how the terminal is given back',
}

C = r'\.(c|h|def)$'


class Source:
    """One file: its text, and for C its code: without strings, and without
    comments too."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, path), 'rb') as f:
            self.bytes = f.read()
        self.text = self.bytes.decode('utf-8', 'replace')
        self.lines = self.text.split('\n')
        self.code, self.unquoted = '', self.text
        if re.search(C, path):
            self.code = blanked(self.text, comments=True)
            self.unquoted = blanked(self.text, comments=False)

    def line_at(self, offset):
        return self.text.count('\n', 0, offset) + 1


def blanked(text, comments):
    """Blanks what strings hold, and comments; positions stay."""
    def blank(match):
        token = match.group(0)
        if token[0] in '"\'':
            return token[0] + ' ' * (len(token) - 2) + token[-1]
        return re.sub(r'[^\n]', ' ', token) if comments else token
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'
                  r"'(?:\\.|[^'\\\n])*'", blank, text, flags=re.S)


def length(source, lines):
    """How long these lines are; the rows of a test's tables do not count."""
    if source.path.startswith('tests/') and source.path.endswith('.c'):
        return sum(1 for line in lines if not re.match(r'\s*[{"]', line))
    return len(lines)


def functions(source):
    """(name, offset of the signature, of the brace, of the end) of each."""
    code = re.sub(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*',
                  lambda m: re.sub(r'[^\n]', ' ', m.group(0)),
                  source.code, flags=re.M)
    depth, start, brace, name = 0, 0, 0, None
    for match in re.finditer(r'[{};]', code):
        at, sign = match.start(), match.group(0)
        if sign == '{':
            if depth == 0:
                name, brace = defined(code[start:at]), at
            depth += 1
        elif sign == '}':
            depth -= 1
            if depth == 0 and name:
                blank = len(code[start:at]) - len(code[start:at].lstrip())
                yield name, start + blank, brace, at
                name = None
        if depth == 0:
            start = at + 1


def defined(head):
    """The name of the function whose head this is, or None."""
    head = re.sub(r'__attribute__\s*\(\(.*?\)\)', '', head, flags=re.S)
    match = re.match(r'[^=()]*?\b(\w+)\s*\(.*\)\s*$', head, re.S)
    if match and match.group(1) not in ('if', 'for', 'while', 'switch'):
        return match.group(1)
    return None


def comment_above(source, offset):
    """The comment that ends right before a definition, or nothing."""
    match = re.search(r'/\*((?:(?!\*/).)*)\*/\s*$', source.text[:offset],
                      re.S)
    return match.group(1) if match else ''


def room_of(path):
    parts = path.split('/')
    return parts[1] if len(parts) > 2 else 'main'


def in_sources(sources, pattern=C):
    return [s for s in sources
            if s.path.startswith('src/') and re.search(pattern, s.path)]


# Each rule yields (file, line, what).

def rule_order_of_rooms(sources):
    for s in in_sources(sources):
        room = room_of(s.path)
        if room not in ROOMS:
            yield s.path, 1, 'src/%s is not a room' % room
            continue
        # Strings are blanked in the code: there the line tells whether
        # the include is commented out, the name is read from the text.
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"',
                                 s.text, re.M):
            if '#' not in s.code[match.start():match.end()]:
                continue
            name = match.group(1)
            other = name.split('/')[0] if '/' in name else 'main'
            line = s.line_at(match.start())
            if name == 'platform.h':
                continue
            if '..' in name.split('/') or other not in ROOMS:
                yield s.path, line, 'include "%s" as "room/file.h"' % name
            elif ROOMS.index(other) > ROOMS.index(room):
                yield (s.path, line, '%s may not know %s (%s)'
                       % (room, other, name))


def rule_banned_calls(sources):
    for s in in_sources(sources):
        for match in re.finditer(r'\b(\w+)\s*\(', s.code):
            name = match.group(1)
            if name in BANNED:
                yield (s.path, s.line_at(match.start()),
                       '%s: %s' % (name, BANNED[name]))
            elif name == 'mmap':
                call = s.code[match.start():s.code.find(';', match.end())]
                if not re.search(r'\bMAP_ANON(YMOUS)?\b', call):
                    yield (s.path, s.line_at(match.start()),
                           'mmap: an input may shrink while it is read')


def rule_libraries_in_their_room(sources):
    for s in in_sources(sources):
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)',
                                 s.text, re.M):
            for header, owner in LIBRARIES:
                if (re.fullmatch(header, match.group(1)) and
                        not re.fullmatch(owner, s.path)):
                    yield (s.path, s.line_at(match.start()),
                           '%s belongs to %s' % (match.group(1), owner))


def rule_one_door_for_output(sources):
    for s in in_sources(sources):
        if re.fullmatch(PRINTERS, s.path) or s.path == 'src/screen/terminal.c':
            continue
        for match in re.finditer(PRINTING, s.code):
            yield (s.path, s.line_at(match.start()),
                   '%s outside write/ and main' %
                   match.group(0).rstrip('( \t'))


def rule_file_names(sources):
    for s in sources:
        name = os.path.splitext(os.path.basename(s.path))[0]
        if (re.match(r'(src|tests)/', s.path) and
                name in ('util', 'utils', 'common', 'misc', 'types', 'global',
                         'globals', 'helpers', 'acmtui')):
            yield s.path, 1, '%s tells nothing of what is in it' % name
        if s.path.startswith('src/') and not re.fullmatch(
                r'src/([a-z]+/)?[a-z0-9_]+\.(c|h|def)', s.path):
            yield s.path, 1, 'not src/room/file'


def rule_test_names(sources):
    units = {s.path for s in sources}
    for s in sources:
        match = re.fullmatch(r'tests/unit/(.*)\.c', s.path)
        if not match:
            continue
        parts = match.group(1).split('_')
        known = any(
            'src/%s/%s.%s' % (parts[0], '_'.join(parts[1:end]), kind) in units
            or 'src/%s.%s' % ('_'.join(parts[:end]), kind) in units
            for end in range(1, len(parts)) for kind in ('c', 'h'))
        if parts[-1] == 'test' and not known:
            yield s.path, 1, 'names no file of src: room_file_test.c'


def rule_nothing_exported_in_vain(sources):
    """What a header offers is called by another file, if only by a test."""
    used = {}
    for s in sources:
        if re.search(r'\.(c|h|def)$', s.path):
            own = {f[0] for f in functions(s)} if s.path[-1] == 'c' else ()
            used[s] = set(re.findall(r'\w+', s.code)).difference(own)
    for s in in_sources(sources, r'\.h$'):
        for match in re.finditer(r'^(?!static|typedef)[a-z][\w\s*]*?[ *](\w+)'
                                 r'\([^;{}]*\)[^;{}]*;', s.code, re.M):
            name = match.group(1)
            if (len(re.findall(r'\b%s\b' % name, s.code)) == 1 and
                    not any(name in used[f] for f in used if f is not s)):
                yield s.path, s.line_at(match.start(1)), name


def rule_file_length(sources):
    for s in sources:
        if not re.search(r'\.(c|h|def|py|sh)$', s.path):
            continue
        lines = length(s, s.lines[:-1])
        if (lines > FILE_LINES and
                not re.search(r'Over 600 lines:\s+\S', s.text[:2000])):
            yield s.path, FILE_LINES + 1, '%d lines' % lines


def rule_function_length(sources):
    for s in sources:
        if not re.search(r'\.[ch]$', s.path):
            continue
        for name, start, brace, end in functions(s):
            lines = length(s, s.lines[s.line_at(brace):s.line_at(end) - 1])
            if (lines > FUNCTION_LINES and
                    not re.search(r'Over 60 lines:\s+\S',
                                  comment_above(s, start))):
                yield (s.path, s.line_at(start), '%s has %d lines'
                       % (name, lines))


def rule_no_recursion(sources):
    calls, place = {}, {}
    for s in in_sources(sources, r'\.[ch]$'):
        here = list(functions(s))
        # A static of one file is not the static of another.
        local = {name for name, start, brace, end in here
                 if re.search(r'\bstatic\b', s.code[start:brace])}
        for name, start, brace, end in here:
            key = (s.path if name in local else '', name)
            used = set(re.findall(r'\b(\w+)\s*\(', s.code[brace:end]))
            calls[key] = {(s.path if u in local else '', u) for u in used}
            place[key] = (s, start)
    for key in sorted(calls):
        seen, waiting = set(), list(calls[key])
        while waiting:
            other = waiting.pop()
            if other in seen or other not in calls:
                continue
            seen.add(other)
            waiting.extend(calls[other])
        s, start = place[key]
        if key in seen and not re.search(r'Recursion:\s+\S',
                                         comment_above(s, start)):
            yield s.path, s.line_at(start), '%s calls itself' % key[1]


def rule_white_space(sources):
    for s in sources:
        if re.search(r'(^|/)data/|/corpus/|/screens/|/cli/', s.path):
            continue
        if b'\r' in s.bytes:
            yield s.path, 1, 'carriage returns'
        if s.bytes and not s.bytes.endswith(b'\n'):
            yield s.path, len(s.lines), 'no line break at the end'
        if s.bytes.endswith(b'\n\n'):
            yield s.path, len(s.lines) - 1, 'empty lines at the end'
        for number, line in enumerate(s.lines, 1):
            if line != line.rstrip():
                yield s.path, number, 'white space at the end'
            if re.search(C, s.path):
                if re.match(r'\t* {8}', line):
                    yield s.path, number, 'indented by spaces'
                elif re.match(r'\t* +\t', line):
                    yield s.path, number, 'spaces before a tab'
                if len(line.expandtabs(8)) > COLUMNS and not table(s, line):
                    yield (s.path, number, '%d columns'
                           % len(line.expandtabs(8)))


def table(source, line):
    """A row of a table may be as wide as what stands in it."""
    return source.path.endswith('.def') or re.match(r'\s*[{"]', line)


def rule_nothing_left_to_do(sources):
    words = '|'.join(('TO' 'DO', 'FIX' 'ME', 'X' 'XX', 'HA' 'CK'))
    for s in sources:
        if re.search(r'(^|/)data/|/corpus/', s.path):
            continue
        for match in re.finditer(r'\b(%s)\b' % words, s.unquoted):
            yield s.path, s.line_at(match.start()), match.group(0)


def rule_no_sleeps(sources):
    for s in sources:
        if not s.path.startswith('tests/'):
            continue
        if re.search(r'\.[ch]$', s.path):
            found = re.finditer(r'\b(sleep|usleep|nanosleep)\s*\(', s.code)
        elif s.path.endswith('.sh'):
            found = re.finditer(r'(?:^|[;&|({]|\b(?:do|then|else)\b)[ \t]*'
                                r'sleep[ \t]', s.text, re.M)
        else:
            found = re.finditer(r'\btime\.sleep\b', s.text)
        for match in found:
            yield (s.path, s.line_at(match.start()),
                   'a test waits for a mark, never for time')


def rule_top_comment(sources):
    for s in sources:
        if re.search(C, s.path):
            begins = s.text.startswith('/*')
        elif re.search(r'\.py$', s.path):
            begins = re.match(r'(#!.*\n)?(#[^\n]*\n)*("""|# )', s.text)
        elif re.search(r'\.sh$|^bootstrap$|^\.ci/run$', s.path):
            begins = re.match(r'#!.*\n# ', s.text)
        else:
            continue
        if not begins:
            yield s.path, 1, 'begins without saying what it owns'


def rule_structs_by_name(sources):
    for s in sources:
        for match in re.finditer(r'\btypedef\s+(struct|union)\b', s.code):
            yield s.path, s.line_at(match.start()), match.group(0)


def rule_no_banners(sources):
    for s in sources:
        if not re.search(r'\.(c|h|def|py|sh|ac|am)$', s.path):
            continue
        for number, line in enumerate(s.lines, 1):
            if re.match(r'\s*(/\*|\*|//|#|dnl)\s*[-=*#~]{3,}', line):
                yield s.path, number, 'a banner'


def rule_no_dead_code(sources):
    for s in sources:
        for match in re.finditer(r'^[ \t]*#[ \t]*if[ \t]+0\b', s.code, re.M):
            yield s.path, s.line_at(match.start()), '#if 0'
        if not re.search(r'\.[ch]$', s.path):
            continue
        for number, (line, code) in enumerate(
                zip(s.lines, s.code.split('\n')), 1):
            if not code.strip() and re.match(
                    r'\s*(//|/\*|\*)\s*(\w+\(.*\)|\w+ = .*|return.*);'
                    r'\s*(\*/)?\s*$', line):
                yield s.path, number, 'code in a comment'


def rule_no_host_paths(sources):
    for s in sources:
        if re.search(r'(^|/)data/|/corpus/', s.path):
            continue
        for match in re.finditer(r'(?<![\w.$})])/(home|Users|work|srv|mnt)/\w+',
                                 s.text):
            yield s.path, s.line_at(match.start()), match.group(0)


def rule_header_guards(sources):
    for s in in_sources(sources, r'\.h$'):
        parts = s.path[len('src/'):-2].split('/')
        guard = '_'.join(parts).upper() + '_H'
        if not re.search(r'^#ifndef %s\n#define %s$' % (guard, guard),
                         s.text, re.M):
            yield s.path, 1, 'no guard %s' % guard


def rule_platform_is_asked(sources):
    for s in sources:
        if not re.search(r'\.[ch]$', s.path):
            continue
        match = re.search(r'^[ \t]*#.*\b(HAVE_\w+|SANITIZED|COVERED)\b',
                          s.code, re.M)
        if match and '#include "platform.h"' not in s.text:
            yield (s.path, s.line_at(match.start()),
                   '%s without platform.h' % match.group(1))


TEST = re.compile(r'tests/.*(_test\.(c|py|sh)|\.e2e|\.screen)$')


def rule_every_file_is_built(sources):
    make = [s for s in sources if s.path == 'Makefile.am']
    if not make:
        return
    # What is run once more by the thread sanitizer is run by `make check` too.
    text = re.sub(r'^thread_tests = (.*\\\n)*.*\n', '', make[0].text,
                  flags=re.M)
    words = set(re.findall(r'[\w./$()-]+', text))
    words |= {w.replace('$(srcdir)/', '') for w in words}
    for s in sources:
        # A header that is missing there breaks `make distcheck` instead.
        if not re.match(r'(src|tests)/.*\.(c|py|sh|e2e|screen)$', s.path):
            continue
        path = re.sub(r'^(tests/.*)\.c$', r'\1', s.path)
        folders = path.split('/')
        above = {'/'.join(folders[:n]) for n in range(2, len(folders))}
        # A test that is only shipped with its folder is never run.
        if TEST.match(s.path):
            above = set()
        if not {path, s.path} & words and not above & words:
            yield s.path, 1, 'not in Makefile.am'


def symbols(archive):
    """(stem, name, global?, section) of what the library defines."""
    out = subprocess.run(['objdump', '-t', archive], check=True,
                         stdout=subprocess.PIPE).stdout.decode()
    stem = ''
    for line in out.split('\n'):
        member = re.match(r'(\S+)\.o:\s', line)
        if member:
            stem = member.group(1)
        match = re.match(r'[0-9a-f]+ (.{7}) (\S+)\t[0-9a-f]+\s+'
                         r'(?:\.hidden )?(\S+)$', line)
        if match and match.group(2) not in ('*UND*', '*ABS*'):
            flags, section, name = match.groups()
            if flags[5] in 'df' or name.startswith('.'):
                continue
            yield stem, name, flags[0] != 'l', section


def rule_exported_names(archive):
    for stem, name, exported, section in symbols(archive):
        parts = stem.split('_')
        heads = {'_'.join(parts[:n]) for n in range(1, len(parts) + 1)}
        if (exported and (stem, name) not in NAMES and
                not any(name == h or name.startswith(h + '_')
                        for h in heads)):
            yield stem + '.c', 0, '%s is exported' % name


def rule_no_globals(archive):
    for stem, name, exported, section in symbols(archive):
        mutable = (re.match(r'\.(data|bss|tdata|tbss)|\*COM\*', section) and
                   not section.startswith('.data.rel.ro'))
        plain = re.sub(r'\.\d+$', '', name)
        if mutable and (stem, plain) not in STATE:
            yield stem + '.c', 0, '%s is kept between calls' % plain


def rule_shell(sources, root):
    paths = [s.path for s in sources
             if re.search(r'\.sh$|^bootstrap$|^\.ci/run$', s.path)]
    if paths:
        yield from complaints(['shellcheck', '-f', 'gcc'] + paths, root)


def rule_manual(sources, root):
    """Which other pages are installed says nothing of this one."""
    paths = [s.path for s in sources if re.match(r'man/.*\.\d$', s.path)]
    if paths:
        yield from (c for c in complaints(['mandoc', '-Tlint', '-Wstyle'] +
                                          paths, root)
                    if not re.search('outdated mandoc.db|'
                                     'referenced manual not found', c[2]))


def complaints(command, root):
    run = subprocess.run(command, cwd=root, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT)
    for line in run.stdout.decode('utf-8', 'replace').splitlines():
        match = re.match(r'(?:mandoc: )?([^:]+):(\d+):\d*:? *(.*)', line)
        if match:
            yield match.group(1), int(match.group(2)), match.group(3)
        elif line.strip():
            yield command[0], 0, line


def tree(root):
    """The files that people write, sorted."""
    found = []
    for name in ('README', 'NEWS', 'configure.ac', 'Makefile.am',
                 'bootstrap', '.ci/run'):
        if os.path.isfile(os.path.join(root, name)):
            found.append(name)
    for top in ('src', 'tests', 'man', 'data'):
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = sorted(f for f in folders if f[0] != '.' and
                                f != '__pycache__')
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root)
                if re.search(r'\.(c|h|def|py|sh|e2e|screen|\d)$', path):
                    found.append(path)
    return [Source(root, path) for path in found]


def run(root, archive=None):
    """[(rule, breaches)] and [(rule, why it was skipped)]."""
    sources, done, skipped = tree(root), [], []
    for name, rule in sorted(globals().items()):
        if not name.startswith('rule_'):
            continue
        title = name[len('rule_'):].replace('_', ' ')
        tool = {'rule_shell': 'shellcheck', 'rule_manual': 'mandoc',
                'rule_exported_names': 'objdump',
                'rule_no_globals': 'objdump'}.get(name)
        if tool == 'objdump' and archive is None:
            skipped.append((title, 'no plain build of the library to read'))
        elif tool and not shutil.which(tool):
            skipped.append((title, '%s is not installed' % tool))
        elif tool == 'objdump':
            done.append((title, list(rule(archive))))
        elif tool:
            done.append((title, list(rule(sources, root))))
        else:
            done.append((title, list(rule(sources))))
    return done, skipped


def main():
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    root = os.environ.get('ACMTUI_SOURCE') or here
    archive = os.path.join(os.environ.get('ACMTUI_BUILD', '.'),
                           'libacmtui.a')
    if os.environ.get('ACMTUI_INSTRUMENTED') or not os.path.exists(archive):
        archive = None
    done, skipped = run(root, archive)
    for title, breaches in done:
        for path, line, what in breaches:
            print('%s:%d: %s: %s' % (path, line, title, what))
    for title, why in skipped:
        print('SKIP: %s: %s' % (title, why))
    failed = sum(1 for title, breaches in done if breaches)
    print('%d passed, %d failed, %d skipped'
          % (len(done) - failed, failed, len(skipped)))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

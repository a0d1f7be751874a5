#!/bin/sh
# Looks at the built program: is what configure promised really in it?  What
# configure did not promise, because the compiler or the system has it not, is
# not asked for.
set -u
program=${ACMTUI_BUILD:-.}/acmtui
library=${ACMTUI_BUILD:-.}/libacmtui.a
passed=0 failed=0

if test -n "${ACMTUI_INSTRUMENTED-}"; then
	echo 'SKIP: an instrumented program is not what is installed'
	exit 77
fi
if ! command -v readelf >/dev/null || ! readelf -h "$program" >/dev/null; then
	echo 'SKIP: needs readelf and a program in ELF'
	exit 77
fi

# promise FLAG WHAT COMMAND...: when FLAG was given, COMMAND must succeed.
promise() {
	case " ${ACMTUI_HARDENING-} " in *" $1 "*) ;; *) return ;; esac
	what=$2
	shift 2
	if "$@"; then
		passed=$((passed + 1))
	else
		echo "FAIL: $what"
		failed=$((failed + 1))
	fi
}

says() {
	option=$1
	shift
	readelf -W "$option" "$program" | grep -q "$@"
}

calls() {
	readelf -W -s "$library" | grep -q "$@"
}

stack_is_data() {
	readelf -W -l "$program" | grep 'GNU_STACK' | grep -qv 'RWE'
}

promise -pie 'can be loaded anywhere' says -h 'Type: *DYN'
promise -Wl,-z,relro 'relocations become read-only' says -l 'GNU_RELRO'
promise -Wl,-z,now 'all symbols are bound at start' \
	says -d -e 'BIND_NOW' -e 'FLAGS_1.*NOW'
promise -Wl,-z,noexecstack 'the stack is not executable' stack_is_data
promise -fstack-protector-strong 'stacks are guarded' \
	calls 'UND __stack_chk_fail'
promise -D_FORTIFY_SOURCE=3 'library calls are checked' \
	calls 'UND __[a-z]*_chk$'

if test $((passed + failed)) = 0; then
	echo 'SKIP: configure promised nothing'
	exit 77
fi
echo "$passed passed, $failed failed"
test $failed = 0

#!/bin/sh
# Promises of ./bootstrap about installing, tried with package managers that
# only write down how they were called, in a world where nothing else is
# installed: what is called for each, what is said without root, and that
# nothing is called where nothing is missing.
set -u
source=${ACMTUI_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
world=$(mktemp -d "${TMPDIR:-/tmp}/acmtui.XXXXXX") || exit 1
trap 'rm -rf "$world"' EXIT
passed=0 failed=0

# expect WHAT COMMAND...
expect() {
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		echo "FAIL: $what"
		sed 's/^/    /' "$world/calls" "$world/said"
		failed=$((failed + 1))
	fi
}

# make_world MANAGER USER-ID: only what any system has, and the manager.
make_world() {
	rm -rf "${world:?}/bin"
	mkdir "$world/bin"
	for tool in awk cat dirname find getconf grep mktemp rm sed sh tail; do
		ln -s "$(command -v $tool)" "$world/bin/$tool"
	done
	printf '#!/bin/sh\necho %s "$@" >>"%s/calls"\n' "$1" "$world" \
		>"$world/bin/$1"
	printf '#!/bin/sh\necho %s\n' "$2" >"$world/bin/id"
	printf '#!/bin/sh\nexit 1\n' >"$world/bin/sudo"
	chmod +x "$world/bin/$1" "$world/bin/id" "$world/bin/sudo"
	: >"$world/calls"
}

# in_world COMMAND...: its exit status is in $status.
in_world() {
	env -i PATH="$world/bin" "$source/bootstrap" "$@" \
		>"$world/out" 2>"$world/said" </dev/null
	status=$?
}

called() {
	grep -q -e "$1" "$world/calls"
}

said() {
	grep -q -e "$1" "$world/said"
}

is_not_said() {
	! said "$1"
}

# managers: how each is called, and what it calls two of the libraries.
while read -r manager first second third call; do
	make_world "$manager" 0
	in_world deps
	expect "$manager is called" called "^$call "
	for package in "$first" "$second" "$third"; do
		expect "$manager installs $package" \
			called "^$call .*$package\( \|$\)"
	done
	expect "what $manager did not install is named" said 'still missing'
	expect "$manager: status 2" test "$status" = 2
	expect "$manager: nothing on standard output" test ! -s "$world/out"
done <<'END'
apt-get libcjson-dev libisal-dev ncurses-term apt-get install -y --no-install-recommends
dnf cjson-devel isa-l-devel ncurses-term dnf install -y
pacman cjson isa-l shellcheck pacman -Sy --noconfirm --needed
apk cjson-dev isa-l-dev ncurses-terminfo apk add
brew cjson isa-l utf8proc brew install
END

make_world apt-get 1000
in_world run
expect 'without root nothing is called' test ! -s "$world/calls"
expect 'without root the command is told' \
	said '^    apt-get update && apt-get install -y .*libcjson-dev'
expect 'without root run needs no test library' \
	is_not_said cmocka
expect 'without root status 2' test "$status" = 2
expect 'without root nothing on standard output' test ! -s "$world/out"

make_world unknown 0
in_world check
expect 'without a manager the needs are named' said 'install: .*libcjson'
expect 'without a manager status 2' test "$status" = 2

in_world
expect 'without a command it says which there are' said 'bootstrap check'
expect 'without a command status 2' test "$status" = 2

make_world apt-get 0
(PATH="$world/bin:$PATH" "$source/bootstrap" deps >"$world/out" \
	2>"$world/said" </dev/null)
status=$?
if test "$status" = 0; then
	expect 'nothing is called where nothing is missing' \
		test ! -s "$world/calls"
	expect 'nothing is said where nothing is missing' \
		test ! -s "$world/said"
else
	echo 'SKIP: something that acmtui needs is missing here'
	echo "$passed passed, $failed failed, 1 skipped"
	test $failed = 0
	exit
fi
echo "$passed passed, $failed failed"
test $failed = 0

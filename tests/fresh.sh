#!/bin/sh
# Tries what a newcomer meets: makes a bare Debian with nothing in it but git
# and ca-certificates, clones this tree into it, without the shared data beside
# it, and does there what the README begins with.  Run by `make check-fresh`;
# needs root, debootstrap and a mirror, takes minutes.
#
#   tests/fresh.sh [FOLDER]    FOLDER keeps the bare system for the next time
#
# Where packages come from is read from this machine at run time.  Mounts are
# made in a namespace of their own and end with it.
set -u
suite=${FRESH_SUITE:-bookworm}
source=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-${TMPDIR:-/tmp}/acmtui-fresh}
base=$folder/$suite
root=$folder/root

skip() {
	echo "SKIP: $*"
	exit 77
}

test "$(id -u)" = 0 || skip 'a bare system needs root'
for program in debootstrap unshare chroot git; do
	command -v $program >/dev/null || skip "needs $program"
done

# The first Debian mirror that this machine itself uses.
mirror() {
	cat /etc/apt/sources.list /etc/apt/sources.list.d/debian.* 2>/dev/null |
		sed -n 's/^URIs: *\([^ ]*\).*/\1/p
			s/^deb \(\[[^]]*\] \)*\([^ ]*\).*/\2/p' | head -n 1
}

make_base() {
	test ! -x "$base/usr/bin/git" || return 0
	echo "making a bare $suite in $base"
	mkdir -p "$folder"
	debootstrap --variant=minbase --include=git,ca-certificates \
		"$suite" "$base" "$(mirror)" >"$folder/debootstrap.log" 2>&1 ||
		{ tail "$folder/debootstrap.log"; exit 1; }
}

# The network and the packages as this machine has them.
copy_settings() {
	cp /etc/resolv.conf /etc/hosts "$root/etc/"
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.*; do
		test ! -f "$file" || cp "$file" "$root$file"
	done
	grep -l 'Acquire::' /etc/apt/apt.conf.d/* 2>/dev/null |
		while read -r file; do cp "$file" "$root$file"; done
}

# within COMMAND...: runs it in the clone, inside the bare system, without
# standard input.
within() {
	# The inner shell expands these.
	# shellcheck disable=SC2016
	unshare --mount --propagation private sh -c '
		root=$1
		shift
		mount -t proc proc "$root/proc" &&
		mount -t devpts -o newinstance,ptmxmode=0666 devpts \
			"$root/dev/pts" &&
		mount --bind "$root/dev/pts/ptmx" "$root/dev/ptmx" &&
		exec chroot "$root" "$@"
	' sh "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		HOME=/root ${http_proxy:+"http_proxy=$http_proxy"} \
		${https_proxy:+"https_proxy=$https_proxy"} \
		sh -c 'cd /opt/acmtui && "$@"' sh "$@" </dev/null
}

make_base
rm -rf "$root"
cp -a "$base" "$root"
copy_settings
git clone -q "$source" "$root/opt/acmtui" || exit 1

status=0
echo './bootstrap run </dev/null'
within ./bootstrap run >"$folder/run.out" || status=1
head -n 12 "$folder/run.out"
rows=$(wc -l <"$folder/run.out")
echo "$rows lines"
test "$rows" -gt 1 || status=1

echo './bootstrap check'
within ./bootstrap check || status=1
within sh tests/count.sh --strict build-check >"$folder/count.out" || status=1
grep '^FAIL' "$folder/count.out"

echo 'make install DESTDIR=/opt/there'
there=/opt/there/usr/local
within make -s -C build install DESTDIR=/opt/there >/dev/null || status=1
within $there/bin/acmtui --demo -o count || status=1
within mandoc $there/share/man/man1/acmtui.1 | head -n 4 | grep . || status=1
exit $status

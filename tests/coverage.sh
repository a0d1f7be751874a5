#!/bin/sh
# Says how much of each file and each room the tests ran, from what a build
# with --enable-coverage counted.  Run by `make coverage` in the build folder.
# Lines and branches are gcov's; headers count where they are included, so
# only .c files are listed, and those of which the program for faults has an
# object of its own count as in the program itself.  Fails when a room is below what it has to reach:
# 100 % of lines and 95 % of branches for what judges hostile bytes and
# secrets, 90 % of lines elsewhere.
set -u
gcov=${GCOV:-gcov}

find src -name '*.gcno' ! -name 'tests_faults_*' | sort | while read -r counts; do
	$gcov -n -b "$counts" 2>/dev/null
done | awk '
	function percent(part, whole) {
		return whole ? 100 * part / whole : 100
	}
	function row(name, l, ln, b, bn) {
		printf "%-32s %6.1f %% of %5d lines  %6.1f %% of %5d branches",
			name, percent(l, ln), ln, percent(b, bn), bn
	}
	function number_of(text) {
		sub(/.*:/, "", text)
		return text + 0
	}
	# What follows the block of a file is the sum with its headers.
	/^(Calls executed|No calls)/ { file = "" }
	/^File / {
		file = ""
		if (match($0, /src\/[a-z0-9_\/]+[.]c/)) {
			file = substr($0, RSTART, RLENGTH)
			room = file
			sub(/^src\//, "", room)
			if (room !~ /\// || room ~ /^trail\/secret/)
				sub(/[.]c$/, "", room)
			else
				sub(/\/.*/, "", room)
		}
	}
	/^Lines executed/ && file != "" {
		lines = $NF
		run = lines * number_of($2) / 100
		files[++n] = file; of[file] = room
		l[file] = run; ln[file] = lines
		rl[room] += run; rln[room] += lines
	}
	/^Taken at least once/ && file != "" {
		branches = $NF
		text = $4
		sub(/.*:/, "", text)
		taken = branches * (text + 0) / 100
		b[file] = taken; bn[file] = branches
		rb[room] += taken; rbn[room] += branches
	}
	END {
		for (i = 1; i <= n; i++) {
			row(files[i], l[files[i]], ln[files[i]], b[files[i]],
				bn[files[i]])
			print ""
		}
		print ""
		for (i = 1; i <= n; i++) {
			room = of[files[i]]
			if (room in seen)
				continue
			seen[room] = 1
			strict = room ~ /^(json|text|trail\/secret)/
			row(room, rl[room], rln[room], rb[room], rbn[room])
			if (percent(rl[room], rln[room]) < (strict ? 99.95 : 90) ||
			    strict && percent(rb[room], rbn[room]) < 95) {
				printf "  too little"
				short = 1
			}
			print ""
		}
		if (!n) {
			print "nothing was counted: configure with --enable-coverage"
			short = 1
		}
		exit short
	}'

# Completes the command line of acmtui in fish.  Made by data/make-completions.

# The last of a list with commas between.
function __acmtui_list
	set -l before (string match -r -- '.*,' (commandline -ct \
		| string replace -r -- '^(--\w+=|-[cs])' ''))
	for column in glyph time event who from result target region certificate account source user-agent key session role via error message resources needs id request-id type category version read-only mfa tls vpce domain ioc finding container file
		echo -- "$before$column"
	end
end

complete -c acmtui -s f -l filter -x -d 'start with this filter'
complete -c acmtui -s F -l filter-file -r -F -d 'read the filter from FILE (-: standard input)'
complete -c acmtui -l iocs -r -F -d 'a list of indicators, one a line: `any in @iocs`, column ioc'
complete -c acmtui -l since -x -d 'from TIME on (2016-03-18, 2016-03-18T03, last-2h)'
complete -c acmtui -l until -x -d 'before TIME'
complete -c acmtui -s s -l sort -x -a '(__acmtui_list)' -d '-COLUMN for descending'
complete -c acmtui -s c -l columns -x -a '(__acmtui_list)' -d 'names from --list-columns, or any JSON path, with commas between'
complete -c acmtui -s o -l output -x -a 'table tsv csv ndjson json count values: summary report lifeline: profile: certificates coverage sessions findings' -d 'no screen: write to standard output and exit'
complete -c acmtui -l no-header -d 'no line of column names in table, tsv and csv'
complete -c acmtui -l csv-raw -d 'no \' before cells of csv that begin like a formula'
complete -c acmtui -s j -l jobs -x -d 'threads'
complete -c acmtui -l strict -d 'no relaxed reading'
complete -c acmtui -l max-inflate -x -d 'stop inflating a file at SIZE (512M, 2G, bytes; default: 2G)'
complete -c acmtui -l max-memory -x -d 'stop loading at SIZE'
complete -c acmtui -l local -d 'show local time'
complete -c acmtui -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c acmtui -l ascii -d 'draw with ASCII characters only'
complete -c acmtui -l theme -x -a 'dark light mono' -d 'colours for a dark or a light background, or mono for none'
complete -c acmtui -l notes -r -F -d 'marks and notes, by eventID: read at start, each written at once'
complete -c acmtui -l export-dir -x -a '(__fish_complete_directories)' -d 'where the screen\'s :w makes new files'
complete -c acmtui -l no-reveal -d 'on the screen: reveal no secret, whatever is typed'
complete -c acmtui -l unmask -d 'with -o only: write secrets in clear'
complete -c acmtui -l config -r -F -d 'default: $XDG_CONFIG_HOME/acmtui/config.json'
complete -c acmtui -l no-config -d 'read no configuration'
complete -c acmtui -l print-config -d 'print a configuration that changes nothing and exit'
complete -c acmtui -l no-sandbox -d 'do not give up rights after start'
complete -c acmtui -l demo -d 'open the sample trail that is installed with the program'
complete -c acmtui -l list-columns -d 'print the columns and exit'
complete -c acmtui -l list-keys -d 'print the keys and exit'
complete -c acmtui -s h -l help -d 'print this and exit'
complete -c acmtui -s V -l version -d 'print the version, the libraries and the sandbox, and exit'

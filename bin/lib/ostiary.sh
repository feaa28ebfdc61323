#!/bin/sh
# Starts Ostiary. "ostiary train" first, once, halves the time each later start takes; --help shows the arguments.
set -eu
HOME_FOLDER=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || printf '%s' "$0")")/.." && pwd -P)
. "$HOME_FOLDER/bin/lib/common.sh"
OPTIONS="$HOME_FOLDER/bin/lib/jvm.options"

find_jdk
if [ "${1:-}" = train ]; then
    [ -w "$HOME_FOLDER" ] || fail "The start-up cache is kept in $HOME_FOLDER, which this user cannot write."
    train_cache "$HOME_FOLDER" "$OPTIONS" "" || fail "The training failed; see $HOME_FOLDER/training/log."
    say "Done: $HOME_FOLDER/ostiary.aot. It is used until the program or the JDK changes."
    exit 0
fi
start_program "$HOME_FOLDER" "$OPTIONS" "" "$@"

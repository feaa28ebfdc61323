# Building from source. Sourced after common.sh, with ROOT set; POSIX sh.

BUILT="$ROOT/server/target"
OPTIONS="$ROOT/bin/lib/jvm.options"
PROGRAMS="$BUILT/postgres-programs"
CONSOLE="$ROOT/web/console"

# Something that goes into the program is newer than the program; folders count, for what was deleted from them.
build_is_stale() {
    [ -f "$BUILT/ostiary.jar" ] && [ -f "$BUILT/.built" ] || return 0
    _newer=$(
        cd "$ROOT"
        find pom.xml server/pom.xml server/src/main .mvn web/console \
            \( -name node_modules -o -name dist -o -name test-results \) -prune \
            -o -newer "$BUILT/.built" ! -path web/console -print | head -n 1
    )
    [ -n "$_newer" ]
}

build_console() {
    [ -f "$CONSOLE/package.json" ] || return 0
    find_node
    (
        cd "$CONSOLE"
        # the packages are installed again only when the list of them changed
        if [ ! -d node_modules ] || [ ! -f node_modules/.installed ] || [ package-lock.json -nt node_modules/.installed ]; then
            say "Installing the console's packages…"
            npm ci --no-audit --no-fund --loglevel=error >&2
            touch node_modules/.installed
        fi
        say "Building the console…"
        npm run build --silent >&2
    )
}

# Builds the program, tests left to bin/test, and makes its start-up cache.
build() {
    find_jdk
    mkdir -p "$BUILT"
    rm -f "$BUILT/.built"
    touch "$BUILT/.building"
    build_console
    rm -rf "$BUILT/classes/console" "$BUILT/classes/db" # or files of earlier builds would stay in the jar
    say "Building the server (the first time downloads its libraries)…"
    (cd "$ROOT" && ./mvnw -q -pl server -am -DskipTests -Dspotless.check.skip=true package) >&2
    mv "$BUILT/.building" "$BUILT/.built"
}

build_cache() {
    cache_is_fresh "$BUILT" "$OPTIONS" && return 0
    say "Preparing a fast start (once per build, about ten seconds)…"
    train_cache "$BUILT" "$OPTIONS" "$PROGRAMS" ||
        say "That did not work, so starting takes longer (see $BUILT/training/log)."
}

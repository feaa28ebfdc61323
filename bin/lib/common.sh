# What the commands of this folder share. Sourced, not run; POSIX sh.

JDK_NEEDED=25
NODE_NEEDED="20.19"

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# The number before the first dot of a JDK's version, read from its release file: no Java machine has to start for it.
jdk_major() {
    if [ -f "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    elif [ -x "$1/bin/java" ]; then
        "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
    fi
}

is_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    _major=$(jdk_major "$1")
    [ -n "$_major" ] && [ "$_major" -ge "$JDK_NEEDED" ]
}

# Where JDKs are put by packages, installers and version managers.
jdk_places() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    _java=$(command -v java 2>/dev/null) || _java=
    if [ -n "$_java" ]; then
        _java=$(readlink -f "$_java" 2>/dev/null) || _java=
        [ -z "$_java" ] || dirname "$(dirname "$_java")"
    fi
    if [ -x /usr/libexec/java_home ]; then
        /usr/libexec/java_home -v "$JDK_NEEDED+" 2>/dev/null || true
    fi
    for _place in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/lib/jvm/* /usr/local/openjdk-* \
        /opt/java/* /opt/jdk* /opt/openjdk* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* "${HOME:-/nonexistent}"/.asdf/installs/java/* \
        "${HOME:-/nonexistent}"/.jabba/jdk/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [ ! -d "$_place" ] || printf '%s\n' "$_place"
    done
}

# Sets and exports JAVA_HOME.
find_jdk() {
    _found=$(jdk_places 2>/dev/null | while IFS= read -r _place; do
        if is_jdk "$_place"; then
            printf '%s\n' "$_place"
            break
        fi
    done)
    if [ -z "$_found" ]; then
        say "Ostiary needs a JDK $JDK_NEEDED or newer, and none was found in JAVA_HOME, on the PATH or in the usual folders."
        say "Install one, for example:"
        say "  Debian, Ubuntu   apt install openjdk-25-jdk-headless (or temurin-25-jdk from packages.adoptium.net)"
        say "  Fedora           dnf install java-25-openjdk-devel"
        say "  macOS            brew install openjdk@25"
        say "  anywhere         https://adoptium.net/temurin/releases/?version=25"
        fail "or set JAVA_HOME to the folder of one that is installed elsewhere."
    fi
    if [ "${JAVA_HOME:-$_found}" != "$_found" ]; then
        say "JAVA_HOME ($JAVA_HOME) is not a JDK $JDK_NEEDED or newer; using $_found."
    fi
    JAVA_HOME=$_found
    MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow" # spares a page of warnings about Maven's own libraries
    export JAVA_HOME MAVEN_OPTS
}

is_node() {
    [ -x "$1/node" ] && [ -x "$1/npm" ] || return 1
    "$1/node" -e "
        const [major, minor] = process.versions.node.split('.').map(Number);
        const [needMajor, needMinor] = '$NODE_NEEDED'.split('.').map(Number);
        process.exit(major > needMajor || (major === needMajor && minor >= needMinor) ? 0 : 1);" 2>/dev/null
}

# Puts the folder of a Node that is new enough first on the PATH.
find_node() {
    _old_ifs=$IFS
    IFS=:
    for _place in $PATH; do
        IFS=$_old_ifs
        if is_node "$_place"; then
            PATH="$_place:$PATH"
            export PATH
            return
        fi
    done
    IFS=$_old_ifs
    for _place in \
        "${HOME:-/nonexistent}"/.nvm/versions/node/*/bin "${HOME:-/nonexistent}"/.local/share/fnm/node-versions/*/installation/bin \
        "${HOME:-/nonexistent}"/.volta/bin "${HOME:-/nonexistent}"/.asdf/installs/nodejs/*/bin \
        "${HOME:-/nonexistent}"/.local/share/mise/installs/node/*/bin \
        /usr/local/bin /opt/homebrew/bin /opt/node*/bin /usr/local/node*/bin /usr/local/lib/nodejs/*/bin \
        /opt/homebrew/opt/node*/bin /snap/bin; do
        if is_node "$_place"; then
            PATH="$_place:$PATH"
            export PATH
            return
        fi
    done
    say "Building Ostiary from source needs Node.js $NODE_NEEDED or newer with npm (for the console), and none was found"
    say "on the PATH or in the usual folders. Install one, for example:"
    say "  anywhere         https://nodejs.org/en/download"
    say "  macOS            brew install node"
    fail "The archive made by bin/package needs the JDK only."
}

# A value that changes when anything changes that the start-up cache was made from. The Java machine checks its own
# version, but not our jars: with a stale cache it would run the old classes without a word.
# $1: folder with ostiary.jar and lib/; $2: the options file
cache_key() {
    (
        cd "$1"
        pwd -P
        set -- "$1" "$2" ostiary.jar
        for _file in lib/*.jar; do
            case $_file in
            *embedded-postgres-binaries*) ;; # no classes in it, and half of all bytes
            *) set -- "$@" "$_file" ;;
            esac
        done
        _options=$2
        shift 2
        cksum "$@"
        cat "$_options"
        printf '%s\n' "${OSTIARY_JAVA_OPTIONS:-}" "$JAVA_HOME"
        cat "$JAVA_HOME/release" 2>/dev/null || "$JAVA_HOME/bin/java" -version 2>&1
    )
}

# Runs the program once on a throw-away data folder and keeps what the Java machine learned: the classes it loaded,
# parsed and linked. Starting takes half the time with it. Without it everything works too.
# $1: folder with ostiary.jar and lib/; $2: the options file; $3: folder that may hold PostgreSQL's programs, or empty
train_cache() {
    _home=$(cd "$1" && pwd -P)
    _work="$_home/training"
    rm -rf "$_work" "$_home/ostiary.aot" "$_home/ostiary.aot.key"
    mkdir -p "$_work"
    # the first life makes the data, the second one is watched: a start with existing data is what has to be fast
    if training_life "$_home" "$2" "$3" "-Xshare:auto" &&
        training_life "$_home" "$2" "$3" "-XX:AOTCacheOutput=$_work/ostiary.aot" &&
        [ -s "$_work/ostiary.aot" ]; then
        cache_key "$_home" "$2" >"$_work/key"
        mv "$_work/ostiary.aot" "$_home/ostiary.aot"
        mv "$_work/key" "$_home/ostiary.aot.key"
        rm -rf "$_work"
        return 0
    fi
    return 1
}

# $1: folder with ostiary.jar; $2: the options file; $3: folder for PostgreSQL's programs, or empty; $4: one more option
training_life() {
    # shellcheck disable=SC2086
    "$JAVA_HOME/bin/java" "@$2" ${OSTIARY_JAVA_OPTIONS:-} ${3:+"-Dostiary.postgres.programs=$3"} "$4" \
        -jar "$1/ostiary.jar" train "$1/training/data" >>"$1/training/log" 2>&1
}

# Reads 30 MB the first time and remembers a yes.
cache_is_fresh() {
    [ "${FRESH_CACHE:-}" != "$1" ] || return 0
    [ -f "$1/ostiary.aot" ] && [ -f "$1/ostiary.aot.key" ] &&
        [ "$(cache_key "$1" "$2")" = "$(cat "$1/ostiary.aot.key")" ] || return 1
    FRESH_CACHE=$1
}

# Becomes the program. $1: folder with ostiary.jar and lib/; $2: the options file; $3: folder for PostgreSQL's programs,
# or empty; the rest: the program's own arguments
start_program() {
    _home=$(cd "$1" && pwd -P)
    _options=$2
    _programs=$3
    shift 3
    _cache=
    if cache_is_fresh "$_home" "$_options"; then
        _cache="-XX:AOTCache=$_home/ostiary.aot"
    fi
    # shellcheck disable=SC2086
    exec "$JAVA_HOME/bin/java" "@$_options" ${OSTIARY_JAVA_OPTIONS:-} ${_cache:+"$_cache"} \
        ${_programs:+"-Dostiary.postgres.programs=$_programs"} \
        -jar "$_home/ostiary.jar" "$@"
}

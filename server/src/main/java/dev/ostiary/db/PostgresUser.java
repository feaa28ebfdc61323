package dev.ostiary.db;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs. It refuses to run as root, so a root program steps down first: into a user namespace where
 * it is nobody (the files stay root's), or, where the system forbids that (most containers), into the user that owns
 * the data folder.
 */
record PostgresUser(List<String> prefix, int uid, int gid) {

    /** Chooses the user for this folder and gives the folder to it. */
    static PostgresUser choose(Path dataFolder, Path postgresFolder) throws IOException {
        int self = (int) new UnixSystem().getUid();
        int selfGroup = (int) new UnixSystem().getGid();
        Path owned = Files.isDirectory(postgresFolder) ? postgresFolder : dataFolder;
        int owner = (int) Files.getAttribute(owned, "unix:uid");
        if (self != 0) {
            if (owner != self) {
                throw new StartFailure("The data folder " + dataFolder + " belongs to another user ("
                        + Files.getOwner(owned).getName() + "), and this program runs as "
                        + System.getProperty("user.name")
                        + ". Start it as that user, or set DATA_DIR to another folder.");
            }
            return new PostgresUser(List.of(), self, selfGroup);
        }
        if (owner != 0) {
            return stepDown(owner, (int) Files.getAttribute(owned, "unix:gid"));
        }
        PostgresUser nobody = new PostgresUser(List.of("unshare", "-U"), self, selfGroup);
        if (nobody.can("true")) {
            return nobody;
        }
        PostgresUser other = unprivilegedUser();
        // others may pass through the data folder, not list it; what is inside stays closed to them
        Files.setPosixFilePermissions(dataFolder, PosixFilePermissions.fromString("rwx--x--x"));
        return other;
    }

    private static PostgresUser stepDown(int uid, int gid) throws StartFailure {
        PostgresUser user = new PostgresUser(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs"), uid, gid);
        if (!user.can("true")) {
            throw new StartFailure("PostgreSQL does not run as root, and neither unshare nor setpriv could step down"
                    + " from it. Start the program as an ordinary user, or set DB_URL.");
        }
        return user;
    }

    private static PostgresUser unprivilegedUser() throws IOException {
        for (String name : List.of("postgres", "nobody")) {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.UTF_8)) {
                String[] fields = line.split(":");
                if (fields.length > 3 && fields[0].equals(name)) {
                    return stepDown(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
                }
            }
        }
        throw new StartFailure("PostgreSQL does not run as root, and this system has neither user namespaces nor a"
                + " user named postgres or nobody. Start the program as an ordinary user, or set DB_URL.");
    }

    boolean steppedDown() {
        return !prefix.isEmpty();
    }

    private boolean can(String command) {
        try {
            return run(Path.of("/"), List.of(command)).exit() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Gives a file or folder, with all in it, to this user. */
    void own(Path path) throws IOException {
        if ((int) Files.getAttribute(path, "unix:uid") == uid) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.toList();
        }
        for (Path one : all) {
            Files.setAttribute(one, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(one, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    record Result(int exit, String output) {}

    Result run(Path folder, List<String> command) throws IOException {
        Process process = launch(folder, command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException stop) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + command.getFirst() + " was running", stop);
        }
    }

    /** Starts with an almost empty environment: the program's own holds secrets, and PG* variables would mislead. */
    Process launch(Path folder, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Map<String, String> environment = builder.environment();
        String searched = environment.getOrDefault("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        environment.clear();
        environment.put("PATH", searched);
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return builder.start();
    }
}

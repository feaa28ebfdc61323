package dev.ostiary.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The migrations this program carries, compared with those a database has had. Most starts find them equal, and then
 * Flyway, a quarter of the work of a start, need not be loaded. Whatever else they find, Flyway judges.
 */
final class MigrationFiles {
    private static final String FOLDER = "db/migration";
    private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");

    private MigrationFiles() {}

    static boolean areAllApplied(Database.Settings settings) {
        try {
            Map<String, Integer> carried = carried();
            return !carried.isEmpty() && carried.equals(applied(settings));
        } catch (IOException | SQLException doubt) {
            return false;
        }
    }

    private static Map<String, Integer> applied(Database.Settings settings) throws SQLException {
        Map<String, Integer> applied = new HashMap<>();
        try (Connection connection =
                        DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
                Statement sql = connection.createStatement();
                ResultSet found = sql.executeQuery(
                        "SELECT version, CASE WHEN success THEN checksum END AS checksum FROM schema_history")) {
            while (found.next()) {
                applied.put(found.getString("version"), found.getInt("checksum"));
            }
        }
        return applied;
    }

    /** Checksums by version; empty if there is anything here that is not a plain versioned script. */
    private static Map<String, Integer> carried() throws IOException {
        ClassLoader loader = MigrationFiles.class.getClassLoader();
        Map<String, Integer> carried = new HashMap<>();
        for (String name : names(loader.getResource(FOLDER))) {
            Matcher script = NAME.matcher(name);
            if (!script.matches()) {
                return Map.of();
            }
            try (InputStream in = loader.getResourceAsStream(FOLDER + "/" + name)) {
                if (in == null || carried.put(script.group(1), checksum(in)) != null) {
                    return Map.of();
                }
            }
        }
        return carried;
    }

    private static List<String> names(@Nullable URL folder) throws IOException {
        if (folder == null) {
            return List.of();
        }
        if (folder.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(FOLDER + "/") && !name.endsWith("/"))
                    .map(name -> name.substring(FOLDER.length() + 1))
                    .toList();
        }
        try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    /** As Flyway reckons it: over the lines, without their ends. */
    private static int checksum(InputStream in) throws IOException {
        CRC32 sum = new CRC32();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return (int) sum.getValue();
    }
}

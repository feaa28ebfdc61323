package dev.ostiary.testing;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** Tests as pages of {@code docs/} name them: {@code `ClassTest#method`}. */
public final class NamedTests {
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern NAMED = Pattern.compile("`([\\w./]+)#(\\w+)`");
    private static final List<Class<? extends Annotation>> RUN =
            List.of(Test.class, ParameterizedTest.class, TestFactory.class);

    private NamedTests() {}

    /** What a page names. */
    public static List<MatchResult> on(Path page) throws IOException {
        return NAMED.matcher(Files.readString(page)).results().toList();
    }

    /** What a page names and is not there, or does not run. */
    public static Set<String> missing(Path page) throws IOException, ClassNotFoundException {
        Map<String, String> classes = classes();
        Set<String> missing = new TreeSet<>();
        for (MatchResult one : on(page)) {
            String found = classes.get(one.group(1));
            if (found == null || !runs(named(found), one.group(2))) {
                missing.add(one.group());
            }
        }
        return missing;
    }

    /** Tests of a package, {@code ClassTest#method} each, inherited ones too. */
    public static Set<String> in(String packageName) throws IOException, ClassNotFoundException {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, String> one : classes().entrySet()) {
            Class<?> type = one.getKey().contains(".") ? null : named(one.getValue());
            if (type != null && type.getPackageName().equals(packageName)) {
                methods(type)
                        .filter(NamedTests::runs)
                        .forEach(method -> names.add(one.getKey() + "#" + method.getName()));
            }
        }
        return names;
    }

    /** To look at, not to run: what its static fields start stays as it is. */
    private static Class<?> named(String name) throws ClassNotFoundException {
        return Class.forName(name, false, NamedTests.class.getClassLoader());
    }

    /** Full names by simple ones, and by the last part of the package where two classes share a name. */
    private static Map<String, String> classes() throws IOException {
        Map<String, String> classes = new HashMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            files.map(file -> TESTS.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .sorted()
                    .forEach(name -> {
                        String[] parts = name.split("\\.");
                        classes.put(parts[parts.length - 1], name);
                        classes.put(parts[parts.length - 2] + "." + parts[parts.length - 1], name);
                    });
        }
        return classes;
    }

    private static Stream<Method> methods(Class<?> type) {
        Stream<Method> own = Arrays.stream(type.getDeclaredMethods());
        Class<?> above = type.getSuperclass();
        return above == null ? own : Stream.concat(own, methods(above));
    }

    private static boolean runs(Class<?> type, String method) {
        return methods(type).anyMatch(one -> one.getName().equals(method) && runs(one));
    }

    private static boolean runs(Method method) {
        return RUN.stream().anyMatch(method::isAnnotationPresent) && !method.isAnnotationPresent(Disabled.class);
    }
}

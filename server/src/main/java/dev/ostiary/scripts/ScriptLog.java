package dev.ostiary.scripts;

import java.util.ArrayList;
import java.util.List;

/**
 * What one run says to its {@code console}, for whoever tries the script: it is told to them and kept nowhere, for it may
 * hold what the script was told of a user. A script that writes for ever fills no memory with it.
 */
public final class ScriptLog {
    static final int MOST_LINES = 100;
    static final int MOST_CHARACTERS = 16_384;

    private static final List<String> LEVELS = List.of("log", "info", "warn", "error", "debug", "trace");

    private final List<Line> lines = new ArrayList<>();
    private int characters;
    private boolean cut;

    /** @param level the function of {@code console} that was called */
    public record Line(String level, String text) {}

    /**
     * @param lines the first ones
     * @param cut whether there was more
     */
    public record Written(List<Line> lines, boolean cut) {}

    /** Takes what still fits; the thread of the run writes, another one may read already. */
    synchronized void add(String level, String text) {
        int left = MOST_CHARACTERS - characters;
        if (lines.size() == MOST_LINES || left == 0) {
            cut = true;
            return;
        }
        cut = cut || text.length() > left;
        String kept = text.length() > left ? text.substring(0, left) : text;
        characters += kept.length();
        lines.add(new Line(LEVELS.contains(level) ? level : LEVELS.getFirst(), kept));
    }

    synchronized Written written() {
        return new Written(List.copyOf(lines), cut);
    }
}

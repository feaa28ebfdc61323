package dev.ostiary.users;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Which characters of a password belong to something that is easily guessed. */
record PasswordCoverage(BitSet covered) {
    /** Two equal or neighbouring characters are in most good passwords. */
    private static final int SHORTEST_RUN = 3;

    private static final List<String> ROWS = List.of(
            "0123456789",
            "abcdefghijklmnopqrstuvwxyz",
            "qwertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "1qaz",
            "2wsx",
            "3edc",
            "4rfv",
            "5tgb",
            "6yhn",
            "7ujm",
            "8ik",
            "9ol");

    /** Three or more of the same character. */
    static PasswordCoverage ofRepetitions(String password) {
        BitSet covered = new BitSet();
        int start = 0;
        for (int end = 1; end <= password.length(); end++) {
            if (end == password.length() || password.charAt(end) != password.charAt(start)) {
                mark(covered, start, end);
                start = end;
            }
        }
        return new PasswordCoverage(covered);
    }

    /** Three or more neighbours of the alphabet, the digits or the keyboard, upper or lower case. */
    static PasswordCoverage ofSequences(String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        BitSet covered = new BitSet();
        for (String row : ROWS) {
            int start = 0;
            for (int end = 1; end <= lower.length(); end++) {
                if (end == lower.length() || !follows(row, lower.charAt(end - 1), lower.charAt(end))) {
                    mark(covered, start, end);
                    start = end;
                }
            }
        }
        return new PasswordCoverage(covered);
    }

    private static boolean follows(String row, char one, char next) {
        int at = row.indexOf(one);
        return at >= 0 && at + 1 < row.length() && row.charAt(at + 1) == next;
    }

    private static void mark(BitSet covered, int start, int end) {
        if (end - start >= SHORTEST_RUN) {
            covered.set(start, end);
        }
    }

    /** @param phrases in lower case, none of them empty */
    static PasswordCoverage ofPhrases(String password, List<String> phrases) {
        String lower = password.toLowerCase(Locale.ROOT);
        BitSet covered = new BitSet();
        for (String phrase : phrases) {
            for (int at = lower.indexOf(phrase); at >= 0; at = lower.indexOf(phrase, at + 1)) {
                covered.set(at, at + phrase.length());
            }
        }
        return new PasswordCoverage(covered);
    }

    int count() {
        return covered.cardinality();
    }

    /** Characters that at least one of them covers. */
    static int together(Collection<PasswordCoverage> all) {
        BitSet union = new BitSet();
        all.forEach(one -> union.or(one.covered));
        return union.cardinality();
    }
}

package dev.ostiary.pages;

import java.util.Optional;
import java.util.regex.Pattern;

/** An opaque colour, and how well it is read (WCAG 2.2, sections 1.4.3 and 1.4.11). */
record Colour(int red, int green, int blue) {
    static final Colour WHITE = new Colour(255, 255, 255);
    static final Colour BLACK = new Colour(0, 0, 0);
    /** What text needs. */
    static final double TEXT = 4.5;
    /** What lines and shapes need. */
    static final double SHAPE = 3;

    private static final Pattern HEX = Pattern.compile("#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");

    /** {@code #rgb} or {@code #rrggbb}; anything else is no colour, so nothing else gets into a style sheet. */
    static Optional<Colour> parse(String text) {
        if (!HEX.matcher(text).matches()) {
            return Optional.empty();
        }
        String digits = text.substring(1);
        if (digits.length() == 3) {
            digits = digits.replaceAll("(.)", "$1$1");
        }
        int rgb = Integer.parseInt(digits, 16);
        return Optional.of(new Colour(rgb >> 16, rgb >> 8 & 255, rgb & 255));
    }

    static Colour of(String hex) {
        return parse(hex).orElseThrow(() -> new IllegalArgumentException(hex));
    }

    /** 1 to 21. */
    double contrast(Colour other) {
        double mine = luminance();
        double theirs = other.luminance();
        return (Math.max(mine, theirs) + 0.05) / (Math.min(mine, theirs) + 0.05);
    }

    /** White or dark, whichever is readable on this; white where both are. Black and white cannot both fail. */
    Colour textOnIt(Colour dark) {
        if (contrast(WHITE) >= TEXT) {
            return WHITE;
        }
        return contrast(dark) >= TEXT ? dark : BLACK;
    }

    /** This colour, moved towards black or white as little as makes it stand out from every ground. */
    Colour readableOn(double ratio, Colour... grounds) {
        Colour target = grounds[0].luminance() > 0.18 ? BLACK : WHITE;
        for (int step = 0; step <= 40; step++) {
            Colour moved = mix(target, step / 40.0);
            boolean readable = true;
            for (Colour ground : grounds) {
                readable &= moved.contrast(ground) >= ratio;
            }
            if (readable) {
                return moved;
            }
        }
        return target;
    }

    /** @param share of the other, 0 to 1 */
    Colour mix(Colour other, double share) {
        return new Colour(mix(red, other.red, share), mix(green, other.green, share), mix(blue, other.blue, share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    String hex() {
        return String.format("#%02x%02x%02x", red, green, blue);
    }

    String withAlpha(String alpha) {
        return "rgb(" + red + " " + green + " " + blue + " / " + alpha + ")";
    }
}

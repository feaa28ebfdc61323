package dev.ostiary.crypto;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Verification of imported bcrypt digests; new ones are never made. */
final class Bcrypt {
    private static final Pattern FORMAT = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

    /** 2^14 rounds take about a second; each further step doubles it. */
    private static final int MOST_COST = 14;

    private Bcrypt() {}

    static boolean isTooCostly(String digest) {
        Matcher matcher = FORMAT.matcher(digest);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) > MOST_COST;
    }

    static boolean verify(byte[] password, String digest) {
        Matcher matcher = FORMAT.matcher(digest);
        if (!matcher.matches() || isTooCostly(digest)) {
            return false;
        }
        try {
            return OpenBSDBCrypt.checkPassword(digest, password);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}

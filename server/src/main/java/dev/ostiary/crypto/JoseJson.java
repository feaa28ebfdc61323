package dev.ostiary.crypto;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of tokens and keys. The library refuses a member that appears twice, but answers the text null with a null. */
final class JoseJson {
    private JoseJson() {}

    static Map<String, Object> object(String json) throws ParseException {
        return present(JSONObjectUtils.parse(json));
    }

    static List<Object> array(String json) throws ParseException {
        return present(JSONArrayUtils.parse(json));
    }

    static <T> T present(@Nullable T parsed) throws ParseException {
        if (parsed == null) {
            throw new ParseException("null", 0);
        }
        return parsed;
    }
}

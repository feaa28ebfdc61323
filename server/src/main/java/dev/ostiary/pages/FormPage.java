package dev.ostiary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision: a heading, fields, one button.
 *
 * @param lead key of the sentence under the heading that names the application
 * @param problem what is wrong with none of the fields
 * @param action path to which the form goes
 * @param token proves that the form is ours
 * @param singleSignOn where it is offered beside the form
 * @param terms key of the sentence about the terms, where nothing has to be ticked
 */
public record FormPage(
        Frame frame,
        String heading,
        String lead,
        @Nullable String problem,
        String action,
        String token,
        List<Field> fields,
        @Nullable Agreement agreement,
        String button,
        @Nullable SingleSignOn singleSignOn,
        @Nullable Other other,
        @Nullable String terms) {

    /** Of addresses of companies; null where nobody has to ask. */
    public @Nullable String lookup() {
        return singleSignOn == null ? null : singleSignOn.lookup();
    }

    /** Another way than this form. Keys of a sentence and of the words in it that are a link. */
    public record Other(String sentence, String link, String address) {}

    /**
     * The way to a company's own provider.
     *
     * @param address of the page that asks for the work address
     * @param lookup beginning of the address that tells scripts whether an e-mail address belongs to a company
     */
    public record SingleSignOn(String address, @Nullable String lookup) {}

    /** Terms that have to be agreed to. @param sentence its key */
    public record Agreement(String sentence, boolean isChecked, @Nullable String error, boolean isFocused) {
        public @Nullable String invalid() {
            return error == null ? null : "true";
        }

        public @Nullable String describedBy() {
            return error == null ? null : "agree-error";
        }
    }
}

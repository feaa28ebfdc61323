package dev.ostiary.pages;

/** On the way to a provider: goes on by itself. */
public record GoPage(Frame frame, String heading, String text, String link, String address) {
    /** What a browser is told to do at once. */
    public String refresh() {
        return "0;url=" + address;
    }
}

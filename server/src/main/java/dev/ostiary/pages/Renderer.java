package dev.ostiary.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

/** Templates, compiled with the program; each has one parameter, {@code page}. */
final class Renderer {
    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.ostiary.pages.generated");

    byte[] render(String template, Object page) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        engine.render("pages/" + template + ".jte", page, output);
        return output.toByteArray();
    }
}

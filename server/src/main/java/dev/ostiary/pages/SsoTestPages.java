package dev.ostiary.pages;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.Texts;
import dev.ostiary.http.Cookie;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.json.Json;
import dev.ostiary.pages.MessagePage.Fact;
import dev.ostiary.pages.TestPage.Claim;
import dev.ostiary.sso.EmailDomains;
import dev.ostiary.sso.SsoConnector;
import dev.ostiary.sso.SsoProfile;
import dev.ostiary.sso.SsoTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code /enterprise-sso/{connectorId}/test}: an administrator tries a connection and sees what the provider tells. */
final class SsoTestPages {
    private static final String COOKIE = "_sso_test";
    private static final int LONGEST_VALUE = 2000;

    private final Stages stages;
    private final Frames frames;
    private final Output output;
    private final SsoTests tests;

    SsoTestPages(Stages stages, Frames frames, Output output, SsoTests tests) {
        this.stages = stages;
        this.frames = frames;
        this.output = output;
        this.tests = tests;
    }

    /** Off to the provider. */
    Response open(Request request) {
        String id = request.param("connectorId");
        String callback = CallbackPages.path(id);
        try {
            SsoTests.Opened opened = tests.open(
                    request.tenant(),
                    id,
                    request.query().first("ticket").orElse(""),
                    request.site().origin() + callback);
            return Guard.kept(Response.seeOther(opened.authorizationUri().toString()))
                    .with(Cookie.lasting(COOKIE, opened.cookie(), callback, opened.lifetime()));
        } catch (AppException refusal) {
            return failed(stages.of(request, null), refusal);
        }
    }

    /** Back from it. Only in the browser that has opened the test. */
    Response finish(Request request, String connectorId, ProviderAnswer answer) {
        Stage stage = stages.of(request, null);
        Cookie spent = Cookie.removal(COOKIE, CallbackPages.path(connectorId));
        try {
            SsoTests.Finished finished = tests.finish(
                    request.tenant(),
                    connectorId,
                    answer.state(),
                    request.cookie(COOKIE).orElse(""),
                    answer.fields());
            return passed(stage, finished.connector(), finished.profile()).with(spent);
        } catch (AppException refusal) {
            return failed(stage, refusal).with(spent);
        }
    }

    private Response passed(Stage stage, SsoConnector connector, SsoProfile profile) {
        String heading = stage.say("sso.test.heading");
        Frame frame = frames.of(stage, heading);
        TestPage page = new TestPage(
                frame,
                heading,
                stage.say("sso.test.lead", Map.of("connector", connector.connectorName())),
                email(stage, connector, profile),
                result(stage, profile),
                claims(profile),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(profile.detail()));
        return output.of(200, stage, frame, "test", page);
    }

    /** Which claim will be the address of the account, and what follows from it. */
    private static List<String> email(Stage stage, SsoConnector connector, SsoProfile profile) {
        Optional<String> address = profile.email().or(profile::unverifiedEmail);
        if (address.isEmpty()) {
            return List.of(stage.say("sso.test.email.none"));
        }
        List<String> hints = new ArrayList<>();
        boolean isTrusted = profile.email().isPresent();
        hints.add(stage.say(isTrusted ? "sso.test.email.trusted" : "sso.test.email.untrusted"));
        String domain = EmailDomains.of(address.get()).orElse("");
        if (!connector.domains().isEmpty() && !connector.domains().contains(domain)) {
            hints.add(stage.say("sso.test.email.other_domain", Map.of("domain", domain)));
        }
        return hints;
    }

    /** What an account would be made of. */
    private static List<Claim> result(Stage stage, SsoProfile profile) {
        List<Claim> result = new ArrayList<>();
        result.add(new Claim(stage.say("sso.test.issuer"), bounded(profile.issuer())));
        result.add(new Claim(stage.say("sso.test.id"), bounded(profile.identityId())));
        String nothing = stage.say("sso.test.nothing");
        result.add(new Claim(
                stage.say("sso.test.email"),
                profile.email().map(SsoTestPages::bounded).orElse(nothing)));
        result.add(new Claim(
                stage.say("sso.test.name"),
                profile.name().map(SsoTestPages::bounded).orElse(nothing)));
        result.add(new Claim(
                stage.say("sso.test.avatar"),
                profile.avatar().map(SsoTestPages::bounded).orElse(nothing)));
        return result;
    }

    private static List<Claim> claims(SsoProfile profile) {
        return profile.detail().properties().stream()
                .map(entry -> new Claim(bounded(entry.getKey()), bounded(text(entry.getValue()))))
                .toList();
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : Json.write(value);
    }

    private static String bounded(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    /** Told in full: who reads it can mend it. */
    private Response failed(Stage stage, AppException refusal) {
        ProviderFault fault = ProviderFault.of(refusal);
        boolean isOver = refusal.code().equals("single_sign_on.test_expired");
        String heading = stage.say(isOver ? "sso.test.over.heading" : "sso.test.failed.heading");
        List<String> texts = new ArrayList<>();
        if (isOver) {
            texts.add(stage.say("sso.test.over.text"));
        } else {
            String language = stage.phrases().language();
            texts.add(fault.fault()
                    .map(known -> known.text(language))
                    .orElseGet(() -> Texts.of(refusal.code(), language, refusal.interpolation())));
        }
        texts.add(stage.say("sso.test.failed.next"));
        Frame frame = frames.of(stage, heading);
        List<Fact> facts = SsoFaultPages.facts(stage, isOver ? Optional.empty() : fault.code());
        MessagePage page = new MessagePage(frame, heading, texts, null, null, List.of(), null, facts);
        return output.of(isOver ? 400 : 200, stage, frame, "message", page);
    }
}

package dev.ostiary.oidc.authorize;

import dev.ostiary.db.Database;
import dev.ostiary.http.Params;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.DeviceCode;
import dev.ostiary.oidc.DeviceCodes;
import dev.ostiary.oidc.OAuthException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The requests of devices: checked when the device asks, and gone on with when its user has confirmed the code. */
public final class DeviceRequests {
    private final Authorize authorize;
    private final DeviceAnswers answers;
    private final DeviceCodes codes;
    private final Database database;

    public DeviceRequests(Authorize authorize, DeviceAnswers answers, DeviceCodes codes, Database database) {
        this.authorize = authorize;
        this.answers = answers;
        this.codes = codes;
        this.database = database;
    }

    /**
     * What a device asks for, to be stored.
     *
     * @param device id of its code
     * @throws OAuthException as the authorization endpoint refuses
     */
    public ObjectNode check(String tenant, Params form, String clientId, String device) {
        AuthorizeParams params = AuthorizeParams.of(Params.NONE, form.with("client_id", clientId))
                .of(device);
        authorize.check(tenant, params);
        return params.toJson();
    }

    /** Where the person compares the code. @param query what the page is told besides whose it is */
    public String comparePage(DeviceCode device, Map<String, String> query) {
        return DeviceAnswers.page(AuthorizeParams.stored(device.params()), query);
    }

    /**
     * The person says no. Empty if somebody else has decided.
     *
     * @param language which they have chosen, of ours
     */
    public Optional<Response> decline(Request request, DeviceCode device, byte[] browser, @Nullable String language) {
        AuthorizeParams params = AuthorizeParams.stored(device.params()).in(language);
        return database.write(
                request.tenant(),
                tx -> codes.confirm(tx, device.id(), browser)
                        ? Optional.of(answers.declined(tx, request, params))
                        : Optional.empty());
    }

    /**
     * The person says yes: now who they are has to be known. Empty if another browser was first, or it is too late.
     *
     * @param browser that goes on, and no other (AZ6)
     * @param language which the person has chosen, of ours: more than what the device has asked for
     */
    public Optional<Response> confirm(Request request, DeviceCode device, byte[] browser, @Nullable String language) {
        String tenant = request.tenant();
        if (!database.write(tenant, tx -> codes.confirm(tx, device.id(), browser))) {
            return Optional.empty();
        }
        AuthorizeParams params = AuthorizeParams.stored(device.params()).in(language);
        try {
            AuthorizeRequest asked = authorize.check(tenant, params);
            Wanted wanted = authorize.wanted(tenant, asked);
            return Optional.of(database.write(tenant, tx -> authorize.begin(tx, request, asked, wanted)));
        } catch (OAuthException refusal) {
            return Optional.of(authorize.refuse(request, params, refusal));
        }
    }
}

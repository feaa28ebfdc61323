package dev.ostiary.experience;

import dev.ostiary.access.Caller;
import dev.ostiary.db.Database;
import dev.ostiary.errors.ErrorCode;
import dev.ostiary.events.Event;
import dev.ostiary.events.Events;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.http.Upload;
import dev.ostiary.http.UploadError;
import dev.ostiary.tenants.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Uploads of sign-in pages. */
public final class CustomUiRoutes {
    private static final int MOST = 20 << 20;
    private static final Set<String> TYPES =
            Set.of("", "application/zip", "application/x-zip-compressed", "application/octet-stream");

    /** An upload takes up to 50 MB while it is unpacked: the rest of them wait. */
    private final Semaphore unpacking = new Semaphore(2);

    private final Database database;
    private final CustomUi customUi;
    private final Events events;

    public CustomUiRoutes(Database database, CustomUi customUi, Events events) {
        this.database = database;
        this.customUi = customUi;
        this.events = events;
    }

    private enum Refusal implements ErrorCode {
        NOT_FOR_ADMIN_TENANT;

        @Override
        public String code() {
            return "guard.not_allowed_for_admin_tenant";
        }

        @Override
        public int status() {
            return 400;
        }
    }

    /** Routes behind the access filter. */
    public void mount(Routes api) {
        api.post("/sign-in-exp/default/custom-ui-assets", this::upload)
                .documented("UploadCustomUiAssets", "Sign-in experience")
                .takesFile("file")
                .answers(200, SignInExperienceJson.Uploaded.class)
                .answers(400, 401, 403);
    }

    private Response upload(Request request) {
        if (request.tenant().equals(Tenants.ADMIN)) {
            // A page that does not work would keep out those who could take it back.
            throw Refusal.NOT_FOR_ADMIN_TENANT.exception();
        }
        Upload upload = Upload.read(request, "file", MOST);
        if (!TYPES.contains(mediaType(upload.contentType()))) {
            throw UploadError.MIME_TYPE_NOT_ALLOWED.exception(Map.of("allowed", List.of("application/zip")));
        }
        unpacking.acquireUninterruptibly();
        try {
            return Response.json(new SignInExperienceJson.Uploaded(keep(request, upload)));
        } finally {
            unpacking.release();
        }
    }

    private String keep(Request request, Upload upload) {
        List<CustomUiFile> files = CustomUiZip.read(upload.content());
        Caller caller = Caller.of(request);
        Event told = Event.of("SignInExperience.CustomUi.Uploaded")
                .application(caller.clientId())
                .from(request)
                .with("files", files.size());
        return database.write(request.tenant(), tx -> {
            String id = customUi.keep(tx, files);
            Event event = told.with("customUiAssetId", id);
            events.publish(tx, caller.isApplication() ? event : event.user(caller.subject()));
            return id;
        });
    }

    private static String mediaType(String header) {
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}

package dev.ostiary.pages;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import dev.ostiary.applications.Applications;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.oidc.UserCode;
import dev.ostiary.tenants.Tenants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code /device-demo-app}: plays a device, to try the sign-in with, and to read how one is made. */
final class DeviceDemoPages {
    static final String PATH = "/device-demo-app";
    static final String QR = PATH + "/qr.svg";

    /** Modules of white around the code, by which readers find it (ISO/IEC 18004). */
    private static final int QUIET = 4;

    private final Stages stages;
    private final Frames frames;
    private final Assets assets;
    private final Output output;

    DeviceDemoPages(Stages stages, Frames frames, Assets assets, Output output) {
        this.stages = stages;
        this.frames = frames;
        this.assets = assets;
        this.output = output;
    }

    Response show(Request request) {
        requireAudience(request);
        Stage stage = stages.of(request, null);
        Frame frame = frames.of(stage, stage.say("device.demo.title"), List.of(assets.address("device-demo.js")));
        return output.of(
                200,
                stage,
                frame,
                "devicedemo",
                new DeviceDemoPage(frame, Applications.DEVICE_DEMO, DevicePages.PATH, QR));
    }

    /** Of the address with the code in it, and of no other: this is no maker of pictures for anybody. */
    Response qr(Request request) {
        requireAudience(request);
        UserCode code = UserCode.typed(request.query().first("user_code").orElse(""))
                .orElseThrow(PageError.NO_SUCH_PAGE::exception);
        String svg = svg(request.site().origin() + DevicePages.PATH + "?user_code=" + code.shown());
        return Response.bytes(200, "image/svg+xml", svg.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store")
                .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    /** Administrators are no audience for demonstrations. */
    private static void requireAudience(Request request) {
        if (request.tenant().equals(Tenants.ADMIN)) {
            throw PageError.NO_SUCH_PAGE.exception();
        }
    }

    private static String svg(String text) {
        ByteMatrix modules;
        try {
            modules = Encoder.encode(text, ErrorCorrectionLevel.M, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
                    .getMatrix();
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
        int size = modules.getWidth() + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + ' ' + size
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size
                + "H0z\"/><path d=\"" + path + "\"/></svg>";
    }
}

package dev.ostiary.mfa;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** A text as a QR code, as a PNG with one bit a pixel. */
final class QrCode {
    private static final int PIXELS = 200;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private QrCode() {}

    /** {@code data:image/png;base64,…} */
    static String dataUri(String text) {
        try {
            BitMatrix code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, PIXELS, PIXELS);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(code));
        } catch (WriterException e) {
            throw new IllegalArgumentException("Too long for a QR code", e);
        }
    }

    private static byte[] png(BitMatrix code) {
        try {
            ByteArrayOutputStream image = new ByteArrayOutputStream();
            image.write(SIGNATURE);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(code.getWidth());
            fields.writeInt(code.getHeight());
            // one bit of grey, deflate, the usual filters, not interlaced
            fields.write(new byte[] {1, 0, 0, 0, 0});
            chunk(image, "IHDR", header.toByteArray());
            chunk(image, "IDAT", deflated(code));
            chunk(image, "IEND", new byte[0]);
            return image.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of bits, 1 for white, each after a byte that says that it is not filtered. */
    private static byte[] deflated(BitMatrix code) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream rows = new DeflaterOutputStream(data)) {
            for (int y = 0; y < code.getHeight(); y++) {
                byte[] row = new byte[1 + (code.getWidth() + 7) / 8];
                for (int x = 0; x < code.getWidth(); x++) {
                    if (!code.get(x, y)) {
                        row[1 + x / 8] |= (byte) (0x80 >> x % 8);
                    }
                }
                rows.write(row);
            }
        }
        return data.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream image, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        DataOutputStream out = new DataOutputStream(image);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) sum.getValue());
    }
}

package dev.ostiary.http;

import dev.ostiary.errors.AppException;
import dev.ostiary.errors.CommonError;
import dev.ostiary.json.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * A file that came in a form ({@code multipart/form-data}, RFC 7578). Read in memory, never written to a disk.
 *
 * @param contentType as the client says: a hint, not a fact
 */
public record Upload(String contentType, byte[] content) {
    /** For the names and boundaries around the file. */
    private static final int ENVELOPE = 65_536;

    private static final int MOST_PARTS = 16;

    /**
     * @param field the one file of the form; other fields are not looked at
     * @param most bytes of the file
     * @throws AppException 400 {@code guard.file_size_exceeded}; 400 {@code guard.invalid_input} for what is no such
     *     form, without the file, or with two
     */
    public static Upload read(Request request, String field, int most) {
        byte[] body = body(request, most);
        Upload found = null;
        try {
            FileItemInputIterator parts = new Reader().getItemIterator(new Form(request, body));
            for (int count = 0; parts.hasNext(); count++) {
                FileItemInput part = parts.next();
                if (count == MOST_PARTS || (found != null && field.equals(part.getFieldName()))) {
                    throw Shape.invalid("More than one file", field);
                }
                if (field.equals(part.getFieldName()) && !part.isFormField()) {
                    found = new Upload(Objects.requireNonNullElse(part.getContentType(), ""), content(part, most));
                }
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw Shape.invalid("The body is no multipart/form-data that can be read", field);
        }
        if (found == null) {
            throw Shape.invalid("A file is required", field);
        }
        return found;
    }

    private static byte[] body(Request request, int most) {
        if (!request.contentType().equals("multipart/form-data")) {
            throw Shape.invalid("Expected multipart/form-data");
        }
        try {
            return request.body(most + ENVELOPE);
        } catch (AppException refusal) {
            throw refusal.error() == CommonError.BODY_TOO_LARGE ? tooLarge(most) : refusal;
        }
    }

    private static byte[] content(FileItemInput part, int most) throws IOException {
        try (InputStream stream = part.getInputStream()) {
            byte[] content = stream.readNBytes(most + 1);
            if (content.length > most) {
                throw tooLarge(most);
            }
            return content;
        }
    }

    private static AppException tooLarge(int most) {
        return UploadError.FILE_SIZE_EXCEEDED.exception(Map.of("limit", most));
    }

    private record Form(Request request, byte[] body) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public long getContentLength() {
            return body.length;
        }

        @Override
        public @Nullable String getContentType() {
            return request.header("Content-Type");
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }

    /** Only the library's iterator is used, which reads part by part and makes no files. */
    private static final class Reader extends AbstractFileUpload<RequestContext, DiskFileItem, DiskFileItemFactory> {
        @Override
        public FileItemInputIterator getItemIterator(RequestContext form) throws FileUploadException, IOException {
            return super.getItemIterator(form);
        }

        @Override
        public Map<String, List<DiskFileItem>> parseParameterMap(RequestContext form) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DiskFileItem> parseRequest(RequestContext form) {
            throw new UnsupportedOperationException();
        }
    }
}

package dev.postern.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postern.testing.TestRequest;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/**
 * Whatever is sent to sign in: a name and a password, the same in both forms, or a sentence. The first line of an input is the
 * content type, and the rest the body.
 */
class SignInBodyFuzz {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    /** What is read from less is surely written in less than the 8 KiB that a body may have. */
    private static final int SHORT = 200;

    @Tag("S-20")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void read(byte[] input) throws IOException {
        int end = new String(input, StandardCharsets.ISO_8859_1).indexOf('\n');
        String type = new String(input, 0, Math.max(0, end), StandardCharsets.ISO_8859_1);
        SignInBody body;
        try {
            body = read(type, Arrays.copyOfRange(input, end + 1, input.length));
        } catch (FormBody.MalformedBodyException e) {
            assertThat(e).message().isNotEmpty();
            return;
        }
        assertThat(body.username()).isNotBlank();
        assertThat(body.password()).isNotBlank();
        if (input.length < SHORT && isText(body.username()) && isText(body.password())) {
            isReadAlikeInBothForms(body);
        }
    }

    private static void isReadAlikeInBothForms(SignInBody body) throws IOException {
        try {
            assertThat(read(FORM, form(body).getBytes(StandardCharsets.UTF_8))).isEqualTo(body);
            assertThat(read(JSON, json(body).getBytes(StandardCharsets.UTF_8))).isEqualTo(body);
        } catch (FormBody.MalformedBodyException e) {
            throw new AssertionError(e);
        }
    }

    private static SignInBody read(String type, byte[] body) throws IOException, FormBody.MalformedBodyException {
        return SignInBody.read(new TestRequest().body(type, body).get());
    }

    private static String form(SignInBody body) {
        return "username=" + URLEncoder.encode(body.username(), StandardCharsets.UTF_8) + "&password="
                + URLEncoder.encode(body.password(), StandardCharsets.UTF_8) + "&remember=" + body.isRemembered();
    }

    private static String json(SignInBody body) {
        return Json.createObjectBuilder()
                .add("username", body.username())
                .add("password", body.password())
                .add("remember", body.isRemembered())
                .build()
                .toString();
    }

    /** JSON can spell half a character, which UTF-8 cannot. */
    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}

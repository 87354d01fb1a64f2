package dev.postern.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.testing.TestRequest;
import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInBodyTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    @Test
    void readsAForm() throws Exception {
        assertThat(read(FORM, "username=ann&password=a%26b%3Dc+%C3%A4&remember=on&csrf=x"))
                .isEqualTo(new SignInBody("ann", "a&b=c ä", true));
    }

    @Test
    void readsJson() throws Exception {
        assertThat(read(JSON + "; charset=utf-8", "{\"username\":\"ann\",\"password\":\"p:w\",\"remember\":false}"))
                .isEqualTo(new SignInBody("ann", "p:w", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                FORM + "| username=ann | password is missing",
                FORM + "| password=x | username is missing",
                FORM + "| username=&password=x | username is missing",
                FORM + "| username=ann&password=x&username=bob | username occurs twice",
                FORM + "| username=ann&password | not a form",
                FORM + "| username=%zz&password=x | not a form",
                FORM + "| username=ann&password=x&remember=maybe | remember is true or false",
                JSON + "| {\"username\":\"ann\" | not a JSON object",
                JSON + "| [] | not a JSON object",
                JSON + "| {\"username\":1,\"password\":\"x\"} | are texts",
                JSON + "| {\"username\":null,\"password\":\"x\"} | are texts",
                "text/plain | ann:x | application/json or as",
                "'' | ann:x | application/json or as",
            })
    void refusesTheRestWithASentence(String type, String body, String sentence) {
        assertThatThrownBy(() -> read(type, body))
                .isInstanceOf(FormBody.MalformedBodyException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatThrownBy(() -> read(JSON, "{\"x\":" + "[".repeat(4_000)))
                .isInstanceOf(FormBody.MalformedBodyException.class)
                .hasMessageContaining("not a JSON object");
    }

    @Test
    @Tag("A6")
    void readsTheFieldsOfAFormThatTheServerHasReadAlready() throws Exception {
        assertThat(SignInBody.read(alreadyRead("ann", "p&w")
                        .answer("getQueryString", "page=1")
                        .get()))
                .isEqualTo(new SignInBody("ann", "p&w", false));
    }

    @ParameterizedTest
    @Tag("A6")
    @ValueSource(strings = {"username=ann", "x=1&user%6eame", "password=x", "remember"})
    void refusesFieldsThatMayHaveStoodInTheAddress(String query) {
        TestRequest request = alreadyRead("ann", "x").answer("getQueryString", query);
        TestRequest forwarded = alreadyRead("ann", "x");
        forwarded.get().setAttribute(RequestDispatcher.FORWARD_QUERY_STRING, query);

        for (TestRequest each : List.of(request, forwarded)) {
            assertThatThrownBy(() -> SignInBody.read(each.get()))
                    .isInstanceOf(FormBody.MalformedBodyException.class)
                    .hasMessageContaining("not in the address");
        }
    }

    @Test
    @Tag("A6")
    void refusesMoreThan8KiBThatTheServerHasReadAlready() {
        TestRequest request = alreadyRead("ann", "x".repeat(8 * 1024));

        assertThatThrownBy(() -> SignInBody.read(request.get())).hasMessageContaining("at most 8192 bytes");
    }

    /** A form whose body is gone. */
    private static TestRequest alreadyRead(String username, String password) {
        return new TestRequest()
                .body(FORM, "")
                .answer(
                        "getParameterMap",
                        Map.of("username", new String[] {username}, "password", new String[] {password}));
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws Exception {
        assertThat(read(JSON, "{\"username\":\"ann\",\"password\":\"x\",\"more\":[1]}"))
                .isEqualTo(new SignInBody("ann", "x", false));
    }

    @Test
    void refusesMoreThan8KiB() {
        assertThatThrownBy(() -> read(FORM, "username=ann&password=" + "x".repeat(8 * 1024)))
                .hasMessageContaining("at most 8192 bytes");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] broken = {'{', (byte) 0xC3, '}'};

        assertThatThrownBy(() ->
                        SignInBody.read(new TestRequest().body(JSON, broken).get()))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new SignInBody("ann", "secret", false)).hasToString("SignInBody[hidden]");
    }

    private static SignInBody read(String type, String body) throws IOException, FormBody.MalformedBodyException {
        return SignInBody.read(new TestRequest().body(type, body).get());
    }
}

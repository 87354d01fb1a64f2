package dev.postern.http.endpoint;

import dev.postern.http.answer.JsonFactory;
import dev.postern.http.endpoint.FormBody.MalformedBodyException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The credentials that a client sends as a form or as JSON.
 *
 * <p>Immutable. Never shows the password in text.
 */
record SignInBody(String username, String password, boolean isRemembered) {

    private static final FormBody FORM =
            new FormBody("a sign-in", Set.of("username", "password", "remember"), 8 * 1024);

    static SignInBody read(HttpServletRequest request) throws IOException, MalformedBodyException {
        Map<String, String> fields = switch (FormBody.mediaType(request)) {
            case "application/json" -> json(FORM.text(request));
            case FormBody.TYPE -> FORM.read(request);
            default ->
                throw new MalformedBodyException(
                        "A sign-in is sent as application/json or as application/x-www-form-urlencoded.");
        };
        return new SignInBody(
                FormBody.required(fields, "username"),
                FormBody.required(fields, "password"),
                flag(fields.getOrDefault("remember", "false")));
    }

    private static Map<String, String> json(String body) throws MalformedBodyException {
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, JsonValue> entry : object(body).entrySet()) {
            if (FORM.fields().contains(entry.getKey())) {
                FORM.add(fields, entry.getKey(), text(entry.getValue()));
            }
        }
        return fields;
    }

    private static JsonObject object(String body) throws MalformedBodyException {
        try {
            return JsonFactory.object(body);
        } catch (RuntimeException e) { // each parser has exceptions of its own
            throw new MalformedBodyException("The body is not a JSON object.");
        }
    }

    private static String text(JsonValue value) throws MalformedBodyException {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString();
            case TRUE -> "true";
            case FALSE -> "false";
            default -> throw new MalformedBodyException("username and password are texts, remember is true or false.");
        };
    }

    private static boolean flag(String value) throws MalformedBodyException {
        return switch (value) {
            case "true", "on", "1" -> true;
            case "false", "" -> false;
            default -> throw new MalformedBodyException("The field remember is true or false.");
        };
    }

    @Override
    public String toString() {
        return "SignInBody[hidden]";
    }
}

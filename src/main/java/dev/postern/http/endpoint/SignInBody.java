package dev.postern.http.endpoint;

import dev.postern.http.answer.JsonFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The credentials that a client sends as a form or as JSON. They are read from the body alone, never from the address,
 * which ends up in logs.
 *
 * <p>Immutable. Never shows the password in text.
 */
record SignInBody(String username, String password, boolean isRemembered) {

    private static final int MOST_BYTES = 8 * 1024;
    private static final Set<String> FIELDS = Set.of("username", "password", "remember");

    static SignInBody read(HttpServletRequest request) throws IOException, MalformedBodyException {
        String type = request.getContentType() == null ? "" : mediaType(request.getContentType());
        Map<String, String> fields =
                switch (type) {
                    case "application/json" -> json(body(request));
                    case "application/x-www-form-urlencoded" -> form(request);
                    default ->
                        throw new MalformedBodyException(
                                "A sign-in is sent as application/json or as application/x-www-form-urlencoded.");
                };
        return new SignInBody(
                required(fields, "username"),
                required(fields, "password"),
                flag(fields.getOrDefault("remember", "false")));
    }

    private static String mediaType(String header) {
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static String body(HttpServletRequest request) throws IOException, MalformedBodyException {
        byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new MalformedBodyException("The body of a sign-in has at most " + MOST_BYTES + " bytes.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBodyException("The body is not UTF-8.");
        }
    }

    private static Map<String, String> form(HttpServletRequest request) throws IOException, MalformedBodyException {
        String body = body(request);
        return body.isEmpty() ? parameters(request) : form(body);
    }

    /**
     * The fields of a form that the server has parsed already, because a filter has asked for a parameter. The server
     * mixes them with those of the address, so none of our fields may be in the address.
     */
    private static Map<String, String> parameters(HttpServletRequest request) throws MalformedBodyException {
        Map<String, String> fields = new HashMap<>();
        int length = 0;
        for (String name : FIELDS) {
            for (String value : request.getParameterMap().getOrDefault(name, new String[0])) {
                add(fields, name, value);
                length += value.length();
            }
        }
        if (length > MOST_BYTES) {
            throw new MalformedBodyException("The body of a sign-in has at most " + MOST_BYTES + " bytes.");
        }
        for (Object query :
                new Object[] {request.getQueryString(), request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING)}) {
            if (query instanceof String text && !Collections.disjoint(names(text), FIELDS)) {
                throw new MalformedBodyException("Send the fields of a sign-in in the body, not in the address.");
            }
        }
        return fields;
    }

    private static Set<String> names(String query) throws MalformedBodyException {
        Set<String> names = new HashSet<>();
        for (String pair : query.split("&", -1)) {
            names.add(decode(pair.split("=", 2)[0]));
        }
        return names;
    }

    private static Map<String, String> form(String body) throws MalformedBodyException {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new MalformedBodyException("The body is not a form.");
            }
            add(fields, decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decode(String text) throws MalformedBodyException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedBodyException("The body is not a form.");
        }
    }

    private static Map<String, String> json(String body) throws MalformedBodyException {
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, JsonValue> entry : object(body).entrySet()) {
            if (FIELDS.contains(entry.getKey())) {
                add(fields, entry.getKey(), text(entry.getValue()));
            }
        }
        return fields;
    }

    private static JsonObject object(String body) throws MalformedBodyException {
        try (JsonReader reader = JsonFactory.reader(body)) {
            return reader.readObject();
        } catch (RuntimeException e) { // parsers have exceptions of their own for deep nesting
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

    private static void add(Map<String, String> fields, String name, String value) throws MalformedBodyException {
        if (FIELDS.contains(name) && fields.put(name, value) != null) {
            throw new MalformedBodyException("The field " + name + " occurs twice.");
        }
    }

    private static String required(Map<String, String> fields, String name) throws MalformedBodyException {
        String value = fields.get(name);
        if (value == null || value.isBlank()) {
            throw new MalformedBodyException("The field " + name + " is missing.");
        }
        return value;
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

    /** The body of a sign-in cannot be used. The sentence is for the client, and repeats nothing of the body. */
    static final class MalformedBodyException extends Exception {

        private final String sentence;

        MalformedBodyException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }
}

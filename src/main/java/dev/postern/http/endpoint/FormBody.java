package dev.postern.http.endpoint;

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
 * Reads the fields of a form from the body of a request alone, never from the address, which ends up in logs.
 *
 * <p>Immutable.
 *
 * @param what what the request is, for sentences to its client
 * @param fields the names of the fields; others are left out
 * @param mostBytes the longest body
 */
record FormBody(String what, Set<String> fields, int mostBytes) {

    static final String TYPE = "application/x-www-form-urlencoded";

    /** The media type of the body; the empty text if the request names none. */
    static String mediaType(HttpServletRequest request) {
        String header = request.getContentType() == null ? "" : request.getContentType();
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The whole body. */
    String text(HttpServletRequest request) throws IOException, MalformedBodyException {
        byte[] bytes = request.getInputStream().readNBytes(mostBytes + 1);
        requireShort(bytes.length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedBodyException("The body is not UTF-8.");
        }
    }

    private void requireShort(int length) throws MalformedBodyException {
        if (length > mostBytes) {
            throw new MalformedBodyException("The body of " + what + " has at most " + mostBytes + " bytes.");
        }
    }

    /** The fields of the form in the body. */
    Map<String, String> read(HttpServletRequest request) throws IOException, MalformedBodyException {
        String body = text(request);
        return body.isEmpty() ? parameters(request) : form(body);
    }

    /**
     * The fields of a form that the server has parsed already, because a filter has asked for a parameter. The server
     * mixes them with those of the address, so none of our fields may be in the address.
     */
    private Map<String, String> parameters(HttpServletRequest request) throws MalformedBodyException {
        Map<String, String> values = new HashMap<>();
        int length = 0;
        for (String name : fields) {
            for (String value : request.getParameterMap().getOrDefault(name, new String[0])) {
                add(values, name, value);
                length += value.length();
            }
        }
        requireShort(length);
        for (Object query :
                new Object[] {request.getQueryString(), request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING)}) {
            if (query instanceof String text && !Collections.disjoint(names(text), fields)) {
                throw new MalformedBodyException("Send the fields of " + what + " in the body, not in the address.");
            }
        }
        return values;
    }

    private static Set<String> names(String query) throws MalformedBodyException {
        Set<String> names = new HashSet<>();
        for (String pair : query.split("&", -1)) {
            names.add(decode(pair.split("=", 2)[0]));
        }
        return names;
    }

    private Map<String, String> form(String body) throws MalformedBodyException {
        Map<String, String> values = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new MalformedBodyException("The body is not a form.");
            }
            add(values, decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return values;
    }

    private static String decode(String text) throws MalformedBodyException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedBodyException("The body is not a form.");
        }
    }

    /** Adds the value, if it is one of the fields. */
    void add(Map<String, String> values, String name, String value) throws MalformedBodyException {
        if (fields.contains(name) && values.put(name, value) != null) {
            throw new MalformedBodyException("The field " + name + " occurs twice.");
        }
    }

    /** The value of a field that must not be missing. */
    static String required(Map<String, String> values, String name) throws MalformedBodyException {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new MalformedBodyException("The field " + name + " is missing.");
        }
        return value;
    }

    /** The body of a request cannot be used. The sentence is for the client, and repeats nothing of the body. */
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

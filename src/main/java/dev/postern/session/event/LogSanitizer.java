package dev.postern.session.event;

/**
 * Makes text that clients may have written safe for one line of a log (ASVS 16.4.1).
 *
 * <p>Stateless.
 */
public final class LogSanitizer {

    private LogSanitizer() {}

    /**
     * The text with these characters escaped in hexadecimal: controls, format characters such as marks of
     * direction, line separators, and unpaired surrogates. A backslash is doubled, so a client cannot forge an escape.
     */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(line, point));
        return line.toString();
    }

    private static void append(StringBuilder line, int point) {
        if (point == '\\') {
            line.append("\\\\");
        } else if (isVisible(point)) {
            line.appendCodePoint(point);
        } else {
            line.append(String.format("\\u{%x}", point));
        }
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}

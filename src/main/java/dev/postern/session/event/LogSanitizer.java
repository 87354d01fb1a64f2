package dev.postern.session.event;

/** Text that strangers may have written, as a piece of one line of a log (ASVS 16.4.1). */
public final class LogSanitizer {

    private LogSanitizer() {}

    /**
     * The text with everything spelled out that is not seen or begins a line: controls, separators of lines, marks that
     * turn the direction of writing, and halves of characters. A backslash is doubled, so that a client cannot write
     * such a spelling.
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

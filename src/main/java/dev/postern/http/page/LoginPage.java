package dev.postern.http.page;

import dev.postern.http.page.LoginTexts.Texts;
import dev.postern.http.request.ReturnAddress;
import java.util.Optional;

/**
 * The page as HTML. Its links are relative to {@code /postern/login}. What comes from a request
 * or from a file of the application is escaped.
 *
 * <p>Immutable.
 *
 * @param texts its sentences
 * @param goal where the user goes afterwards
 * @param canRemember whether it offers to remember the sign-in
 */
record LoginPage(Texts texts, Optional<ReturnAddress> goal, boolean canRemember) {

    private static final String HTML = """
            <!DOCTYPE html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            <link rel="stylesheet" href="login.css">
            </head>
            <body>
            <main>
            <h1>%s</h1>
            %s<form method="post" action="%s">
            <label for="username">%s</label>
            <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" \
            required autofocus>
            <label for="password">%s</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required>
            %s<button type="submit">%s</button>
            </form>
            </main>
            </body>
            </html>
            """;

    private static final String ALERT = "<p role=\"alert\">%s</p>\n";
    private static final String REMEMBER =
            "<label class=\"check\"><input type=\"checkbox\" name=\"remember\" value=\"true\"> %s</label>\n";

    /** The page with a message above the form, or without one. */
    String html(Optional<String> message) {
        String action = "login" + goal.map(ReturnAddress::query).orElse("");
        return HTML.formatted(
                texts.locale().toLanguageTag(),
                text("title"),
                text("title"),
                message.map(sentence -> ALERT.formatted(escaped(sentence))).orElse(""),
                escaped(action),
                text("username"),
                text("password"),
                canRemember ? REMEMBER.formatted(text("remember")) : "",
                text("submit"));
    }

    private String text(String key) {
        return escaped(texts.get(key));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

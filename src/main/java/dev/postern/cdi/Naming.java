package dev.postern.cdi;

/**
 * The names of this application: as the settings say, else after the place where it stands.
 *
 * <p>Immutable.
 */
record Naming(Settings settings, ApplicationPath path) {

    String namespace() {
        return settings.cache().namespace().orElseGet(path::namespace);
    }

    String cookie() {
        WebSettings.Cookie cookie = settings.web().cookie();
        return cookie.name().orElseGet(() -> cookie.prefix() + "postern" + path.cookieSuffix());
    }
}

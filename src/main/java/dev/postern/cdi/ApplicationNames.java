package dev.postern.cdi;

/**
 * The names of this application: as the settings say, else after its place.
 *
 * <p>Immutable.
 */
record ApplicationNames(Settings settings, DeployedApplication place) {

    String namespace() {
        return settings.cache().namespace().orElseGet(place::namespace);
    }

    String cookie() {
        WebSettings.Cookie cookie = settings.web().transport().cookie();
        return cookie.name().orElseGet(() -> cookie.prefix() + "postern" + place.cookieSuffix());
    }
}

package dev.postern.cdi;

import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.settings.WebSettings;

/**
 * The names under which the application keeps its sessions: from the settings, else derived from where it is deployed.
 *
 * <p>Immutable.
 */
public record ApplicationNames(Settings settings, DeployedApplication deployed) {

    public String namespace() {
        return settings.cache().namespace().orElseGet(deployed::namespace);
    }

    public String cookie() {
        WebSettings.Cookie cookie = settings.web().transport().cookie();
        return cookie.name().orElseGet(() -> cookie.prefix() + "postern" + deployed.cookieSuffix());
    }
}

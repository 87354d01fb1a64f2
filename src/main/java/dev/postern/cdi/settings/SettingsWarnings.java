package dev.postern.cdi.settings;

import dev.postern.http.transport.PlainHttpPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Warns of settings that are possible and risky in production.
 *
 * <p>Safe for concurrent use.
 */
public final class SettingsWarnings {

    /** ASVS 5.0 7.3.1 and OWASP: more than half an hour of idleness needs a reason. */
    private static final Duration LONG_IDLE = Duration.ofMinutes(30);

    private SettingsWarnings() {}

    /**
     * One sentence for each warning.
     *
     * @param unchosenName the name of the server's cluster if it is a default. It causes a warning if keys are
     *     configured, because such an application is probably in production
     */
    public static List<String> of(Settings settings, Optional<String> unchosenName) {
        List<String> warnings = of(settings);
        unchosenName
                .filter(name -> settings.cache().keys().isPresent())
                .ifPresent(name -> warnings.add("The Hazelcast cluster has the default name " + name
                        + ", so any other server with that name may join it. Give it a name of its own."));
        return warnings;
    }

    private static List<String> of(Settings settings) {
        List<String> warnings = new ArrayList<>();
        if (settings.cache().keys().isEmpty()) {
            warnings.add("No keys are configured, so the cluster has generated its own: a client that can read the"
                    + " grid can sign tokens, and all sessions end with the last member. Set postern.keys and"
                    + " postern.keys.index.");
        }
        if (settings.policy().ordinary().idle().compareTo(LONG_IDLE) > 0) {
            warnings.add("postern.session.idle-timeout is "
                    + settings.policy().ordinary().idle() + ", longer than " + LONG_IDLE + ".");
        }
        if (!settings.web().transport().cookie().flags().isSecure()) {
            warnings.add("postern.cookie.secure is false: the browser will send the cookie over plain http.");
        }
        if (settings.web().crossSite().isEmpty()) {
            warnings.add(
                    "postern.cross-site.guard is false: a page of another site may act in the name of users, as far as"
                            + " browsers let it.");
        }
        if (settings.users().throttle().isEmpty()) {
            warnings.add(
                    "postern.sign-in.throttle is false: passwords can be guessed as fast as the servers check them.");
        }
        if (settings.web().transport().plainHttp() == PlainHttpPolicy.ALWAYS) {
            warnings.add("postern.cookie.plain-http is always: tokens travel without TLS and can be read on the way.");
        }
        if (settings.web().signIn().mayBeRemembered()
                && settings.policy()
                                .remembered()
                                .absolute()
                                .compareTo(settings.policy().ordinary().absolute())
                        > 0) {
            warnings.add("postern.remember.enabled is true: a client that asks for it stays signed in for up to "
                    + settings.policy().remembered().absolute()
                    + ", longer than postern.session.absolute-timeout, which is "
                    + settings.policy().ordinary().absolute() + ".");
        }
        if (settings.cache().grid().backups() < settings.cache().grid().minimumMembers() - 1) {
            warnings.add("postern.cache.backups is " + settings.cache().grid().backups()
                    + ", less than postern.cache.minimum-members but one: members that are cut off together may have"
                    + " all copies of a session and change it without the others.");
        }
        return warnings;
    }
}

package dev.postern.http.server;

import dev.postern.session.event.RateLimitedLog;
import org.jspecify.annotations.Nullable;

/**
 * Explains WildFly's error ELY01177: unless the security domain has {@code integrated-jaspi=false}, WildFly rejects
 * users whom its own realm does not know (WF-03).
 *
 * <p>Safe for concurrent use.
 */
public final class WildFlyJaspi {

    /** The attribute of the servlet context with the name of the application security domain. */
    public static final String DOMAIN = "dev.postern.security-domain";

    private static final String REFUSAL = "ELY01177";
    private static final RateLimitedLog REFUSALS =
            new RateLimitedLog(System.getLogger(WildFlyJaspi.class.getName()), System::nanoTime);

    private WildFlyJaspi() {}

    /** What the operator has to do for this application security domain. */
    public static String sentence(String domain) {
        return "No user can sign in: WildFly's application-security-domain '" + domain + "' has"
                + " integrated-jaspi=true, so it refuses users whom its own realm does not know."
                + " Run server-config/wildfly/postern.cli" + (domain.equals("other") ? "," : " for this name,")
                + " as src/docs/operations/wildfly.md says.";
    }

    /**
     * The failure itself, or a {@link UserRefusedException} that explains it if it is WildFly's refusal in this domain.
     * The log has the explanation too: at the start WildFly may not have shown the domain.
     */
    public static RuntimeException explained(IllegalStateException failure, @Nullable Object domain) {
        return explained(failure, domain, REFUSALS);
    }

    static RuntimeException explained(IllegalStateException failure, @Nullable Object domain, RateLimitedLog log) {
        if (!isRefusal(failure)) {
            return failure;
        }
        String sentence = sentence(String.valueOf(domain));
        log.warn(sentence);
        return new UserRefusedException(sentence, failure);
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure != null
                && (String.valueOf(failure.getMessage()).contains(REFUSAL) || isRefusal(failure.getCause()));
    }
}

package dev.postern.http.server;

import org.jspecify.annotations.Nullable;

/**
 * Explains WildFly's error ELY01177: unless the security domain has {@code integrated-jaspi=false}, WildFly rejects
 * users whom its own realm does not know (WF-03).
 */
public final class WildFlyJaspi {

    /** The attribute of the servlet context with the name of the application security domain. */
    public static final String DOMAIN = "dev.postern.security-domain";

    private static final String REFUSAL = "ELY01177";

    private WildFlyJaspi() {}

    /** What the operator has to do for this application security domain. */
    public static String sentence(String domain) {
        return "No user can sign in: WildFly's application-security-domain '" + domain + "' has"
                + " integrated-jaspi=true, so it refuses users whom its own realm does not know."
                + " Run server-config/wildfly/postern.cli" + (domain.equals("other") ? "." : ", for this name.");
    }

    /** The failure itself, or one that explains it if it is WildFly's refusal in this domain. */
    public static IllegalStateException explained(IllegalStateException failure, @Nullable Object domain) {
        return isRefusal(failure) ? new IllegalStateException(sentence(String.valueOf(domain)), failure) : failure;
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure != null
                && (String.valueOf(failure.getMessage()).contains(REFUSAL) || isRefusal(failure.getCause()));
    }
}

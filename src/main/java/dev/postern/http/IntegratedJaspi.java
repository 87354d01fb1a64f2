package dev.postern.http;

import org.jspecify.annotations.Nullable;

/** The one thing that WildFly needs, and says so little about when it is missing (WF-03). */
public final class IntegratedJaspi {

    /** What to do about it. */
    public static final String SENTENCE = "Nobody can sign in: WildFly's application-security-domain 'other' has"
            + " integrated-jaspi=true, so it refuses users whom its own realm does not know."
            + " Run server-config/wildfly/postern.cli.";

    private static final String REFUSAL = "ELY01177";

    private IntegratedJaspi() {}

    /** The failure itself, or one that explains it when it is WildFly's refusal. */
    static IllegalStateException explained(IllegalStateException failure) {
        return isRefusal(failure) ? new IllegalStateException(SENTENCE, failure) : failure;
    }

    private static boolean isRefusal(@Nullable Throwable failure) {
        return failure != null
                && (String.valueOf(failure.getMessage()).contains(REFUSAL) || isRefusal(failure.getCause()));
    }
}

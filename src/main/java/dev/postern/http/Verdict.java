package dev.postern.http;

import dev.postern.PosternException;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;

/**
 * What has come of a credential.
 *
 * <p>Immutable.
 */
sealed interface Verdict {

    /** The identity store knows whose it is. */
    record Right(CredentialValidationResult result) implements Verdict {}

    /** The identity store takes it for nobody's; whether there is a user of that name makes no difference. */
    record Wrong() implements Verdict {}

    /** Too many have failed, so nobody was asked. */
    record TooMany(Duration pause) implements Verdict {}

    /** The grid did not say whether it may be tried, or could not write down that it failed. */
    record Unknown(PosternException cause) implements Verdict {}
}

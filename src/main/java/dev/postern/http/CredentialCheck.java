package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.session.Admission;
import dev.postern.session.Attempt;
import dev.postern.session.Throttle;
import dev.postern.session.Token;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the identity store whose a credential is, unless too many have been wrong before. That one is wrong it says after a time
 * that does not depend on whether there is such a user: the store knows that at once, or after it has hashed a password.
 *
 * <p>Safe for concurrent use.
 */
public final class CredentialCheck {

    private final IdentityStoreHandler stores;
    private final Throttle throttle;
    private final Stopwatch watch;
    private final AnswerTimes times = new AnswerTimes();

    public CredentialCheck(IdentityStoreHandler stores, Throttle throttle, Stopwatch watch) {
        this.stores = stores;
        this.throttle = throttle;
        this.watch = watch;
    }

    /**
     * The verdict on what was handed over with this request. The token that the client presents is looked for here, because
     * drawn keys are the grid's, which may not answer.
     *
     * @throws IllegalStateException when no identity store takes such a credential
     */
    Verdict of(Credential credential, HttpServletRequest request, Supplier<Optional<Token>> presented) {
        try (Admission admission =
                throttle.admit(new Attempt(name(credential), request.getRemoteAddr(), presented.get()))) {
            if (admission instanceof Admission.Admitted admitted) {
                return ask(credential, admitted);
            }
            return new Verdict.TooMany(((Admission.TooMany) admission).pause());
        } catch (PosternException e) {
            return new Verdict.Unknown(e);
        }
    }

    private Verdict ask(Credential credential, Admission.Admitted admitted) {
        long began = watch.nanoTime();
        CredentialValidationResult result = validate(credential);
        times.note(Duration.ofNanos(watch.nanoTime() - began), watch.nanoTime());
        if (result.getStatus() == Status.VALID) {
            admitted.succeeded();
            return new Verdict.Right(result);
        }
        admitted.failed();
        Duration took = Duration.ofNanos(watch.nanoTime() - began);
        watch.waitUntil(began + times.answerAfter(took).toNanos());
        return new Verdict.Wrong();
    }

    private CredentialValidationResult validate(Credential credential) {
        CredentialValidationResult result = stores.validate(credential);
        if (result.getStatus() == Status.NOT_VALIDATED) {
            throw new IllegalStateException("This application has no identity store that takes a "
                    + credential.getClass().getName() + ".");
        }
        return result;
    }

    private static Optional<String> name(Credential credential) {
        return credential instanceof UsernamePasswordCredential login
                ? Optional.of(login.getCaller())
                : Optional.empty();
    }
}

package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.session.Admission;
import dev.postern.session.Attempt;
import dev.postern.session.KnownUsers;
import dev.postern.session.SeldomLog;
import dev.postern.session.Throttle;
import dev.postern.session.Token;
import dev.postern.session.User;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the identity store whose a credential is, and the application who that is now, unless too many have been wrong before. That
 * one is wrong it says after a time that does not depend on whether there is such a user: the store knows that at once, or after it
 * has hashed a password. Of a user whom the application no longer knows the right password is a wrong one.
 *
 * <p>Safe for concurrent use.
 */
public final class CredentialCheck {

    private static final Logger LOG = System.getLogger(CredentialCheck.class.getName());

    private final IdentityStoreHandler stores;
    private final Throttle throttle;
    private final KnownUsers users;
    private final Stopwatch watch;
    private final AnswerTimes times = new AnswerTimes();
    private final SeldomLog unjudged = new SeldomLog(LOG, System::nanoTime);

    public CredentialCheck(IdentityStoreHandler stores, Throttle throttle, KnownUsers users, Stopwatch watch) {
        this.stores = stores;
        this.throttle = throttle;
        this.users = users;
        this.watch = watch;
    }

    /**
     * The verdict on what was handed over with this request. The token that the client presents is looked for here, because
     * drawn keys are the grid's, which may not answer.
     *
     * <p>Whatever the identity store throws passes, and counts for nothing.
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
        Optional<Verdict.Right> right = right(validate(credential));
        Duration unused = note(began);
        if (right.isPresent()) {
            admitted.succeeded();
            return right.get();
        }
        admitted.failed();
        Duration took = note(began); // the grid's part too, or a store that nearly fills a step would tell users apart
        watch.waitUntil(began + times.answerAfter(took).toNanos());
        return new Verdict.Wrong();
    }

    private Optional<Verdict.Right> right(CredentialValidationResult result) {
        if (result.getStatus() != Status.VALID) {
            return Optional.empty();
        }
        return right(StoreUser.of(result), StoreUser.principal(result));
    }

    /** The verdict on a user who is proven; empty when the application knows none of that name. */
    Optional<Verdict.Right> right(User proven, Optional<Principal> principal) {
        return users.atSignIn(proven).map(known -> new Verdict.Right(proven, known, principal));
    }

    private Duration note(long began) {
        long now = watch.nanoTime();
        Duration took = Duration.ofNanos(now - began);
        times.note(took, now);
        return took;
    }

    private CredentialValidationResult validate(Credential credential) {
        CredentialValidationResult result = stores.validate(credential);
        if (result.getStatus() == Status.NOT_VALIDATED) { // some stores say so of names that they do not know
            unjudged.warn("No identity store of this application has judged a "
                    + credential.getClass().getName() + ", so it counts as wrong. A store answers NOT_VALIDATED to"
                    + " credentials of a kind that it does not take, and INVALID to a name that it does not know.");
        }
        return result;
    }

    private static Optional<String> name(Credential credential) {
        return credential instanceof UsernamePasswordCredential login
                ? Optional.of(login.getCaller())
                : Optional.empty();
    }
}

package dev.postern.http.credential;

import dev.postern.AuthenticationMethods;
import dev.postern.NamedCredential;
import dev.postern.PosternException;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInSnapshot;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.request.UserLookup;
import dev.postern.session.throttle.SignInThrottle;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import jakarta.security.enterprise.credential.CallerOnlyCredential;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.security.Principal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the identity store for the user of a credential, and the application who that user is now. The throttle refuses
 * attempts after too many failures. If the application no longer knows the user, the right password is a wrong one.
 *
 * <p>A failure is answered after a time that does not depend on whether the user exists ({@link FailureDelay}): the
 * store knows an unknown user at once, and a known one only after hashing the password.
 *
 * <p>A bounded number of credentials is checked at once, and a smaller number for each network. More are refused
 * without a check.
 *
 * <p>Safe for concurrent use.
 */
public final class CredentialVerifier {

    private static final Logger LOG = System.getLogger(CredentialVerifier.class.getName());
    private static final Duration SOON = Duration.ofMillis(100);

    /** How long a client is told to wait for whom there was no turn. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private final IdentityStoreHandler stores;
    private final SignInThrottle throttle;
    private final UserLookup users;
    private final SessionKeeper keeper;
    private final WaitingClock watch;
    private final Bulkhead bulkhead;
    private final FailureDelay times = new FailureDelay();
    private final RateLimitedLog unjudged = new RateLimitedLog(LOG, System::nanoTime);
    private final RateLimitedLog refusedNames = new RateLimitedLog(LOG, System::nanoTime);

    /** A verifier with a bound on concurrent checks, see {@link #limits}. */
    public CredentialVerifier(
            IdentityStoreHandler stores,
            SignInThrottle throttle,
            UserLookup users,
            SessionKeeper keeper,
            WaitingClock watch,
            Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
        this.stores = stores;
        this.throttle = throttle;
        this.users = users;
        this.keeper = keeper;
        this.watch = watch;
    }

    /**
     * The bounds for at most {@code most} concurrent checks. One network gets half of them. Half as many more may wait
     * for their turn, also if all come from one network.
     */
    public static Bulkhead.Limits limits(int most) {
        int half = Math.max(1, most / 2);
        return new Bulkhead.Limits(most, half, half, half, SOON);
    }

    /** The turns of all checks on this node: second factors take theirs here too. */
    public Bulkhead turns() {
        return bulkhead;
    }

    /**
     * The verdict on the credential. The presented token is parsed here, because keys may have to come from the grid,
     * which may not answer.
     *
     * <p>An exception of the identity store passes, and does not count as a failure.
     *
     * @param isFirstFactor whether a second factor is missing after a right credential
     */
    public CredentialVerdict of(
            Credential credential,
            HttpServletRequest request,
            Supplier<Optional<Token>> presented,
            Predicate<CredentialVerdict.Right> isFirstFactor) {
        SignInThrottle.Attempt attempt;
        try {
            attempt = new SignInThrottle.Attempt(name(credential), request.getRemoteAddr(), presented.get());
        } catch (PosternException e) {
            return new CredentialVerdict.Unknown(e);
        }
        try (SignInThrottle.Admission admission = throttle.admit(attempt)) {
            if (admission instanceof SignInThrottle.Admitted admitted) {
                return askInTurn(credential, admitted, attempt.network(), request, isFirstFactor);
            }
            return new CredentialVerdict.TooMany(((SignInThrottle.Throttled) admission).retryAfter());
        } catch (PosternException e) {
            return new CredentialVerdict.Unknown(e);
        }
    }

    private CredentialVerdict askInTurn(
            Credential credential,
            SignInThrottle.Admitted admitted,
            String network,
            HttpServletRequest request,
            Predicate<CredentialVerdict.Right> isFirstFactor) {
        Optional<Bulkhead.Permit> permit = bulkhead.enter(network);
        if (permit.isEmpty()) {
            return new CredentialVerdict.TooMany(admitted.refuse(PAUSE));
        }
        try (Bulkhead.Permit held = permit.get()) {
            return ask(credential, admitted, request, held, isFirstFactor);
        }
    }

    /**
     * If other attempts have used up the limit meanwhile, a right credential is refused too, after the time of a
     * failure.
     */
    private CredentialVerdict ask(
            Credential credential,
            SignInThrottle.Admitted admitted,
            HttpServletRequest request,
            Bulkhead.Permit permit,
            Predicate<CredentialVerdict.Right> isFirstFactor) {
        long began = watch.nanoTime();
        Optional<CredentialVerdict.Right> right = isNameAdmitted(credential) ? proven(credential) : Optional.empty();
        boolean isHalfWay = right.filter(isFirstFactor).isPresent();
        Duration unused = note(began);
        if (right.isPresent() || DelayedAnswers.isOffered(request)) {
            permit.close();
        }
        Duration pause = isHalfWay
                ? admitted.recordFirstFactor()
                : right.isPresent() ? admitted.recordSuccess() : admitted.recordFailure();
        if (right.isPresent() && pause.isZero()) {
            return isHalfWay ? new CredentialVerdict.FirstFactor(right.get()) : right.get();
        }
        Duration took = note(began); // the grid's part too, or a store that nearly fills a step would tell users apart
        answerAt(began + times.answerAfter(took).toNanos(), request);
        return pause.isZero() ? new CredentialVerdict.Wrong() : new CredentialVerdict.TooMany(pause);
    }

    /** A waiting thread keeps its permit, so the bound on concurrent checks bounds the waiting threads too. */
    private void answerAt(long nanoTime, HttpServletRequest request) {
        if (!DelayedAnswers.delay(request, nanoTime)) {
            watch.waitUntil(nanoTime);
        }
    }

    /** The snapshot is taken before the store reads the password, so that a later change of the user counts. */
    private Optional<CredentialVerdict.Right> proven(Credential credential) {
        SignInSnapshot start = keeper.start(name(credential).orElse(""));
        CredentialValidationResult result = validate(credential);
        if (result.getStatus() != Status.VALID) {
            return Optional.empty();
        }
        return right(IdentityStoreUser.of(result), methods(credential), IdentityStoreUser.principal(result))
                .map(right -> right.since(start));
    }

    /** How a right credential proves its user; empty for kinds of which that is not known. */
    private static Set<String> methods(Credential credential) {
        return credential instanceof UsernamePasswordCredential ? Set.of(AuthenticationMethods.PASSWORD) : Set.of();
    }

    /** The verdict on a proven user; empty if the application knows none of that name. */
    public Optional<CredentialVerdict.Right> right(
            SessionUser proven, Set<String> methods, Optional<Principal> principal) {
        return users.atSignIn(proven).map(known -> new CredentialVerdict.Right(proven, methods, known, principal));
    }

    /**
     * Whether a store may be asked for the name. A name that the store could take for a pattern is a wrong name.
     */
    private boolean isNameAdmitted(Credential credential) {
        boolean isAdmitted = name(credential)
                .filter(name -> !keeper.names().isAdmitted(name))
                .isEmpty();
        if (!isAdmitted) {
            refusedNames.warn(LogEvent.USER_NAME_REFUSED.told("A user name that is too long, or has special characters,"
                    + " was taken for a wrong one; see the setting postern.user.names-allow."));
        }
        return isAdmitted;
    }

    private Duration note(long began) {
        long now = watch.nanoTime();
        Duration took = Duration.ofNanos(now - began);
        times.note(took, now);
        return took;
    }

    private CredentialValidationResult validate(Credential credential) {
        CredentialValidationResult result = stores.validate(credential);
        if (result.getStatus() == Status.NOT_VALIDATED) { // some stores answer this to an unknown name
            unjudged.warn("No identity store of this application has judged a "
                    + credential.getClass().getName() + ", so it counts as wrong. A store answers NOT_VALIDATED to"
                    + " credentials of a kind that it does not take, and INVALID to a name that it does not know.");
        }
        return result;
    }

    /** The name in the credential; empty if its kind has none, and the empty text if the name is missing. */
    private static Optional<String> name(Credential credential) {
        if (credential instanceof UsernamePasswordCredential login) {
            return named(login.getCaller());
        }
        if (credential instanceof CallerOnlyCredential login) {
            return named(login.getCaller());
        }
        return credential instanceof NamedCredential login ? named(login.getCaller()) : Optional.empty();
    }

    private static Optional<String> named(@Nullable String name) {
        return Optional.of(Objects.requireNonNullElse(name, ""));
    }
}

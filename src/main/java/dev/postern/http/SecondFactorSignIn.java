package dev.postern.http;

import dev.postern.AuthenticationMethods;
import dev.postern.PosternException;
import dev.postern.ProvenUser;
import dev.postern.SecondFactor;
import dev.postern.SignInFailure;
import dev.postern.SignInFailure.Reason;
import dev.postern.http.credential.CompletingCredential;
import dev.postern.http.credential.CredentialVerdict;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.PresentedTokens;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.HalfWaySignIns;
import dev.postern.session.HalfWaySignIns.Found;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.request.HalfWayLookup;
import dev.postern.session.throttle.SignInThrottle;
import dev.postern.session.user.SessionUser;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The step of a sign-in between its two factors: who needs a second one, the cookie of the client that lacks it, and
 * whether a second factor may be tried and is right. {@link CredentialSignIn} calls it.
 *
 * <p>Safe for concurrent use.
 */
public final class SecondFactorSignIn {

    private final HalfWaySignIns halfWay;
    private final TokenTransport transport;
    private final PresentedTokens presented;
    private final SignInThrottle throttle;
    private final Bulkhead bulkhead;
    private final SignInPolicy policy;
    private final Optional<SecondFactor> asked;

    /**
     * The second step of the sign-ins of one node.
     *
     * @param bulkhead bounds how many credentials and second factors are checked at once
     * @param asked says who needs a second factor; empty if none does
     */
    public SecondFactorSignIn(
            SessionKeeper keeper,
            TokenTransport transport,
            SignInThrottle throttle,
            Bulkhead bulkhead,
            SignInPolicy policy,
            Optional<SecondFactor> asked) {
        this.halfWay = keeper.halfWaySignIns();
        this.transport = transport;
        this.presented = new PresentedTokens(keeper, transport);
        this.throttle = throttle;
        this.bulkhead = bulkhead;
        this.policy = policy;
        this.asked = asked;
    }

    /**
     * Whether the user of a right credential needs a second factor.
     *
     * @throws PosternException when the application cannot say so
     */
    boolean isRequired(CredentialVerdict.Right user, boolean isRemembered) {
        if (asked.isEmpty()) {
            return false;
        }
        SessionUser known = user.known().user();
        Principal principal = user.principal().orElseGet(() -> new CallerPrincipal(known.name()));
        try {
            return asked.get()
                    .isRequired(
                            new ProvenUser(principal, known.roles(), known.attributes(), user.methods(), isRemembered));
        } catch (PosternException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PosternException("The application's SecondFactor has failed.", e);
        }
    }

    /** Keeps the sign-in for its second factor, and sends its cookie. The application writes the answer. */
    SignInOutcome begin(HttpServletRequest request, HttpServletResponse response, SignInRequest first) {
        Found begun = halfWay.begin(first, policy.second().within());
        transport.sendHalfWay(
                request, response, begun.token(), begun.at(), begun.row().deadline());
        return new SignInOutcome.Failed(Reason.SECOND_FACTOR);
    }

    /**
     * Notes in the request that its client may have a sign-in that lacks its second factor. Where no user needs one, no
     * cookie is looked for: this is on the way of each request.
     */
    void note(HttpServletRequest request) {
        if (asked.isPresent() && transport.hasHalfWayCookie(request)) {
            HalfWayLookup lookup = () -> find(request).isPresent();
            UnwrappedRequest.of(request).setAttribute(HalfWayLookup.ATTRIBUTE, lookup);
        }
    }

    /** The user of the client's sign-in that lacks its second factor; empty if there is none. */
    Optional<ProvenUser> user(HttpServletRequest request) {
        return find(request)
                .map(Found::row)
                .map(row -> new ProvenUser(
                        new CallerPrincipal(row.user().name()),
                        row.user().roles(),
                        row.user().attributes(),
                        row.methods(),
                        row.isRemembered()));
    }

    /**
     * Whether the client has a sign-in of the user of this name that lacks its second factor. False where the grid does
     * not answer: the sign-in that is begun then fails too.
     */
    boolean isHalfWay(HttpServletRequest request, String name) {
        if (asked.isEmpty()) {
            return false;
        }
        try {
            return find(request)
                    .filter(found -> found.row().user().name().equals(name))
                    .isPresent();
        } catch (PosternException e) {
            return false;
        }
    }

    /** Of several cookies at most one was issued here. With two it is unknown which one counts. */
    private Optional<Found> find(HttpServletRequest request) {
        List<Found> found = transport.halfWay(request).stream()
                .flatMap(text -> halfWay.recognise(text).stream())
                .limit(2)
                .flatMap(token -> halfWay.find(token).stream())
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** A sign-in whose second factor was tried. */
    sealed interface Tried {

        /** The second factor is right, and the sign-in is used up by this call. */
        record Completed(Found signIn, Set<String> methods) implements Tried {}

        /** The attempt was refused, or the second factor is wrong. */
        record Refused(SignInFailure failure) implements Tried {

            Refused(Reason reason) {
                this(new SignInFailure(reason));
            }
        }
    }

    /**
     * Tries the second factor, if the limits on failed sign-ins admit it. It is checked in its turn among the
     * credentials: else many guesses could be checked at once, before the first of them is counted.
     */
    Tried complete(CompletingCredential second, HttpServletRequest request) {
        Optional<Found> found = find(request);
        if (found.isEmpty()) {
            return new Tried.Refused(Reason.NOT_HALF_WAY);
        }
        Found signIn = found.get();
        SignInThrottle.Attempt attempt = new SignInThrottle.Attempt(
                Optional.of(signIn.row().user().name()),
                policy.proxies().fromClient(request).getRemoteAddr(),
                presented.of(request));
        try (SignInThrottle.Admission admission = throttle.admitSecondFactor(attempt)) {
            if (!(admission instanceof SignInThrottle.Admitted admitted)) {
                return tooMany(((SignInThrottle.Throttled) admission).retryAfter());
            }
            Optional<Bulkhead.Permit> permit = bulkhead.enter(attempt.network());
            if (permit.isEmpty()) {
                return tooMany(admitted.refuse(CredentialVerifier.PAUSE));
            }
            try {
                return tried(signIn, second, admitted);
            } finally {
                permit.get().close();
            }
        }
    }

    private Tried tried(Found signIn, CompletingCredential second, SignInThrottle.Admitted admitted) {
        Set<String> methods = together(signIn.row().methods(), second.methods());
        if (!halfWay.attempt(signIn)) {
            return new Tried.Refused(Reason.NOT_HALF_WAY);
        }
        boolean isRight = check(second, admitted);
        Duration pause = isRight ? admitted.recordSuccess() : admitted.recordFailure();
        if (!pause.isZero()) {
            return tooMany(pause);
        }
        if (!isRight) {
            return new Tried.Refused(Reason.WRONG_CREDENTIAL);
        }
        return halfWay.complete(signIn) ? new Tried.Completed(signIn, methods) : new Tried.Refused(Reason.NOT_HALF_WAY);
    }

    /** A check that throws is counted as a failure too: else a guess that makes it throw would be free. */
    private static boolean check(CompletingCredential second, SignInThrottle.Admitted admitted) {
        try {
            return second.isRight();
        } catch (RuntimeException | Error e) {
            try {
                Duration unused = admitted.recordFailure();
            } catch (PosternException notCounted) {
                e.addSuppressed(notCounted);
            }
            throw e;
        }
    }

    private static Tried tooMany(Duration pause) {
        return new Tried.Refused(new SignInFailure(Reason.TOO_MANY_FAILURES, pause));
    }

    /** The same methods once more are no other factor. A side that names none is another, as the application says. */
    private static Set<String> together(Set<String> first, Set<String> second) {
        Set<String> both = new HashSet<>(first);
        both.addAll(second);
        if (second.isEmpty() || !second.equals(first)) {
            both.add(AuthenticationMethods.SEVERAL_FACTORS);
        }
        return AuthenticationMethods.of(both);
    }
}

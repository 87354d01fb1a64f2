package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.rest.Answering;
import dev.postern.rest.answer.ErrorResponse;
import dev.postern.rest.method.AnnotatedClasses;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import dev.postern.session.request.HalfWayLookup;
import dev.postern.session.request.RequestLogin;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AccessFilterTest {

    private static final AccessRule CLERK = AccessRule.anyOf("clerk");
    private static final RequestLogin UNAVAILABLE =
            new RequestLogin.Unavailable(new PosternException("The grid is gone."));

    @Test
    @Tag("S-89")
    void tellsAClientWhoseBearerTokenDoesNotCount() {
        RequestLogin login = new RequestLogin.Anonymous(Challenge.INVALID_TOKEN);

        ErrorResponse refusal =
                AccessFilter.refusal(CLERK, request(login, null)).orElseThrow();

        assertThat(refusal.status().getStatusCode()).isEqualTo(401);
        assertThat(refusal.header()).isEqualTo("WWW-Authenticate");
        assertThat(refusal.value()).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    @Tag("P-94")
    @Tag("P-123")
    void letsAUserWithTheRolePass() {
        assertThat(AccessFilter.refusal(CLERK, request(null, "ada", "clerk"))).isEmpty();
    }

    @Test
    @Tag("P-92")
    @Tag("P-122")
    void forbidsAUserWithoutTheRole() {
        assertThat(AccessFilter.refusal(CLERK, request(null, "ada", "manager"))).contains(ErrorResponse.FORBIDDEN);
    }

    @Test
    @Tag("P-92")
    @Tag("P-93")
    @Tag("P-122")
    void asksAnAnonymousCallerToSignIn() {
        assertThat(AccessFilter.refusal(CLERK, request(new RequestLogin.Anonymous(), null)))
                .contains(ErrorResponse.anonymous(new RequestLogin.Anonymous()));
    }

    @Test
    void answersAClosedMethodLikeAnyOther() {
        assertThat(AccessFilter.refusal(AccessRule.CLOSED, request(null, null)))
                .contains(ErrorResponse.anonymous(new RequestLogin.Anonymous()));
        assertThat(AccessFilter.refusal(AccessRule.CLOSED, request(null, "ada", "clerk")))
                .contains(ErrorResponse.FORBIDDEN);
    }

    @Test
    @Tag("X-28")
    void neverTakesBrokenForAnonymous() {
        assertThat(AccessFilter.refusal(CLERK, request(UNAVAILABLE, null))).contains(ErrorResponse.UNAVAILABLE);
        assertThat(AccessFilter.refusal(AccessRule.CLOSED, request(UNAVAILABLE, null)))
                .contains(ErrorResponse.UNAVAILABLE);
    }

    @Test
    @Tag("S-65")
    void tellsNothingOfWhatBroke() {
        RequestLogin broken = new RequestLogin.Unavailable(
                new PosternException("hazelcast 10.0.0.1 is away", new IllegalStateException("member 10.0.0.1")));

        assertThat(AccessFilter.refusal(CLERK, request(broken, null)))
                .hasValueSatisfying(refusal -> assertThat(refusal.toString())
                        .contains("Service Unavailable", "Sessions are not available. Try again.")
                        .doesNotContain("hazelcast", "10.0.0.1", "member"));
    }

    @Test
    void trustsNobodyElsesUserWhileTheGridIsGone() {
        assertThat(AccessFilter.refusal(CLERK, request(UNAVAILABLE, "ada", "clerk")))
                .contains(ErrorResponse.UNAVAILABLE);
    }

    @Test
    void letsEverybodyReachWhatIsOpenEvenWithoutTheGrid() {
        assertThat(AccessFilter.refusal(AccessRule.OPEN, request(UNAVAILABLE, null)))
                .isEmpty();
        assertThat(AccessFilter.refusal(AccessRule.UNDECLARED, request(null, null)))
                .isEmpty();
    }

    @Test
    @Tag("X-38")
    @Tag("S-15")
    void asksWhoeverSignedInTooLongAgoToSignInAgain() {
        AccessRule fresh = CLERK.with(Freshness.within(Duration.ofMinutes(5)));
        TestSessions sessions = new TestSessions();
        LiveSession session = sessions.begin("ada");

        sessions.twin().pass(Duration.ofMinutes(5).minus(TestSessions.TICK));
        assertThat(AccessFilter.refusal(fresh, signedIn(sessions.live(session.token()), "clerk")))
                .isEmpty();
        sessions.twin().pass(TestSessions.TICK);
        LiveSession stale = sessions.live(session.token());
        ErrorResponse refusal =
                AccessFilter.refusal(fresh, signedIn(stale, "clerk")).orElseThrow();
        assertThat(refusal.status().getStatusCode()).isEqualTo(401);
        assertThat(refusal.value())
                .isEqualTo("Postern error=\"insufficient_user_authentication\", error_description=\"Sign in again\","
                        + " max_age=\"300\"");
        assertThat(AccessFilter.refusal(fresh, signedIn(stale, "manager"))).contains(ErrorResponse.FORBIDDEN);
        assertThat(AccessFilter.refusal(fresh, request(new RequestLogin.Anonymous(), null)))
                .contains(ErrorResponse.anonymous(new RequestLogin.Anonymous()));

        LiveSession again = sessions.beginOver(session.token(), "ada");
        assertThat(again.handle()).isEqualTo(session.handle());
        assertThat(AccessFilter.refusal(fresh, signedIn(again, "clerk"))).isEmpty();
    }

    @Test
    @Tag("X-38")
    @Tag("S-89")
    void challengesAStaleBearerInTheSchemeOfItsToken() {
        AccessRule fresh = CLERK.with(Freshness.within(Duration.ofMinutes(5)));
        TestSessions sessions = new TestSessions();
        LiveSession session = sessions.begin("ada");
        sessions.twin().pass(Duration.ofMinutes(5));
        RequestLogin stale = new RequestLogin.SignedIn(
                sessions.live(session.token()), Optional.empty(), "Bearer error=\"invalid_token\"");

        assertThat(AccessFilter.refusal(fresh, request(stale, "ada", "clerk"))).hasValueSatisfying(refusal -> {
            assertThat(refusal.status().getStatusCode()).isEqualTo(401);
            assertThat(refusal.value())
                    .isEqualTo("Bearer error=\"insufficient_user_authentication\","
                            + " error_description=\"Sign in again\", max_age=\"300\"");
        });
    }

    @Test
    @Tag("S-17")
    void asksWhoeverSignedInByOtherMethodsToSignInAgain() {
        AccessRule strict = CLERK.with(Freshness.within(Duration.ofMinutes(5))).with(Freshness.by("otp", "hwk"));
        TestSessions sessions = new TestSessions();
        LiveSession session = sessions.begin("ada");

        assertThat(AccessFilter.refusal(strict, signedIn(session, "clerk"))
                        .orElseThrow()
                        .value())
                .isEqualTo("Postern error=\"insufficient_user_authentication\", error_description=\"Sign in again\","
                        + " acr_values=\"hwk otp\"");
        sessions.twin().pass(Duration.ofMinutes(5));
        ErrorResponse both = AccessFilter.refusal(strict, signedIn(sessions.live(session.token()), "clerk"))
                .orElseThrow();
        assertThat(both.status().getStatusCode()).isEqualTo(401);
        assertThat(both.value()).endsWith(", max_age=\"300\", acr_values=\"hwk otp\"");
    }

    @Test
    @Tag("S-17")
    void admitsCallersHalfWayOnlyWhereNothingElseIsAskedFor() {
        AccessRule half = AccessRule.UNDECLARED.halfWay(true);
        ContainerRequestContext caller = halfWay(() -> true);

        assertThat(AccessFilter.refusal(half, caller)).isEmpty();
        assertThat(AccessFilter.refusal(AccessRule.OPEN.and(half), caller)).isEmpty();
        assertThat(AccessFilter.refusal(half, request(null, "ada")))
                .as("signed in")
                .isEmpty();
        for (AccessRule stricter : List.of(
                CLERK, CLERK.and(half), half.and(CLERK), half.with(Freshness.by("mfa")), AccessRule.CLOSED.and(half))) {
            assertThat(AccessFilter.refusal(stricter, caller))
                    .as(stricter.toString())
                    .contains(ErrorResponse.anonymous(new RequestLogin.Anonymous()));
        }
    }

    @Test
    @Tag("S-17")
    void refusesStrangersWhereHalfWayIsEnough() {
        AccessRule half = AccessRule.OPEN.halfWay(true);

        for (ContainerRequestContext stranger :
                List.of(request(new RequestLogin.Anonymous(), null), halfWay(() -> false))) {
            assertThat(AccessFilter.refusal(half, stranger))
                    .contains(ErrorResponse.anonymous(new RequestLogin.Anonymous()));
        }
        assertThat(AccessFilter.refusal(half, halfWay(() -> {
                    throw new PosternException("The grid is gone.");
                })))
                .contains(ErrorResponse.UNAVAILABLE);
    }

    private static ContainerRequestContext halfWay(HalfWayLookup lookup) {
        return requestWith(
                Map.of(RequestLogin.ATTRIBUTE, new RequestLogin.Anonymous(), HalfWayLookup.ATTRIBUTE, lookup), null);
    }

    @Test
    void knowsNotWhenSomebodyElsesUserSignedIn() {
        AccessRule fresh = AccessRule.OPEN.with(Freshness.within(Duration.ofMinutes(5)));

        assertThat(AccessFilter.refusal(fresh, request(null, "ada")))
                .hasValueSatisfying(refusal -> assertThat(refusal.value()).contains("insufficient"));
        assertThat(AccessFilter.refusal(fresh, request(UNAVAILABLE, "ada"))).contains(ErrorResponse.UNAVAILABLE);
    }

    private static ContainerRequestContext signedIn(LiveSession session, String role) {
        return request(new RequestLogin.SignedIn(session), "ada", role);
    }

    @Test
    void marksWhomItLetsPassUntilTheAdmissionEnds() throws NoSuchMethodException {
        Map<String, Object> properties = new HashMap<>();
        ContainerRequestContext request = Answering.with(
                ContainerRequestContext.class,
                Map.of(
                        "getUriInfo", none -> uri(),
                        "setProperty", entry -> properties.put((String) entry[0], entry[1]),
                        "removeProperty", name -> properties.remove(name[0])));
        new AccessFilter(new MethodAccess(
                        Opened.class, Opened.class.getMethod("read"), () -> new AnnotatedClasses(Set.of())))
                .filter(request);
        assertThat(properties).containsOnlyKeys(RequestLogin.ADMITTED);
        new AccessFilter.AdmissionEnd().filter(request);
        assertThat(properties).isEmpty();
    }

    /** Open to everybody. */
    @PermitAll
    public static class Opened {
        public String read() {
            return "";
        }
    }

    private static UriInfo uri() {
        return Answering.with(UriInfo.class, Map.of("getMatchedResources", none -> List.of(new Opened())));
    }

    private static ContainerRequestContext request(
            @Nullable RequestLogin login, @Nullable String user, String... roles) {
        return requestWith(login == null ? Map.of() : Map.of(RequestLogin.ATTRIBUTE, login), user, roles);
    }

    private static ContainerRequestContext requestWith(
            Map<String, Object> properties, @Nullable String user, String... roles) {
        Principal principal = user == null ? null : () -> user;
        SecurityContext security = Answering.with(
                SecurityContext.class,
                Map.of(
                        "getUserPrincipal", none -> principal,
                        "isUserInRole", role -> List.of(roles).contains(role[0])));
        return Answering.with(
                ContainerRequestContext.class,
                Map.of("getProperty", name -> properties.get(name[0]), "getSecurityContext", none -> security));
    }
}

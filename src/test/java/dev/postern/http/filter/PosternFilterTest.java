package dev.postern.http.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.AccessRefusal;
import dev.postern.PosternException;
import dev.postern.http.TestDesk;
import dev.postern.http.transport.TokenHeaders;
import dev.postern.testing.Injection;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an exception that the application lets pass, and of what it says to caches. */
class PosternFilterTest {

    private final TestRequest asked = new TestRequest();
    private final TestResponse response = new TestResponse();

    @Test
    @Tag("X-28")
    @Tag("G11")
    void failureOfTheGridIsAnsweredWith503HoweverItIsWrapped() throws Exception {
        ServletException wrapped = new ServletException(new IllegalStateException(new PosternException("gone")));

        filter((request, answer) -> {
            throw wrapped;
        });

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
    }

    @Test
    @Tag("V-09")
    void answerThatCarriesATokenSaysSoToCachesWhateverTheApplicationSays() throws Exception {
        filter((request, answer) -> {
            TokenHeaders.setCookie(request, (HttpServletResponse) answer, "sid", List.of("sid=abc"));
            ((HttpServletResponse) answer).setHeader("Cache-Control", "public");
        });

        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
    }

    @Test
    @Tag("C10")
    void refusalOfAnEnterpriseBeanIs401HoweverItIsWrapped() throws Exception {
        filter((request, answer) -> {
            throw new ServletException(new EJBException(new EJBAccessException("not you")));
        });

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers("WWW-Authenticate")).containsExactly("Postern");
        Object refusal = asked.get().getAttribute(AccessRefusal.ATTRIBUTE);
        assertThat(refusal).isEqualTo(new AccessRefusal(401, "Sign in first."));
    }

    @Test
    @Tag("C10")
    void refusalOfAnEnterpriseBeanIs403ForUsers() throws Exception {
        Principal user = () -> "ann";
        asked.answer("getUserPrincipal", user);
        filter((request, answer) -> {
            throw new AccessLocalException("not you");
        });

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers("WWW-Authenticate")).isEmpty();
    }

    @Test
    @Tag("C10")
    void otherFailureOfAnEnterpriseBeanPasses() {
        EJBException own = new EJBException(new IllegalStateException("a fault of the application"));

        assertThatThrownBy(() -> filter((request, answer) -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void failureOfTheApplicationPasses() {
        IllegalStateException own = new IllegalStateException("a fault of the application");

        assertThatThrownBy(() -> filter((request, answer) -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void failurePassesWhenTheAnswerIsOnItsWay() {
        response.commit();

        assertThatThrownBy(() -> filter((request, answer) -> {
                    throw new PosternException("gone");
                }))
                .isInstanceOf(PosternException.class);
        assertThat(response.status()).isEqualTo(200);
    }

    private void filter(FilterChain application) throws Exception {
        TestDesk desk = new TestDesk();
        HttpServletRequest request = asked.get();
        Injection.into(new PosternFilter(), desk.authenticator, desk.signOut)
                .doFilter(request, response.get(), application);
    }
}

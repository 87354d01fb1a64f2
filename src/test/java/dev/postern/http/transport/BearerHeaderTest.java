package dev.postern.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BearerHeaderTest {

    private final BearerHeader bearer = new BearerHeader(true);
    private final BearerHeader off = new BearerHeader(false);

    @Test
    @Tag("P-110")
    void readsTheTokenWhateverTheCaseOfTheScheme() {
        assertThat(bearer.read(carrying("Bearer abc").get())).contains("abc");
        assertThat(bearer.read(carrying("bearer  abc ").get())).contains("abc");
    }

    @Test
    @Tag("P-110")
    void readsNothingFromAnythingElse() {
        assertThat(bearer.read(new TestRequest().get())).isEmpty();
        assertThat(bearer.read(carrying("Basic abc").get())).isEmpty();
        assertThat(bearer.read(carrying("Bearer").get())).isEmpty();
        assertThat(bearer.read(carrying("Bearer a b").get())).isEmpty();
        assertThat(bearer.read(carrying("Bearerabc").get())).isEmpty();
    }

    @Test
    void isNotThereUnlessTheSettingsAllowIt() {
        assertThat(off.read(carrying("Bearer abc").get())).isEmpty();
        assertThat(off.isUsedBy(carrying("Bearer abc").get())).isFalse();
        assertThat(off.isUsedBy(asking("bearer").get())).isFalse();
        assertThat(off.isAskedFor(asking("bearer").get())).isTrue();
    }

    @Test
    void isUsedByWhoBringsATokenAndWhoAsksForOne() {
        assertThat(bearer.isUsedBy(carrying("Bearer abc").get())).isTrue();
        assertThat(bearer.isUsedBy(asking("Bearer").get())).isTrue();
        assertThat(bearer.isUsedBy(asking("cookie").get())).isFalse();
        assertThat(bearer.isUsedBy(new TestRequest().get())).isFalse();
    }

    @Test
    @Tag("P-96")
    void marksTheResponseAsOneThatNoCacheMayKeep() {
        TestResponse response = new TestResponse();

        bearer.send(new TestRequest().get(), response.get(), "abc");

        assertThat(response.headers(BearerHeader.TOKEN)).containsExactly("abc");
        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void takesBackOnlyWhatItWasAboutToSend() {
        TestResponse untouched = new TestResponse();

        bearer.remove(new TestRequest().get(), untouched.get());

        assertThat(untouched.headers(BearerHeader.TOKEN)).isEmpty();
    }

    private static TestRequest carrying(String credentials) {
        return new TestRequest().header("Authorization", credentials);
    }

    private static TestRequest asking(String transport) {
        return new TestRequest().header(BearerHeader.TRANSPORT, transport);
    }
}

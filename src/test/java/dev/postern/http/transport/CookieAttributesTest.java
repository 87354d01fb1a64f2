package dev.postern.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-84")
class CookieAttributesTest {

    private final CookieAttributes standard = new CookieAttributes(
            "__Host-postern", "/", Optional.empty(), new CookieAttributes.Flags(SameSite.LAX, true, false));
    private final CookieAttributes shared = new CookieAttributes(
            "__Secure-p",
            "/shop",
            Optional.of("example.org"),
            new CookieAttributes.Flags(SameSite.STRICT, true, false));
    private final CookieAttributes open =
            new CookieAttributes("p", "/", Optional.empty(), new CookieAttributes.Flags(SameSite.LAX, false, false));

    @Test
    @Tag("S-23")
    @Tag("S-24")
    @Tag("S-26")
    @Tag("S-72")
    @Tag("S-80")
    void setTheCookieForAsLongAsTheBrowserIsOpen() {
        assertThat(standard.setting("abc")).isEqualTo("__Host-postern=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(shared.setting("abc"))
                .isEqualTo("__Secure-p=abc; Path=/shop; Domain=example.org; Secure; HttpOnly; SameSite=Strict");
        assertThat(open.setting("abc")).isEqualTo("p=abc; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    @Tag("S-17")
    void haveACookieOfTheSamePrefixForTheStepBetweenTwoFactors() {
        assertThat(standard.halfWay().setting("abc"))
                .isEqualTo("__Host-half-postern=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(shared.halfWay().setting("abc"))
                .isEqualTo("__Secure-half-p=abc; Path=/shop; Domain=example.org; Secure; HttpOnly; SameSite=Strict");
        assertThat(open.halfWay().setting("abc")).isEqualTo("half-p=abc; Path=/; HttpOnly; SameSite=Lax");
        CookieAttributes framed = new CookieAttributes(
                "__Host-postern", "/", Optional.empty(), new CookieAttributes.Flags(SameSite.NONE, true, true));
        assertThat(framed.halfWay().setting("abc"))
                .as("not for frames of other sites")
                .isEqualTo("__Host-half-postern=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    @Tag("P-68")
    @Tag("C4")
    void setARememberedCookieForItsAge() {
        assertThat(standard.setting("abc", Duration.ofDays(30), Instant.parse("2026-06-03T04:05:06.789Z")))
                .isEqualTo("__Host-postern=abc; Max-Age=2592000; Expires=Wed, 03 Jun 2026 04:05:06 GMT; Path=/; Secure;"
                        + " HttpOnly; SameSite=Lax");
    }

    @Test
    @Tag("P-74")
    @Tag("S-56")
    void removeTheCookieWithTheAttributesThatSetIt() {
        assertThat(standard.removing())
                .isEqualTo("__Host-postern=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure;"
                        + " HttpOnly; SameSite=Lax");
        assertThat(shared.removing()).endsWith("; Path=/shop; Domain=example.org; Secure; HttpOnly; SameSite=Strict");
    }

    @Test
    @Tag("C3")
    void removeWhatOthersHaveSetAsFarAsThatCanBeKnown() {
        assertThat(standard.removingElsewhere("shop.example.org", "/shop"))
                .singleElement()
                .asString()
                .isEqualTo(standard.removing() + "; Partitioned");
        assertThat(open.removingElsewhere("shop.example.org", "/shop"))
                .contains(
                        open.removing().replace("Path=/;", "Path=/shop;"),
                        open.removing().replace("Path=/;", "Path=/; Domain=example.org;"),
                        open.removing().replace("Path=/;", "Path=/shop/; Domain=shop.example.org;"))
                .doesNotContain(open.removing())
                .allMatch(line -> line.startsWith("p=; Max-Age=0"))
                .hasSizeLessThan(20);
        assertThat(open.removingElsewhere("192.0.2.1", "")).isEmpty();
    }

    @Test
    @Tag("S-27")
    void stayBelow256BytesForATokenOf115() {
        assertThat(standard.setting("x".repeat(115), Duration.ofDays(400), Instant.EPOCH))
                .hasSizeLessThan(256);
    }
}

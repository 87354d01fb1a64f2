package dev.postern.http.logout;

import static dev.postern.http.logout.TestProvider.EC;
import static dev.postern.http.logout.TestProvider.NOW;
import static dev.postern.http.logout.TestProvider.RSA;
import static dev.postern.http.logout.TestProvider.STRANGER;
import static dev.postern.http.logout.TestProvider.claims;
import static dev.postern.http.logout.TestProvider.header;
import static dev.postern.http.logout.TestProvider.signed;
import static dev.postern.http.logout.TestProvider.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.postern.SessionEvent.LogoutRefused.Fault;
import dev.postern.http.answer.JsonFactory;
import dev.postern.session.provider.ProviderLogouts.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which logout tokens are taken: OpenID Connect Back-Channel Logout 1.0, section 2.6. */
@Tag("S-18")
class LogoutTokenVerifierTest {

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_. {}\"=";
    private static final String SIGNED_ONCE = token(claims());
    private static final Duration SKEW = TestProvider.RULES.clockSkew();

    private final TestProvider provider = new TestProvider();
    private final LogoutTokenVerifier verifier = new LogoutTokenVerifier(
            TestProvider.RULES, new ProviderKeys(provider::fetch, Duration.ofSeconds(1), provider::nanoTime));

    @Test
    void goodOneSaysWhoHasSignedOut() throws Exception {
        assertThat(verify(token(claims())))
                .isEqualTo(new Notice(
                        TestProvider.ISSUER,
                        "token 1",
                        Optional.of("ann's number"),
                        Optional.of("session 7"),
                        NOW,
                        NOW.plusSeconds(120)));
    }

    @Test
    void subjectAloneOrSessionAloneWillDo() throws Exception {
        assertThat(verify(token(claims().subject(null))).subject()).isEmpty();
        assertThat(verify(token(claims().claim("sid", null))).session()).isEmpty();
        assertRefused(Fault.NAMELESS, token(claims().subject(null).claim("sid", null)));
        assertRefused(Fault.MALFORMED, token(claims().claim("sid", 7)));
        assertRefused(Fault.MALFORMED, token(claims().claim("sid", "")));
        assertRefused(Fault.MALFORMED, token(claims().claim("sid", "s".repeat(513))));
    }

    /** All unpaired surrogates would be one name. */
    @Test
    void namesAreTexts() throws Exception {
        String payload = claims().claim("sid", "a~").build().toString().replace("~", "\\ud800");
        JWSObject token = new JWSObject(header(JWSAlgorithm.RS256, "rsa").build(), new Payload(payload));
        token.sign(new RSASSASigner(RSA));

        assertRefused(Fault.MALFORMED, token.serialize());
    }

    @Test
    void threeAlgorithmsAreTaken() throws Exception {
        assertThat(verify(signed(header(JWSAlgorithm.RS256, "rsa"), claims(), RSA)))
                .isNotNull();
        assertThat(verify(signed(header(JWSAlgorithm.PS256, "rsa"), claims(), RSA)))
                .isNotNull();
        assertThat(verify(signed(header(JWSAlgorithm.ES256, "ec"), claims(), EC)))
                .isNotNull();
        assertRefused(Fault.ALGORITHM, signed(header(JWSAlgorithm.RS512, "rsa"), claims(), RSA));
    }

    @Test
    void unsignedOneIsRefused() {
        assertRefused(Fault.ALGORITHM, new PlainJWT(claims().build()).serialize());
        String good = token(claims());
        assertRefused(Fault.SIGNATURE, good.substring(0, good.lastIndexOf('.') + 1));
        assertThat(provider.fetches()).isEqualTo(1);
    }

    /** The public key is known to everybody, and so is no secret. */
    @Test
    void oneByThePublicKeyAsASecretIsRefused() throws JOSEException {
        for (byte[] secret : List.of(
                RSA.toRSAPublicKey().getEncoded(),
                RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            SignedJWT token = new SignedJWT(header(JWSAlgorithm.HS256, "rsa").build(), claims().build());
            token.sign(new MACSigner(secret));
            assertRefused(Fault.ALGORITHM, token.serialize());
        }
        assertThat(provider.fetches()).isZero();
    }

    @Test
    void forgedOneIsRefused() {
        assertRefused(Fault.SIGNATURE, signed(header(JWSAlgorithm.RS256, "rsa"), claims(), STRANGER));
        assertRefused(Fault.SIGNATURE, signed(header(JWSAlgorithm.ES256, "ec"), claims(), TestProvider.ec("ec")));
        String[] one = token(claims()).split("\\.", -1);
        String[] other = token(claims().subject("bob's number")).split("\\.", -1);
        assertRefused(Fault.SIGNATURE, one[0] + "." + other[1] + "." + one[2]);
    }

    /** CVE-2022-21449: two zeros were a signature of anything. */
    @Test
    void zerosAreNoSignature() {
        String[] parts = signed(header(JWSAlgorithm.ES256, "ec"), claims(), EC).split("\\.", -1);
        byte[] tag = new Base64URL(parts[2]).decode();
        for (byte[] forged : List.of(new byte[64], zeroed(tag, 0), zeroed(tag, 32), new byte[0], new byte[63])) {
            assertRefused(Fault.SIGNATURE, parts[0] + "." + parts[1] + "." + Base64URL.encode(forged));
        }
    }

    private static byte[] zeroed(byte[] tag, int from) {
        byte[] zeroed = tag.clone();
        for (int at = from; at < from + 32; at++) {
            zeroed[at] = 0;
        }
        return zeroed;
    }

    @Test
    void keyOfAnotherKindIsNotUsed() {
        assertRefused(Fault.UNKNOWN_KEY, signed(header(JWSAlgorithm.RS256, "ec"), claims(), RSA));
    }

    @Test
    void keyThatIsNotPublishedIsRefused() {
        assertRefused(Fault.UNKNOWN_KEY, signed(header(JWSAlgorithm.RS256, "none of them"), claims(), RSA));
    }

    @Test
    void keyNeedNotBeNamed() throws Exception {
        JWSHeader.Builder nameless = header(JWSAlgorithm.RS256, "rsa").keyID(null);

        assertThat(verify(signed(nameless, claims(), RSA))).isNotNull();
        provider.setTime(ProviderKeys.PAUSE);
        assertRefused(Fault.SIGNATURE, signed(nameless, claims(), STRANGER));
    }

    /** A provider that has one key need not name it (OpenID Connect Core 1.0, section 10.1). */
    @Test
    void newKeyNeedNotBeNamed() throws Exception {
        String token = signed(header(JWSAlgorithm.RS256, "rsa").keyID(null), claims(), STRANGER);
        assertThat(verify(token(claims()))).isNotNull();
        provider.publish(STRANGER);

        assertThatThrownBy(() -> verify(token)).isInstanceOf(KeysUnavailableException.class);
        provider.setTime(ProviderKeys.PAUSE);

        assertThat(verify(token)).isNotNull();
    }

    @Test
    void typeIsThatOfALogoutTokenOrOfAny() throws Exception {
        for (String type : List.of("logout+jwt", "LOGOUT+JWT", "application/logout+jwt", "JWT")) {
            assertThat(verify(signed(typed(type), claims(), RSA))).as(type).isNotNull();
        }
        assertThat(verify(signed(header(JWSAlgorithm.RS256, "rsa").type(null), claims(), RSA)))
                .isNotNull();
        assertRefused(Fault.TYPE, signed(typed("at+jwt"), claims(), RSA));
    }

    private static JWSHeader.Builder typed(String type) {
        return header(JWSAlgorithm.RS256, "rsa").type(new JOSEObjectType(type));
    }

    @Test
    void criticalHeadersAreRefused() {
        JWSHeader.Builder critical =
                header(JWSAlgorithm.RS256, "rsa").criticalParams(Set.of("exp")).customParam("exp", 1);
        assertRefused(Fault.MALFORMED, signed(critical, claims(), RSA));
    }

    @Test
    void issuerAndAudienceAreOurs() throws Exception {
        assertRefused(Fault.ISSUER, token(claims().issuer("https://id.example/realm/")));
        assertRefused(Fault.ISSUER, token(claims().issuer(null)));
        assertRefused(Fault.AUDIENCE, token(claims().audience("office")));
        assertRefused(Fault.AUDIENCE, token(claims().audience((String) null)));
        assertRefused(Fault.AUDIENCE, token(claims().audience(List.of())));
        assertThat(verify(token(claims().audience(List.of("office", "shop"))))).isNotNull();
    }

    @Test
    void timesMayDifferByTheSkewOfClocks() throws Exception {
        Instant end = NOW.plusSeconds(120).plus(SKEW);
        assertThat(verifier.verify(token(claims()), end.minusMillis(1))).isNotNull();
        assertRefused(Fault.EXPIRED, token(claims()), end);
        assertThat(verifier.verify(token(claims()), NOW.minus(SKEW))).isNotNull();
        assertRefused(Fault.TIME, token(claims()), NOW.minus(SKEW).minusMillis(1));
    }

    @Test
    void lifeIsBounded() throws Exception {
        Instant longest = NOW.plus(LogoutTokenVerifier.LONGEST_LIFE);
        assertThat(verify(token(claims().expirationTime(Date.from(longest))))).isNotNull();
        assertRefused(Fault.TIME, token(claims().expirationTime(Date.from(longest.plusSeconds(1)))));
    }

    /** It would be taken for a young one at its end, and be forgotten before. */
    @Test
    void lifeIsBoundedAtItsEndToo() {
        Instant end = NOW.plus(Duration.ofHours(24));

        assertRefused(Fault.TIME, token(claims().expirationTime(Date.from(end))), end.minus(Duration.ofMinutes(30)));
    }

    @Test
    void claimsThatItNeedsAreThere() {
        assertRefused(Fault.MALFORMED, token(claims().issueTime(null)));
        assertRefused(Fault.MALFORMED, token(claims().expirationTime(null)));
        assertRefused(Fault.MALFORMED, token(claims().claim("iat", "now")));
        assertRefused(Fault.MALFORMED, token(claims().claim("iat", 0.5)));
        assertRefused(Fault.MALFORMED, token(claims().claim("exp", -1)));
        assertRefused(Fault.MALFORMED, token(claims().claim("exp", 1e300)));
        assertRefused(Fault.MALFORMED, token(claims().jwtID(null)));
        assertRefused(Fault.EVENTS, token(claims().claim("events", null)));
        assertRefused(Fault.EVENTS, token(claims().claim("events", TestProvider.EVENT)));
        assertRefused(Fault.EVENTS, token(claims().claim("events", Map.of("another", Map.of()))));
        assertRefused(Fault.EVENTS, token(claims().claim("events", Map.of(TestProvider.EVENT, true))));
        assertRefused(Fault.NONCE, token(claims().claim("nonce", "n")));
    }

    @Test
    void whatIsNoTokenIsRefused() {
        String good = token(claims());
        for (String text : List.of(
                "",
                ".",
                "..",
                "...",
                good + ".",
                "a" + good,
                "{}.{}.",
                good.replace('.', ' '),
                "=" + good,
                "[".repeat(900))) {
            assertRefused(Fault.MALFORMED, text);
        }
        assertRefused(Fault.MALFORMED, good + "A".repeat(LogoutTokenVerifier.MOST_CHARACTERS));
        String deep = Base64URL.encode("[".repeat(1500)).toString();
        assertRefused(Fault.MALFORMED, deep + ".e30.AA");
        assertThat(provider.fetches()).isZero();
    }

    /** A parser of the server may read it by recursion, without a limit of its own. */
    @Test
    void deeplyNestedOneIsRefused() throws Exception {
        int inside = JsonFactory.MOST_NESTED - 1;
        assertThat(verify(token(claims().claim("more", nested(inside))))).isNotNull();
        assertRefused(Fault.MALFORMED, token(claims().claim("more", nested(inside + 1))));
        JWSHeader.Builder header = header(JWSAlgorithm.RS256, "rsa");
        assertThat(verify(signed(header.customParam("more", nested(inside)), claims(), RSA)))
                .isNotNull();
        assertRefused(Fault.MALFORMED, signed(header.customParam("more", nested(inside + 1)), claims(), RSA));
    }

    private static List<Object> nested(int depth) {
        List<Object> nested = List.of();
        for (int around = 1; around < depth; around++) {
            nested = List.of(nested);
        }
        return nested;
    }

    @Test
    void providerThatIsDownIsNoVerdict() {
        provider.setDown(true);

        assertThatThrownBy(() -> verify(token(claims()))).isInstanceOf(KeysUnavailableException.class);
    }

    /** Any other text than the token is refused, or has the very same three parts. */
    @RepeatedTest(500)
    void changedOneIsRefused(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String good = SIGNED_ONCE;
        int at = random.nextInt(good.length());
        char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        String changed = good.substring(0, at) + other + good.substring(at + 1);
        boolean isSame = new Base64URL(last(changed)).equals(new Base64URL(last(good)))
                || Arrays.equals(new Base64URL(last(changed)).decode(), new Base64URL(last(good)).decode());
        boolean isSameBody = good.lastIndexOf('.') == changed.lastIndexOf('.')
                && good.substring(0, good.lastIndexOf('.')).equals(changed.substring(0, changed.lastIndexOf('.')));
        if (!isSame || !isSameBody) {
            assertThat(catchThrowableOfType(RefusedTokenException.class, () -> verify(changed)))
                    .as(changed)
                    .isNotNull();
        }
    }

    private static String last(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private Notice verify(String token) throws RefusedTokenException, KeysUnavailableException {
        return verifier.verify(token, NOW);
    }

    private void assertRefused(Fault reason, String token) {
        assertRefused(reason, token, NOW);
    }

    private void assertRefused(Fault reason, String token, Instant now) {
        assertThatThrownBy(() -> verifier.verify(token, now))
                .as(token)
                .isInstanceOfSatisfying(
                        RefusedTokenException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}

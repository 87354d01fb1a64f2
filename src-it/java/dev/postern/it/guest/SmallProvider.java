package dev.postern.it.guest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An OpenID Connect provider on the loopback interface. Everybody is the clerk there, and is not asked for a password. A code is good
 * once. Each sign-in is a session of the provider's own.
 *
 * <p>It can be down, and its ID tokens and answers can be wrong: see the methods that say so. Safe for concurrent use.
 */
public final class SmallProvider implements AfterAllCallback {

    private static final String CLIENT = "shop";
    private static final String USER = "clerk";
    private static final String SUBJECT = "person 7";
    private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int KEY_BITS = 2048;
    private static final int SECONDS = 300;

    private final RSAKey key;
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger logouts = new AtomicInteger();
    private final InetSocketAddress address;
    private volatile HttpServer server;
    private volatile List<String> groups = List.of(USER);
    private volatile UnaryOperator<JWTClaimsSet.Builder> identities = UnaryOperator.identity();

    /** What a code is good for. */
    private record Grant(Nonce nonce, String session) {}

    /** Answers one request. */
    private interface Page {

        HTTPResponse answer(HttpExchange exchange) throws Exception;
    }

    public SmallProvider() {
        try {
            key = new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID("one")
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        server = started(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getAddress();
    }

    private HttpServer started(InetSocketAddress at) {
        try {
            HttpServer next = HttpServer.create(at, 0);
            addPages(next);
            next.start();
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addPages(HttpServer server) {
        page(
                server,
                "/.well-known/openid-configuration",
                exchange -> json(metadata().toString()));
        page(server, "/keys", exchange -> json(new JWKSet(key.toPublicJWK()).toString()));
        page(server, "/authorize", this::authorize);
        page(server, "/token", this::token);
        page(server, "/user", exchange -> user());
        page(server, "/end", exchange -> new HTTPResponse(HTTPResponse.SC_OK));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /** Nobody answers at its address from now on. */
    public void stop() {
        server.stop(0);
    }

    /** It is there again, at the same address, with the same key. */
    public void restart() {
        server = started(address);
    }

    /** The codes that it has given out are worth nothing from now on. */
    public void expireCodes() {
        codes.clear();
    }

    /** Which groups the clerk has from now on. */
    public void setGroups(String... names) {
        groups = List.of(names);
    }

    /** How its ID tokens are changed before they are signed. */
    public void changeIdentities(UnaryOperator<JWTClaimsSet.Builder> change) {
        identities = change;
    }

    /** Its ID tokens are right again. */
    public void tellTheTruth() {
        identities = UnaryOperator.identity();
    }

    /** The id of the session of the last sign-in. */
    public String lastSession() {
        return session(sessions.get());
    }

    private static String session(int number) {
        return "session " + number;
    }

    /** The claims of a good logout token that names nobody yet. */
    public JWTClaimsSet.Builder logout() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(uri().toString())
                .audience(CLIENT)
                .jwtID("logout " + logouts.incrementAndGet())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .claim("events", Map.of(LOGOUT, Map.of()));
    }

    /** The claims of a good logout token for the session. */
    public JWTClaimsSet.Builder logout(String session) {
        return logout().claim("sid", session);
    }

    /** The claims of a good logout token for the clerk. */
    public JWTClaimsSet.Builder logoutOfTheClerk() {
        return logout().subject(SUBJECT);
    }

    /** The token, signed as the provider signs. */
    public String signed(JWTClaimsSet.Builder claims) {
        return signed(claims, key);
    }

    /** The token, signed by a stranger who gives the key the name of the provider's. */
    public String forged(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(
                claims, new RSAKeyGenerator(KEY_BITS).keyID(key.getKeyID()).generate());
    }

    /** The token, with the provider's public key as a shared secret. */
    public String signedByThePublicKey(JWTClaimsSet.Builder claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims.build());
        token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private static String signed(JWTClaimsSet.Builder claims, RSAKey by) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(new JOSEObjectType("logout+jwt"))
                            .keyID(by.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new RSASSASigner(by));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop(0);
    }

    private static void page(HttpServer server, String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                HTTPResponse answer = page.answer(exchange);
                answer.getHeaderMap()
                        .forEach((name, values) -> values.forEach(
                                value -> exchange.getResponseHeaders().add(name, value)));
                String text = answer.getBody();
                byte[] body = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.getStatusCode(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } catch (Exception e) {
                System.getLogger(SmallProvider.class.getName()).log(System.Logger.Level.ERROR, path, e);
                throw new IOException(e);
            }
        });
    }

    private OIDCProviderMetadata metadata() {
        OIDCProviderMetadata metadata =
                new OIDCProviderMetadata(new Issuer(uri()), List.of(SubjectType.PUBLIC), uri().resolve("/keys"));
        metadata.setAuthorizationEndpointURI(uri().resolve("/authorize"));
        metadata.setTokenEndpointURI(uri().resolve("/token"));
        metadata.setUserInfoEndpointURI(uri().resolve("/user"));
        metadata.setEndSessionEndpointURI(uri().resolve("/end"));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.RS256));
        metadata.setTokenEndpointAuthMethods(
                List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST));
        metadata.applyDefaults();
        return metadata;
    }

    private HTTPResponse authorize(HttpExchange exchange) throws ParseException {
        AuthenticationRequest request = AuthenticationRequest.parse(
                uri().resolve("/authorize"), exchange.getRequestURI().getRawQuery());
        AuthorizationCode code = new AuthorizationCode();
        codes.put(code.getValue(), new Grant(request.getNonce(), session(sessions.incrementAndGet())));
        return new AuthenticationSuccessResponse(
                        request.getRedirectionURI(), code, null, null, request.getState(), null, null)
                .toHTTPResponse();
    }

    private HTTPResponse token(HttpExchange exchange) throws Exception {
        HTTPRequest http = new HTTPRequest(HTTPRequest.Method.POST, new URL(uri() + "/token"));
        exchange.getRequestHeaders().forEach((name, values) -> http.setHeader(name, values.toArray(String[]::new)));
        http.setBody(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        TokenRequest request = TokenRequest.parse(http);
        AuthorizationCodeGrant grant = (AuthorizationCodeGrant) request.getAuthorizationGrant();
        Grant given = codes.remove(grant.getAuthorizationCode().getValue());
        if (given == null) {
            return new TokenErrorResponse(OAuth2Error.INVALID_GRANT).toHTTPResponse();
        }
        BearerAccessToken access = new BearerAccessToken(SECONDS, null);
        return new OIDCTokenResponse(new OIDCTokens(identity(given), access, null)).toHTTPResponse();
    }

    private SignedJWT identity(Grant given) throws Exception {
        Instant now = Instant.now();
        IDTokenClaimsSet claims = new IDTokenClaimsSet(
                new Issuer(uri()),
                new Subject(SUBJECT),
                new Audience(CLIENT).toSingleAudienceList(),
                Date.from(now.plusSeconds(SECONDS)),
                Date.from(now));
        claims.setNonce(given.nonce());
        claims.setClaim("sid", given.session());
        claims.setClaim("preferred_username", USER);
        claims.setClaim("groups", groups);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                identities
                        .apply(new JWTClaimsSet.Builder(claims.toJWTClaimsSet()))
                        .build());
        token.sign(new RSASSASigner(key));
        return token;
    }

    private HTTPResponse user() throws ParseException {
        UserInfo user = new UserInfo(new Subject(SUBJECT));
        user.setPreferredUsername(USER);
        user.setClaim("groups", groups);
        return json(user.toJSONString());
    }

    private static HTTPResponse json(String text) throws ParseException {
        HTTPResponse response = new HTTPResponse(HTTPResponse.SC_OK);
        response.setContentType("application/json");
        response.setBody(text);
        return response;
    }
}

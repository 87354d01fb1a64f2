package dev.postern.it.guest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
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
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An OpenID Connect provider on the loopback interface. Everybody is the clerk there, and is not asked for a password. A code is good
 * once.
 *
 * <p>Safe for concurrent use.
 */
final class SmallProvider implements AfterAllCallback {

    private static final String CLIENT = "shop";
    private static final String USER = "clerk";
    private static final int KEY_BITS = 2048;
    private static final int SECONDS = 300;

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, Nonce> codes = new ConcurrentHashMap<>();

    /** Answers one request. */
    private interface Page {

        HTTPResponse answer(HttpExchange exchange) throws Exception;
    }

    SmallProvider() {
        try {
            key = new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID("one")
                    .generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        page("/.well-known/openid-configuration", exchange -> json(metadata().toString()));
        page("/keys", exchange -> json(new JWKSet(key.toPublicJWK()).toString()));
        page("/authorize", this::authorize);
        page("/token", this::token);
        page("/user", exchange -> user());
        page("/end", exchange -> new HTTPResponse(HTTPResponse.SC_OK));
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop(0);
    }

    private void page(String path, Page page) {
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
        codes.put(code.getValue(), request.getNonce());
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
        Nonce nonce = codes.remove(grant.getAuthorizationCode().getValue());
        if (nonce == null) {
            return new TokenErrorResponse(OAuth2Error.INVALID_GRANT).toHTTPResponse();
        }
        BearerAccessToken access = new BearerAccessToken(SECONDS, null);
        return new OIDCTokenResponse(new OIDCTokens(identity(nonce), access, null)).toHTTPResponse();
    }

    private SignedJWT identity(Nonce nonce) throws Exception {
        Instant now = Instant.now();
        IDTokenClaimsSet claims = new IDTokenClaimsSet(
                new Issuer(uri()),
                new Subject(USER),
                new Audience(CLIENT).toSingleAudienceList(),
                Date.from(now.plusSeconds(SECONDS)),
                Date.from(now));
        claims.setNonce(nonce);
        claims.setClaim("preferred_username", USER);
        claims.setClaim("groups", List.of(USER));
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.toJWTClaimsSet());
        token.sign(new RSASSASigner(key));
        return token;
    }

    private static HTTPResponse user() throws ParseException {
        UserInfo user = new UserInfo(new Subject(USER));
        user.setPreferredUsername(USER);
        user.setClaim("groups", List.of(USER));
        return json(user.toJSONString());
    }

    private static HTTPResponse json(String text) throws ParseException {
        HTTPResponse response = new HTTPResponse(HTTPResponse.SC_OK);
        response.setContentType("application/json");
        response.setBody(text);
        return response;
    }
}

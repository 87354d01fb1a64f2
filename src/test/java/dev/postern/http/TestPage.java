package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.session.request.AccessError;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A page that signs in with {@code SecurityContext.authenticate}, and answers failures as the endpoint does. */
final class TestPage {

    private TestPage() {}

    static TestResponse signIn(SessionMechanism mechanism, TestRequest request, String name, String password) {
        TestResponse response = new TestResponse();
        AuthenticationParameters parameters =
                AuthenticationParameters.withParams().credential(new UsernamePasswordCredential(name, password));
        TestMessageContext context = new TestMessageContext(request.get(), parameters);
        try {
            AuthenticationStatus status = context.ask(mechanism, request.get(), response);
            if (status != AuthenticationStatus.SUCCESS) {
                SignInRefusal.write(request.get(), response.get());
            }
        } catch (PosternException e) {
            response.get()
                    .setStatus(ErrorAnswer.header(AccessError.UNAVAILABLE, new RequestLogin.Anonymous(), response.get())
                            .status());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return response;
    }
}

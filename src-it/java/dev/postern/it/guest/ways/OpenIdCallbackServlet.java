package dev.postern.it.guest.ways;

import dev.postern.CurrentUser;
import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Where the provider sends the browser back to; leads on to the page that was asked for. */
@WebServlet("/callback")
public class OpenIdCallbackServlet extends HttpServlet {

    @Inject
    private transient CurrentUser user;

    @Inject
    private transient OpenIdContext context;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Cookie> address = context.getStoredValue(request, response, OpenIdConstant.ORIGINAL_REQUEST);
        if (user.isAnonymous() || address.isEmpty()) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(address.get().getValue().replace("\"", "")); // WildFly quotes it (WF-34)
        }
    }
}

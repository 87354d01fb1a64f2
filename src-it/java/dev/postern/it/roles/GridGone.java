package dev.postern.it.roles;

import dev.postern.PosternException;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leaves in the request what the mechanism leaves there when the grid does not answer, if a header asks for it. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class GridGone extends HttpFilter {

    /** The header that asks for it. */
    public static final String HEADER = "Test-Grid-Gone";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader(HEADER) != null) {
            request.setAttribute(
                    RequestLogin.ATTRIBUTE, new RequestLogin.Unavailable(new PosternException("The grid is gone.")));
        }
        chain.doFilter(request, response);
    }
}

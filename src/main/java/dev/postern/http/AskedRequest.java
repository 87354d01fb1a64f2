package dev.postern.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application's own mechanism sees it: without a caller, because the mechanism is asked who the
 * caller is. Soteria's {@code @AutoApplySession} would take the former caller for proven (JS-01).
 *
 * <p>For one request thread.
 */
final class AskedRequest extends HttpServletRequestWrapper {

    private boolean isOver;

    AskedRequest(HttpServletRequest request) {
        super(request);
    }

    /** The mechanism has returned. From now on this is an ordinary request. */
    void end() {
        isOver = true;
    }

    /** Whether the mechanism has returned. */
    boolean isOver() {
        return isOver;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return isOver ? super.getUserPrincipal() : null;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return isOver ? super.getRemoteUser() : null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return isOver && super.isUserInRole(role);
    }
}

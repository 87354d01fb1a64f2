package dev.postern.http;

import dev.postern.http.request.CurrentRequest;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/**
 * Sees the container's own sessions when they are made, so that one of a signed-in request belongs to its user from the
 * beginning.
 */
public final class ContainerHttpSessionListener implements HttpSessionListener {

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        ContainerHttpSession.made(event.getSession(), CurrentRequest.login());
    }
}

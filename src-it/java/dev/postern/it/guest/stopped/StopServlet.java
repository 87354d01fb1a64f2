package dev.postern.it.guest.stopped;

import com.hazelcast.core.Hazelcast;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Stops the members that the application's own classes have started, as an {@code OutOfMemoryError} does. */
@WebServlet("/stop")
public class StopServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Hazelcast.getAllHazelcastInstances()
                .forEach(member -> member.getLifecycleService().terminate());
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}

package dev.postern.it.guest.stopped;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Stops the members that the application's own classes have started, as an {@code OutOfMemoryError} does. */
@WebServlet("/stop")
public class StopServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> servers = servers();
        Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> !servers.equals(Optional.of(member.getName())))
                .forEach(member -> member.getLifecycleService().terminate());
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** The name of Payara's own member; empty on another server. */
    @SuppressWarnings("BanJNDI") // the name is none of a client's
    private static Optional<String> servers() {
        try {
            HazelcastInstance member = InitialContext.doLookup("payara/Hazelcast");
            return Optional.of(member.getName());
        } catch (NamingException e) {
            return Optional.empty();
        }
    }
}

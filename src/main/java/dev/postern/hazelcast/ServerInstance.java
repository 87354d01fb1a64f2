package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Finds the server's own Hazelcast, as Payara binds it (PY-03).
 *
 * <p>Immutable.
 */
final class ServerInstance {

    static final String JNDI_NAME = "payara/Hazelcast";

    private ServerInstance() {}

    /** The server's instance; empty if there is none or its classes are not those that the application sees. */
    @SuppressWarnings("BanJNDI") // a constant name in the server's own naming, and there is no other way to it
    static Optional<HazelcastInstance> find() {
        try {
            return InitialContext.doLookup(JNDI_NAME) instanceof HazelcastInstance found
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (NamingException e) {
            return Optional.empty();
        }
    }
}

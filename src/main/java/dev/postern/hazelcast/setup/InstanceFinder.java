package dev.postern.hazelcast.setup;

import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import java.time.Duration;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Comes to a Hazelcast instance as the settings say. The cluster of an embedded member or of a client is named after
 * the namespace, unless a file names it.
 *
 * <p>Immutable.
 *
 * @param floor the oldest version for a member or a client of ours
 */
public record InstanceFinder(String namespace, HazelcastSettings settings, HazelcastVersion floor) {

    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(30);

    /** The running instance. Throws {@link PosternException} when there is none to be had. */
    public ManagedInstance find() {
        return switch (settings.source()) {
            case AUTO -> ServerInstance.find().map(this::server).orElseGet(this::embedded);
            case SERVER -> ServerInstance.find().map(this::server).orElseThrow(InstanceFinder::noServerInstance);
            case EMBEDDED -> embedded();
            case CLIENT -> client();
        };
    }

    private ManagedInstance server(HazelcastInstance found) {
        boolean isIgnored = settings.file().isPresent() || !settings.members().isEmpty();
        String words = "the server's own Hazelcast (" + ServerInstance.JNDI_NAME + "), cluster "
                + found.getConfig().getClusterName()
                + (isIgnored ? "; postern.cache.config and postern.cache.members are not used" : "");
        return new ManagedInstance(found, HazelcastSettings.Source.SERVER, words);
    }

    private ManagedInstance embedded() {
        requireFloor();
        HazelcastInstance member =
                new EmbeddedMember(new MemberConfig(cluster()), settings.file(), settings.members()).start();
        String words = "an embedded Hazelcast member at "
                + member.getCluster().getLocalMember().getSocketAddress() + ", cluster "
                + member.getConfig().getClusterName();
        return new ManagedInstance(member, HazelcastSettings.Source.EMBEDDED, words);
    }

    private ManagedInstance client() {
        requireFloor();
        ClusterClient client = new ClusterClient(cluster(), settings.file(), settings.members());
        return new ManagedInstance(
                client.connect(CLIENT_PATIENCE),
                HazelcastSettings.Source.CLIENT,
                "a Hazelcast cluster to which we are a client");
    }

    private void requireFloor() {
        HazelcastVersion present = HazelcastVersion.ofClasses();
        if (present.compareTo(floor) < 0) {
            throw new PosternException("Hazelcast " + present
                    + " has known flaws that open every session to a client that can reach"
                    + " a member (CVE-2026-107726, CVE-2026-107725): an embedded member or a client needs " + floor
                    + " or newer. Put that into the application; on a server that brings its own classes, use the"
                    + " server's instance (postern.cache.hazelcast=server), or a newer server.");
        }
    }

    private String cluster() {
        return "postern-" + namespace;
    }

    private static PosternException noServerInstance() {
        return new PosternException("postern.cache.hazelcast is 'server', but this server has no Hazelcast of its own"
                + " under the JNDI name " + ServerInstance.JNDI_NAME + ".");
    }

    /**
     * Finds the server's own Hazelcast, as Payara binds it (PY-03).
     *
     * <p>Immutable.
     */
    public static final class ServerInstance {

        public static final String JNDI_NAME = "payara/Hazelcast";

        private ServerInstance() {}

        /** The server's instance; empty if there is none or its classes are not those that the application sees. */
        @SuppressWarnings("BanJNDI") // a constant name in the server's own naming, and there is no other way to it
        public static Optional<HazelcastInstance> find() {
            try {
                return InitialContext.doLookup(JNDI_NAME) instanceof HazelcastInstance found
                        ? Optional.of(found)
                        : Optional.empty();
            } catch (NamingException e) {
                return Optional.empty();
            }
        }
    }
}

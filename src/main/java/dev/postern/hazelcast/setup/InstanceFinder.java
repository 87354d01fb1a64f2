package dev.postern.hazelcast.setup;

import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import java.time.Duration;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Finds or starts the Hazelcast instance that the settings ask for. The cluster of an embedded member or of a client is
 * named after the namespace, unless a file names it.
 *
 * <p>Payara: the server has a Hazelcast of its own, and binds it in JNDI (PY-03). It is used as it is: the server
 * configures it and stops it ({@link ManagedInstance}). {@link MapConfigs} adds the maps to it and checks them. Its
 * version and its cluster's default name are only reported.
 *
 * <p>Immutable.
 *
 * @param floor the oldest version for a member or a client of ours
 */
public record InstanceFinder(String namespace, HazelcastSettings settings, HazelcastVersion floor) {

    /** Where Payara binds its instance. */
    public static final String JNDI_NAME = "payara/Hazelcast";

    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(30);

    /** The running instance. Throws {@link PosternException} if it cannot be found or started. */
    public ManagedInstance find() {
        return switch (settings.source()) {
            case AUTO -> serverInstance().map(this::server).orElseGet(this::embedded);
            case SERVER -> serverInstance().map(this::server).orElseThrow(InstanceFinder::noServerInstance);
            case EMBEDDED -> embedded();
            case CLIENT -> client();
        };
    }

    private ManagedInstance server(HazelcastInstance found) {
        boolean isIgnored = settings.file().isPresent() || !settings.members().isEmpty();
        String label = "the server's own Hazelcast (" + JNDI_NAME + "), cluster "
                + found.getConfig().getClusterName()
                + (isIgnored ? "; postern.cache.config and postern.cache.members are not used" : "");
        return new ManagedInstance(found, HazelcastSettings.Source.SERVER, label);
    }

    private ManagedInstance embedded() {
        requireFloor();
        HazelcastInstance member =
                new EmbeddedMember(new MemberConfig(cluster()), settings.file(), settings.members()).start();
        String label = "an embedded Hazelcast member at "
                + member.getCluster().getLocalMember().getSocketAddress() + ", cluster "
                + member.getConfig().getClusterName();
        return new ManagedInstance(member, HazelcastSettings.Source.EMBEDDED, label);
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
                    + " has known flaws that open every session to all who reach"
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
                + " under the JNDI name " + JNDI_NAME + ".");
    }

    /** The server's instance; empty if there is none or its classes are not those that the application sees. */
    @SuppressWarnings("BanJNDI") // a constant name in the server's own naming, and there is no other way to it
    public static Optional<HazelcastInstance> serverInstance() {
        try {
            return InitialContext.doLookup(JNDI_NAME) instanceof HazelcastInstance found
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (NamingException e) {
            return Optional.empty();
        }
    }
}

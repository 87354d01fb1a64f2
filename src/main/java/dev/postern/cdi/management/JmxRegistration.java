package dev.postern.cdi.management;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows the figures of this node to JMX, from the start of the application to its end. An application whose figures
 * cannot be shown runs without.
 *
 * <p>Immutable.
 */
public record JmxRegistration(Optional<ObjectName> name) implements AutoCloseable {

    private static final Logger LOG = System.getLogger(JmxRegistration.class.getName());

    /** Registers the view. Of two applications with one namespace in one server the first is shown. */
    public static JmxRegistration showing(SessionsMXBean view, String namespace) {
        try {
            ObjectName name = new ObjectName("dev.postern:type=Sessions,namespace=" + namespace);
            server().registerMBean(view, name);
            return new JmxRegistration(Optional.of(name));
        } catch (InstanceAlreadyExistsException e) {
            LOG.log(
                    Level.WARNING,
                    "JMX shows no figures of this application, because another one has taken the name already: {0}",
                    e.getMessage());
        } catch (JMException e) {
            LOG.log(
                    Level.WARNING,
                    "JMX shows no figures of this application, because their bean could not be registered.",
                    e);
        }
        return new JmxRegistration(Optional.empty());
    }

    @Override
    public void close() {
        name.ifPresent(JmxRegistration::unregister);
    }

    private static void unregister(ObjectName name) {
        try {
            server().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            LOG.log(Level.DEBUG, "The bean with the figures of this application was unregistered already: {0}", name);
        } catch (JMException e) {
            LOG.log(
                    Level.WARNING,
                    "The bean with the figures of this application stays in JMX, because it could not be unregistered.",
                    e);
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}

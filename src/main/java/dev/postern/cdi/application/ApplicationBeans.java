package dev.postern.cdi.application;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The beans as the application's own classes get them injected. What is injected into a class of this jar is chosen by
 * the jar's {@code beans.xml}: alternatives of the application's do not count there.
 */
public final class ApplicationBeans {

    private static final Logger LOG = System.getLogger(ApplicationBeans.class.getName());

    private ApplicationBeans() {}

    /**
     * The beans of the application that is starting, on the thread that starts it.
     *
     * @param ofJar those that this jar sees, where the server does not name its bean manager
     */
    @SuppressWarnings("BanJNDI") // the name is a constant of the platform
    public static Instance<Object> seen(Instance<Object> ofJar) {
        try {
            BeanManager manager = InitialContext.doLookup("java:comp/BeanManager");
            return manager.createInstance();
        } catch (NamingException e) {
            LOG.log(
                    Level.WARNING,
                    "The server names no bean manager, so alternatives in the application's beans.xml do not count.",
                    e);
            return ofJar;
        }
    }
}

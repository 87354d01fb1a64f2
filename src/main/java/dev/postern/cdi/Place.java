package dev.postern.cdi;

import jakarta.servlet.ServletContext;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Which application this is and where it stands on its server: the same on every node of a cluster, and different for two
 * applications that share a grid or a host.
 *
 * <p>Immutable.
 */
record Place(String application, String contextPath) {

    private static final int MOST = 64;
    private static final int SHORTENED = 55;

    /** The place of a web application that is starting, on the thread that starts it. */
    static Place of(ServletContext context) {
        return new Place(module(context), context.getContextPath());
    }

    /** The namespace, unless the settings name one: the application's name, in letters that any map name takes. */
    String namespace() {
        return slug(application);
    }

    /** What the standard name of the cookie ends with; nothing at the root of the host. No longer than cookies should be (S-27). */
    String cookieSuffix() {
        String name = contextPath.isEmpty() ? "" : "-" + slug(contextPath.substring(1));
        return name.length() <= MOST
                ? name
                : name.substring(0, SHORTENED) + "-" + Integer.toHexString(contextPath.hashCode());
    }

    /** The name of the web module, which in a WAR is the application's; without JNDI, the context path has to do. */
    @SuppressWarnings("BanJNDI") // the name is a constant of the platform
    private static String module(ServletContext context) {
        try {
            return InitialContext.doLookup("java:module/ModuleName");
        } catch (NamingException e) {
            return "root" + context.getContextPath();
        }
    }

    private static String slug(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}

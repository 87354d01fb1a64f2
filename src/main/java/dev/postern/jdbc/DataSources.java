package dev.postern.jdbc;

import dev.postern.PosternException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Finds a data source of the server by its name in JNDI.
 *
 * <p>Safe for concurrent use.
 */
public final class DataSources {

    private DataSources() {}

    /** What the server has under a name. */
    @FunctionalInterface
    interface Names {

        Object find(String name) throws NamingException;
    }

    /**
     * The data source of that name. A name in {@code java:comp} or {@code java:app} is found on the threads of the
     * application alone.
     *
     * @throws PosternException if the server has none
     */
    public static DataSource named(String name) {
        return named(name, InitialContext::doLookup);
    }

    static DataSource named(String name, Names names) {
        try {
            Object found = names.find(name);
            if (found instanceof DataSource source) {
                return source;
            }
            throw new PosternException("What the server has under the name " + name
                    + " (postern.store.data-source) is no data source, but of the type "
                    + found.getClass().getName() + ".");
        } catch (NamingException e) {
            throw new PosternException(
                    "The server has no data source of the name " + name + " (postern.store.data-source).", e);
        }
    }
}

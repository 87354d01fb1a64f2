package dev.postern.cdi.application;

import org.jspecify.annotations.Nullable;

/**
 * Tells the classes of this web module from others. Each WAR of an EAR may have a copy of this jar, and CDI shows each
 * copy the classes of all WARs.
 *
 * <p>Safe for concurrent use.
 */
public final class ModuleClasses {

    private ModuleClasses() {}

    /** Whether the class sees this copy of the jar, or this copy sees the class. */
    public static boolean include(Class<?> type) {
        return isSharedWith(type.getClassLoader())
                || load(type.getName(), ModuleClasses.class.getClassLoader()) == type;
    }

    /** Whether the class loader finds this copy of the jar. */
    public static boolean isSharedWith(@Nullable ClassLoader loader) {
        return loader != null && load(ModuleClasses.class.getName(), loader) == ModuleClasses.class;
    }

    private static @Nullable Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}

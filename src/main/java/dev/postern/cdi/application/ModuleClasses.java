package dev.postern.cdi.application;

import org.jspecify.annotations.Nullable;

/**
 * Which classes belong with this copy of the jar. Each WAR of an EAR may have a copy, and CDI shows each of them the
 * classes of all.
 *
 * <p>Safe for concurrent use.
 */
public final class ModuleClasses {

    private ModuleClasses() {}

    /** Whether the class sees this copy of the jar, or is seen by it. */
    public static boolean include(Class<?> type) {
        return isSharedWith(type.getClassLoader())
                || load(type.getName(), ModuleClasses.class.getClassLoader()) == type;
    }

    /** Whether code of the class loader has this copy of the jar. */
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

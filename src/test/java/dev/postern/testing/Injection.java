package dev.postern.testing;

import java.lang.reflect.Field;
import java.util.List;

/** Does for a servlet or a filter what a container does: fills the fields in which it wants parts of the application. */
public final class Injection {

    private Injection() {}

    /** The bean, with each of the parts in the fields of its type. */
    public static <T> T into(T bean, Object... parts) {
        try {
            for (Field field : bean.getClass().getDeclaredFields()) {
                for (Object part : List.of(parts)) {
                    if (field.getType().isInstance(part)) {
                        field.setAccessible(true);
                        field.set(bean, part);
                    }
                }
            }
            return bean;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

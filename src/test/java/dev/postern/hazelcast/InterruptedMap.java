package dev.postern.hazelcast;

import com.hazelcast.map.IMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;

/** A map that runs an action before each call of one method: the first before the first call, and so on. */
public final class InterruptedMap {

    private InterruptedMap() {}

    @SuppressWarnings("unchecked")
    public static IMap<String, Object> before(IMap<String, Object> map, String method, Runnable... between) {
        Iterator<Runnable> due = List.of(between).iterator();
        return (IMap<String, Object>) Proxy.newProxyInstance(
                IMap.class.getClassLoader(), new Class<?>[] {IMap.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && due.hasNext()) {
                        due.next().run();
                    }
                    try {
                        return called.invoke(map, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

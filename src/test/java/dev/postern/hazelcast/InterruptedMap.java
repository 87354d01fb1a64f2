package dev.postern.hazelcast;

import com.hazelcast.map.IMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A map in which something happens right before the first call of one method. */
final class InterruptedMap {

    private InterruptedMap() {}

    @SuppressWarnings("unchecked")
    static IMap<String, Object> before(IMap<String, Object> map, String method, Runnable between) {
        AtomicBoolean isDue = new AtomicBoolean(true);
        return (IMap<String, Object>) Proxy.newProxyInstance(
                IMap.class.getClassLoader(), new Class<?>[] {IMap.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method) && isDue.getAndSet(false)) {
                        between.run();
                    }
                    try {
                        return called.invoke(map, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package dev.postern.hazelcast;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.jspecify.annotations.Nullable;

/** A JNDI naming with a few names, until this is closed. */
@SuppressWarnings("BanJNDI")
public final class FakeNaming implements AutoCloseable {

    private static @Nullable FakeNaming current;

    private final Map<String, Object> bound;
    private final AtomicInteger lookUps = new AtomicInteger();

    private FakeNaming(Map<String, Object> bound) {
        this.bound = bound;
    }

    public static FakeNaming bind(String name, Object bound) {
        return bind(Map.of(name, bound));
    }

    public static FakeNaming bind(Map<String, Object> bound) {
        FakeNaming naming = new FakeNaming(bound);
        current = naming;
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Factory.class.getName());
        return naming;
    }

    public int lookUps() {
        return lookUps.get();
    }

    @Override
    public void close() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        current = null;
    }

    /** Found by its name. */
    public static final class Factory implements InitialContextFactory {
        public Factory() {}

        @Override
        public Context getInitialContext(@Nullable Hashtable<?, ?> environment) throws NamingException {
            return new FewNames();
        }
    }

    private static final class FewNames extends InitialContext {
        FewNames() throws NamingException {
            super(true);
        }

        @Override
        public Object lookup(String asked) throws NamingException {
            FakeNaming naming = current;
            if (naming == null || !naming.bound.containsKey(asked)) {
                throw new NameNotFoundException(asked);
            }
            naming.lookUps.incrementAndGet();
            return naming.bound.get(asked);
        }
    }
}

package dev.postern.session.user;

import java.security.Principal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The roles that the container has confirmed for one session: to ask it costs microseconds. Only a yes is remembered,
 * and only for the principal that stands for this session. It is forgotten with the copy of the session on this node.
 *
 * <p>Safe for concurrent use.
 */
public final class ConfirmedRoles {

    /** How many are remembered at most. Which roles are asked for may be up to a client. */
    static final int MOST = 64;

    private final AtomicReference<@Nullable Principal> principal = new AtomicReference<>();
    private final Set<Role> confirmed = ConcurrentHashMap.newKeySet(1);

    /** A role, for a servlet: its descriptor may give roles names of its own. */
    private record Role(String servlet, String name) {}

    /** The principal that stands for this session. The first call makes it. */
    public Principal principal(Supplier<Principal> made) {
        Principal present = principal.get();
        if (present != null) {
            return present;
        }
        Principal next = made.get();
        return principal.compareAndSet(null, next) ? next : principal(made);
    }

    /**
     * Whether the caller of a request has the role.
     *
     * @param caller the principal that the container has for the request
     * @param servlet the name of the servlet that asks
     * @param container the container's answer
     */
    public boolean include(@Nullable Principal caller, String servlet, String role, BooleanSupplier container) {
        if (caller == null || caller != principal.get()) {
            return container.getAsBoolean();
        }
        Role asked = new Role(servlet, role);
        if (confirmed.contains(asked)) {
            return true;
        }
        boolean isConfirmed = container.getAsBoolean();
        if (isConfirmed && confirmed.size() < MOST) {
            confirmed.add(asked);
        }
        return isConfirmed;
    }
}

package dev.postern.hazelcast.setup;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A Hazelcast member inside the application: configured by a file, one of the listed members, one of a DNS service, or
 * without others.
 *
 * <p>Immutable.
 */
record EmbeddedMember(MemberConfig config, Optional<String> file, List<MemberAddress> members) {

    /** How long DNS may take to know the name of this machine. */
    private static final Duration NAMES_PATIENCE = Duration.ofMinutes(1);

    private static final Duration NAMES_PAUSE = Duration.ofSeconds(1);

    /** Starts the member. Throws {@link PosternException} if it does not start. */
    HazelcastInstance start() {
        try {
            if (file.isPresent()) {
                return start(config.of(new HazelcastFile(file.get())));
            }
            return members.isEmpty() ? start(config.alone()) : join();
        } catch (HazelcastException | IllegalStateException | IllegalArgumentException e) {
            throw new PosternException("The embedded Hazelcast member did not start: " + e.getMessage(), e);
        }
    }

    private HazelcastInstance join() {
        MemberAddress first = members.get(0);
        LocalMembers own = first.isService()
                ? LocalMembers.ofService(first, InetAddress::getAllByName)
                : new LocalMembers(members);
        own.await(Deadline.in(NAMES_PATIENCE), () -> LockSupport.parkNanos(NAMES_PAUSE.toNanos()));
        return join(own);
    }

    /** Starts at the first free address of this machine, or at the next one if another node has just taken it. */
    private HazelcastInstance join(LocalMembers own) {
        List<MemberAddress> everywhere = new LocalMembers(members).everywhere();
        for (MemberAddress address : own.free()) {
            try {
                return start(config.among(everywhere, address));
            } catch (HazelcastException e) {
                if (!isPortInUse(e)) {
                    throw e;
                }
            }
        }
        throw new PosternException(
                "Every address of this machine in postern.cache.members is in use: " + own.addresses());
    }

    private static boolean isPortInUse(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof BindException || (cause != null && isPortInUse(cause));
    }

    private static HazelcastInstance start(Config config) {
        return Hazelcast.newHazelcastInstance(config);
    }
}

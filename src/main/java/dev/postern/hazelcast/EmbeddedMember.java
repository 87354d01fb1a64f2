package dev.postern.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;

/**
 * Starts a Hazelcast member inside the application: as the file says, as one of the listed members, or alone.
 *
 * <p>Immutable.
 */
record EmbeddedMember(MemberConfig config, Optional<String> file, List<MemberAddress> members) {

    /** The running member. Throws {@link PosternException} when it does not start. */
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

    /** Takes the first free place of this machine; another node may take it a moment before, and then the next one. */
    private HazelcastInstance join() {
        LocalMembers list = new LocalMembers(members);
        if (list.local().isEmpty()) {
            throw new PosternException("None of postern.cache.members " + members + " is an address of this machine."
                    + " Add its own, or give a Hazelcast file (postern.cache.config).");
        }
        for (MemberAddress own : list.free()) {
            try {
                return start(config.among(members, own));
            } catch (HazelcastException e) {
                if (!isPortInUse(e)) {
                    throw e;
                }
            }
        }
        throw new PosternException("Every place of this machine in postern.cache.members is in use: " + list.local());
    }

    private static boolean isPortInUse(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof BindException || (cause != null && isPortInUse(cause));
    }

    private static HazelcastInstance start(Config config) {
        return Hazelcast.newHazelcastInstance(config);
    }
}

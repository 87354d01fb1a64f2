package dev.postern.hazelcast.quorum;

import com.hazelcast.cluster.Endpoint;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The members of the cluster. Asks a member by reading a key that has no row, in a partition that the member owns: any
 * other question would need our classes on the member.
 *
 * <p>Safe for concurrent use.
 */
public final class HazelcastMembers implements Quorum.Members {

    /** How many keys are tried to find one for each member: for four members some ten are enough. */
    private static final int MOST_KEYS = 4096;

    private final Supplier<HazelcastInstance> hazelcast;
    private final Supplier<IMap<String, Object>> map;

    public HazelcastMembers(Supplier<HazelcastInstance> hazelcast, Supplier<IMap<String, Object>> map) {
        this.hazelcast = hazelcast;
        this.map = map;
    }

    @Override
    public Set<UUID> present() {
        return translated(() -> hazelcast.get().getCluster().getMembers().stream()
                .filter(member -> !member.isLiteMember())
                .map(Member::getUuid)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Optional<UUID> self() {
        Endpoint self = translated(() -> hazelcast.get().getLocalEndpoint());
        return self instanceof Member member && !member.isLiteMember()
                ? Optional.of(member.getUuid())
                : Optional.empty();
    }

    @Override
    public Map<UUID, CompletionStage<Object>> ask(Set<UUID> members) {
        IMap<String, Object> rows = translated(map);
        Map<UUID, CompletionStage<Object>> answers = new HashMap<>();
        Set<UUID> others = new HashSet<>(members);
        self().ifPresent(others::remove);
        String prefix = "?" + System.nanoTime() + "."; // new, so that no cache knows the keys
        for (int i = 0; i < MOST_KEYS && answers.size() < others.size(); i++) {
            String key = prefix + i;
            owner(key)
                    .filter(others::contains)
                    .ifPresent(owner ->
                            answers.computeIfAbsent(owner, any -> translated(() -> answer(owner, key, rows))));
        }
        return answers;
    }

    /** If the member has gone, Hazelcast asks the next owner of the partition, whose answer does not count. */
    private CompletionStage<Object> answer(UUID member, String key, IMap<String, Object> rows) {
        return rows.getAsync(key)
                .thenApplyAsync(
                        nothing -> {
                            if (!owner(key).filter(member::equals).isPresent()) {
                                throw new PosternException("Another member answered.");
                            }
                            return member;
                        },
                        Runnable::run);
    }

    private Optional<UUID> owner(String key) {
        return translated(() -> Optional.ofNullable(
                        hazelcast.get().getPartitionService().getPartition(key).getOwner())
                .map(Member::getUuid));
    }

    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw new PosternException("The grid failed: " + e.getMessage(), e);
        }
    }
}

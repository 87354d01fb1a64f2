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
 * The members of the cluster. One is asked for a row that it owns and that never stands: only code of ours on the
 * member could answer a question of another kind.
 *
 * <p>Safe for concurrent use.
 */
public final class HazelcastMembers implements Quorum.Members {

    /** How many keys are tried to find one that a member owns: of four members all are found after some ten. */
    private static final int KEYS = 4096;

    private final Supplier<HazelcastInstance> hazelcast;
    private final Supplier<IMap<String, Object>> map;

    public HazelcastMembers(Supplier<HazelcastInstance> hazelcast, Supplier<IMap<String, Object>> map) {
        this.hazelcast = hazelcast;
        this.map = map;
    }

    @Override
    public Set<UUID> present() {
        return known(() -> hazelcast.get().getCluster().getMembers().stream()
                .filter(member -> !member.isLiteMember())
                .map(Member::getUuid)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Optional<UUID> self() {
        Endpoint self = known(() -> hazelcast.get().getLocalEndpoint());
        return self instanceof Member member && !member.isLiteMember()
                ? Optional.of(member.getUuid())
                : Optional.empty();
    }

    @Override
    public Map<UUID, CompletionStage<Object>> ask(Set<UUID> members) {
        IMap<String, Object> rows = known(map);
        Map<UUID, CompletionStage<Object>> answers = new HashMap<>();
        Set<UUID> others = new HashSet<>(members);
        self().ifPresent(others::remove);
        String fresh = "?" + System.nanoTime() + "."; // no cache knows it
        for (int i = 0; i < KEYS && answers.size() < others.size(); i++) {
            String key = fresh + i;
            owner(key)
                    .filter(others::contains)
                    .ifPresent(owner -> answers.computeIfAbsent(owner, any -> known(() -> answer(owner, key, rows))));
        }
        return answers;
    }

    /** The grid asks the next owner when the first one has gone. */
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
        return known(() -> Optional.ofNullable(
                        hazelcast.get().getPartitionService().getPartition(key).getOwner())
                .map(Member::getUuid));
    }

    private static <T> T known(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new PosternException("The grid failed: " + e.getMessage(), e);
        }
    }
}

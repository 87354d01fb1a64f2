package dev.postern.hazelcast;

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
 * The members of the cluster. One is asked for a row that it owns and that never stands: only code of ours on the member could
 * answer a question of another kind.
 *
 * <p>Safe for concurrent use.
 */
final class GridPeers implements Peers {

    /** How many keys are tried to find one that a member owns: of four members all are found after some ten. */
    private static final int KEYS = 4096;

    private final HazelcastInstance hazelcast;
    private final String mapName;

    GridPeers(HazelcastInstance hazelcast, String mapName) {
        this.hazelcast = hazelcast;
        this.mapName = mapName;
    }

    @Override
    public Set<UUID> present() {
        return known(() -> hazelcast.getCluster().getMembers().stream()
                .filter(member -> !member.isLiteMember())
                .map(Member::getUuid)
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Optional<UUID> self() {
        Endpoint self = known(hazelcast::getLocalEndpoint);
        return self instanceof Member member && !member.isLiteMember()
                ? Optional.of(member.getUuid())
                : Optional.empty();
    }

    @Override
    public Map<UUID, CompletionStage<Object>> ask(Set<UUID> members) {
        IMap<String, Object> map = known(() -> hazelcast.getMap(mapName));
        Map<UUID, CompletionStage<Object>> answers = new HashMap<>();
        Set<UUID> others = new HashSet<>(members);
        self().ifPresent(others::remove);
        String fresh = "?" + System.nanoTime() + "."; // no cache knows it
        for (int i = 0; i < KEYS && answers.size() < others.size(); i++) {
            String key = fresh + i;
            owner(key)
                    .filter(others::contains)
                    .ifPresent(owner -> answers.computeIfAbsent(owner, any -> known(() -> map.getAsync(key))));
        }
        return answers;
    }

    private Optional<UUID> owner(String key) {
        return known(() -> Optional.ofNullable(
                        hazelcast.getPartitionService().getPartition(key).getOwner())
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
